"""Words that say the work is not done, paths of somebody's machine, and sleeps where the house waits otherwise."""
import re

from checks.tree import Finding, bare_code, suffix

# Put together here, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")) + r")\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:" + "|".join(("work", "home", "root", "Users")) + r")/\w")
SLEEP = re.compile(r"\b(sleep_for|sleep_until|usleep|nanosleep|clock_nanosleep|sleep)\s*\(")
NO_SLEEP = ("bus/", "actors/", "net/", "tests/")
PROSE = {".md", ".txt", ".json", ""}


def look(tree):
    findings = []
    code = set(tree.code())
    for file in tree.files:
        is_text = file in code or suffix(file) in PROSE
        if not is_text or file.endswith("package-lock.json"):
            continue
        for number, line in enumerate(tree.lines(file), 1):
            if file in code and (word := UNFINISHED.search(line)):
                findings.append(Finding(file, number, "unfinished", f"do what {word[1]} asks for, or say why not"))
            if MACHINE_PATH.search(line):
                findings.append(Finding(file, number, "machine-path", "name no path of a particular machine"))
    for file in tree.cpp():
        if not file.startswith(NO_SLEEP):
            continue
        for number, line in enumerate(tree.lines(file), 1):
            if SLEEP.search(bare_code(line)):
                findings.append(Finding(file, number, "sleep", "wait for what is awaited (event count, poll), not for time"))
    return findings
