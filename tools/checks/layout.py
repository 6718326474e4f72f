"""All C++ is laid out as .clang-format has it."""
import re
import shutil
import subprocess

from checks.tree import Finding

TOOL = "clang-format-14"
WARNING = re.compile(r"^(.+?):(\d+):\d+: (?:warning|error): ")
FILES_AT_ONCE = 100


def look(tree):
    files = tree.cpp()
    if not files:
        return []
    if not shutil.which(TOOL):
        return [Finding(".clang-format", 1, "format", f"{TOOL} is missing: CAIRN_SETUP_TESTS=1 tools/setup installs it")]
    first_lines = {}
    for at in range(0, len(files), FILES_AT_ONCE):
        run = subprocess.run([TOOL, "--dry-run", *files[at:at + FILES_AT_ONCE]], cwd=tree.root, text=True,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        for line in run.stderr.splitlines():
            if match := WARNING.match(line):
                first_lines.setdefault(match[1], int(match[2]))
    return [Finding(file, line, "format", f"{TOOL} -i {file}") for file, line in first_lines.items()]
