"""Puts the sample hunt together: forty puzzles a district, when they open, what they earn, and where they are."""

import random

import ciphers
import kit
import reckonings
from city import DISTRICTS, NAME
from land import geometry, places
from words import CLUED, PLAIN
from written import WRITTEN

PER_DISTRICT = 40
SEED = "Port Averil, edition 1"

# When a district opens, for all: what any team has solved, what the leader has earned, or time. The stations of the
# tour are puzzles that need nothing but their own district.
OPENS = {
    "docks": "always",
    "fishmarket": "always",
    "ropewalk": "2 of ({docks:3}, {docks:5}, {docks:8}, {fishmarket:3}, {fishmarket:6})",
    "old-town": "any(all({fishmarket:2}, {fishmarket:5}), 2 of ({fishmarket:8}, {fishmarket:12}, {docks:12}))",
    "station": "after 2m",
    "customs": "any(points >= 400, after 6m)",
    "shipyard": "any(2 of ({ropewalk:2}, {ropewalk:5}, {ropewalk:8}), all(district(ropewalk), {docks:15}))",
    "castle-hill": "all(district(old-town), any({old-town:3}, {old-town:6}, {old-town:9}))",
    "lockgate": "any({customs:2}, {customs:5}, {customs:8})",
    "university": "all(points >= 1200, any({station:3}, {station:5}, {old-town:5}))",
    "gardens": "any(2 of ({castle-hill:2}, {castle-hill:5}, {university:3}), all(district(lockgate), {lockgate:6}))",
    "lighthouse": None,
}


def slug(text):
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in text.lower().replace("'", ""))
    words = [w for w in letters.split() if w not in ("the", "a", "of", "in", "on", "and")]
    return "-".join(words[:3])


def says(prompt, answer):
    """Whether an answer that has letters stands in the prompt as it is."""
    def words(text):
        return " " + " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split()) + " "
    return any(c.isalpha() for c in answer) and words(answer) in words(prompt)


