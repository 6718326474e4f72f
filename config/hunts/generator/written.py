"""The puzzles that were written by hand: four a district, and the ones that players tell each other about."""

from written_hill import WRITTEN as HILL
from written_water import WRITTEN as WATER

WRITTEN = {**WATER, **HILL}
