"""How a fault gets into the text of the tree, and what the runners of mutants share. A mutant is a list of (text, text
instead), each of which must stand in its file exactly once, however it is broken into lines, so that a mutant cannot lose
its place without anybody noticing."""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

JOBS = 2


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    edits: tuple[tuple[str, str], ...]


def mutant(name, file, *edits):
    return Mutant(name, file, tuple(edits))


def plant(planted, source, build):
    """A folder below `build` that holds the file with its fault, by the path it has in the tree."""
    text = (source / planted.file).read_text()
    for old, new in planted.edits:
        places = list(re.finditer(r"\s+".join(re.escape(word) for word in old.split()), text))
        if len(places) != 1:
            raise SystemExit(f"mutant '{planted.name}': this stands {len(places)} times in {planted.file}:\n{old}")
        text = text[: places[0].start()] + new + text[places[0].end() :]
    folder = build / re.sub(r"\W+", "-", planted.name)
    # What an older mutant of that name has left there would be planted too.
    shutil.rmtree(folder, ignore_errors=True)
    file = folder / planted.file
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return folder


def judge_all(mutants, judge, only=None):
    """What judge() says of each mutant, or of the one of that name."""
    chosen = [m for m in mutants if only in (None, m.name)]
    with ThreadPoolExecutor(JOBS) as pool:
        return list(zip(chosen, pool.map(judge, chosen)))


def sum_up(caught):
    """Tells how many (mutant, whether it was caught) were, and who survived; the exit status."""
    survivors = [m.name for m, is_caught in caught if not is_caught]
    print(f"{len(caught) - len(survivors)} of {len(caught)} mutants caught" + "".join(f"\nsurvived: {s}" for s in survivors))
    return 1 if survivors or not caught else 0
