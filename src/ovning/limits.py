"""How much is taken in: every limit on what stands in files, in one place. Told under "Limits" in docs/files.md.

They are far above what an exercise needs, and low enough that nothing that passes them can fill the memory or go on
without end.
"""

from __future__ import annotations

from typing import Final

from ovning.units import MINUTE, SECOND

LARGEST_FILE: Final = 2_000_000
"""Bytes in a file; a large exercise is a twentieth of this."""
DEEPEST: Final = 40
"""Levels of nesting."""
MOST_VALUES: Final = 50_000
"""Values in a file, counted with every alias written out."""
LONGEST_TEXT: Final = 20_000
"""Characters in a text."""
LONGEST_TITLE: Final = 200
"""Characters in a title or another name that is read in a table or a figure."""
LONGEST_MARKING: Final = 80
"""Characters in a marking: one line at the edge of a page and of a figure."""
LONGEST_KEY: Final = 200
"""Characters in a key, an anchor or a tag."""
LONGEST_NUMBER: Final = 20
"""Characters in a number."""
MOST_REFERENCES: Final = 20
"""Shared assumptions that refer to each other, one after the other."""
MOST_PROBLEMS: Final = 200
"""Problems told of in one file; who has more mends these first."""
MOST_FILES: Final = 1_000
"""Files looked at in one check."""
MOST_VARIANTS: Final = 10
"""Organisations that are based on each other, one after the other."""

MOST_THINGS: Final = 2_000
"""Things of one kind in a file: functions, groups of people, services, events, injects, words …"""
MOST_TASKS: Final = 100
"""Tasks in a procedure."""
MOST_VARIATIONS: Final = 50
"""Other courses of a scenario."""
MOST_ORGANISATIONS: Final = 100
"""Organisations that an exercise names."""

FIRST_YEAR: Final = 1950
"""No exercise starts before it."""
LAST_YEAR: Final = 2199
"""No exercise starts after it."""
MOST_PEOPLE: Final = 5_000
"""People and posts in an organisation."""
MOST_AFFECTED: Final = 100_000_000
"""Households or persons that a service concerns, or who live in a municipality."""
SMALLEST_POPULATION: Final = 1_000
"""So small a municipality may be played as with ``--at-population``: below it most numbers that follow would be 1."""
LARGEST_POPULATION: Final = 1_000_000
"""So large a one: as the largest in Sweden."""
LARGEST_STOCK: Final = 1_000_000_000
"""What a stock holds, in its unit, and what a way in or out lets through an hour for each."""
LARGEST_RATE: Final = 1_000_000_000_000
"""What a way in or out of a stock lets through an hour in all."""
MOST_STOCKS: Final = 100
"""Stocks of a scenario."""
MOST_PIPES: Final = 50
"""Ways into a stock, and ways out of it."""
MOST_FOLLOWED: Final = 20_000
"""Things that can be followed one by one in a play that is to stay cheap."""
SHORTEST_INTERVAL: Final = MINUTE
"""Between two meetings, shifts or pieces of standing work, in milliseconds."""
SHORTEST_STEP: Final = SECOND
"""Of a flow that is counted, in milliseconds."""
MOST_CASES: Final = 40_000
"""Injects and tasks in one play, with all that come again."""
MOST_HAPPENINGS: Final = 500_000
"""Events, steps of flows and things followed one by one, or pieces of ordinary work, in one play."""
MOST_TURNS: Final = 500_000
"""Turns of a play in one instant. No file says it, so it is the play that is broken off: ``StandstillError``."""

MOST_NOTES: Final = 20_000
"""Rows read of a file of observations."""
MOST_COLUMNS: Final = 100
"""Columns read of a file of observations."""
