#!/usr/bin/env python3
"""Lets the disk under a real server run full while a crowd plays, makes room again, and starts the server on what is there.

full_disk.py CAIRN HUNT [--players 100]

The data directory is on a small tmpfs, most of which a ballast takes. Passes if the server goes read-only and says so, if
after a restart nothing acknowledged is missing and no stream has a gap, and if the journal replays. Exits with 77 where no
tmpfs may be mounted.
"""
import argparse
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

from live_crowd import Crowd, Server

NONE_OF = ("acknowledged_lost", "stream_gaps", "stream_duplicates", "stream_order_errors")
SKIPPED = 77
DISK_BYTES = 64 << 20
LEFT_BYTES = 1 << 19  # for the journal, once the ballast is there


@contextlib.contextmanager
def small_disk(at):
    at.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=0700", "tmpfs", at], stderr=subprocess.PIPE)
    if mounted.returncode != 0:
        print("full_disk: skipped, no tmpfs may be mounted here: " + mounted.stderr.decode().strip())
        sys.exit(SKIPPED)
    try:
        yield at
    finally:
        subprocess.run(["umount", at], check=True)


def is_ready(server):
    try:
        with urllib.request.urlopen(f"{server.admin}/readyz", timeout=5) as answer:
            return answer.status == 200
    except urllib.error.HTTPError as refused:
        if refused.code == 503 and b"read-only" in refused.read():
            return False
        raise


def room_left(disk):
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize


def play(options, disk, folder):
    server = Server(options.cairn, options.hunt, disk / "data")
    server.start()
    crowd = Crowd(server, folder, options.players, 18, guesses_per_second=400, solves_per_second=80)
    (disk / "ballast").write_bytes(b"\1" * max(room_left(disk) - LEFT_BYTES, 0))
    while is_ready(server):
        crowd.plays_on(0.1)
    # What is answered from memory is answered still.
    crowd.plays_on(1)
    assert not is_ready(server), "a server whose disk ran full has become ready by itself"
    server.stop()
    (disk / "ballast").unlink()
    server.start()
    assert is_ready(server), "after a restart with room on the disk the server is not ready"
    summary = crowd.summary()
    server.stop()
    return summary, server.replay()["entries"], crowd.judge(summary, NONE_OF)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cairn")
    parser.add_argument("hunt")
    parser.add_argument("--players", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, small_disk(pathlib.Path(folder) / "disk") as disk:
        summary, entries, wrong = play(options, disk, pathlib.Path(folder))
    told = {name: summary[name] for name in ("acknowledged", *NONE_OF, "reconnects")}
    refused = summary["errors"].get("overloaded", 0)
    print(json.dumps({"entries_verified": entries, "refused_while_full": refused, **told}))
    if wrong or refused == 0:
        sys.exit("full_disk: " + (wrong or "nobody was refused"))


if __name__ == "__main__":
    main()
