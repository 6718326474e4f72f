"""Makes the districts' outlines from the city's corners, and finds places within them."""

import math
import random

from city import COAST, DISTRICTS, GULL_ROCK, NODES, OUTLINES, WET_BASIN

PILOT_STONE = (-18.5000, 48.2000)                  # longitude, latitude of (0, 0)
METRES_PER_DEGREE = 111_195.0


def degrees(point):
    east, north = point
    longitude = PILOT_STONE[0] + east / (METRES_PER_DEGREE * math.cos(math.radians(PILOT_STONE[1] + 0.015)))
    return [round(longitude, 6), round(PILOT_STONE[1] + north / METRES_PER_DEGREE, 6)]


def bend(a, b, r, amplitude, depth):
    """The way from a to b without its ends, its middle pushed aside again and again."""
    if depth == 0:
        return []
    push = r.uniform(-amplitude, amplitude)
    middle = ((a[0] + b[0]) / 2 - (b[1] - a[1]) * push, (a[1] + b[1]) / 2 + (b[0] - a[0]) * push)
    return bend(a, middle, r, amplitude * 0.8, depth - 1) + [middle] + bend(middle, b, r, amplitude * 0.8, depth - 1)


def edge(a, b):
    """The same points for both districts that share the edge, in the direction asked for."""
    name = "".join(sorted((a, b)))
    coast = name in {"".join(sorted(c)) for c in COAST}
    r = random.Random(f"edge {name}")
    way = bend(NODES[name[0]], NODES[name[1]], r, 0.13 if coast else 0.07, 4 if coast else 3)
    return [NODES[a]] + (way if a == name[0] else way[::-1])


def ring(corners):
    """Without the repeated first point."""
    points = []
    for a, b in zip(corners, corners[1:] + corners[:1]):
        points += edge(a, b)
    return points


def polygons(district):
    """Each a list of rings of metres, without repeated first points: a shell and its holes."""
    shapes = [[ring(OUTLINES[district])]]
    if district == "docks":
        shapes[0].append(WET_BASIN)
    if district == "lighthouse":
        shapes.append([GULL_ROCK])
    return shapes


def geometry(district):
    shapes = [[[degrees(p) for p in r + r[:1]] for r in rings] for rings in polygons(district)]
    if len(shapes) == 1:
        return {"type": "Polygon", "coordinates": shapes[0]}
    return {"type": "MultiPolygon", "coordinates": shapes}


def inside(point, rings):
    odd = False
    for r in rings:
        for (x1, y1), (x2, y2) in zip(r, r[1:] + r[:1]):
            if (y1 > point[1]) != (y2 > point[1]) and point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def from_border(point, rings):
    nearest = math.inf
    for r in rings:
        for (x1, y1), (x2, y2) in zip(r, r[1:] + r[:1]):
            dx, dy = x2 - x1, y2 - y1
            t = max(0.0, min(1.0, ((point[0] - x1) * dx + (point[1] - y1) * dy) / (dx * dx + dy * dy)))
            nearest = min(nearest, math.hypot(point[0] - x1 - t * dx, point[1] - y1 - t * dy))
    return nearest


def places(district, count):
    """Points in the district's mainland, well within it and apart from each other."""
    rings = polygons(district)[0]
    r = random.Random(f"places {district}")
    xs, ys = [p[0] for p in rings[0]], [p[1] for p in rings[0]]
    found, apart = [], 75.0
    while len(found) < count:
        point = (r.uniform(min(xs), max(xs)), r.uniform(min(ys), max(ys)))
        if inside(point, rings) and from_border(point, rings) > 25 and all(math.dist(point, f) > apart for f in found):
            found.append(point)
        apart = max(20.0, apart - 0.05)
    return [degrees(p) for p in found]


assert set(OUTLINES) == set(DISTRICTS)
