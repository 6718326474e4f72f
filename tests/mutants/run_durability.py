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
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from durability import MUTANTS
from planting import plant

JOBS = 2
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
        return mutant, False, "no verdict in time", "", 0, ""
    ms = round(1000 * (time.monotonic() - began))
    check = CHECK.search(done.stdout)
    if done.returncode == 0 or not check:
        return mutant, False, "SURVIVES" if done.returncode == 0 else "crashed", "", ms, done.stdout + done.stderr
    test = TEST.findall(done.stdout, 0, check.start())[-1]
    return mutant, True, test, check[1], ms, done.stdout


def main():
    chosen = [m for m in MUTANTS if len(sys.argv) < 4 or m.name == sys.argv[3]]
    with ThreadPoolExecutor(JOBS) as pool:
        verdicts = list(pool.map(judge, chosen))
    print(f"{'mutant':58} {'caught by':100} {'ms':>5}  check")
    for mutant, _, test, check, ms, output in verdicts:
        print(f"{mutant.name:58} {test:100} {ms:>5}  {check}")
        if len(sys.argv) > 3:
            print(output)
    survivors = [m.name for m, caught, *_ in verdicts if not caught]
    print(f"{len(verdicts) - len(survivors)} of {len(verdicts)} mutants caught"
          + "".join(f"\nsurvived: {s}" for s in survivors))
    return 1 if survivors or not verdicts else 0


sys.exit(main())
