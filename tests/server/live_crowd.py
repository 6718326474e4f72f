"""A real server and a real crowd, for tests that do something to the one while the other plays."""
import json
import pathlib
import socket
import subprocess
import sys
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
            sys.exit("the server did not start: see the sentence above")
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
            sys.exit("the journal does not replay to what the server had:\n" + found.stdout[-2000:])
        return verified


class Crowd:
    """Players who come back when the server does, and who ask in the end for what they were acknowledged."""

    def __init__(self, server, folder, players, seconds, guesses_per_second, solves_per_second):
        cairn, _, hunt = server.command[:3]
        key = pathlib.Path(folder) / "answers.json"
        subprocess.run([cairn, "check", hunt, "--answer-key", key], check=True, stdout=subprocess.DEVNULL)
        with open(pathlib.Path(folder) / "crowd.log", "w") as log:
            self.process = subprocess.Popen(
                [cairn, "load", server.url, "--answer-key", key, "--players", str(players), "--seconds", str(seconds),
                 "--guesses-per-second", str(guesses_per_second), "--solves-per-second", str(solves_per_second),
                 "--survive-restart", "--live", "--json"], stdout=subprocess.PIPE, stderr=log, text=True)
            while "play begins" not in pathlib.Path(log.name).read_text():
                self.plays_on(0.1)

    def plays_on(self, seconds):
        """Lets it play; it must not end meanwhile."""
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return
        sys.exit("the crowd has ended before the test was over")

    def summary(self):
        """What it says when it is over."""
        return json.loads(self.process.communicate()[0].strip().rpartition("\n")[2])

    def judge(self, summary, none_of):
        """What is wrong, in words; "" if nothing is."""
        bad = [name for name in none_of if summary[name] != 0]
        if bad:
            return ", ".join(bad)
        content = self.process.returncode == 0 and summary["acknowledged"] > 0
        return "" if content else "the crowd was not content"
