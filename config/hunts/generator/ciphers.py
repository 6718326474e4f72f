"""Families that hide a word. Each one decodes what it prints, by the rule that it tells the player, before it returns."""

from kit import COMPASS, capital, in_words, listed, message_of, ordinal, whole_message
from words import CLUED, FLAGS, GOODS, REGULATIONS

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MORSE = dict(zip(ALPHABET, ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- "
                           "-..- -.-- --..".split()))


def shifted(text, by):
    return "".join(ALPHABET[(ALPHABET.index(c) + by) % 26] if c in ALPHABET else c for c in text)


def caesar(v):
    word, by = v.word(), v.r.randint(3, 11)
    message = message_of(v, word)
    printed = shifted(message, by)
    assert shifted(printed, -by) == message
    clue = v.pick(f"{capital(in_words(by))} lamps burn above the door", f"The bell there is struck {in_words(by)} times",
                  f"Somebody has chalked {in_words(by)} strokes beside it", f"{capital(in_words(by))} gulls are painted round the edge")
    return {
        "title": v.pick("The Bottle by the Steps", "A Note in a Tin", "Chalk on the Shutter", "What Came by Boat"),
        "prompt": f"{v.pick('Under a loose board near', 'In a tin behind', 'Nailed low on the wall of')} {v.place()} "
                  f"{v.person()} found a strip of sailcloth with this on it:\n\n    {printed}\n\n{clue}, and everybody "
                  f"on {v.street()} knows that a careful smuggler moves every letter forward by as many places.\n\n"
                  "What is the last word of the message?",
        "answers": [word], "partials": whole_message(message), "effort": 1,
        "hints": ["Go back in the alphabet, not forward; after A comes Z again.",
                  f"Every letter is {in_words(by)} places too far. The first word is {message.split()[0]}."],
    }


def vigenere(v):
    word = v.word()
    message = message_of(v, word).replace(" ", "")
    key = v.r.choice([w for w in v.street().upper().replace("'", "").split() if w not in ("ROW", "LANE", "ROAD", "WALK")])
    printed = "".join(shifted(c, ALPHABET.index(key[i % len(key)])) for i, c in enumerate(message))
    assert "".join(shifted(c, -ALPHABET.index(key[i % len(key)])) for i, c in enumerate(printed)) == message
    groups = " ".join(printed[i:i + 5] for i in range(0, len(printed), 5))
    return {
        "title": v.pick("The Keyed Telegram", "Five by Five", "The Clerk's Second Book", "A Wire for Nobody"),
        "prompt": f"{v.person()} sends a telegram every week from {v.place()}, always in groups of five letters:\n\n"
                  f"    {groups}\n\nIt is the old table cipher: write the key {key} under the message again and again, "
                  "and go back in the alphabet by the key letter (A: none, B: one, C: two ...). There are no spaces in "
                  "it.\n\nWhat is the last word of the telegram?",
        "answers": [word], "partials": whole_message(message), "effort": 3,
        "hints": [f"The first letter is {printed[0]} and stands over {key[0]}: so it was {message[0]}.",
                  f"The message begins {message[:9]} ..."],
    }


def morse(v):
    word = v.word(5, 8)
    printed = " / ".join(MORSE[c] for c in word)
    back = {code: letter for letter, code in MORSE.items()}
    assert "".join(back[c] for c in printed.split(" / ")) == word
    return {
        "title": v.pick("Lamp across the Water", "Long and Short", "The Signalman's Evening", "Somebody Is Flashing"),
        "prompt": f"At dusk a lamp speaks from {v.place()}. {v.person()} wrote it down on the back of a receipt, a stroke "
                  f"for a long flash, a point for a short one, and a bar where the lamp rested:\n\n    {printed}\n\n"
                  f"It is addressed to the master of the {v.ship()}, and it is a single word of Morse. Which?",
        "answers": [word], "effort": 1, "accessibility": "The signal is given in full as text; nothing needs to be seen.",
        "hints": [f"The first letter is {word[0]}.", f"It has {in_words(len(word))} letters and ends in {word[-2:]}."],
    }


