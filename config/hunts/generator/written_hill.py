"""Written by hand: the old town, the hill, the scholars, the railway, the gardens and the lighthouse."""

from kit import clock_answers, number_answers

WRITTEN = {
    "old-town": [
        {
            "title": "The Seventh Well",
            "prompt": "The Old Town is proud of seven wells, but only six give water. At the bottom of the seventh, on a "
                      "slate, Aunt Briony's grandfather left the reason, as a riddle:\n\n    The more you take away from "
                      "me,\n    the larger I become.\n    Give back all that you took, and I am gone.\n\nWhat is the seventh "
                      "well?",
            "answers": ["hole", "a hole", "a hole in the ground"], "effort": 1,
            "hints": ["One makes it with a spade.", "A moth makes small ones."],
            "check_in": {"radius_m": 40, "needs_check_in": True},
        },
        {
            "title": "The Hymn Board",
            "prompt": "For this Sunday Canon Vale has put up five numbers on the hymn board of Saint Osyth's: 2, 18, 5, 1 "
                      "and 4. None of these is in the hymn book, which begins at 30; and the organist, who knows her "
                      "alphabet, has gone out to buy what the Canon wants for breakfast.\n\nWhat is it?",
            "answers": ["bread"], "effort": 1,
            "hints": ["A is the first hymn.", "It begins with B and ends in D."],
        },
        {
            "title": "The Snail of the Crooked House",
            "prompt": "The stair of the Crooked House has thirteen steps, and all of them lean. In every minute Hugo "
                      "Penhallow's tortoise climbs three of them, rests, and slides back one. On the thirteenth step there "
                      "is lettuce, and once up there it slides no more.\n\nIn which minute does it reach the lettuce? (It "
                      "starts from the floor, in the first minute.)",
            "answers": number_answers(6) + ["6th", "sixth", "the sixth"], "effort": 2,
            "partials": [{"answer": "7", "reply": "It need not slide back from where the lettuce is."}],
            "hints": ["After five minutes it has slid back to step ten."],
        },
        {
            "title": "The Clockmaker's Window",
            "prompt": "All the clocks in Simeon Clock's window show a quarter past three. A child says that the hands lie "
                      "exactly on each other. \"Not quite,\" says Simeon, and hands out a protractor: \"the small hand has "
                      "moved on.\"\n\nHow many degrees are there between the two hands?",
            "answers": ["7.5", "7,5", "7½", "7 1/2", "7.5 degrees", "seven and a half"], "effort": 2,
            "normalise": {"punctuation": False},
            "partials": [{"answer": "0", "reply": "That is what the child said."}],
            "hints": ["The small hand moves thirty degrees in an hour.", "In a quarter of an hour it moves a quarter of that."],
        },
    ],
    "castle-hill": [
        {
            "title": "The Noon Gun",
            "prompt": "Ezra Stone has a window with a view of the noon gun and nothing to do at noon. He sees the flash, and "
                      "exactly three seconds later his cups rattle. Sound travels three hundred and forty metres a second; "
                      "light, for this purpose, is already there.\n\nHow many metres is the gun from his cups?",
            "answers": ["1020", "1020 m", "1020 metres", "one thousand and twenty"], "effort": 1,
            "hints": ["Three times three hundred and forty."],
        },
        {
            "title": "Three on Every Wall",
            "prompt": "The Keep is square. Major Thorne's standing order says that three sentries are to be seen on each of "
                      "its four walls, and a sentry who stands at a corner is seen on both. Usually eight men do it. The "
                      "night after the regatta, Corporal Pym reports that it can be done with far fewer, several men to a "
                      "corner being allowed.\n\nWhat is the smallest number of sentries?",
            "answers": number_answers(6), "effort": 3,
            "partials": [{"answer": "8", "reply": "That is how they do it usually."},
                         {"answer": "7", "reply": "One fewer still."}],
            "hints": ["A man at a corner counts twice, so put everybody there.", "Two opposite corners, and nobody elsewhere."],
            "check_in": {"radius_m": 60},
        },
        {
            "title": "Password at the Sally Port",
            "prompt": "The sentry at the sally port says a number, and whoever wants to pass must answer. From behind a bush "
                      "Winifred Gunn has heard: to TWELVE one man answered SIX and was let in; to SIX another answered THREE "
                      "and was let in; to EIGHT a third said FOUR, and they took his boots.\n\nThe sentry says TEN. What do "
                      "you answer?",
            "answers": number_answers(3), "answer_in_prompt": True, "effort": 2,
            "partials": [{"answer": "five", "reply": "They will take your boots, too. It is not about halves."}],
            "hints": ["EIGHT should have been answered with FIVE.", "Do not reckon. Spell."],
        },
        {
            "title": "The Shadow of the Flagstaff",
            "prompt": "Drummer Cole is a metre and a half tall, and at four in the afternoon his shadow is two metres long. "
                      "At the same moment the shadow of the flagstaff reaches from its foot to the edge of the moat: sixteen "
                      "metres, by the Governor's tape.\n\nHow tall is the flagstaff, in metres?",
            "answers": number_answers(12) + ["12 m", "12 metres"], "effort": 1,
            "hints": ["Everything is three quarters as tall as its shadow is long."],
            "requires": "any({2}, {3}, points >= 150)",
        },
    ],
    "gardens": [
        {
            "title": "The Lily Pond",
            "prompt": "In the pond of the Gardens grows Captain Orne's water lily, which covers twice as much water every "
                      "day as on the day before. On the thirtieth of June it covers the whole pond, and the ducks write a "
                      "letter.\n\nOn which day of June did it cover one half?",
            "answers": number_answers(29) + ["29 June", "June 29", "29th", "29th of June", "29th June", "twenty-ninth"], "effort": 1,
            "partials": [{"answer": "15", "reply": "Then it would have covered the whole pond on the sixteenth."}],
            "hints": ["Go backwards from the last day."],
        },
        {
            "title": "The Missing Bee",
            "prompt": "From one of the hives a swarm flies out to breakfast. A fifth of it settles on the roses, a third on "
                      "the lilies; three times the difference of these two flies on to the palms; and one bee is left, which "
                      "hangs in the air between jasmine and clover and can't make up its mind.\n\nHow many bees are "
                      "there?",
            "answers": number_answers(15) + ["15 bees"], "effort": 2,
            "hints": ["The number can be divided by three and by five.", "There are fewer than twenty."],
            "check_in": {"radius_m": 60},
            "clues": [{"text": "Ivy Larch has counted three bees on the roses.", "discovery": "ask"},
                      {"text": "On the lilies by the hives there are five.", "discovery": "check_in"}],
        },
        {
            "title": "Labels after Rain",
            "prompt": "Rain has come through the roof of the Palm House and loosened the letters of the labels. Basil "
                      "Thwaite has put them back as best he could:\n\n    SORE\n    LYIL\n    LUPIT\n    DIORCH\n\nThe first "
                      "three are easy. What should the fourth one say?",
            "answers": ["orchid"], "effort": 1,
            "hints": ["The first three are rose, lily and tulip.", "It is dear, it sits on trees, and it ends in the letter that the wet label begins with."],
        },
        {
            "title": "Ten Trees",
            "prompt": "Captain Orne's will leaves the city ten lime trees, to be planted in five straight rows of four trees "
                      "each. \"It can't be done,\" said the council. \"Look up, at night,\" said Dr Sorrel.\n\nIn what "
                      "figure were they planted?",
            "answers": ["star", "a star", "pentagram", "five-pointed star", "a five-pointed star"], "effort": 2,
            "hints": ["Every tree stands in two rows.", "It has five points."],
            "requires": "any({1}, {2}, district(castle-hill))",
        },
    ],
    "station": [
        {
            "title": "The Great Clock",
            "prompt": "The Great Clock of Northgate loses four minutes in every hour, and the railway has decided that it is "
                      "the sun that gains. At six in the morning Stationmaster Crewe sets it right.\n\nWhat does it show "
                      "when the sun, and everybody's breakfast, say ten o'clock?",
            "answers": clock_answers(9 * 60 + 44), "effort": 1,
            "hints": ["Four hours have gone by.", "It is sixteen minutes behind."],
        },
        {
            "title": "The Gull between Two Trains",
            "prompt": "Two trains start towards each other on the same track, two hundred kilometres apart: the Boat Train "
                      "at sixty kilometres an hour, the Iron Duchess at forty. At that moment a gull leaves the lamp of the "
                      "one and flies, at ninety kilometres an hour, to the lamp of the other, turns at once, flies back, and "
                      "so on, until Signalman Gray stops both trains nose to nose, with the gull between them.\n\nHow many "
                      "kilometres has the gull flown?",
            "answers": number_answers(180) + ["180 km", "180 kilometres"], "effort": 2,
            "partials": [{"answer": "2", "reply": "Those are the hours that it flew. And the kilometres?"}],
            "hints": ["Do not follow the gull. Look at the trains.", "The trains meet after two hours."],
        },
        {
            "title": "Twenty Levers",
            "prompt": "The signal box has twenty levers, all of them up. On his first evening the new boy pulls every lever: "
                      "now they are down. On the second evening he moves every second lever, on the third every third one, "
                      "up if it was down and down if it was up; and so on, until on the twentieth evening he moves only the "
                      "last.\n\nHow many levers are down now?",
            "answers": number_answers(4) + ["4 levers"], "effort": 3,
            "hints": ["Lever 6 was moved on evenings 1, 2, 3 and 6: it is up again.",
                      "Only a number that is a square has an odd number of divisors."],
            "check_in": {"code": "SIGNAL BOX 20"},
            "clues": [{"text": "Dora Whistler saw that lever 1 is down.", "discovery": "ask"},
                      {"text": "On the board in the signal box lever 9 is down and lever 10 is up.", "discovery": "check_in"}],
        },
        {
            "title": "The Luggage Ticket",
            "prompt": "Porter Nye holds up a luggage ticket. \"It makes no difference,\" he says, \"whether I hold it this way "
                      "or upside down.\" The number on it lies between 600 and 700, and its digits add up to sixteen.\n\n"
                      "Which number is it?",
            "answers": number_answers(619), "effort": 1,
            "partials": [{"answer": "609", "reply": "It can be turned round, but add the digits up."},
                         {"answer": "689", "reply": "It can be turned round, but add the digits up."}],
            "hints": ["It begins with a 6, so upside down it begins with ... and ends with ...", "The middle one is 0, 1 or 8."],
        },
    ],
    "university": [
        {
            "title": "The Bookworm",
            "prompt": "The three volumes of Professor Lund's Tides stand side by side on the shelf in the Round Library, in "
                      "order, their backs to the reader. The pages of each are five centimetres thick, and each cover half a "
                      "centimetre. A bookworm starts at the first page of volume one and eats straight on to the last page "
                      "of volume three.\n\nThrough how many centimetres has it eaten?",
            "answers": number_answers(7) + ["7 cm", "7 centimetres"], "effort": 3,
            "partials": [{"answer": "17", "reply": "Take three books and stand them on a shelf. Where is the first page of the first?"}],
            "hints": ["On a shelf the first page of a book is on its right.",
                      "The worm eats one cover, then all of volume two, then one more cover."],
        },
        {
            "title": "The Debating Hall",
            "prompt": "There are two kinds of speakers in the debating hall: those who always tell the truth and those who "
                      "always lie. Beatrix Folio and Anselm Proof stand at the desk. Beatrix clears her throat and says: "
                      "\"We are both liars.\"\n\nWhich of the two can one believe?",
            "answers": ["Anselm Proof", "Anselm"], "answer_in_prompt": True, "effort": 1,
            "hints": ["Could somebody who tells the truth say what Beatrix says?"],
        },
        {
            "title": "The Observatory's Date",
            "prompt": "Over the door of the observatory stands LVX CIVI, a light for the citizen. Cecily Starr says that "
                      "every one of its letters is also a number, and that the sum of the seven is the number of steps to "
                      "the dome.\n\nHow many steps are there?",
            "answers": number_answers(172) + ["172 steps"], "effort": 1,
            "hints": ["V is five, and X is ten.", "Add the letters one by one, without taking any away: L is 50 and C is 100."],
            "check_in": {"radius_m": 80, "needs_check_in": True},
        },
        {
            "title": "The Map Room",
            "prompt": "On the great map in the map room, which is drawn at one to twenty thousand, it is seven centimetres "
                      "from the observatory to the Bindery. Doctor Quire walks seventy metres a minute, and has never been "
                      "known to stop, not even for a door.\n\nHow many minutes does the walk take?",
            "answers": number_answers(20) + ["20 minutes"], "answer_in_prompt": True, "effort": 1,
            "partials": [{"answer": "1400", "reply": "Those are the metres. And the minutes?"}],
            "hints": ["One centimetre on the map is two hundred metres."],
            "requires": "2 of ({1}, {2}, {3})",
        },
    ],
    "lighthouse": [
        {
            "title": "Three Lights",
            "prompt": "From Lighthouse Point one sees three lights. The Great Lamp flashes every six seconds, the light on "
                      "Gull Rock every eight, and the harbour mole every ten. At the stroke of midnight all three flash at "
                      "once.\n\nAfter how many seconds do they do so again?",
            "answers": number_answers(120) + ["120 seconds", "2 minutes", "two minutes"], "effort": 1,
            "partials": [{"answer": "480", "reply": "They do, but not for the first time."},
                         {"answer": "240", "reply": "They do, but not for the first time."}],
            "hints": ["Look for the smallest number that six, eight and ten all divide."],
        },
        {
            "title": "The Keeper's Riddle",
            "prompt": "Keeper Ness has had forty years to polish it:\n\n    I have a bed and never sleep,\n    a mouth and "
                      "never eat.\n    I always run and never walk,\n    and in your harbour my way is complete.\n\nWho is "
                      "it?",
            "answers": ["river", "a river", "the river", "the Ame", "Ame"], "effort": 1,
            "hints": ["It has banks and no money.", "It begins as a spring."],
        },
        {
            "title": "Hands before Launching",
            "prompt": "Before the lifeboat Daring is launched, each of her crew of eight shakes hands with each of the "
                      "others, once, in case. Coxswain Rudd insists on it and counts aloud.\n\nHow far does he count?",
            "answers": number_answers(28), "effort": 2,
            "partials": [{"answer": "56", "reply": "It takes two to shake hands: you have counted each of them twice."},
                         {"answer": "64", "reply": "Nobody shakes hands with himself, and it takes two."}],
            "hints": ["The first one shakes seven hands, the second one six more.", "7 + 6 + 5 + ..."],
            "check_in": {"radius_m": 60},
        },
        {
            "title": "The Drowned Bell",
            "prompt": "In the fog Merle Fogg rows from the steps of the Great Lamp three hundred metres due south and then "
                      "four hundred metres due east, by the count of his oars, until he is above the drowned bell and hears "
                      "it under the keel. Then Thora Beam lights the lamp, and he rows straight back to the steps.\n\nHow "
                      "many metres is the way back?",
            "answers": number_answers(500) + ["500 m", "500 metres"], "effort": 1,
            "partials": [{"answer": "700", "reply": "That is the way he came. The way back is straight."}],
            "hints": ["Draw it: the corner at which he turned is a right angle.", "300 x 300 + 400 x 400 = 250 000."],
            "requires": "any({1}, {2}, after 4m)",
        },
    ],
}
