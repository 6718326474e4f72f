"""Runs the programs, keeps what they said, and takes medians."""
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time

from . import prepare

LATENCIES = ("p50", "p90", "p99", "p99_9", "max")
# A run that takes longer than its window and this has got stuck: ten minutes, since the session may itself be held.
PATIENCE_SECONDS = 600
# Events of a closed loop at least: enough that the fastest has a window, not so many that the slowest takes a minute.
CLOSED_LOOP_MILLIONS = 10


class Session:
    def __init__(self, root, out, options, skipped):
        self.root, self.out, self.options, self.skipped = root, out, options, skipped
        self.tools = root / "build/release/tools/bench"
        self.schedules = {}  # profile: (file, expected sums)
        self.runs = []       # what every program said, with label, profile_run and repeat
        self.failed = []     # sentences
        self.noise = []
        self.labels = []     # in the order of the table of programs
        self.about = {"machine": machine(), "versions": prepare.versions(), "repeats": options.repeats,
                      "seconds": options.seconds, "seed": options.seed}

    def write_schedules(self, profiles):
        folder = self.out / "schedules"
        folder.mkdir(exist_ok=True)
        for profile, arguments in profiles.items():
            file = folder / profile
            is_closed_loop = profile == "max" or profile.startswith("growth-")
            seconds = max(self.options.seconds, CLOSED_LOOP_MILLIONS if is_closed_loop else 0)
            sums = subprocess.run(
                [self.tools / "bench_workload", *arguments, "--out", file, "--seconds", str(seconds), "--seed",
                 str(self.options.seed)], check=True, capture_output=True, text=True).stdout
            self.schedules[profile] = (file, json.loads(sums))

    def take_up(self):
        """Goes on with the session that results.json holds, if it was of the same machine and options; returns how many
        rounds it had ended."""
        file = self.out / "results.json"
        before = json.loads(file.read_text()) if file.exists() else {}
        if any(before.get(name) != self.about[name] for name in self.about):
            return 0
        self.runs, self.noise, self.failed = before["runs"], before["noise"], before["failed"]
        self.labels = list(dict.fromkeys(run["label"] for run in self.runs))
        return len(self.noise)

    def measure_noise(self):
        pinned = on_two_cores([self.tools / "bench_noise", str(self.options.noise_seconds)])
        self.noise.append(json.loads(subprocess.run(pinned, check=True, capture_output=True, text=True).stdout))

    def run_round(self, repeat, programs):
        """Every program once over every profile, one after the other, so that what the machine does meets them all."""
        self.labels += [program.label for program in programs if program.label not in self.labels]
        self.measure_noise()
        for profile, (schedule, expected) in self.schedules.items():
            # Nobody always comes first.
            for program in programs[repeat % len(programs):] + programs[:repeat % len(programs)]:
                self.run_one(repeat, profile, schedule, expected, program)

    def run_one(self, repeat, profile, schedule, expected, program):
        what = f"{profile}, repeat {repeat + 1}: {program.label}"
        began = time.monotonic()
        try:
            done = subprocess.run(on_two_cores(program.command(schedule)), env=program.environ(), capture_output=True,
                                  text=True, timeout=PATIENCE_SECONDS + self.options.seconds)
            said = json.loads(done.stdout) if done.returncode == 0 else None
        except subprocess.TimeoutExpired:
            return self.fail(f"{what} had not ended after {time.monotonic() - began:.0f} s")
        except ValueError:
            return self.fail(f"{what} printed no JSON: {done.stdout[:200]!r}")
        if said is None:
            return self.fail(f"{what} ended with status {done.returncode}: {done.stderr.strip()[-300:]}")
        wrong = differences(said, expected)
        if wrong:
            return self.fail(f"{what} did other work: {wrong}")
        self.runs.append({**said, "label": program.label, "profile_run": profile, "repeat": repeat})
        print(f"compare: {what} ({time.monotonic() - began:.1f} s)", file=sys.stderr)

    def fail(self, sentence):
        sentence = " ".join(sentence.split())
        self.failed.append(sentence)
        print(f"compare: FAILED: {sentence}", file=sys.stderr)

    def of(self, profile, label):
        return [run for run in self.runs if run["profile_run"] == profile and run["label"] == label]

    def medians(self, profile, label):
        """One row of a table, or None if there was no good run. For the spike the latencies are those of the others."""
        runs = self.of(profile, label)
        if not runs:
            return None

        def median(pick):
            values = [value for value in map(pick, runs) if value is not None]
            return statistics.median(values) if values else None

        row = {name: median(lambda run: (latencies(run) or {}).get(name)) for name in LATENCIES}
        row["whole_p99"] = median(lambda run: (run["latency_us"] or {}).get("p99"))
        row["events_per_second"] = median(lambda run: run["events_per_second"])
        row["allocated"] = median(lambda run: run["allocated_bytes_per_second"])
        row["rss_bytes"] = median(lambda run: run["rss_bytes"])
        row["cpu"] = median(lambda run: run["cpu_seconds"] / run["seconds"])
        row["repeats"] = len(runs)
        return row

    def typical(self, profile, label):
        """The run whose p99 is in the middle: what is plotted."""
        runs = sorted((run for run in self.of(profile, label) if latencies(run)), key=lambda run: latencies(run)["p99"])
        return runs[len(runs) // 2] if runs else None

    def save(self):
        everything = {**self.about, "noise": self.noise, "skipped": self.skipped, "failed": self.failed,
                      "medians": {profile: {label: self.medians(profile, label) for label in self.labels}
                                  for profile in self.schedules},
                      "runs": self.runs}
        (self.out / "results.json").write_text(json.dumps(everything, indent=1))


def latencies(run):
    return run.get("others_us") or run.get("latency_us")


def differences(said, expected):
    """What of the work a program did not do; a bus may merge triggers, if it says how many."""
    names = ["events", "follow_ups", "checksum"]
    merged = said.get("merged") or 0
    if isinstance(merged, dict):
        merged = sum(merged.values())
    if merged == 0:
        names.append("trigger_checksum")
    wrong = [f"{name} {said.get(name)} instead of {expected[name]}" for name in names if said.get(name) != expected[name]]
    if said.get("triggers", 0) + merged != expected["triggers"]:
        wrong.append(f"triggers {said.get('triggers')} and {merged} merged instead of {expected['triggers']}")
    return "; ".join(wrong)


def on_two_cores(command):
    command = [str(part) for part in command]
    if shutil.which("taskset") is None:
        return command
    return ["taskset", "-c", ",".join(map(str, prepare.cores())), *command]


def machine():
    model = next((line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} processors of which two are used, Linux {platform.release()}"
