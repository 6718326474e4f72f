"""Words that the ciphers hide, and what is said of those that stand in an anagram."""

# Each word hides in at most one puzzle. None is the name of a street, place or person of the city.
PLAIN = """
ADMIRAL ALMANAC AMBER ANVIL APRON ARCADE ARTISAN ASHLAR AUCTION AWNING BALCONY BALLAST BANNER BARLEY BASALT BASKET
BEACON BELFRY BELLOWS BENCH BILLHOOK BISCUIT BLANKET BOBBIN BONFIRE BOTTLE BRACKET BRAMBLE BRAZIER BRISTLE BROADSIDE
BUCKET BULLION BUNTING BUSHEL BUTTER BUTTON CABIN CALIPER CANDLE CANVAS CARAMEL CARAVEL CARGO CARPET CASCADE CASTOR
CAVERN CEDAR CELLAR CENSUS CHAPTER CHARCOAL CHART CHESTNUT CHIMNEY CHISEL CIDER CINNAMON CIPHER CISTERN CLARET CLAYPIPE
CLOVER COBALT COBBLE COFFEE COMET COMPASS COPPER CORAL CORDAGE CORSAIR COTTON COURIER CRADLE CRANE CRESCENT CRIMSON
CRYSTAL CUTLASS CYPRESS DAMASK DERRICK DIAMOND DOLPHIN DOORBELL DRAGNET DRIFTWOOD DRUMMER ECLIPSE EMBER EMERALD ENGINE
ENSIGN ERMINE FALCON FATHOM FEATHER FENDER FERRYMAN FIDDLE FIGUREHEAD FLAGON FLINT FLOTSAM FOGHORN FORGE FOUNDRY
FOUNTAIN FREIGHT FRIGATE FURNACE GABLE GALLEON GANGPLANK GARLAND GARNET GAUNTLET GINGER GLACIER GONDOLA GRANARY GRANITE
GRAPNEL GULLY GUNWALE HALYARD HAMLET HAMMOCK HARNESS HATCHET HAVEN HAWSER HAZEL HEATHER HELMSMAN HERALD HERMIT HERRING
HICKORY HONEYCOMB HORIZON HORNBEAM HOURGLASS INDIGO INKWELL IRONWORK ISLAND IVORY JASMINE JASPER JETTY JIGSAW JUNIPER
KEELSON KERNEL KESTREL KETTLE LABYRINTH LACQUER LADDER LAGOON LANTERN LARKSPUR LATCH LAUREL LAVENDER LEDGER LIBRARY
LINEN LOBSTER LOCKET LODESTONE LUGGER MAGNET MAHOGANY MALLET MANDOLIN MANIFEST MARBLE MARIGOLD MARLIN MEADOW MERCURY
MERMAID METEOR MILLSTONE MIRROR MOLASSES MONSOON MORTAR MULBERRY MUSLIN MUSTARD NARWHAL NAVIGATOR NECTAR NETTLE NUTMEG
OBELISK OCTOPUS OLIVE ORACLE ORCHARD OSPREY OYSTER PADDLE PAPRIKA PARASOL PARCHMENT PASTURE PEBBLE PELICAN PENDULUM
PEPPER PEWTER PHOENIX PILGRIM PISTON PLANET PLUMAGE POMPADOUR PORCELAIN POSTERN PRISM PULLEY QUARRY QUIVER RAMPART RAVEN
RIBBON RIGGING ROSEMARY RUDDER SADDLE SAFFRON SALVAGE SANDBAR SAPPHIRE SATCHEL SCARLET SCHOONER SEXTANT SHINGLE SIGNET
SILVER SPINDLE SPYGLASS STARBOARD STENCIL STIRRUP SUNDIAL TALLOW TANKARD TAPESTRY TARTAN TEMPEST THIMBLE THISTLE TIMBER
TINDER TOPAZ TRELLIS TRIDENT TRUMPET TURBINE TURNIP TURTLE UMBRELLA VALISE VELVET VERANDA VESSEL VINEGAR VIOLET WALNUT
WALRUS WARBLER WHISTLE WICKET WILLOW WINDLASS WINDMILL YEOMAN ZENITH ZEPHYR
""".split()