def rails_of(text, rails):
    rows, row, step = [[] for _ in range(rails)], 0, 1
    for i in range(len(text)):
        rows[row].append(i)
        if rails > 1:
            step = 1 if row == 0 else -1 if row == rails - 1 else step
            row += step
    return [i for r in rows for i in r]


def rail_fence(v):
    word, rails = v.word(), v.r.randint(2, 4)
    message = message_of(v, word).replace(" ", "")
    order = rails_of(message, rails)
    printed = "".join(message[i] for i in order)
    back = [""] * len(printed)
    for letter, i in zip(printed, order):
        back[i] = letter
    assert "".join(back) == message
    return {
        "title": v.pick("The Fence", "Up and Down the Palings", "A Zigzag Hand", "Painted on the Rails"),
        "prompt": f"The fence along {v.street()} has {in_words(rails)} rails. {v.person()} painted a message on it, one "
                  "letter after the other, zigzagging from the top rail down to the bottom one and up again. Then the "
                  f"council read it rail by rail, from the top, and put this in the minutes:\n\n    {printed}\n\n"
                  "What is the last word of what was painted? (No spaces were painted.)",
        "answers": [word], "partials": whole_message(message), "effort": 2 if rails > 2 else 1,
        "hints": [f"The top rail holds the letters {printed[:len([i for i in order if i % max(1, 2 * (rails - 1)) == 0])]}.",
                  f"The message begins {message[:8]} ..."],
    }


def acrostic(v):
    word = v.word(5, 8)
    lines = [v.r.choice(GOODS[c]) for c in word]
    assert "".join(line[0] for line in lines).upper() == word
    manifest = "\n".join(f"    {v.r.randint(2, 60):>3}  {line}" for line in lines)
    return {
        "title": v.pick("An Odd Manifest", "Loaded in This Order", "The Purser's List", "Nobody Ordered This"),
        "prompt": f"The {v.ship()} unloaded near {v.place()} this morning. Her purser insisted that the list be copied in "
                  f"exactly this order:\n\n{manifest}\n\n{v.person()}, who has read many lists, looked only at how each "
                  "line begins. What was the purser saying?",
        "answers": [word], "effort": 1,
        "hints": ["The numbers mean nothing. Read downwards.", f"It begins with {word[:2]}."],
    }


def flags(v):
    word = v.word(4, 6)
    lines = "\n".join(f"    {i + 1}. {FLAGS[c]}" for i, c in enumerate(word))
    back = {text: letter for letter, text in FLAGS.items()}
    assert "".join(back[line.split(". ", 1)[1]] for line in lines.splitlines()) == word
    return {
        "title": v.pick("Dressed Overall", "The Hoist", "Flags at Breakfast", "What the Yardarm Says"),
        "prompt": f"The {v.ship()} has hoisted {in_words(len(word))} flags of the International Code, read from the top. "
                  f"{v.person()} described them from a window near {v.place()}:\n\n{lines}\n\nWhich word do they spell?",
        "answers": [word], "effort": 2, "accessibility": "Every flag is described in words.",
        "hints": [f"The first flag is the letter {word[0]}.", f"The letters, in some order, are {' '.join(sorted(word))}."],
    }


