#!/usr/bin/env python3
"""Writes the sample hunt, config/hunts/harbour/, from the city and the puzzles in generator/.

    generate.py            writes the folder anew
    generate.py --check    writes it elsewhere and says whether the folder is the same

Needs Python 3 and nothing else. The same sources give the same bytes: every puzzle draws from a seed of its own.
"""

import argparse
import filecmp
import json
import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE / "generator"))

import assemble  # noqa: E402  (the path must be set first)


def write(folder, files):
    for path, value in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def differences(wanted, there):
    """Paths that are in only one of the folders, or differ."""
    names = {p.relative_to(root) for root in (wanted, there) for p in root.rglob("*") if p.is_file()}
    for name in sorted(names):
        a, b = wanted / name, there / name
        if not (a.is_file() and b.is_file() and filecmp.cmp(a, b, shallow=False)):
            yield name


def main():
    parser = argparse.ArgumentParser(description="Writes the sample hunt.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the folder is not what would be written")
    options = parser.parse_args()
    harbour = HERE / "harbour"
    files = assemble.hunt_files()
    if not options.check:
        shutil.rmtree(harbour, ignore_errors=True)
        write(harbour, files)
        print(f"{harbour.name}: {len(files)} files")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(folder), files)
        found = list(differences(pathlib.Path(folder), harbour))
    for name in found:
        print(f"{name}: differs from what the generator writes")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
