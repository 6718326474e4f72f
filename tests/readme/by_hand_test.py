#!/usr/bin/env python3
"""Goal: the commands of the README's "By hand" run as they stand there, in their order.

It breaks: names, options and districts that changed without the README. The commands run in a folder that has the
tree's build/ and config/, so that their `data` is a fresh one. Exits 77 (skipped) when somebody has the ports.
"""
import os
import pathlib
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
PORTS = (8080, 8081)
READY_SECONDS_MAX = 120  # Guards against waiting for ever; nothing is measured by it.


def commands_of(readme):
    block = re.search(r"^By hand:\n+```\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert block, "the README has no block of commands after `By hand:`"
    commands = [line for line in block[1].splitlines() if line.strip()]
    served = [command for command in commands if " serve " in command]
    assert len(served) == 1 and len(commands) >= 4, f"one serve and what is done with it, not {commands}"
    return commands


def skip_if_taken():
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                print(f"skipped: the README's port {port} is taken here: {error}")
                sys.exit(77)


def serve(command, folder):
    print(f"$ {command} &", flush=True)
    server = subprocess.Popen(shlex.split(command), cwd=folder, stdout=subprocess.PIPE, text=True)
    guard = threading.Timer(READY_SECONDS_MAX, server.kill)
    guard.start()
    line = server.stdout.readline()
    guard.cancel()
    if not line.startswith("ready "):
        server.kill()
        raise AssertionError(f"the server did not say ready, but {line!r}")
    return server


def stop(server):
    server.terminate()
    try:
        return server.wait(READY_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        server.kill()
        raise


def main():
    commands = commands_of((ROOT / "README.md").read_text(encoding="utf-8"))
    skip_if_taken()
    with tempfile.TemporaryDirectory(prefix="cairn-readme-") as folder:
        for name in ("build", "config"):
            os.symlink(ROOT / name, pathlib.Path(folder) / name)
        server = None
        try:
            for command in commands:
                if " serve " in command:
                    server = serve(command, folder)
                    continue
                print(f"$ {command}", flush=True)
                subprocess.run(shlex.split(command), cwd=folder, check=True, timeout=READY_SECONDS_MAX)
        finally:
            exit_code = stop(server) if server else None
        assert exit_code == 0, f"the server ended with {exit_code}"
    print(f"{len(commands)} commands ran as the README has them")


if __name__ == "__main__":
    main()
