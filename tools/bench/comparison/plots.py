"""Draws percentile curves and latency over time as SVG, with nothing but the standard library."""
import html
import math

WIDTH, HEIGHT = 960, 480
LEFT, RIGHT, TOP, BOTTOM = 70, 300, 40, 50
# Told apart by people who see colours differently (Okabe and Ito), then again with dashes.
COLOURS = ["#000000", "#e69f00", "#56b4e9", "#009e73", "#d55e00", "#0072b2", "#cc79a7", "#8c6d00"]
DASHES = ["", "6 3", "2 3", "8 3 2 3"]


class Plot:
    """Lines over a straight x axis and a logarithmic y axis in microseconds."""

    def __init__(self, title, x_title, x_range, x_ticks, series):
        self.title, self.x_title, self.x_ticks, self.series = title, x_title, x_ticks, series
        self.x_range = x_range
        values = [y for _, points in series for _, y in points if y > 0]
        self.low = math.floor(math.log10(max(min(values), 0.01)))
        self.high = max(math.ceil(math.log10(max(values))), self.low + 1)

    def x(self, value):
        low, high = self.x_range
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        share = (math.log10(max(value, 10.0 ** self.low)) - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def axes(self):
        for power in range(self.low, self.high + 1):
            y = self.y(10.0 ** power)
            label = f"{10.0 ** power:g} µs" if power < 3 else f"{10 ** (power - 3):,} ms"
            yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
            yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
        for value, label in self.x_ticks:
            x = self.x(value)
            yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#eee"/>'
            yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{label}</text>'
        middle = (LEFT + WIDTH - RIGHT) / 2
        yield f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{self.x_title}</text>'
        yield f'<text x="{LEFT}" y="22" font-size="15">{html.escape(self.title)}</text>'

    def lines(self):
        for index, (label, points) in enumerate(self.series):
            colour = COLOURS[index % len(COLOURS)]
            dash = DASHES[index // len(COLOURS) % len(DASHES)]
            style = f'stroke="{colour}" stroke-width="1.6" fill="none"' + (f' stroke-dasharray="{dash}"' if dash else "")
            path = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
            y = TOP + 18 * index + 8
            yield f'<polyline points="{path}" {style}/>'
            yield f'<line x1="{WIDTH - RIGHT + 12}" x2="{WIDTH - RIGHT + 36}" y1="{y}" y2="{y}" {style}/>'
            yield f'<text x="{WIDTH - RIGHT + 42}" y="{y + 4}" font-size="11">{html.escape(label)}</text>'

    def svg(self):
        return "\n".join([
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
            'font-family="sans-serif" font-size="12">', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            *self.axes(), *self.lines(), "</svg>\n"])


def percentiles(profile, mode, runs):
    """The x axis counts nines: how rare is what is worse."""
    series = [(label, [(-math.log10(1 - share), us) for share, us in run["curve"]]) for label, run in runs]
    nines = max(x for _, points in series for x, _ in points)
    ticks = [(-math.log10(1 - share), f"{100 * share:g} %") for share in (0.25, 0.9, 0.99, 0.999, 0.9999, 0.99999)]
    return Plot(f"{profile}, {mode}: latency by percentile", "percentile", (0, max(nines, 1)),
                [tick for tick in ticks if tick[0] <= max(nines, 1)], series)


def timeline(profile, mode, runs):
    series = [(label, [(ms / 1000, p99) for ms, p99, _ in run["timeline"]]) for label, run in runs]
    times = [x for _, points in series for x, _ in points]
    low, high = math.floor(min(times)), math.ceil(max(times) + 0.001)
    step = max(1, (high - low) // 12)
    return Plot(f"{profile}, {mode}: p99 of every 100 ms", "seconds from the start", (low, high),
                [(second, str(second)) for second in range(low, high + 1, step)], series)


def write(out, results):
    for profile in results.schedules:
        for mode in ("inside", "outside"):
            runs = [(label.rsplit(" (", 1)[0], results.typical(profile, label)) for label in results.labels
                    if label.endswith(f"({mode})")]
            runs = [(label, run) for label, run in runs if run and run["timeline"] and run["curve"]]
            for kind, draw in (("percentiles", percentiles), ("timeline", timeline)):
                if runs:
                    (out / f"{profile}-{kind}-{mode}.svg").write_text(draw(profile, mode, runs).svg())
