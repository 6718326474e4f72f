"""Port Averil: its twelve districts, how they lie, and who lives there."""

NAME = "Port Averil"

# Corners of the districts in metres east and north of the Pilot Stone.
NODES = {
    "A": (0, 3600), "B": (1350, 3950), "C": (2700, 4050), "D": (4000, 3800), "E": (5000, 3250), "F": (-250, 2350),
    "G": (0, 1100), "H": (850, 650), "I": (1700, 850), "J": (2000, 1500), "K": (2600, 1680), "L": (3000, 1300),
    "M": (3500, 900), "N": (4250, 620), "O": (5050, -150), "P": (5650, 250), "Q": (5400, 1300), "R": (5350, 2300),
    "S": (1000, 2500), "T": (1250, 1600), "U": (2100, 2650), "V": (2680, 2300), "W": (3400, 2620), "X": (3600, 1720),
    "Y": (4420, 1520), "Z": (4400, 2430), "b": (2820, 3200), "d": (1880, 2050), "e": (3180, 2060),
}

# Edges that lie on the sea are more ragged than streets are.
COAST = {"FG", "GH", "HI", "IJ", "JK", "KL", "LM", "MN", "NO", "OP", "PQ", "QR"}

# Each outline counter-clockwise.
OUTLINES = {
    "docks": "HIJdT", "fishmarket": "JKVUd", "ropewalk": "TdUS", "shipyard": "GHTSF", "old-town": "VeWbU",
    "customs": "KLMXeV", "lockgate": "MNYX", "castle-hill": "XYZWe", "gardens": "YQREZ", "station": "FSUbCBA",
    "university": "bWZEDC", "lighthouse": "NOPQY",
}

# Water within a district, and an island off it: metres, closed by the generator.
WET_BASIN = [(1180, 1180), (1220, 1330), (1420, 1360), (1480, 1210), (1330, 1130)]          # runs clockwise
GULL_ROCK = [(5950, -480), (6120, -520), (6230, -400), (6160, -290), (6010, -310)]           # counter-clockwise

