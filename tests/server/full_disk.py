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

from kill_rounds import Server, plays_on

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
    key = folder / "answers.json"
    subprocess.run([options.cairn, "check", options.hunt, "--answer-key", key], check=True, stdout=subprocess.DEVNULL)
    server = Server(options.cairn, options.hunt, disk / "data")
    server.start()
    with open(folder / "crowd.log", "w") as log:
        crowd = subprocess.Popen([options.cairn, "load", server.url, "--answer-key", key, "--players", str(options.players),
                                  "--seconds", "18", "--guesses-per-second", "400", "--solves-per-second", "80",
                                  "--survive-restart", "--live", "--json"], stdout=subprocess.PIPE, stderr=log, text=True)
        while "play begins" not in pathlib.Path(log.name).read_text():
            plays_on(crowd, 0.1)
        (disk / "ballast").write_bytes(b"\1" * max(room_left(disk) - LEFT_BYTES, 0))
        while is_ready(server):
            plays_on(crowd, 0.1)
        # What is answered from memory is answered still.
        plays_on(crowd, 1)
        assert not is_ready(server), "a server whose disk ran full has become ready by itself"
        server.stop()
        (disk / "ballast").unlink()
        server.start()
        assert is_ready(server), "after a restart with room on the disk the server is not ready"
        said = crowd.communicate()[0]
    server.stop()
    return crowd.returncode, json.loads(said.strip().rpartition("\n")[2]), server.replay()["entries"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cairn")
    parser.add_argument("hunt")
    parser.add_argument("--players", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, small_disk(pathlib.Path(folder) / "disk") as disk:
        code, summary, entries = play(options, disk, pathlib.Path(folder))
    bad = [name for name in ("acknowledged_lost", "stream_gaps", "stream_duplicates", "stream_order_errors") if summary[name] != 0]
    told = {name: summary[name] for name in ("acknowledged", "acknowledged_lost", "stream_gaps", "stream_duplicates", "reconnects")}
    refused = summary["errors"].get("overloaded", 0)
    print(json.dumps({"entries_verified": entries, "refused_while_full": refused, **told}))
    if code != 0 or bad or told["acknowledged"] == 0 or refused == 0:
        sys.exit(f"full_disk: {', '.join(bad) or 'the crowd was not content, or was never refused'}")


if __name__ == "__main__":
    main()
