#!/usr/bin/env python3
"""Plants every mutant of durability.py into a copy of its file, links tests/durability with it, and fails if a mutant
passes them all. Prints a table: mutant, the test that caught it, by which check.

run_durability.py SOURCE BUILD [NAME]: SOURCE is the repository; the mutants' programs are kept in BUILD. CXX names the
compiler, CAIRN_CCACHE a launcher, CAIRN_DURABILITY_LINK the tests' objects and libraries. With NAME: only that mutant,
and all that its tests say.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from durability import MUTANTS
from planting import judge_all, plant, sum_up

SECONDS_MAX = 120
SOURCE, BUILD = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
CXX = [*filter(None, [os.environ.get("CAIRN_CCACHE")]), os.environ.get("CXX", "c++")]
LINKED = os.environ["CAIRN_DURABILITY_LINK"].split()
FLAGS = ["-std=c++20", "-O1", "-w", f"-I{SOURCE}"]
# doctest says which check failed in which test; the first is enough.
TEST = re.compile(r"^TEST CASE: +(.*)$", re.M)
CHECK = re.compile(r"^\S+:\d+: (?:FATAL )?ERROR: (.*?)(?: is NOT correct!)?$", re.M)


def build(mutant):
    folder = plant(mutant, SOURCE, BUILD)
    unit, program = folder / "unit.o", folder / "tests"
    subprocess.run([*CXX, *FLAGS, "-c", folder / mutant.file, "-o", unit], check=True)
    # Before the libraries, so that the linker takes nothing of the file as it was.
    subprocess.run([CXX[-1], unit, *LINKED, "-o", program], check=True)
    return program


def judge(mutant):
    program = build(mutant)
    began = time.monotonic()
    try:
        done = subprocess.run([program, "--abort-after=1", "--no-colors"], capture_output=True, text=True,
                              errors="replace", timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired:
        return False, "no verdict in time", "", 0, ""
    ms = round(1000 * (time.monotonic() - began))
    check = CHECK.search(done.stdout)
    if done.returncode == 0 or not check:
        return False, "SURVIVES" if done.returncode == 0 else "crashed", "", ms, done.stdout + done.stderr
    test = TEST.findall(done.stdout, 0, check.start())[-1]
    return True, test, check[1], ms, done.stdout


def main():
    only = sys.argv[3] if len(sys.argv) > 3 else None
    verdicts = judge_all(MUTANTS, judge, only)
    print(f"{'mutant':58} {'caught by':100} {'ms':>5}  check")
    for mutant, (_, test, check, ms, output) in verdicts:
        print(f"{mutant.name:58} {test:100} {ms:>5}  {check}")
        if only:
            print(output)
    return sum_up([(mutant, verdict[0]) for mutant, verdict in verdicts])


sys.exit(main())
