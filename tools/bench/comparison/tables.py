"""Writes report.md."""

OURS = "cairn bus"


def number(value, divisor=1.0):
    if value is None:
        return "–"
    value /= divisor
    if value == 0:
        return "0"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def mode_of(label):
    return "inside" if label.endswith("(inside)") else "outside"


def ratio(value, ours):
    return "–" if not value or not ours else f"{value / ours:.2f}"


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join(["---"] + ["---:"] * (len(heads) - 1)) + " |"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def by_latency(results, profile):
    spike = profile == "spike"
    heads = ["program", "p50", "p99", "p99.9", "max", *(["p99 of all"] if spike else []), "p99 ÷ ours", "allocated MB/s",
             "RSS MB", "CPU-s/s", "repeats"]
    rows = []
    for label in results.labels:
        row = results.medians(profile, label)
        if row is None:
            continue
        ours = results.medians(profile, f"{OURS} ({mode_of(label)})")
        rows.append([label, *(number(row[name]) for name in ("p50", "p99", "p99_9", "max")),
                     *([number(row["whole_p99"])] if spike else []), ratio(row["p99"], ours and ours["p99"]),
                     number(row["allocated"], 1e6), number(row["rss_bytes"], 1e6), number(row["cpu"]),
                     str(row["repeats"])])
    told = "Latencies of the eleven other districts" if spike else "Latencies"
    return [f"{told} in µs, from the intended time to the end of the handler.", "", *table(heads, rows)]


def by_rate(results, profile):
    heads = ["program", "M events/s", "ours ÷ it", "allocated MB/s", "RSS MB", "CPU-s/s", "repeats"]
    rows = []
    for label in results.labels:
        row = results.medians(profile, label)
        if row is None:
            continue
        ours = results.medians(profile, f"{OURS} ({mode_of(label)})")
        rows.append([label, number(row["events_per_second"], 1e6),
                     ratio(ours and ours["events_per_second"], row["events_per_second"]),
                     number(row["allocated"], 1e6), number(row["rss_bytes"], 1e6), number(row["cpu"]),
                     str(row["repeats"])])
    return ["Closed loop, 8,192 events under way.", "", *table(heads, rows)]


def growth(results, profiles):
    sizes = [profile.split("-")[1:] for profile in profiles]
    heads = ["program", *(f"{districts} districts, {teams} teams, {size} B" for districts, teams, size in sizes)]
    rows = []
    for label in results.labels:
        found = [results.medians(profile, label) for profile in profiles]
        if any(found):
            rows.append([label, *(number(row["events_per_second"] if row else None, 1e6) for row in found)])
    return ["M events/s, closed loop.", "", *table(heads, rows)]


def noise(results):
    lines = ["## The machine's noise in this session", "",
             "A pinned thread on each core that only reads the clock. No maximum below its longest gap ranks anybody.", ""]
    rows = []
    for repeat, cores in enumerate(results.noise):
        for gaps in cores:
            rows.append([f"round {repeat + 1}, core {gaps['cpu']}", number(gaps["seconds"]), str(gaps["gaps_over_100us"]),
                         str(gaps["gaps_over_1ms"]), number(gaps["longest_us"], 1e3), f"{100 * gaps['lost_share']:.2f} %"])
    return lines + table(["when", "seconds", "gaps over 100 µs", "over 1 ms", "longest ms", "lost"], rows) + [""]


def named(title, sentences):
    return [f"## {title}", "", *(f"- {sentence}" for sentence in sentences), ""] if sentences else []


def write(path, results):
    about = results.about
    rounds = len(results.noise)
    lines = ["# The bus beside its peers", "",
             f"{about['machine']}. Medians of {rounds} interleaved repeats over the same schedules (seed {about['seed']}), "
             f"{about['seconds']} s measured in each after 1 s of warming up. Every program was given the same two cores and "
             "reached the same checksums. inside: the cores' own loops produce. outside: two threads more produce.", ""]
    if rounds < about["repeats"]:
        lines += [f"**Not finished: {rounds} of {about['repeats']} rounds.**", ""]
    if not any(label.startswith(OURS) for label in results.labels):
        lines += ["**Our own bus is not among the programs of this run.**", ""]
    lines += named("Skipped", [f"{peer}: {reason}" for peer, reason in results.skipped.items()])
    lines += named("Failed", results.failed)
    lines += noise(results)
    for profile in results.schedules:
        if profile.startswith("growth-"):
            continue
        rate = profile == "max"
        lines += [f"## {profile}", "", *(by_rate if rate else by_latency)(results, profile), ""]
        if not rate:
            lines += [f"![{kind} {mode}]({profile}-{kind}-{mode}.svg)" for kind in ("percentiles", "timeline")
                      for mode in ("inside", "outside")] + [""]
    sizes = [profile for profile in results.schedules if profile.startswith("growth-")]
    if sizes:
        lines += ["## growth", "", *growth(results, sizes), ""]
    lines += ["## Versions", "", *(f"- {name}: {version}" for name, version in about["versions"].items()), ""]
    path.write_text("\n".join(lines))