def grid_walk(v):
    word = v.word(5, 7)
    size = 5
    while True:
        cell = (v.r.randrange(size), v.r.randrange(size))
        path, steps = [cell], []
        while len(path) < len(word):
            ways = [(name, (path[-1][0] + dx, path[-1][1] - dy)) for name, (dx, dy) in COMPASS.items()]
            ways = [(n, c) for n, c in ways if 0 <= c[0] < size and 0 <= c[1] < size and c not in path]
            if not ways:
                break
            name, cell = v.r.choice(ways)
            steps.append(name)
            path.append(cell)
        if len(path) == len(word):
            break
    letters = {(x, y): v.r.choice("AEIORSTNLCDMHU") for x in range(size) for y in range(size)}
    letters.update(zip(path, word))
    rows = [" ".join(letters[x, y] for x in range(size)) for y in range(size)]
    x, y = path[0]
    spelt = rows[y].split()[x]
    for step in steps:
        x, y = x + COMPASS[step][0], y - COMPASS[step][1]
        spelt += rows[y].split()[x]
    assert spelt == word
    drawn = "\n".join("    " + row for row in rows)
    return {
        "title": v.pick("Paving Stones", "The Lettered Yard", "Mind Where You Step", "Twenty-Five Stones"),
        "prompt": f"In a yard off {v.street()} there are twenty-five paving stones with a letter on each, north at the "
                  f"top:\n\n{drawn}\n\n{v.person()} begins on the {ordinal(path[0][0] + 1)} stone of the "
                  f"{ordinal(path[0][1] + 1)} row (counted from the west and from the north) and then steps "
                  f"{listed(steps)}, reading every stone, the first one too. Which word is it?",
        "answers": [word], "effort": 1,
        "hints": [f"The first stone says {word[0]}.", f"The last two stones say {word[-2:]}."],
    }


SQUARE = "ABCDEFGHIKLMNOPQRSTUVWXYZ"


