"""Links and paths in the pages lead somewhere.

A link is relative to its page. A path in backticks (`bus/ring.hpp`, `core.*`, `stream/`) must be the end of some path
in the tree, with or without its extension.
"""
import fnmatch
import posixpath
import re

from checks.tree import Finding

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
QUOTED = re.compile(r"`([^`]+)`")
PATH = re.compile(r"^[\w.@*-]+(?:/[\w.@*-]+)*/?$")
EXTENSION = re.compile(r"\.(?:cpp|hpp|md|mjs|py|tsx?|json|geojson|sql|css|html|cmake|\*)$")
PLACEHOLDER = re.compile(r"(?<![A-Za-z])[A-Z](?![A-Za-z])")
MADE_LATER = ("build/", "data/")
LINE_NUMBERS = re.compile(r":\d+(?:-\d+)?$")


def look(tree):
    findings = []
    names = ends_of_paths(tree)
    for page in (file for file in tree.files if file.endswith(".md")):
        fenced = False
        for number, line in enumerate(tree.lines(page), 1):
            if line.lstrip().startswith("```"):
                fenced = not fenced
            if fenced:
                continue
            for target in LINK.findall(QUOTED.sub("", line)):
                if not leads_somewhere(tree, page, target):
                    findings.append(Finding(page, number, "dead-link", f"{target} is not in the tree"))
            for quoted in QUOTED.findall(line):
                if looks_like_path(tree, quoted) and not is_there(names, quoted):
                    findings.append(Finding(page, number, "dead-path", f"`{quoted}` is not in the tree"))
    return findings


def leads_somewhere(tree, page, target):
    target = target.split("#")[0]
    if not target or re.match(r"[a-z]+:", target):
        return True
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) in tree


def looks_like_path(tree, quoted):
    quoted = LINE_NUMBERS.sub("", quoted)
    if not PATH.match(quoted) or PLACEHOLDER.search(quoted) or quoted.startswith(MADE_LATER):
        return False
    name = quoted.rstrip("/").split("/")[-1]
    if EXTENSION.search(name):
        return not name.startswith((".", "*"))
    return quoted.endswith("/") or ("/" in quoted and quoted.split("/")[0] in tree)


def ends_of_paths(tree):
    """Every end of every path, with and without the extension, by its number of parts."""
    ends = {}
    for path in list(tree.files) + list(tree.folders):
        parts = path.split("/")
        for count in range(1, len(parts) + 1):
            end = "/".join(parts[-count:])
            ends.setdefault(count, set()).update({end, posixpath.splitext(end)[0]})
    return ends


def is_there(ends, quoted):
    quoted = LINE_NUMBERS.sub("", quoted).rstrip("/")
    candidates = ends.get(quoted.count("/") + 1, set())
    return quoted in candidates or ("*" in quoted and bool(fnmatch.filter(candidates, quoted)))
