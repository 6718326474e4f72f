#!/usr/bin/env python3
"""Plants every mutant of hunt_mutants.py into a copy of its file, builds `cairn` with it, and lets `cairn simulate` look
for it: fails if one survives. Prints a table: mutant, what was found, by which seed.

swarm.py SOURCE BUILD CAIRN [NAME]: SOURCE is the repository, BUILD its configured and built directory (ninja), CAIRN the
program in it. With NAME: only that mutant, and all that is said of it.
"""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from hunt_mutants import HUNT_MUTANTS
from planting import judge_all, plant, sum_up

SEEDS = "1..400"
SOURCE, BUILD, CAIRN = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve()
HUNT = SOURCE / "tests/world/hunts/quay"


def compile_commands():
    return {entry["file"]: entry for entry in json.loads((BUILD / "compile_commands.json").read_text())}


def link_command():
    """As ninja links cairn, up to the objects."""
    target = CAIRN.relative_to(BUILD)
    last = subprocess.run(["ninja", "-C", BUILD, "-t", "commands", "-s", target], check=True, capture_output=True,
                          text=True).stdout.strip().splitlines()[-1]
    return re.sub(r"^: && | && :$", "", last)


def build(mutant, commands, link):
    folder = plant(mutant, SOURCE, BUILD / "tests/mutants/hunt")
    file = folder / mutant.file
    entry = commands[str(SOURCE / mutant.file)]
    unit, program = folder / "mutant.o", folder / "cairn"
    words = shlex.split(entry["command"])
    words[words.index("-o") + 1] = str(unit)
    words[words.index("-c") + 1] = str(file)
    words = [word for word in words if word not in ("-O3", "-Werror")] + ["-O1", "-w"]
    subprocess.run(words, cwd=entry["directory"], check=True)
    # Its symbols come first, so that the library's own are not looked for.
    words = shlex.split(link)
    words[words.index("-o") + 1] = str(program)
    words.insert(words.index("-o") + 2, str(unit))
    subprocess.run(words, cwd=BUILD, check=True)
    return program


def look(mutant, commands, link):
    program = build(mutant, commands, link)
    done = subprocess.run([program, "simulate", "--hunt", HUNT, "--seeds", SEEDS, "--until-failure"], capture_output=True, text=True,
                          errors="replace")
    shutil.rmtree(program.parent, ignore_errors=True)
    found = re.search(r"seed (\d+) fails:\n *(.*)", done.stderr)
    if done.returncode == 1 and found:
        return found[1], found[2], done.stderr
    # An assertion of the server's own, which stops the process.
    stopped = re.search(r"^.*assert.*$", done.stderr, re.M | re.I) if done.returncode < 0 else None
    return "–" if stopped else None, stopped[0].strip() if stopped else "", done.stderr


def main():
    only = sys.argv[4] if len(sys.argv) > 4 else None
    commands, link = compile_commands(), link_command()
    verdicts = judge_all(HUNT_MUTANTS, lambda mutant: look(mutant, commands, link), only)
    print(f"{'mutant':50} {'seed':>5}  found as")
    for mutant, (seed, how, said) in verdicts:
        print(f"{mutant.name:50} {seed or '':>5}  {how[:150] if seed else 'SURVIVES'}")
        if only:
            print(said[-2000:])
    return sum_up([(mutant, verdict[0] is not None) for mutant, verdict in verdicts])


sys.exit(main())