class Hunt:
    def __init__(self):
        r = random.Random(SEED)
        self.words = r.sample(PLAIN, len(PLAIN))
        self.clued = r.sample(sorted(CLUED), len(CLUED))
        self.ids = {}
        self.puzzles = []

    def build(self):
        for district in DISTRICTS:
            drafts = self.drafts(district)
            self.ids[district] = [f"{district}-{n + 1:02d}-{slug(d['title'])}" for n, d in enumerate(drafts)]
            spots = places(district, PER_DISTRICT)
            for n, draft in enumerate(drafts):
                self.puzzles.append(self.finish(district, n, draft, spots[n]))
        prompts = [p["prompt"] for p in self.puzzles]
        assert len(set(prompts)) == len(prompts) == PER_DISTRICT * len(DISTRICTS)

    def drafts(self, district):
        """Every tenth puzzle is one written by hand, beginning with the first; families fill what is left in turn."""
        written = list(WRITTEN[district])
        families = ciphers.FAMILIES + reckonings.FAMILIES
        r = random.Random(f"{SEED} {district}")
        order = r.sample(families, len(families))
        # A second round for what is left over; anagrams are few.
        second = [f for f in r.sample(families, len(families)) if f is not ciphers.anagram]
        order += second
        drafts = []
        for n in range(PER_DISTRICT):
            if written and n % 10 == 0 or len(written) >= PER_DISTRICT - n:
                drafts.append(dict(written.pop(0), written=True))
                continue
            drafts.append(self.draft(order.pop(0), f"{SEED} {district} {n}", district))
        return drafts

    def draft(self, family, seed, district):
        """Tries again where the prompt happens to say the answer."""
        for attempt in range(10):
            voice = kit.Voice(f"{seed} {attempt}", district, DISTRICTS[district], self.words)
            draft = family(voice, self.clued) if family is ciphers.anagram else family(voice)
            if draft.get("answer_in_prompt") or not any(says(draft["prompt"], a) for a in draft["answers"]):
                return draft
        raise ValueError(f"{family.__name__} keeps saying its answer: {draft['answers'][0]}")

    def rule(self, district, n, r):
        """About three in ten need something more than their district."""
        mine = self.ids[district]
        if n % 10 not in (4, 7, 9) or n < 4:
            return "always"
        a, b, c = mine[n - 1], mine[n - 2], mine[n - 4]
        return r.choice([
            c, f"any({a}, {b})", f"all({b}, {c})", f"2 of ({a}, {b}, {c})", f"points >= {r.choice([100, 150, 250, 400])}",
            f"any({c}, after {r.choice([2, 3, 4])}m)", f"any({b}, points >= {r.choice([300, 500])})",
            f"all(district({district}), any({a}, {c}))",
        ])

    def points(self, effort, r):
        first = r.choice({1: [50, 60, 75, 80, 100], 2: [100, 120, 125, 150], 3: [180, 200, 250, 300]}[effort])
        if r.random() < 0.25:
            return {"first": first, "step": max(1, first // 25), "floor": first // 2}, first
        return first, first

    def check_in(self, n, draft, r, words):
        """Some puzzles want the team to be there: within a radius, or with the code from a plate on the spot."""
        if "check_in" in draft:
            return draft["check_in"]
        if n % 10 == 5:
            return {"radius_m": r.choice([40, 60, 80]), "needs_check_in": True}
        if n % 20 == 13:
            return {"code": f"{words[n % len(words)].lower()}-{r.randint(10, 99)}", "needs_check_in": True}
        return {"radius_m": 50} if n % 10 == 8 else {}

    def clues(self, n, draft, district, check_in, r):
        if "clues" in draft:
            return draft["clues"]
        if n % 10 not in (3, 6, 8):
            return []
        place = r.choice(DISTRICTS[district]["places"])
        clues = [{"text": f"Somebody at {place} remembers: \"{draft['hints'][0]}\"", "discovery": "ask"}]
        if "radius_m" in check_in:
            clues.append({"text": f"On the spot a small brass plate says: \"{draft['answers'][0][0].upper()} is how it begins.\"",
                          "discovery": "check_in"})
        else:
            clues.append({"text": f"Behind the plate: the answer begins with {draft['answers'][0][0].upper()}.", "discovery": "code",
                          "code": f"AVERIL {r.randint(100, 999)}"})
        return clues

    def finish(self, district, n, draft, spot):
        r = random.Random(f"{SEED} {district} {n} finish")
        points, first = self.points(draft["effort"], r)
        hints = [{"text": text, "cost": max(5, first * (10 + 10 * i) // 100 // 5 * 5)} for i, text in enumerate(draft["hints"])]
        if len(hints) > 1 and r.random() < 0.3:
            hints[-1]["after"] = r.choice(["30s", "1m", "2m"])
        check_in = self.check_in(n, draft, r, PLAIN)
        clues = self.clues(n, draft, district, check_in, r)
        puzzle = {"id": self.ids[district][n], "title": draft["title"], "district": district, "at": spot, **check_in,
                  "prompt": draft["prompt"]}
        puzzle["accessibility"] = draft.get("accessibility", "Everything needed stands in the text." if not check_in else
                                            "Everything needed stands in the text; a referee can check a team in from anywhere.")
        # Titles may be capitals in a cipher; a player types as he likes, so answers are written plainly.
        puzzle["answers"] = [a.lower() if a.isupper() and len(a) > 2 else a for a in draft["answers"]]
        for optional in ("answer_in_prompt", "normalise", "partials"):
            if draft.get(optional):
                puzzle[optional] = draft[optional]
        if clues:
            puzzle["clues"] = clues
        puzzle["hints"] = hints
        puzzle["requires"] = draft.get("requires", "always").format(*self.ids[district]) if draft.get("written") else self.rule(district, n, r)
        puzzle["points"] = points
        return puzzle

    def opens(self, district):
        rule = OPENS[district]
        for other, ids in self.ids.items():
            for n in range(len(ids)):
                rule = rule.replace(f"{{{other}:{n}}}", ids[n])
        return rule

    def districts(self):
        features = []
        for district, about in DISTRICTS.items():
            properties = {"name": about["name"], "colour": about["colour"], "text": about["text"]}
            if OPENS[district]:
                properties["opens"] = self.opens(district)
            features.append({"type": "Feature", "id": district, "properties": properties, "geometry": geometry(district)})
        return {"type": "FeatureCollection", "features": features}


def hunt_files():
    hunt = Hunt()
    hunt.build()
    files = {
        "hunt.json": {
            "format": 1, "id": "harbour", "name": "The Harbour Master's Inheritance", "city": NAME,
            "team_size_max": 6, "teams_max": 2000, "spectators": True,
            "guesses": {"tries": 5, "lockout_s": 60, "growth_percent": 200, "lockout_max_s": 1800},
            "check_in": {"accuracy_max_m": 100},
            "scoring": {"points": 100, "hint_costs": [10, 20, 30]},
        },
        "districts.geojson": hunt.districts(),
    }
    for puzzle in hunt.puzzles:
        files[f"puzzles/{puzzle['id']}/puzzle.json"] = puzzle
    return files
