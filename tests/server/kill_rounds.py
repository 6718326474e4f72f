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
import sys
import tempfile

from live_crowd import Crowd, Server


NONE_OF = ("acknowledged_lost", "stream_gaps", "stream_duplicates", "stream_order_errors", "identity_errors")


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
        server = Server(options.cairn, options.hunt, pathlib.Path(folder) / "data")
        server.start()
        # Each round lasts a second on average, and starting takes a while.
        crowd = Crowd(server, folder, options.players, 2 * options.rounds + 5, guesses_per_second=200, solves_per_second=40)
        starts = []
        for _ in range(options.rounds):
            crowd.plays_on(chance.uniform(0.2, 1.8))
            server.kill()
            starts.append(server.start())
        summary = crowd.summary()
        server.stop()
        entries = server.replay()["entries"]
    told = {name: summary[name] for name in ("acknowledged", "acknowledged_unverified", *NONE_OF, "reconnects")}
    print(json.dumps({"rounds": options.rounds, "entries_verified": entries, "slowest_start_seconds": round(max(starts), 3), **told}))
    if wrong := crowd.judge(summary, NONE_OF):
        sys.exit("kill_rounds: " + wrong)


if __name__ == "__main__":
    main()