DISTRICTS = {
    "docks": {
        "name": "The Docks", "colour": "#2b6f8a", "opens": "always",
        "text": "Cranes, coal smoke and the Wet Basin, where the city's day begins before its night has ended.",
        "streets": ["Tar Lane", "Crane Street", "Coal Steps", "Bargemen's Row", "Salt Alley", "Winch Road", "Lighter Lane", "Plank Walk"],
        "places": ["the Wet Basin", "Crane Number Four", "the Seamen's Mission", "the coal hoist", "Hobb's Tavern", "the weighbridge"],
        "people": ["Marta Hobb", "Joss Tallow", "Edda Quill", "Bram Okker", "Sunniva Reed", "Old Pell"],
        "ships": ["Patient Lass", "Grey Margaret", "Corvina", "Star of Orle"],
    },
    "fishmarket": {
        "name": "The Fish Market", "colour": "#4f9d8f", "opens": "always",
        "text": "Iron halls, wet slate and loud voices; the bell rings at five and by nine it is all over.",
        "streets": ["Gutting Row", "Herring Street", "Ice Lane", "Basket Passage", "Scale Steps", "Mussel Street", "Auctioneers' Court", "Brine Road"],
        "places": ["the Iron Hall", "the auction bell", "the ice house", "the eel tanks", "Widow Sark's stall", "the old net loft"],
        "people": ["Widow Sark", "Tomas Finn", "Ilse Brandt", "Nell Gannet", "Corin Ashe", "Little Dov"],
        "ships": ["Silver Share", "Two Sisters", "Dogger Queen", "Hopeful"],
    },
    "ropewalk": {
        "name": "The Ropewalk", "colour": "#a07c45", "opens": "rule",
        "text": "A quarter-mile shed where hemp becomes cable, and the narrow houses of those who walk it backwards.",
        "streets": ["Hemp Street", "Spinners' Lane", "Cable Row", "Hackle Yard", "Long Shed Road", "Bobbin Court", "Strand Street", "Twine Alley"],
        "places": ["the Long Shed", "the tarring house", "the hemp store", "Spinners' Hall", "the twelve-strand wheel", "the blind pump"],
        "people": ["Agnes Cord", "Walt Hackle", "Rosa Lind", "Finley Marl", "Hedda Voss", "Jem Twist"],
        "ships": ["Endeavour of Averil", "Hempen Bride", "Longshanks", "Margery Daw"],
    },
    "shipyard": {
        "name": "The Shipyard", "colour": "#7d5a4f", "opens": "rule",
        "text": "Slipways, sawdust and the ribs of something large; three hulls are always building and one is always late.",
        "streets": ["Slip Street", "Adze Lane", "Oakum Row", "Sawpit Road", "Caulkers' Alley", "Ribband Street", "Launch Parade", "Mould Loft Lane"],
        "places": ["the Great Slip", "the mould loft", "the steam box", "the figurehead shop", "the mast pond", "the timber gate"],
        "people": ["Gideon Strake", "Ada Rivett", "Lorenz Keel", "Hana Futtock", "Piet Sander", "Mistress Oakley"],
        "ships": ["Hull Ninety-One", "Queen Averil", "Kittiwake", "Resolute"],
    },
    "old-town": {
        "name": "The Old Town", "colour": "#b5533c", "opens": "rule",
        "text": "Leaning gables, seven wells and stairs that were streets before there were carts.",
        "streets": ["Well Street", "Candle Lane", "Glovers' Stairs", "Saint Osyth's Row", "Needle Alley", "Baker's Arch", "Moot Street", "Lantern Passage"],
        "places": ["the Moot Hall", "Saint Osyth's Church", "the Seventh Well", "the Crooked House", "the Bread Cross", "the clockmaker's window"],
        "people": ["Canon Vale", "Isolde Marr", "Hugo Penhallow", "Petra Glover", "Simeon Clock", "Aunt Briony"],
        "ships": ["Saint Osyth", "Old Charity", "Blue Gable", "Provost"],
    },
    "customs": {
        "name": "Customs Quay", "colour": "#55618f", "opens": "rule",
        "text": "Scales, seals and long counters, where everything that enters the city is weighed, including the truth.",
        "streets": ["Tariff Street", "Seal Lane", "Tally Row", "Bond Street", "Excise Passage", "Scales Yard", "Ledger Lane", "Searchers' Steps"],
        "places": ["the Long Room", "the Queen's Scales", "the bonded vault", "the searchers' boat house", "the tide gauge", "the Clerks' Door"],
        "people": ["Comptroller Ames", "Vera Tally", "Osric Bond", "Judith Seal", "Percy Gauge", "Mr Lumley"],
        "ships": ["Watchful", "Fair Dealing", "Lady Excise", "Vigilance"],
    },
    "lockgate": {
        "name": "Lock Gate", "colour": "#3f8f5f", "opens": "rule",
        "text": "Where the Ame canal comes down nine locks to the sea, with a cat at every gate.",
        "streets": ["Towpath Row", "Sluice Street", "Ninth Lock Lane", "Mule Road", "Paddle Street", "Weir Walk", "Bargee's Rest", "Cat Steps"],
        "places": ["the Ninth Lock", "the lock-keeper's house", "the mule stables", "the swing bridge", "the weir", "the toll board"],
        "people": ["Keeper Dunn", "Maud Sluice", "Ferris Lock", "Nan Tow", "Barnaby Weir", "Kitty Puddle"],
        "ships": ["Ame Maiden", "Slow Joseph", "Butter Boat", "Perseverance"],
    },
    "castle-hill": {
        "name": "Castle Hill", "colour": "#8a8450", "opens": "rule",
        "text": "A ruin, a flagstaff and the best view in the city, defended for four centuries against nobody in particular.",
        "streets": ["Rampart Road", "Sally Port Lane", "Cannon Steps", "Governor's Walk", "Powder Street", "Moat Lane", "Drummers' Row", "Keep Street"],
        "places": ["the Keep", "the noon gun", "the dry moat", "the powder house", "the Governor's garden", "the flagstaff"],
        "people": ["Major Thorne", "Lady Averil", "Corporal Pym", "Winifred Gunn", "Ezra Stone", "Drummer Cole"],
        "ships": ["Bombard", "Sentinel", "Governor Thorne", "Halberd"],
    },
    "gardens": {
        "name": "The Gardens", "colour": "#5aa34a", "opens": "rule",
        "text": "Glass houses, bees and the bandstand; a sea captain left his fortune to the plants that he had brought home.",
        "streets": ["Fern Walk", "Orchid Lane", "Beekeepers' Path", "Bandstand Road", "Palm Street", "Seed Lane", "Pergola Walk", "Lily Row"],
        "places": ["the Palm House", "the bandstand", "the lily pond", "the seed library", "the hives", "Captain Orne's statue"],
        "people": ["Flora Merrin", "Captain Orne", "Basil Thwaite", "Ivy Larch", "Rowan Peake", "Dr Sorrel"],
        "ships": ["Botanist", "Wandering Fern", "Pomona", "Green Orne"],
    },
    "station": {
        "name": "Northgate Station", "colour": "#6b6b75", "opens": "rule",
        "text": "The railway came late, stayed loud, and brought the city its second clock.",
        "streets": ["Signal Street", "Platform Road", "Engine Lane", "Porters' Row", "Turntable Street", "Whistle Lane", "Goods Yard Road", "Lamp Room Alley"],
        "places": ["the Great Clock", "Platform Six", "the signal box", "the turntable", "the left-luggage office", "the engine shed"],
        "people": ["Stationmaster Crewe", "Elsie Points", "Albert Steam", "Dora Whistler", "Signalman Gray", "Porter Nye"],
        "ships": ["Boat Train", "Railway Queen", "Northgate", "Iron Duchess"],
    },
    "university": {
        "name": "Scholars' Quarter", "colour": "#7a4f93", "opens": "rule",
        "text": "Bookshops, brass telescopes and bicycles; every argument here is older than those who have it.",
        "streets": ["Folio Street", "Chapel Lane", "Astronomers' Row", "Inkhorn Alley", "Quad Street", "Bindery Lane", "Rhetoric Road", "Proof Street"],
        "places": ["the Round Library", "the observatory", "the map room", "the debating hall", "the Bindery", "the physic laboratory"],
        "people": ["Professor Lund", "Beatrix Folio", "Dean Marlowe", "Anselm Proof", "Cecily Starr", "Doctor Quire"],
        "ships": ["Euclid", "Curiosity", "Magister", "Transit of Venus"],
    },
    "lighthouse": {
        "name": "Lighthouse Point", "colour": "#c9a227", "opens": "operator",
        "text": "The last street, the lamp, and Gull Rock; it opens when the harbour master says that the weather will hold.",
        "streets": ["Beam Street", "Wreckers' Lane", "Fog Road", "Lens Row", "Lifeboat Slip", "Keeper's Path", "Gannet Street", "Last Lane"],
        "places": ["the Great Lamp", "the fog signal", "the lifeboat house", "Gull Rock", "the keepers' cottages", "the drowned bell"],
        "people": ["Keeper Ness", "Thora Beam", "Coxswain Rudd", "Merle Fogg", "Aldous Lens", "Young Skerry"],
        "ships": ["Daring", "Northern Light", "Grace of Averil", "Storm Petrel"],
    },
}
