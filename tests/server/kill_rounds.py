#!/usr/bin/env python3
"""Kills a real server with SIGKILL again and again while a crowd plays, and starts it again on the same data each time.

kill_rounds.py CAIRN HUNT [--rounds 200] [--players 200] [--seed 1]

The crowd knows what it was acknowledged and asks for it in the end. Passes if nothing acknowledged was lost, no stream had
a gap, a duplicate or other bytes, and the journal replays to the state in which the server was stopped in the end; prints
one line of JSON.
"""
import argparse
import json
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
import time


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, cairn, hunt, data):
        self.data = data
        self.command = [cairn, "serve", hunt, "--data", data, "--listen", f"127.0.0.1:{free_port()}",
                        "--admin", f"127.0.0.1:{free_port()}"]
        self.url = "http://" + self.command[self.command.index("--listen") + 1]
        self.admin = "http://" + self.command[self.command.index("--admin") + 1]
        self.process = None

    def start(self):
        """Returns how long it took to be ready."""
        begun = time.monotonic()
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        if not self.process.stdout.readline().startswith("ready"):
            sys.exit("kill_rounds: the server did not start: see the sentence above")
        return time.monotonic() - begun

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def replay(self):
        """What `cairn replay --verify` finds in what the server left behind."""
        found = subprocess.run([self.command[0], "replay", self.data, "--verify", "--json"], stdout=subprocess.PIPE, text=True)
        verified = json.loads(found.stdout.strip().rpartition("\n")[2])
        if found.returncode != 0 or not (verified["last_state"] or {}).get("same"):
            sys.exit("kill_rounds: the journal does not replay to what the server had:\n" + found.stdout[-2000:])
        return verified


def plays_on(crowd, seconds):
    """Lets the crowd play; it must not end meanwhile."""
    try:
        crowd.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return
    sys.exit("kill_rounds: the crowd has ended before the rounds were over")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cairn")
    parser.add_argument("hunt")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--players", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        key = pathlib.Path(folder) / "answers.json"
        subprocess.run([options.cairn, "check", options.hunt, "--answer-key", key], check=True, stdout=subprocess.DEVNULL)
        server = Server(options.cairn, options.hunt, pathlib.Path(folder) / "data")
        server.start()
        # Each round lasts a second on average, and starting takes a while.
        with open(pathlib.Path(folder) / "crowd.log", "w") as log:
            crowd = subprocess.Popen([options.cairn, "load", server.url, "--answer-key", key, "--players", str(options.players),
                                      "--seconds", str(2 * options.rounds + 5), "--guesses-per-second", "200",
                                      "--solves-per-second", "40", "--survive-restart", "--live", "--json"],
                                     stdout=subprocess.PIPE, stderr=log, text=True)
            while "play begins" not in pathlib.Path(log.name).read_text():
                plays_on(crowd, 0.1)
            starts = []
            for _ in range(options.rounds):
                plays_on(crowd, chance.uniform(0.2, 1.8))
                server.kill()
                starts.append(server.start())
        summary = json.loads(crowd.communicate()[0].strip().rpartition("\n")[2])
        server.stop()
        entries = server.replay()["entries"]
    told = {name: summary[name] for name in ("acknowledged", "acknowledged_lost", "acknowledged_unverified", "stream_gaps",
                                             "stream_duplicates", "stream_order_errors", "identity_errors", "reconnects")}
    print(json.dumps({"rounds": options.rounds, "entries_verified": entries, "slowest_start_seconds": round(max(starts), 3), **told}))
    bad = [name for name in ("acknowledged_lost", "stream_gaps", "stream_duplicates", "stream_order_errors", "identity_errors")
           if told[name] != 0]
    if crowd.returncode != 0 or bad or told["acknowledged"] == 0:
        sys.exit(f"kill_rounds: {', '.join(bad) or 'the crowd was not content'}")


if __name__ == "__main__":
    main()
