"""clang-tidy on what changed, or on everything, with the compile commands of the debug preset."""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import time

from checks.tree import Finding

TOOL = "clang-tidy-14"
COMMANDS = "build/debug/compile_commands.json"
PROBLEM = re.compile(r"^(.+?):(\d+):\d+: (?:warning|error): (.+?) \[([\w.,-]+)\]$")


def look(tree, options):
    if not shutil.which(TOOL):
        return [Finding(".clang-tidy", 1, "tidy", f"{TOOL} is missing: CAIRN_SETUP_TESTS=1 tools/setup installs it")]
    wanted = None if options.all else changed_files(tree, options.base)
    if wanted is not None and not any(file in wanted for file in tree.cpp()):
        return []
    units = units_to_look_at(tree, wanted)
    deadline = time.monotonic() + options.tidy_seconds
    findings = set()
    left = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for result in pool.map(lambda unit: look_at(tree, unit, deadline), units):
            left += result is None
            findings.update(result or ())
    say(f"clang-tidy looked at {len(units) - left} of {len(units)} files"
        + (", the others were left for want of time: tools/check --all" if left else ""))
    return list(findings)


def say(text):
    print(f"check: {text}", file=sys.stderr)


def changed_files(tree, base):
    """None, which means everything, where there is no history to compare with."""
    base = base or default_base(tree)
    if base is None:
        say("no commit to compare with: clang-tidy looks at everything")
        return None
    names = git(tree, "diff", "--name-only", "--relative", base) or ""
    new = git(tree, "ls-files", "--others", "--exclude-standard") or ""
    return set((names + "\n" + new).split("\n"))


def default_base(tree):
    head = git(tree, "rev-parse", "HEAD")
    fork = git(tree, "merge-base", "HEAD", "origin/main")
    return fork if fork and fork != head else git(tree, "rev-parse", "--verify", "--quiet", "HEAD~1")


def git(tree, *words):
    # In CI the tree may belong to somebody else.
    command = ["git", "-c", "safe.directory=*", *words]
    try:
        run = subprocess.run(command, cwd=tree.root, text=True, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return run.stdout.strip() if run.returncode == 0 else None


def compile_commands(tree):
    # Configured anew each time, since files come and go.
    if "CMakePresets.json" in tree:
        subprocess.run(["cmake", "--preset", "debug"], cwd=tree.root, stdout=subprocess.DEVNULL, check=True)
    for entry in json.loads((tree.root / COMMANDS).read_text(encoding="utf-8")):
        file = os.path.realpath(os.path.join(entry["directory"], entry["file"]))
        yield os.path.relpath(file, tree.root)


def units_to_look_at(tree, wanted):
    """Changed sources, and for a changed header its own source, or else one that includes it."""
    units = sorted(unit for unit in set(compile_commands(tree)) if unit in tree)
    if wanted is None:
        return units
    chosen = {unit for unit in units if unit in wanted}
    for header in (file for file in wanted if file.endswith(".hpp") and file in tree):
        own = header.removesuffix(".hpp") + ".cpp"
        including = [unit for unit in units if f'#include "{header}"' in tree.lines(unit)]
        if own in units:
            chosen.add(own)
        elif including and not chosen.intersection(including):
            chosen.add(including[0])
    return sorted(chosen)


def look_at(tree, unit, deadline):
    """None when there was no time left to begin."""
    if time.monotonic() > deadline:
        return None
    run = subprocess.run([TOOL, "--quiet", "-p", str((tree.root / COMMANDS).parent), unit], cwd=tree.root, text=True,
                         capture_output=True, check=False)
    findings = []
    for line in run.stdout.splitlines():
        if match := PROBLEM.match(line):
            file = os.path.relpath(os.path.realpath(os.path.join(tree.root, match[1])), tree.root)
            name = match[4].removesuffix(",-warnings-as-errors")
            findings.append(Finding(file, int(match[2]), "tidy", f"{match[3]} [{name}]"))
    if run.returncode != 0 and not findings:
        findings.append(Finding(unit, 1, "tidy", f"{TOOL} failed: {run.stderr.strip().splitlines()[-1:]}"))
    return findings
