"""Atomics stand under bus/ alone, and every explicit memory order says what it pairs with.

A comment on the line of an order or above it (no blank line between) explains it. Orders other than relaxed name a tag,
`[ring-tail]`; a tag has a releasing and an acquiring place.
"""
import collections
import re

from checks.tree import Finding, bare_code, split_comment

ATOMIC = re.compile(r"\bstd::atomic\b|\bmemory_order\w*|\batomic_ref\b|#\s*include\s*<atomic>")
FENCE = re.compile(r"\batomic_(?:thread|signal)_fence\b")
ORDER = re.compile(r"\bmemory_order(?:_|::)(relaxed|consume|acquire|release|acq_rel|seq_cst)\b")
TAG = re.compile(r"\[([a-z][a-z0-9-]*)\]")
# The bus's own tests and the benchmarks, whose peers are other people's queues, have threads of their own.
MAY_HAVE_ATOMICS = ("bus/", "tests/bus/", "tests/model/", "tests/mutants/", "tests/compile_fail/", "tools/bench/")
LINES_ABOVE_MAX = 12
RELEASING = {"release", "acq_rel", "seq_cst"}
ACQUIRING = {"acquire", "acq_rel", "seq_cst"}


def look(tree):
    findings = []
    places_of_tag = collections.defaultdict(list)
    for file in tree.cpp():
        for number, line in enumerate(tree.lines(file), 1):
            code = bare_code(line)
            if FENCE.search(code):
                findings.append(Finding(file, number, "fence", "order by acquire and release on variables: "
                                                               "ThreadSanitizer cannot see a fence"))
            elif ATOMIC.search(code) and not file.startswith(MAY_HAVE_ATOMICS):
                findings.append(Finding(file, number, "atomic", "atomics stand only under bus/: send a message"))
        if file.startswith("bus/"):
            findings += unexplained(tree.lines(file), file, places_of_tag)
    return findings + list(one_sided(places_of_tag))


def unexplained(lines, file, places_of_tag):
    for number, line in enumerate(lines, 1):
        orders = set(ORDER.findall(bare_code(line)))
        if not orders:
            continue
        comment = comment_of(lines, number - 1)
        tags = set(TAG.findall(comment))
        if not comment:
            yield Finding(file, number, "memory-order", "say above it why this order is right")
        elif orders - {"relaxed"} and not tags:
            yield Finding(file, number, "memory-order", "name by a [tag] what this order pairs with")
        for tag in tags if orders - {"relaxed"} else ():
            places_of_tag[tag].append((file, number, orders))


def comment_of(lines, at):
    """The comment on a line and the nearest one above it, not beyond a blank line or the end of a block before it."""
    own = split_comment(lines[at])[1]
    indent = indent_of(lines[at])
    above = at - 1
    while above >= 0 and at - above <= LINES_ABOVE_MAX and not split_comment(lines[above])[1]:
        ends_a_block = lines[above].rstrip().endswith("}") and indent_of(lines[above]) <= indent
        if not lines[above].strip() or ends_a_block:
            return own
        above -= 1
    block = []
    while above >= 0 and lines[above].lstrip().startswith("//"):
        block.insert(0, lines[above])
        above -= 1
    return "\n".join(block + [own])


def indent_of(line):
    return len(line) - len(line.lstrip())


def one_sided(places_of_tag):
    for tag, places in sorted(places_of_tag.items()):
        releasing = [place for place in places if place[2] & RELEASING]
        acquiring = [place for place in places if place[2] & ACQUIRING]
        file, number, _ = places[0]
        if not releasing or not acquiring or len(places) < 2:
            missing = "releasing" if not releasing else "acquiring" if not acquiring else "other"
            yield Finding(file, number, "memory-order", f"[{tag}] has no {missing} place")
