"""The tree that is looked at, and what a rule says about it."""
import dataclasses
import functools
import os
import pathlib
import re

CODE = {".cpp", ".hpp", ".py", ".mjs", ".ts", ".tsx", ".css", ".sql", ".cmake", ".sh"}
SKIPPED_FOLDERS = {".git", "build", "node_modules", "dist", "screenshots", "__pycache__"}


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    file: str
    line: int
    rule: str
    advice: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.rule}: {self.advice}"


class Tree:
    """Every file below the root, as a path relative to it with slashes; texts are read once."""

    def __init__(self, root: pathlib.Path):
        self.root = root
        self.files = sorted(self._walk())
        self._files = set(self.files)
        self.folders = {folder for file in self.files for folder in parents(file)}

    def _walk(self):
        for folder, folders, files in os.walk(self.root):
            here = os.path.relpath(folder, self.root).replace(os.sep, "/")
            skipped = SKIPPED_FOLDERS | ({"data"} if here == "." else set())
            folders[:] = [name for name in folders if name not in skipped]
            for name in files:
                yield name if here == "." else f"{here}/{name}"

    def __contains__(self, path: str):
        return path in self._files or path in self.folders

    @functools.lru_cache(maxsize=None)
    def lines(self, file: str):
        try:
            return (self.root / file).read_text(encoding="utf-8").split("\n")
        except (UnicodeDecodeError, OSError):
            return []

    def cpp(self):
        return [file for file in self.files if file.endswith((".cpp", ".hpp"))]

    def code(self):
        """What people write and machines run; programs without an extension are known by their first line."""
        return [file for file in self.files if suffix(file) in CODE or self._is_script(file)]

    def _is_script(self, file: str):
        return suffix(file) == "" and self.lines(file)[:1] and self.lines(file)[0].startswith("#!")


def parents(file: str):
    parts = file.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def suffix(file: str):
    return pathlib.PurePosixPath(file).suffix


def split_comment(line: str):
    """The code and the comment of a line of C++; a `//` inside a string literal is code."""
    at = 0
    quoted = False
    while at < len(line):
        if line[at] == "\\" and quoted:
            at += 1
        elif line[at] == '"' and not (at > 0 and line[at - 1] == "'"):
            quoted = not quoted
        elif line.startswith("//", at) and not quoted:
            return line[:at], line[at:]
        at += 1
    return line, ""


STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def bare_code(line: str):
    """A line of C++ without its comment and without what stands in its strings."""
    return STRING.sub('""', split_comment(line)[0])
