"""Families that are reckoned, walked or reasoned. Each one solves what it prints a second time before it returns."""

import datetime
import itertools

from kit import COMPASS, COMPASS8, capital, clock, clock_answers, in_words, listed, number_answers, ordinal


def streets_walk(v):
    names = v.r.sample(v.district["streets"], 8)
    lanes, roads = names[:4], names[4:]              # lanes from west to east, roads from south to north
    x, y = start = (v.r.randrange(4), v.r.randrange(4))
    legs = []
    while len(legs) < 5 or (x, y) == start:
        name = v.r.choice([n for n in COMPASS if not legs or n not in (legs[-1][0], opposite(legs[-1][0]))])
        far = v.r.randint(1, 3)
        nx, ny = x + COMPASS[name][0] * far, y + COMPASS[name][1] * far
        if 0 <= nx < 4 and 0 <= ny < 4:
            legs.append((name, far))
            x, y = nx, ny
    told = [f"{in_words(far)} {'block' if far == 1 else 'blocks'} {name}" for name, far in legs]
    assert (x, y) == follow(start, told)
    lane, road = lanes[x], roads[y]
    return {
        "title": v.pick("The Long Way Round", "A Walk with the Dog", "Turn Left at the Smell", "Blocks"),
        "prompt": f"On an old plan of {v.district['name']}, {listed(lanes)} run north and south, in this order from west "
                  f"to east; {listed(roads)} cross all of them, in this order from south to north.\n\n{v.person()} leaves "
                  f"the corner of {lanes[start[0]]} and {roads[start[1]]} and walks {listed(told)}. Which two streets "
                  "meet where the walk ends?",
        "answers": [f"{lane} and {road}", f"{road} and {lane}", f"{lane} {road}", f"{road} {lane}"], "effort": 2,
        "partials": [{"answer": lane, "reply": "You have one of the two. Which street crosses it?"},
                     {"answer": road, "reply": "You have one of the two. Which street crosses it?"}],
        "hints": ["Draw four lines down and four across, and write the names along them.",
                  f"After {told[0]} one stands in {crossing(lanes, roads, follow(start, told[:1]))}."],
    }


def opposite(name):
    return {"north": "south", "south": "north", "east": "west", "west": "east"}[name]


def follow(start, told):
    x, y = start
    for leg in told:
        words = leg.split()
        far = ["zero", "one", "two", "three"].index(words[0])
        x, y = x + COMPASS[words[2]][0] * far, y + COMPASS[words[2]][1] * far
    return x, y


def crossing(lanes, roads, at):
    return f"{lanes[at[0]]}, at the corner of {roads[at[1]]}"


CARGOES = ["sacks of salt", "casks of herring", "chests of tea", "coils of rope", "barrels of tar", "crates of oranges",
           "bales of wool", "tubs of butter", "sheets of copper", "boxes of candles", "jars of oil", "sacks of barley"]


def cargo(v):
    goods = v.pick(*CARGOES)
    unit = goods.split()[0]
    people = [v.person() for _ in range(4)]
    on_board = start = v.r.randint(90, 240)
    lines, first = [], v.r.randint(3, 9)
    took = v.r.randint(12, 40)
    on_board -= took
    lines.append(f"At {first} o'clock {in_words(took)} {unit} go ashore for {people[0]}.")
    carts, each = v.r.randint(3, 7), v.r.randint(6, 12)
    on_board += carts * each
    lines.append(f"Then {in_words(carts)} carts arrive with {in_words(each)} {unit} each, and all of it is stowed.")
    lost = v.r.randint(2, 9)
    on_board -= lost
    lines.append(f"{capital(in_words(lost))} {unit} fall into the water, and {people[1]} says a word that {people[2]} writes down.")
    if on_board % 2:
        on_board -= 1
        lines.append("One more is opened for the customs and not put back.")
    before = on_board
    on_board //= 2
    lines.append(f"At noon half of what is on board is sold to {people[3]} and taken away.")
    assert before == start - took + carts * each - lost - (start - took + carts * each - lost) % 2 and on_board * 2 == before
    return {
        "title": v.pick("Tally Sticks", "What Is Left in the Hold", "A Morning's Work", "The Mate Can't Count"),
        "prompt": f"The {v.ship()} makes fast near {v.place()} with {in_words(start)} {goods} on board. "
                  + " ".join(lines) + f"\n\nHow many {unit} sail with her in the afternoon?",
        "answers": number_answers(on_board), "effort": 1,
        "partials": [{"answer": str(before), "reply": "That is what she had before noon."}],
        "hints": [f"After the carts she has {start - took + carts * each} on board.", f"At noon, before the sale, she has {before}."],
    }


