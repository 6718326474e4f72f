#!/usr/bin/env python3
"""Checks one compile-fail case: check.py SOURCE CASE.cpp.

A case opens with lines that say with which compilers it must not compile and what they must say:
    // any: <regular expression>       the compiler of this build, and Clang
    // clang: <regular expression>     Clang alone, whose annotations it is about
With MUST_NOT_COMPILE undefined the case is its own control and must compile without a warning; with it defined, exactly
the line that is marked `// here` must be refused, with that text. CXX and CLANG name the compilers; without Clang a case
that is Clang's alone is skipped (77).
"""

import os
import re
import subprocess
import sys
from pathlib import Path

FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror"]
CLANG_FLAGS = ["-Wthread-safety", "-Wconsumed"]


def is_clang(compiler):
    return "clang" in subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout


def compile_case(compiler, source, case, *more):
    flags = FLAGS + (CLANG_FLAGS if is_clang(compiler) else [])
    command = [compiler, *flags, f"-I{source}", *more, case]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})


def judge(compiler, source, case, expected):
    control = compile_case(compiler, source, case)
    if control.returncode != 0:
        return f"the control does not compile:\n{control.stderr}"
    refused = compile_case(compiler, source, case, "-DMUST_NOT_COMPILE")
    if refused.returncode == 0:
        return "it compiles"
    here = next(n for n, line in enumerate(case.read_text().splitlines(), 1) if line.rstrip().endswith("// here"))
    errors = re.findall(rf"^{re.escape(str(case))}:(\d+):\d+: (?:fatal )?error: (.*)$", refused.stderr, re.M)
    elsewhere = [(line, text) for line, text in errors if int(line) != here]
    if elsewhere or not any(re.search(expected, text) for _, text in errors):
        return f"refused, but not for line {here} with /{expected}/:\n{refused.stderr}"
    return None


def main():
    source, case = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    rules = re.findall(r"^// (any|clang): (.+)$", case.read_text(), re.M)
    clang = os.environ.get("CLANG") or (os.environ["CXX"] if is_clang(os.environ["CXX"]) else None)
    compilers = {clang} if rules and rules[0][0] == "clang" else {os.environ["CXX"], clang}
    compilers.discard(None)
    if len(rules) != 1:
        sys.exit(f"{case}: one rule is needed, there are {len(rules)}")
    if not compilers:
        print("skipped: no Clang here")
        sys.exit(77)
    for compiler in sorted(compilers):
        wrong = judge(compiler, source, case, rules[0][1])
        print(f"{compiler}: {wrong or 'refused as it should be'}")
        if wrong:
            sys.exit(1)


main()