def knocks(v):
    word = v.word(5, 8, without="J")
    pairs = [(SQUARE.index(c) // 5 + 1, SQUARE.index(c) % 5 + 1) for c in word]
    printed = ", ".join(f"{row}-{column}" for row, column in pairs)
    decoded = [tuple(map(int, p.split("-"))) for p in printed.split(", ")]
    assert "".join(SQUARE[(row - 1) * 5 + column - 1] for row, column in decoded) == word
    square = "\n".join("    " + " ".join(SQUARE[i:i + 5]) for i in range(0, 25, 5))
    return {
        "title": v.pick("Knocking on the Pipe", "Through the Wall", "Two Taps, a Pause", "The Prisoner's Alphabet"),
        "prompt": f"Someone locked in the cellar under {v.place()} is knocking on the water pipe. {v.person()}, "
                  f"upstairs, counts first the row and then the column of this square (I also stands for J):\n\n{square}"
                  f"\n\nThe knocks: {printed}.\n\nWhat is the prisoner asking for?",
        "answers": [word], "effort": 1,
        "hints": [f"{pairs[0][0]}-{pairs[0][1]} is {word[0]}.", f"The last letter is {word[-1]}."],
    }


def house_numbers(v):
    word = v.word(5, 8)
    houses = [ALPHABET.index(c) + 1 for c in word]
    assert "".join(ALPHABET[n - 1] for n in houses) == word
    street = v.street()
    return {
        "title": v.pick("Who Has a Light On", "The Postman's Round", "Doors on One Side", "Twenty-Six Houses"),
        "prompt": f"{street} has twenty-six houses. Last night the postman delivered, in this order, to numbers "
                  f"{listed(map(str, houses))}, and {v.person()} at {v.place()} understood at once. What word did the "
                  "postman walk?",
        "answers": [word], "effort": 1,
        "hints": ["Twenty-six houses, twenty-six letters.", f"Number {houses[0]} is {word[0]}."],
    }


def regulations(v):
    word = v.word(5, 8)
    while True:
        lines = v.r.sample(REGULATIONS, 6)
        where = {}
        for i, line in enumerate(lines):
            for j, w in enumerate(line.split()):
                where.setdefault(w[0].upper(), []).append((i + 1, j + 1))
        if all(c in where for c in word):
            break
    codes = [v.r.choice(where[c]) for c in word]
    assert "".join(lines[i - 1].split()[j - 1][0] for i, j in codes).upper() == word
    page = "\n".join(f"    {i + 1}. {line}." for i, line in enumerate(lines))
    return {
        "title": v.pick("By the Book", "Regulations of the Port", "The Notice on the Wall", "Chapter and Verse"),
        "prompt": f"A notice of the port hangs near {v.place()}:\n\n{page}\n\nOn the back {v.person()} has pencilled "
                  f"{', '.join(f'{i}/{j}' for i, j in codes)}: line, then word; of each word only the first letter "
                  "counts. What does it say?",
        "answers": [word], "effort": 2,
        "hints": [f"{codes[0][0]}/{codes[0][1]} is the word \"{lines[codes[0][0] - 1].split()[codes[0][1] - 1]}\".",
                  f"It ends in {word[-3:]}."],
    }


def every_third(v):
    word, step = v.word(5, 8), v.r.randint(2, 4)
    printed = "".join("".join(v.r.choice("AEIOUNRSTLMD") for _ in range(step - 1)) + c for c in word)
    assert printed[step - 1::step] == word
    return {
        "title": v.pick("Beads on a String", "The Parrot's Speech", "Letters on the Line", "Count as You Go"),
        "prompt": f"{v.person()} keeps a string of lettered beads in the window on {v.street()}:\n\n    {printed}\n\n"
                  f"Children on the way to {v.place()} know the trick: only every {ordinal(step)} bead counts, "
                  f"beginning with the {ordinal(step)}. What do the beads say?",
        "answers": [word], "effort": 1,
        "hints": [f"The first bead that counts is {word[0]}.", f"{capital(in_words(len(word)))} beads count."],
    }


def windows(v):
    word = v.word(4, 7)
    rows = ["".join("#" if ALPHABET.index(c) >> bit & 1 else "o" for bit in (4, 3, 2, 1, 0)) for c in word]
    assert "".join(ALPHABET[int(r.replace("#", "1").replace("o", "0"), 2)] for r in rows) == word
    drawn = "\n".join("    " + " ".join(row) for row in rows)
    return {
        "title": v.pick("Five Windows", "Lit and Dark", "The Cleaner's Evening", "Curtains"),
        "prompt": f"The house opposite {v.place()} has five windows in every storey. Tonight, from the top storey down, "
                  f"they are lit (#) and dark (o) like this:\n\n{drawn}\n\n{v.person()} explains: from left to right a "
                  "lit window is worth 16, 8, 4, 2 and 1. Add them up for each storey; 0 is A, 1 is B, and so on to "
                  "25, which is Z. Which word shines over the street?",
        "answers": [word], "effort": 2, "accessibility": "The windows are given as text: # is lit, o is dark.",
        "hints": [f"The top storey adds up to {ALPHABET.index(word[0])}: {word[0]}.",
                  f"The lowest storey is {word[-1]}."],
    }


def mirror(v):
    word = v.word()
    message = message_of(v, word)
    swapped = str.maketrans(ALPHABET, ALPHABET[::-1])
    printed = message.translate(swapped)
    assert printed.translate(swapped) == message
    return {
        "title": v.pick("Alphabet in the Mirror", "A Is the New Z", "The Barber's Looking-Glass", "Back to Front"),
        "prompt": f"On the mirror of the barber in {v.street()} somebody has written in soap:\n\n    {printed}\n\n"
                  f"\"It is perfectly plain,\" says {v.person()}, \"if you run the alphabet from the other end: A for Z, "
                  "B for Y, and so on.\" What is the last word?",
        "answers": [word], "partials": whole_message(message), "effort": 1,
        "hints": ["M and N change places; so do A and Z.", f"The first word is {message.split()[0]}."],
    }


def anagram(v, clued):
    word = clued.pop()
    letters = list(word)
    while "".join(letters) == word:
        v.r.shuffle(letters)
    assert sorted(letters) == sorted(word)
    return {
        "title": v.pick("Spilt Type", "The Sign That Fell Down", "Alphabet Soup", "Loose Letters"),
        "prompt": f"The wind has taken the sign off a shop in {v.street()}, and {v.person()} has gathered up its letters: "
                  f"{' '.join(letters)}. On the card in the window one can still read: \"{capital(CLUED[word])}.\"\n\n"
                  "What did the sign say?",
        "answers": [word], "effort": 1,
        "hints": [f"It begins with {word[0]}.", f"It begins with {word[:2]} and ends in {word[-2:]}."],
    }


FAMILIES = [caesar, vigenere, morse, rail_fence, acrostic, flags, grid_walk, knocks, house_numbers, regulations,
            every_third, windows, mirror, anagram]
