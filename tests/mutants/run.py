#!/usr/bin/env python3
"""Plants every mutant of mutants.py into a copy of its header, explores the programs of tests/model with it, and fails
if one survives. Prints a table: mutant, how it was caught, after how many runs.

run.py SOURCE BUILD [NAME]: SOURCE is the repository; in BUILD the explorer's library and the mutants' programs are kept
apart. CXX names the compiler and CAIRN_CCACHE a launcher. With NAME: only that mutant, and its whole trace.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from mutants import MUTANTS
from planting import judge_all, plant, sum_up

SECONDS_MAX = 60
SOURCE, BUILD = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
CXX = [*filter(None, [os.environ.get("CAIRN_CCACHE")]), os.environ.get("CXX", "c++")]
MODEL = SOURCE / "tests/model"
FLAGS = ["-std=c++20", "-O1", "-w"]


def build(folder, library):
    """The programs with the headers in `folder` before those of the tree."""
    includes = [f"-I{folder}", f"-I{MODEL / 'seam'}", f"-I{SOURCE}"]
    unit, program = folder / "programs.o", folder / "programs"
    subprocess.run([*CXX, *FLAGS, *includes, "-c", MODEL / "programs.cpp", "-o", unit], check=True)
    subprocess.run([CXX[-1], unit, library, "-o", program], check=True)
    return program


def explore(program):
    began = time.monotonic()
    try:
        done = subprocess.run([program], capture_output=True, text=True, timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired:
        return None, "no verdict in time", 0
    return done, done.stdout, round(1000 * (time.monotonic() - began))


def judge(mutant, library):
    done, output, ms = explore(build(plant(mutant, SOURCE, BUILD), library))
    caught = re.search(r"^(.+?) +FAILS +(\d+) runs.*\n(.*)", output, re.M)
    if done is None or done.returncode != 1 or not caught:
        return False, "SURVIVES" if done and done.returncode == 0 else output or "crashed", "", "", ms, output
    program, runs, how = caught.groups()
    return True, how, program, runs, ms, output


def main():
    only = sys.argv[3] if len(sys.argv) > 3 else None
    library = Path(os.environ["CAIRN_MODEL_LIBRARY"])
    verdicts = judge_all(MUTANTS, lambda mutant: judge(mutant, library), only)
    print(f"{'mutant':45} {'caught as':58} {'in':50} {'run':>7} {'ms':>5}")
    for mutant, (_, how, program, runs, ms, output) in verdicts:
        print(f"{mutant.name:45} {how:58} {program:50} {runs:>7} {ms:>5}")
        if only:
            print(output)
    return sum_up([(mutant, verdict[0]) for mutant, verdict in verdicts])


sys.exit(main())
