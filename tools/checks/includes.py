"""Which way includes may point: from the ground up, as the table of rooms has it, with the own header first."""
import re

from checks.tree import Finding

INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')

# What a room may include of the tree. The longest name that a file's path begins with is its room.
ALLOWED = {
    "bus/": ("bus/",),
    "config/": ("config/", "bus/result.hpp", "bus/assert.hpp"),
    "actors/messages/": ("actors/messages/", "config/", "bus/"),
    "actors/": ("actors/", "config/", "bus/"),
    "net/": ("net/", "actors/messages/", "config/", "bus/"),
    "tools/crowd/": ("tools/crowd/", "bus/result.hpp", "bus/assert.hpp"),
    "tools/world/disk/": ("tools/world/disk/", "bus/"),
    "tools/": ("tools/", "net/", "actors/", "config/", "bus/"),
    "tests/bus/": ("tests/", "bus/"),
    "tests/": ("tests/", "tools/", "net/", "actors/", "config/", "bus/"),
}
# Who may include a library.
LIBRARIES = {
    "caf/": ("actors/runtime/", "tools/", "tests/"),
    "boost/asio": ("net/", "tools/", "tests/"),
    "boost/beast": ("net/", "tools/", "tests/"),
    "boost/geometry": ("config/", "tests/config/"),
    "simdjson.h": ("config/", "net/", "tools/", "tests/"),
    "sqlite3.h": ("bus/", "tools/world/disk/", "tools/bench/journal/", "tests/bus/", "tests/durability/"),
    "openssl/": ("net/", "tools/"),
    "lua": ("actors/",),
    "CLI/": ("tools/",),
    "spdlog/": ("tools/",),
    "doctest/": ("tests/",),
}
# Who may know CAF and the bus at once.
BOTH = ("actors/runtime/", "tools/", "tests/")


def look(tree):
    findings = []
    for file in tree.cpp():
        includes = [(number, match[1], match[2]) for number, line in enumerate(tree.lines(file), 1)
                    if (match := INCLUDE.match(line))]
        findings += own_header(tree, file, includes)
        for number, ours, theirs in includes:
            problem = of_the_tree(tree, file, ours) if ours else of_a_library(file, theirs)
            if problem:
                findings.append(Finding(file, number, "include", problem))
        findings += caf_and_bus(file, includes)
    return findings


def own_header(tree, file, includes):
    own = file.removesuffix(".cpp") + ".hpp"
    if not file.endswith(".cpp") or own not in tree or not includes or includes[0][1] == own:
        return []
    return [Finding(file, includes[0][0], "own-header", f'include "{own}" first, so that it is seen to read alone')]


def of_the_tree(tree, file, ours):
    if ours not in tree:
        return f'"{ours}" is not in the tree: include from the root, and libraries by <>'
    room = max((name for name in ALLOWED if file.startswith(name)), key=len, default=None)
    if room is None:
        return "this folder is no room of the house: add it to tools/checks/includes.py"
    if not ours.startswith(ALLOWED[room]):
        return f"{room} may not include {ours}, only: {', '.join(ALLOWED[room])}"
    return None


def of_a_library(file, theirs):
    for library, rooms in LIBRARIES.items():
        if theirs.startswith(library) and not file.startswith(rooms):
            return f"<{theirs}> is only for {', '.join(rooms)}"
    return None


def caf_and_bus(file, includes):
    caf = [number for number, _, theirs in includes if theirs and theirs.startswith("caf/")]
    has_bus = any(ours and ours.startswith("bus/") for _, ours, _ in includes)
    if not caf or not has_bus or file.startswith(BOTH):
        return []
    return [Finding(file, caf[0], "include", "only actors/runtime/ may know both CAF and the bus")]
