"""Written by hand: the districts on the water's west and north, from the docks to the canal."""

from kit import clock_answers, number_answers

WRITTEN = {
    "docks": [
        {
            "title": "Crane Number Four",
            "prompt": "Crane Number Four is old, slow and punctual. It sets its first sack down on the quay at eight "
                      "o'clock sharp, and from then on one sack every six minutes, whatever the weather and whoever "
                      "shouts.\n\nMarta Hobb has ordered twenty sacks of coal and wants to send her cart for the last of "
                      "them, not a minute early: carters are paid by the quarter hour and sing while they wait.\n\nAt "
                      "what time does the twentieth sack touch the quay?",
            "answers": clock_answers(9 * 60 + 54), "effort": 1,
            "partials": [{"answer": "10:00", "reply": "That would be sack number twenty-one. Count the gaps, not the sacks."}],
            "hints": ["The second sack comes at 08:06.", "Between twenty sacks there are nineteen gaps."],
            "clues": [{"text": "The crane driver shows you his fingers: five fingers, four gaps.", "discovery": "ask"}],
        },
        {
            "title": "What the Weighbridge Said",
            "prompt": "Scratched into the brass of the weighbridge, by a clerk who had too little to do:\n\n    Forward I "
                      "am heavy,\n    backward I am not.\n    I have three letters.\n    Put me on, and I shall tell you "
                      "what I am.\n\nWhat is it?",
            "answers": ["ton", "a ton"], "effort": 1,
            "hints": ["The second line is to be taken quite literally: read it backward.", "Coal is sold by it."],
            "check_in": {"radius_m": 60, "needs_check_in": True},
        },
        {
            "title": "The Ladder over the Side",
            "prompt": "The Grey Margaret rides at her moorings with a rope ladder over the side. The rungs are thirty "
                      "centimetres apart, and at low water two of them are under the surface. The tide rises forty-five "
                      "centimetres an hour, and Bram Okker, who has dropped his pipe, wants to know how wet he would get "
                      "if he waited.\n\nHow many rungs are under water three hours later?",
            "answers": number_answers(2), "answer_in_prompt": True, "effort": 1,
            "partials": [{"answer": "6", "reply": "You have kept the ship nailed to the ground. She floats."},
                         {"answer": "7", "reply": "You have kept the ship nailed to the ground. She floats."}],
            "hints": ["What else rises when the water rises?", "The ladder hangs from the ship, and the ship floats."],
        },
        {
            "title": "One of Us Is Hiding",
            "prompt": "Old Pell leaves his orders on the slate of Hobb's Tavern, and nobody has ever known him to say a "
                      "thing straight out. Tonight the slate says:\n\n    ALL HANDS MUST OBEY. SAIL ORDERS COME AT NOON.\n"
                      "\n\"One man is hiding from his work,\" he adds, \"and he has hidden between two words.\"\n\nWhat is "
                      "the hidden man?",
            "answers": ["sailor", "a sailor"], "effort": 2,
            "hints": ["He stands with one foot in one word and the other foot in the next.", "Look closely at \"sail orders\"."],
            "requires": "any({1}, {2}, {3})",
        },
    ],
    "fishmarket": [
        {
            "title": "Thirteen to the Dozen",
            "prompt": "Widow Sark bought a hundred herrings at the bell. Her dozen, as all the market knows and the bakers "
                      "imitate, is thirteen. By eight o'clock she had sold seven of her dozens.\n\nCorin Ashe then took "
                      "whatever was left at fourpence a fish, which she called robbery and he called closing time.\n\nHow "
                      "many pence did Corin pay?",
            "answers": number_answers(36) + ["36 pence"], "effort": 1,
            "partials": [{"answer": "64", "reply": "That is by the ordinary dozen. The widow's is larger."},
                         {"answer": "9", "reply": "That is how many fish were left. What did they cost?"}],
            "hints": ["Seven times thirteen is ninety-one."],
        },
        {
            "title": "The Eel Tanks",
            "prompt": "Three tanks stand in a row, with lids, and a label on each: EELS, LAMPREYS, and BOTH. Ilse Brandt, "
                      "who wrote the labels, has gone home, and Little Dov has moved them so that every one of them is "
                      "wrong.\n\nYou may put your hand into one tank and take out one fish, and then you must say what "
                      "swims in each.\n\nWhich label stands on the tank that you choose?",
            "answers": ["both"], "answer_in_prompt": True, "effort": 2,
            "hints": ["Every label is wrong. That is worth more than the fish.",
                      "In which tank can there be only one kind, whatever its label says?"],
        },
        {
            "title": "Gulls and Posts",
            "prompt": "Nell Gannet watches the gulls on the posts behind the Iron Hall. When one gull sits on every post, "
                      "there is one gull without a post, and it complains. When two gulls sit on every post that is "
                      "taken, there is one post without a gull, and it says nothing.\n\nHow many gulls are there?",
            "answers": number_answers(4) + ["4 gulls"], "effort": 1,
            "partials": [{"answer": "3", "reply": "That is the number of posts."}],
            "hints": ["There is one more gull than there are posts.", "Try it with three posts."],
            "check_in": {"radius_m": 50},
            "clues": [{"text": "Nell says: \"More than two posts, fewer than five.\"", "discovery": "ask"},
                      {"text": "Behind the Iron Hall one can simply count the posts: three.", "discovery": "check_in"}],
        },
        {
            "title": "The Auction Bell",
            "prompt": "The auction bell strikes the hour like a clock. At five it takes exactly eight seconds from the "
                      "first stroke to the last; the auctioneer has bet on it often enough.\n\nTomas Finn offers a new "
                      "bet: how many seconds does it take at nine?",
            "answers": number_answers(16) + ["16 seconds"], "effort": 1,
            "partials": [{"answer": "14.4", "reply": "A stroke takes no time. What does?"},
                         {"answer": "14", "reply": "A stroke takes no time. What does?"}],
            "hints": ["Five strokes have four pauses.", "A pause lasts two seconds."],
        },
    ],
    "ropewalk": [
        {
            "title": "Walking Backwards",
            "prompt": "The Long Shed measures three hundred and sixty metres from door to door. Agnes Cord, with hemp round "
                      "her waist, leaves the west door walking backwards at fifty metres a minute. At the same moment "
                      "Walt Hackle leaves the east door, forwards, at forty metres a minute, reading a newspaper.\n\nHow "
                      "many metres from the west door do they collide?",
            "answers": number_answers(200) + ["200 m", "200 metres"], "effort": 1,
            "hints": ["Every minute there are ninety metres less between them.", "They collide after four minutes."],
        },
        {
            "title": "A Cable Counted",
            "prompt": "A cable is laid of three ropes. Each rope is laid of three strands. Each strand is spun of "
                      "twenty-four yarns. So says the book, and so says Finley Marl, who counts everything.\n\nBut in the "
                      "cable of the Hempen Bride one of the ropes is short of a yarn in each of its strands. How many "
                      "yarns are in that cable?",
            "answers": number_answers(213), "effort": 1,
            "partials": [{"answer": "216", "reply": "That is the cable by the book. This one is short."}],
            "hints": ["By the book it would be 3 x 3 x 24.", "Three yarns are missing in all."],
        },
        {
            "title": "The Same from Either End",
            "prompt": "Hedda Voss maintains that a good rope looks the same from either end, and so should a good word. She "
                      "keeps a list over her bench, with the words rubbed out and only their descriptions left:\n\n"
                      "    - midday (4 letters)\n    - what a bubble shows the builder (5)\n    - a paper that proves whose "
                      "house it is (4)\n    - a boat for one, closed above the knees and moved with a double paddle (5)\n\n"
                      "Each of them reads the same from either end. What is the last one?",
            "answers": ["kayak", "a kayak"], "effort": 1,
            "hints": ["The first three are noon, level and deed.", "It comes from the far north, and begins as it ends, with K."],
        },
        {
            "title": "An Hour of Tarred Twine",
            "prompt": "Rosa Lind has two lengths of tarred twine. Each burns for exactly one hour, but unevenly: half of the "
                      "length may well be gone in ten minutes. She has no watch and wants to boil the pitch for exactly "
                      "forty-five minutes, and she can do it.\n\nHow many ends of twine must she light at the very "
                      "beginning?",
            "answers": number_answers(3) + ["3 ends"], "effort": 3,
            "partials": [{"answer": "2", "reply": "Two ends of the same twine give you half an hour. And the other twine?"}],
            "hints": ["Lit at both ends, a twine lasts half an hour, however unevenly it burns.",
                      "Light one at both ends and the other at one; when the first is gone, light the other's second end."],
            "requires": "2 of ({1}, {2}, {3}, {5})",
        },
    ],
    "shipyard": [
        {
            "title": "Sawn to Measure",
            "prompt": "Piet Sander has a beam of oak, twelve metres long, to be sawn into pieces of one metre. Every cut "
                      "takes five minutes; he neither stacks the pieces nor stops to talk, which is not like him.\n\nAfter "
                      "how many minutes is he done?",
            "answers": number_answers(55) + ["55 minutes"], "effort": 1,
            "partials": [{"answer": "60", "reply": "He need not saw the last piece off anything."}],
            "hints": ["How many cuts make two pieces?"],
        },
        {
            "title": "The Figurehead's Nameplate",
            "prompt": "In the figurehead shop letters are carved by the piece: two crowns for a vowel, since they are round "
                      "and restful, and three for any other letter. Mistress Oakley orders the nameplate QUEEN AVERIL and "
                      "puts the exact sum on the counter without a word.\n\nHow many crowns is that?",
            "answers": number_answers(27) + ["27 crowns"], "effort": 1,
            "hints": ["The vowels are A, E, I, O and U; the plate has eleven letters.", "Six of the letters are vowels."],
            "check_in": {"code": "OAKLEY 27", "needs_check_in": True},
        },
        {
            "title": "Four Litres of Tar",
            "prompt": "Ada Rivett needs exactly four litres of hot tar from the vat. She has a can of five litres and a can "
                      "of three, neither of them marked. To fill a can from the vat is a step; so is emptying one back into "
                      "the vat; so is pouring from one can into the other until the one is empty or the other is full.\n\n"
                      "In how many steps, at the least, does a can hold four litres?",
            "answers": number_answers(6) + ["6 steps"], "effort": 2,
            "partials": [{"answer": "8", "reply": "It can be done so. It can also be done in fewer: begin with the larger can."}],
            "hints": ["Fill the five first, and pour from it into the three.",
                      "The five then holds two litres. Where can the two litres go?"],
        },
        {
            "title": "The Waterline",
            "prompt": "Gideon Strake paints the waterline of Kittiwake in six hours. Hana Futtock paints it in three, and "
                      "says so. They begin together, one on each side of the bow, and go on until they meet.\n\nHow many "
                      "minutes does it take?",
            "answers": number_answers(120) + ["120 minutes", "2 hours", "two hours"], "effort": 1,
            "partials": [{"answer": "270", "reply": "They help each other: it must be less than three hours."}],
            "hints": ["In one hour Gideon paints a sixth of it and Hana a third."],
            "requires": "any({1}, points >= 200)",
        },
    ],
    "customs": [
        {
            "title": "The False Crown",
            "prompt": "Nine crowns lie on the Queen's Scales. One is false and a little lighter than the rest; to the eye "
                      "they are all alike. The scales have two pans and no weights, and Comptroller Ames charges for each "
                      "weighing.\n\nHow many weighings are enough, if one is clever, to be sure of the false one?",
            "answers": number_answers(2), "answer_in_prompt": True, "effort": 2,
            "partials": [{"answer": "3", "reply": "It can be done in fewer: what if some coins stay on the table?"},
                         {"answer": "4", "reply": "It can be done in fewer: what if some coins stay on the table?"}],
            "hints": ["Make three heaps, not two.", "Three against three tells which three hold the false one."],
        },
        {
            "title": "Three Chests",
            "prompt": "Vera Tally has seized three chests, one red, one green and one blue. Silk is in one of them, and the "
                      "smuggler has written a sentence on each:\n\n    red:    The silk is in here.\n    green:  The silk "
                      "is not in here.\n    blue:   The silk is not in the red one.\n\nThe smuggler, under oath, admits that "
                      "exactly one of the three sentences is true.\n\nWhich chest holds the silk?",
            "answers": ["green", "the green one", "green chest", "the green chest"], "answer_in_prompt": True, "effort": 2,
            "hints": ["Suppose that it is in the red one: how many sentences are true?",
                      "The sentences on the red and the blue chest contradict each other, so one of the two is the true one."],
        },
        {
            "title": "Mr Lumley's Seal",
            "prompt": "Mr Lumley's seal bears a number of two digits. Their sum is twelve. Pressed into the wax, where left "
                      "is right, the digits change places, and the number becomes eighteen less.\n\nWhich number is cut "
                      "into the seal?",
            "answers": number_answers(75), "effort": 1,
            "partials": [{"answer": "57", "reply": "That is what one sees in the wax."}],
            "hints": ["The digits differ by two."],
            "clues": [{"text": "Judith Seal lets it slip that both digits are odd.", "discovery": "ask"},
                      {"text": "In the wax on the Clerks' Door there is a 5 on the left.", "discovery": "code", "code": "LUMLEY"}],
        },
        {
            "title": "The Tide Gauge",
            "prompt": "The basin behind the tide gauge empties through a grating that Percy Gauge ought to have cleaned in "
                      "spring. In every hour half of the water that is left runs out. At noon the gauge shows sixty-four "
                      "hands.\n\nAt what time does it show four?",
            "answers": clock_answers(16 * 60) + ["4 o'clock", "four o'clock", "4", "four"], "answer_in_prompt": True, "effort": 1,
            "hints": ["At one o'clock it shows thirty-two."],
        },
    ],
    "lockgate": [
        {
            "title": "Nine Locks Up",
            "prompt": "Slow Joseph goes up from the sea to the summit through all nine locks of the Ame canal. Each lock "
                      "takes twelve minutes, and from one lock to the next it is five minutes behind the mule. Keeper Dunn "
                      "starts his watch when the bow enters the first lock and stops it when the stern leaves the last.\n\n"
                      "How many minutes does the watch show?",
            "answers": number_answers(148) + ["148 minutes"], "effort": 1,
            "partials": [{"answer": "153", "reply": "Once too often behind the mule."}],
            "hints": ["The locks alone take a hundred and eight minutes."],
        },
        {
            "title": "A Cat at Every Gate",
            "prompt": "The nine locks stand in a staircase: the upper gate of each is the lower gate of the next. At every "
                      "gate lives a cat, and every cat has three kittens. Kitty Puddle feeds them all, every evening, from "
                      "bottom to top.\n\nHow many animals does she feed?",
            "answers": number_answers(40), "effort": 1,
            "partials": [{"answer": "10", "reply": "That is the number of gates."},
                         {"answer": "36", "reply": "Count the gates again: also the one at the top."}],
            "hints": ["One lock has two gates; two locks in a staircase have three."],
            "check_in": {"radius_m": 70},
        },
        {
            "title": "Fox, Goose and Barley",
            "prompt": "Barnaby Weir must take a fox, a goose and a sack of barley across the pound above the weir. His boat "
                      "holds himself and one of them. Left alone, the fox eats the goose, and the goose eats the barley; "
                      "with Barnaby there they merely look at each other.\n\nHow many times, at the least, does the boat "
                      "cross the water until all are over? (There and back counts as two.)",
            "answers": number_answers(7) + ["7 times"], "effort": 2,
            "hints": ["The goose goes first. And later somebody has to travel back.",
                      "Over with the goose, back alone, over with the fox, back with the goose ..."],
        },
        {
            "title": "The Toll Board",
            "prompt": "The toll board is from a time when the canal company wished to discourage traffic. The first barge of "
                      "the day pays one penny, the second two, the third four, and each one after that twice what the one "
                      "before has paid.\n\nNan Tow has been held up by a swan and is the tenth. What does she pay, in pence?",
            "answers": number_answers(512) + ["512 pence"], "effort": 1,
            "partials": [{"answer": "1024", "reply": "That is what the eleventh would pay."},
                         {"answer": "1023", "reply": "That is what all ten pay together."}],
            "hints": ["The fifth barge pays sixteen pence."],
            "requires": "any(all({1}, {2}), after 3m)",
        },
    ],
}