def chain(v):
    kind = v.r.randrange(6)
    a, b = v.r.randint(2, 9), v.r.randint(2, 7)
    if kind == 0:
        numbers, rule = [a + b * i + i * (i - 1) // 2 for i in range(7)], "each step is one longer than the step before"
    elif kind == 1:
        numbers, rule = [a], f"each number is twice the one before, and {in_words(b)} more"
        while len(numbers) < 6:
            numbers.append(numbers[-1] * 2 + b)
    elif kind == 2:
        numbers, rule = [a, a + b], "each number is the sum of the two before it"
        while len(numbers) < 8:
            numbers.append(numbers[-1] + numbers[-2])
    elif kind == 3:
        numbers, rule = [i * i + a for i in range(b, b + 7)], f"these are squares, with {in_words(a)} added"
    elif kind == 4:
        numbers, rule = [a * 10], f"it goes up {in_words(b + 4)} and down {in_words(b)}, in turn"
        while len(numbers) < 8:
            numbers.append(numbers[-1] + (b + 4 if len(numbers) % 2 else -b))
    else:
        numbers, rule = [a], f"it is doubled, then {in_words(b)} is taken away, in turn"
        numbers[0] = a + b
        while len(numbers) < 8:
            numbers.append(numbers[-1] * 2 if len(numbers) % 2 else numbers[-1] - b)
    shown, wanted = numbers[:-1], numbers[-1]
    assert continues(shown) == wanted or kind in (1, 4, 5)
    return {
        "title": v.pick("Numbers on the Posts", "The Painter's Joke", "What Comes Next", "Post after Post"),
        "prompt": f"The mooring posts from {v.place()} along {v.street()} are numbered, though not as one would expect: "
                  f"{', '.join(map(str, shown))}. The last post has lost its paint. {v.person()}, who painted them all, "
                  "swears that every child could say what stood there.\n\nWhich number was it?",
        "answers": number_answers(wanted), "effort": 2,
        "hints": ["Write down what happens from each post to the next.", f"The rule: {rule}."],
    }


def continues(shown):
    """The next number by constant second differences, or by the sum of the last two."""
    steps = [b - a for a, b in zip(shown, shown[1:])]
    second = [b - a for a, b in zip(steps, steps[1:])]
    if len(set(second)) == 1:
        return shown[-1] + steps[-1] + second[-1]
    return shown[-1] + shown[-2]


BERTHS = 5


def berths(v):
    people = [v.person() for _ in range(BERTHS)]
    truth = v.r.sample(people, BERTHS)
    wanted = v.r.randrange(BERTHS)
    pool = list(statements(people, truth, wanted))
    v.r.shuffle(pool)
    chosen = []
    for s in pool:
        if len(fitting(people, chosen)) == 1:
            break
        if len(fitting(people, chosen + [s])) < len(fitting(people, chosen)):
            chosen.append(s)
    for s in list(chosen):
        rest = [c for c in chosen if c is not s]
        if len(fitting(people, rest)) == 1:
            chosen = rest
    assert fitting(people, chosen) == [tuple(truth)]
    v.r.shuffle(chosen)
    name = truth[wanted]
    short = name.split()[-1]
    told = "\n".join(f"    - {capital(text)}." for text, _ in chosen)
    first = v.r.choice([i for i in range(BERTHS) if i != wanted])
    return {
        "title": v.pick("Five Berths", "Who Lies Where", "The Berthing Quarrel", "Neighbours"),
        "prompt": f"Five boats lie side by side near {v.place()}, in berths 1 to 5 from left to right. They belong to "
                  f"{listed(people)}. The harbour master has lost the list and remembers only this:\n\n{told}\n\n"
                  f"Whose boat lies in berth {wanted + 1}?",
        "answers": [name, short], "answer_in_prompt": True, "effort": 3,
        "hints": ["Write the numbers 1 to 5 in a row and begin with the statement that leaves the fewest places.",
                  f"Berth {first + 1} belongs to {truth[first]}."],
    }


def statements(people, truth, wanted):
    """What is true of the berths, each with a test; none names the owner that is asked for and his berth together."""
    for i, a in enumerate(truth):
        if i != wanted:
            yield f"{a} has berth {i + 1}", lambda o, a=a, i=i: o.index(a) == i
        if i not in (0, BERTHS - 1):
            yield f"{a} has neighbours on both sides", lambda o, a=a: 0 < o.index(a) < BERTHS - 1
        for j, b in enumerate(truth):
            if j == i + 1:
                yield f"{a} lies directly to the left of {b}", lambda o, a=a, b=b: o.index(a) + 1 == o.index(b)
            elif j > i + 1:
                yield f"{a} lies somewhere to the left of {b}", lambda o, a=a, b=b: o.index(a) < o.index(b)
                yield f"{a} and {b} are not neighbours", lambda o, a=a, b=b: abs(o.index(a) - o.index(b)) > 1


def fitting(people, chosen):
    return [order for order in itertools.permutations(people) if all(test(order) for _, test in chosen)]


def tides(v):
    high, later = v.r.randint(60, 300), 12 * 60 + 25
    turns, early = v.r.randint(1, 3), v.r.choice([45, 60, 75, 90, 105, 120])
    side = v.pick("before", "after")
    when = high + turns * later + (early if side == "after" else -early)
    assert (when - high - (early if side == "after" else -early)) == turns * 745
    tide = {1: "the next high water", 2: "the second high water after that", 3: "the third high water after that"}[turns]
    day = when // 1440
    last = "last moment at which she can still leave on" if side == "after" else "first moment at which she floats for"
    return {
        "title": v.pick("Waiting for Water", "The Sill", "High Water", "A Keel's Worth"),
        "prompt": f"The {v.ship()} sits on the mud by {v.place()}. The gauge showed high water at {clock(high)} this "
                  "morning, and each high water comes twelve hours and twenty-five minutes after the one before. She "
                  f"floats from {early} minutes before high water to {early} minutes after it.\n\n{v.person()} wants to "
                  f"know the {last} {tide}. What time does the clock show (24 hours)?",
        "answers": clock_answers(when), "effort": 2,
        "partials": [{"answer": clock(high + turns * later), "reply": "That is high water itself. She floats for a while around it."}],
        "hints": [f"That high water is at {clock(high + turns * later)}" + (" on the next day." if day else "."),
                  f"It is {early} minutes {side} that."],
    }


def dates(v):
    start = datetime.date(v.r.randint(1840, 1899), v.r.randint(1, 12), v.r.randint(1, 28))
    days = v.r.randint(40, 330)
    end = start + datetime.timedelta(days=days)
    assert (end - start).days == days
    day, month = end.day, end.strftime("%B")
    leap = " (it was a leap year)" if datetime.date(start.year, 12, 31).timetuple().tm_yday == 366 else ""
    what = v.pick("was launched", "left on her last voyage", "was bought at auction", "was laid up")
    then = v.pick("came home", "was sold again", "was painted green", "won the regatta")
    return {
        "title": v.pick("Days in the Log", "The Anniversary", "So Many Days Later", "A Date for the Plaque"),
        "prompt": f"A plaque is to be put up at {v.place()}. According to {v.person()} the {v.ship()} {what} on {start.day} "
                  f"{start.strftime('%B %Y')}{leap}, and exactly {days} days later she {then}. The mason needs day and "
                  "month of the second event; the first day does not count.\n\nOn which date did it happen?",
        "answers": [f"{day} {month}", f"{month} {day}", f"{ordinal(day)} {month}", f"{month} {ordinal(day)}",
                    f"{ordinal(day)} of {month}", f"{day} {month} {end.year}"],
        "partials": [{"answer": month, "reply": "That is the month. Which day of it?"}], "effort": 2,
        "hints": ["Go month by month: thirty days has September, April, June and November.", f"It happened in {month}."],
    }


def chart(v):
    columns = "ABCDEFGH"
    while True:
        x, y = start = (v.r.randrange(8), v.r.randrange(8))
        legs = []
        for _ in range(5):
            name = v.r.choice(list(COMPASS8))
            legs.append((name, v.r.randint(1, 4)))
        ok = True
        for name, far in legs:
            x, y = x + COMPASS8[name][0] * far, y + COMPASS8[name][1] * far
            ok = ok and 0 <= x < 8 and 0 <= y < 8
        if ok and (x, y) != start:
            break
    told = [f"{in_words(far)} {'square' if far == 1 else 'squares'} {name}" for name, far in legs]
    wanted = f"{columns[x]}{y + 1}"
    dx = sum(COMPASS8[n][0] * f for n, f in legs)
    dy = sum(COMPASS8[n][1] * f for n, f in legs)
    assert (start[0] + dx, start[1] + dy) == (x, y)
    return {
        "title": v.pick("The Captain's Chart", "Squares of the Sea", "Steering by Numbers", "Where She Lies"),
        "prompt": f"The chart in {v.place()} is ruled in squares, A to H from west to east and 1 to 8 from south to north. "
                  f"{v.person()} reads from the log of the {v.ship()}: she weighed anchor in {columns[start[0]]}"
                  f"{start[1] + 1} and sailed {listed(told)}; then she sank.\n\nIn which square does the wreck lie?",
        "answers": [wanted], "effort": 1,
        "partials": [{"answer": f"{y + 1}{columns[x]}", "reply": "Letter first, then the number."}],
        "hints": ["North-east goes one square north and one east for every square sailed.",
                  f"The wreck lies in column {columns[x]}."],
    }


THINGS = [("lantern", "bell", "anchor"), ("oar", "bucket", "net"), ("pie", "mug", "pipe"), ("hammer", "saw", "plane"),
          ("compass", "chart", "sextant"), ("hat", "coat", "umbrella"), ("trout", "eel", "crab"), ("pot", "pan", "kettle")]


def prices(v):
    a, b, c = v.pick(*THINGS)
    pa, pb, pc = v.r.sample(range(2, 16), 3)
    n, m = v.r.randint(2, 4), v.r.randint(2, 3)
    bills = [n * pa + pb, m * pb + pc, pa + pc]
    solutions = [(x, y, z) for x, y, z in itertools.product(range(1, 60), repeat=3)
                 if [n * x + y, m * y + z, x + z] == bills]
    assert solutions == [(pa, pb, pc)]
    total = pa + pb + pc
    return {
        "title": v.pick("The Price of Things", "Three Bills", "The Honest Shopkeeper", "No Haggling"),
        "prompt": f"In the shop on {v.street()} nothing carries a price, but three bills hang on the nail. {v.person()} "
                  f"paid {bills[0]} crowns for {in_words(n)} {a}s and one {b}. {v.person()} paid {bills[1]} for "
                  f"{in_words(m)} {b}s and one {c}. {v.person()} paid {bills[2]} for one {a} and one {c}.\n\nWhat do one "
                  f"{a}, one {b} and one {c} cost together?",
        "answers": number_answers(total) + [f"{total} crowns"], "effort": 2,
        "hints": [f"Try prices for the {a}; the first bill then gives the {b}, and the second the {c}.",
                  f"One {a} costs {pa}."],
    }


def ferry(v):
    first, every, crossing_time = v.r.randint(330, 420), v.r.randint(11, 23), v.r.randint(8, 19)
    arrives = first + v.r.randint(60, 500)
    boat = first
    while boat < arrives:
        boat += every
    there = boat + crossing_time
    assert boat - every < arrives <= boat and (boat - first) % every == 0
    return {
        "title": v.pick("The Next Ferry", "Missed It Again", "Across the Basin", "A Timetable Without Mercy"),
        "prompt": f"The first ferry leaves the pier by {v.place()} at {clock(first)}, and from then on one leaves every "
                  f"{in_words(every)} minutes. The crossing takes {in_words(crossing_time)} minutes. {v.person()}, slowed "
                  f"down by a goose, reaches the pier at {clock(arrives)} and takes the next boat (one that leaves in that "
                  "very minute is still caught).\n\nAt what time does the goose arrive on the other side?",
        "answers": clock_answers(there), "effort": 1,
        "partials": [{"answer": clock(boat), "reply": "That is when the boat leaves."}],
        "hints": [f"From the first ferry to the goose it is {arrives - first} minutes.", f"The boat leaves at {clock(boat)}."],
    }


def roman(n):
    out = ""
    for value, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
                           (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += letters * (n // value)
        n %= value
    return out


def from_roman(text):
    values = [dict(I=1, V=5, X=10, L=50, C=100, D=500, M=1000)[c] for c in text]
    return sum(-a if a < b else a for a, b in zip(values, values[1:] + [0]))


def stones(v):
    old = v.r.randint(1542, 1719)
    new = v.r.randint(old + 31, 1888)
    burnt = v.r.randint(old + 5, new - 5)
    assert [from_roman(roman(n)) for n in (old, new, burnt)] == [old, new, burnt]
    if v.r.random() < 0.5:
        question, wanted = "How many years did the first house stand before it burnt down?", burnt - old
    else:
        question, wanted = "How many years did people have to wait between the fire and the new house?", new - burnt
    return {
        "title": v.pick("Cut in Stone", "The Mason's Numbers", "Three Dates on a Wall", "Foundation"),
        "prompt": f"Three stones are let into the wall in {v.street()}, near {v.place()}. The lowest says BUILT {roman(old)}, "
                  f"the middle one BURNT {roman(burnt)}, and the one on top REBUILT {roman(new)}. {v.person()} wipes the "
                  f"moss off and asks:\n\n\"{question}\"",
        "answers": number_answers(wanted) + [f"{wanted} years"], "effort": 1,
        "hints": ["M 1000, D 500, C 100, L 50, X 10, V 5, I 1; a smaller one before a larger one is taken away.",
                  f"It burnt down in {burnt}."],
    }


WATCHES = [("first watch", 20), ("middle watch", 0), ("morning watch", 4), ("forenoon watch", 8), ("afternoon watch", 12)]


def bells(v):
    (watch, hour), count = v.r.choice(WATCHES), v.r.randint(1, 7)
    later = v.r.randint(2, 19) * 5
    sign, word = v.pick((1, "after"), (-1, "before"))
    struck = hour * 60 + count * 30
    when = struck + sign * later
    assert (when - sign * later - hour * 60) / 30 == count
    return {
        "title": v.pick("Ship's Bells", "On Whose Watch", "Struck in the Fog", "The Bell Tells"),
        "prompt": "On board, a bell is struck every half hour of a watch: once after the first half hour, twice after the "
                  f"second, and so on to eight at the end. The {watch} begins at {hour:02d}:00.\n\n{v.person()} says that "
                  f"the {v.ship()} was seen from {v.place()} {later} minutes {word} {in_words(count)} "
                  f"{'bell' if count == 1 else 'bells'} of the {watch}. What did a clock on shore show then (24 hours)?",
        "answers": clock_answers(when), "effort": 1,
        "partials": [{"answer": clock(struck), "reply": "That is when the bell was struck."}],
        "hints": [f"{capital(in_words(count))} half hours after {hour:02d}:00 it was {clock(struck)}."],
    }


FAMILIES = [streets_walk, cargo, chain, berths, tides, dates, chart, prices, ferry, stones, bells]
