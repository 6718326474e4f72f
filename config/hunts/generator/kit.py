"""What every family of puzzles uses: a voice for the district, chance with a fixed seed, and ways to write answers."""

import random

NUMBERS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
           "seventeen eighteen nineteen").split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
COMPASS = {"north": (0, 1), "east": (1, 0), "south": (0, -1), "west": (-1, 0)}
COMPASS8 = dict(COMPASS, **{"north-east": (1, 1), "south-east": (1, -1), "south-west": (-1, -1), "north-west": (-1, 1)})


def in_words(n):
    """A number from 0 to 999 as one says it."""
    if n < 20:
        return NUMBERS[n]
    if n < 100:
        return TENS[n // 10] + ("-" + NUMBERS[n % 10] if n % 10 else "")
    rest = " and " + in_words(n % 100) if n % 100 else ""
    return NUMBERS[n // 100] + " hundred" + rest


def number_answers(n):
    return [str(n), in_words(n)] if 0 <= n < 1000 else [str(n)]


def clock(minutes):
    minutes %= 24 * 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def clock_answers(minutes):
    """The 24-hour form, the 12-hour form, and without a leading zero."""
    minutes %= 24 * 60
    hour, minute = divmod(minutes, 60)
    half = f"{(hour + 11) % 12 + 1}:{minute:02d} {'am' if hour < 12 else 'pm'}"
    return list(dict.fromkeys([f"{hour:02d}:{minute:02d}", f"{hour}:{minute:02d}", half]))


def ordinal(n):
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def listed(items):
    items = list(items)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def capital(text):
    return text[0].upper() + text[1:]


class Voice:
    """One puzzle's chance and local colour. What it draws from its district it does not draw twice."""

    def __init__(self, seed, district_id, district, words):
        self.r = random.Random(seed)
        self.district_id = district_id
        self.district = district
        self._words = words
        self._left = {}

    def _draw(self, kind):
        left = self._left.get(kind)
        if not left:
            left = self._left[kind] = self.r.sample(self.district[kind], len(self.district[kind]))
        return left.pop()

    def street(self):
        return self._draw("streets")

    def place(self):
        return self._draw("places")

    def person(self):
        return self._draw("people")

    def ship(self):
        return self._draw("ships")

    def pick(self, *options):
        return self.r.choice(options)

    def word(self, shortest=4, longest=9, without=""):
        """A word that no other puzzle hides."""
        for i, word in enumerate(self._words):
            if shortest <= len(word) <= longest and not set(word) & set(without):
                return self._words.pop(i)
        raise ValueError("the generator has run out of words")


def message_of(v, word):
    """A message that ends in the word, as smugglers and clerks write them."""
    return v.pick("THE PASSWORD TONIGHT IS", "ASK THE BOATMAN FOR THE", "LOOK FOR THE SIGN OF THE",
                  "WE MEET WHERE YOU SEE THE", "TRUST NOBODY WITHOUT A", "THE MAP LIES UNDER THE",
                  "SEND WORD BY WAY OF THE", "PAY HIM ONLY FOR THE") + " " + word


def whole_message(message):
    return [{"answer": message.lower(), "reply": "You have read the whole message. Only its last word is wanted."}]