# Word: what a card in the window says of it. For anagrams only.
CLUED = {
    "ANCHOR": "it holds by lying down",
    "BARNACLE": "a passenger that never pays and never leaves the hull",
    "BOLLARD": "it stands on the quay all day with a rope round its neck",
    "BOWSPRIT": "it arrives in port before the rest of the ship",
    "BREAKWATER": "it stays out in every storm so that the boats need not",
    "CAPSTAN": "men walk round it for an hour and get nowhere, yet something comes up",
    "CHANDLER": "he sells a sailor everything but the sea",
    "CORMORANT": "a fisherman in black who dries his coat standing up",
    "CURRENT": "it runs all night without feet",
    "DINGHY": "a ship's child that follows on a string",
    "DOLDRUMS": "where a sailing ship waits and a sailor whistles",
    "ESTUARY": "where a river learns to taste of salt",
    "FLOUNDER": "a fish that looks at you with both eyes on one side",
    "GANGWAY": "one walks it to leave without getting wet",
    "HARPOON": "a spear with a very long memory of rope",
    "KEEL": "the backbone that no passenger ever sees",
    "LIMPET": "hat-shaped, and fonder of its rock than anyone of anything",
    "MACKEREL": "a striped swimmer, and a sky that promises change",
    "MARINER": "a man whose address is a latitude",
    "MOORING": "what keeps a boat at home",
    "OILSKIN": "a yellow coat that laughs at rain",
    "PILOT": "he comes aboard to tell a captain where to go",
    "PLANKTON": "the smallest sailors, and the whale's soup",
    "PORTHOLE": "a round picture of the sea that never hangs still",
    "QUAYSIDE": "where the land stops and the gossip starts",
    "REGATTA": "the one day when everybody hurries to come back",
    "SEAGULL": "it cries over your chips",
    "SHANTY": "a song that weighs as much as the rope",
    "STEVEDORE": "he carries the world ashore, a sack at a time",
    "STOWAWAY": "the passenger whom the list forgot",
    "TIDE": "it comes in without knocking, twice a day",
    "TILLER": "push it left and you go right",
    "TRAWLER": "it drags its pockets along the bottom of the sea",
    "TUGBOAT": "small, strong, and always in front of somebody important",
    "UNDERTOW": "the sea's hand, pulling at your ankles",
    "WHARF": "a street with ships for houses on one side",
}

# What a manifest may list, by first letter, for acrostics.
GOODS = {
    "A": ["apples from Orle", "almonds in sacks", "anchovies, salted"], "B": ["brass hinges", "blue cloth", "barrels, empty"],
    "C": ["cheeses, round", "copper sheet", "coffee, green"], "D": ["dried figs", "door handles", "down pillows"],
    "E": ["eels, smoked", "earthenware jugs", "ebony boards"], "F": ["flour, fine", "felt hats", "fiddle strings"],
    "G": ["glass panes", "goose feathers", "garden rakes"], "H": ["honey in jars", "hides, tanned", "hemp, raw"],
    "I": ["iron nails", "ink, black", "ivory combs"], "J": ["jute bags", "jam, quince", "jugs of pewter"],
    "K": ["kegs of ale", "knives, table", "kindling, tied"], "L": ["lamp oil", "linseed", "lemons, waxed"],
    "M": ["marmalade", "mirrors, framed", "mops, forty"], "N": ["nets, mended", "nutcrackers", "needles, sail"],
    "O": ["onions, plaited", "oars, ash", "olives in brine"], "P": ["pepper, white", "pitch, two tubs", "paper, ruled"],
    "Q": ["quills, goose", "quilts, patched", "quince, fresh"], "R": ["rope, new", "raisins", "rice, Levant"],
    "S": ["soap, yellow", "salt, coarse", "saddles, three"], "T": ["tea, smoked", "tar, Stockholm", "tin plates"],
    "U": ["umbrellas, black", "urns, clay", "upholstery nails"], "V": ["vinegar", "violins, four", "varnish, clear"],
    "W": ["wool, unspun", "wax candles", "walnuts"], "X": ["xylophones, two", "xylographs, framed"],
    "Y": ["yarn, grey", "yeast, pressed", "yokes for oxen"], "Z": ["zinc buckets", "zithers, six"],
}

# A page of the harbour's regulations, for book ciphers: every line stands alone.
REGULATIONS = [
    "No vessel shall enter under full sail by night",
    "Each master must show his papers before unloading",
    "Quarrels over berths are judged at noon upon the quay",
    "Fires on deck are forbidden except in iron stoves",
    "Pilots receive their fee in silver and never in kind",
    "Let every crew keep its own ropes dry and coiled",
    "Yellow flags mean fever and oblige all boats to wait",
    "Goods left unclaimed after ten days belong to charity",
    "Jettisoned cargo remains property of whoever insured it",
    "Barrels rolling loose cost their owner half a crown",
    "When fog descends ring bells twice in every minute",
    "Dogs and goats travel below and children above",
    "Keys to the customs vault hang behind the clerk",
    "Have xebecs zigzag up to the jetty under oars",
    "Visitors may inspect instruments but not touch them",
    "Moor kindly with old tyres hung outboard as fenders",
]

# How the International Code of Signals paints its letters.
FLAGS = {
    "A": "white at the mast and blue at the fly, with a swallow's tail", "B": "all red, with a swallow's tail",
    "C": "five stripes lying: blue, white, red, white, blue", "D": "three stripes lying: yellow, blue (broad), yellow",
    "E": "blue above, red below", "F": "a red diamond on white", "G": "six stripes standing, yellow and blue in turn",
    "H": "white at the mast, red at the fly", "I": "a black disc on yellow", "J": "three stripes lying: blue, white, blue",
    "K": "yellow at the mast, blue at the fly", "L": "four squares, yellow and black", "M": "a white cross from corner to corner on blue",
    "N": "a chequered board of blue and white", "O": "red and yellow, parted from corner to corner",
    "P": "blue with a white square in the middle", "Q": "all yellow", "R": "a yellow upright cross on red",
    "S": "white with a blue square in the middle", "T": "three stripes standing: red, white, blue",
    "U": "four squares, red and white", "V": "a red cross from corner to corner on white",
    "W": "a blue border, a white one within, and a red heart", "X": "a blue upright cross on white",
    "Y": "slanting stripes of yellow and red", "Z": "four triangles: yellow, blue, red, black",
}
