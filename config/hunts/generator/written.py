"""The puzzles that were written by hand."""

from city import DISTRICTS

WRITTEN = {district: [] for district in DISTRICTS}
