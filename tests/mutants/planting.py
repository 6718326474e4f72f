"""How a fault gets into the text of bus/. A mutant is a list of (text, text instead), each of which must stand in its
file exactly once, however it is broken into lines, so that a mutant cannot lose its place without anybody noticing."""

import re
import shutil
from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    edits: tuple[tuple[str, str], ...]


def mutant(name, file, *edits):
    return Mutant(name, f"bus/{file}", tuple(edits))


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
