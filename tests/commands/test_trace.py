"""``ovning trace``: the main course as it is, everything with ``--all``, and one case."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.commands.conftest import Said

TRACE = ("trace", "elavbrott", "--org", "orebro")


@pytest.fixture
def short(ovning: Callable[..., Said]) -> list[str]:
    said = ovning(*TRACE)
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


def test_the_main_course_can_be_read_at_one_sitting(short: list[str]) -> None:
    headings = [line for line in short if re.match(r"(mån|tis|ons|tors|fre|lör|sön)dag \d+/\d+, ", line.lower())]
    assert headings[0] == "Torsdag 22/1, natt 03:50–06"
    assert len(headings) == sum(" ◦ Läget " in line for line in short) >= 3
    # Three days and some thirty injects.
    assert len(short) <= 400
    assert max(map(len, short)) <= 100


def test_it_tells_how_to_see_more_and_everything_is_more(ovning: Callable[..., Said], short: list[str]) -> None:
    assert any("--all" in line and "--case" in line for line in short)
    whole = ovning(*TRACE, "--all").out.splitlines()
    assert len(whole) > 2 * len(short)
    assert not any("--all" in line for line in whole)
    # Every decision of the main course is in the whole; times stand before what happened.
    decided = {line[15:] for line in short if line[15:17] == "! "}
    assert decided
    assert decided <= {line[15:] for line in whole}


def test_the_legend_names_the_marks_that_are_used_and_no_others(ovning: Callable[..., Said]) -> None:
    for words in (TRACE, (*TRACE, "--all"), (*TRACE, "--case", "E1")):
        lines = ovning(*words).out.splitlines()
        begins = next(n for n, line in enumerate(lines) if line.startswith("» kommer in"))
        legend = lines[begins : lines.index("", begins)]
        named = {part[0] for line in legend if "--all" not in line for part in line.split("   ")}
        used = {line[15] for line in lines[lines.index("", begins) :] if re.match(r"\S \S", line[15:18])}
        # Standing work and where things stand say themselves what they are.
        assert used - {"·", ".", "◦"} == named


def test_the_legend_is_not_broken_between_a_mark_and_its_word(ovning: Callable[..., Said]) -> None:
    lines = ovning(*TRACE, "--all", "--width", "40").out.splitlines()
    legend = lines[lines.index("» kommer in   - arbete   i kunskap") :]
    assert all(re.match(r"\S \w", part) for line in legend[: legend.index("")] for part in line.split("   "))


def test_one_case_is_told_whole(ovning: Callable[..., Said]) -> None:
    said = ovning(*TRACE, "--case", "E2")
    assert "Väntade " in said.out
    assert "Läget " not in said.out
    assert "E3 " not in said.out


def test_a_play_as_it_is_held_tells_where_it_stops_and_goes_on(ovning: Callable[..., Said]) -> None:
    held = ovning("trace", "vattenbrist", "--org", "karlstad", "--as-held", "--width", "200")
    assert held.code == 0, held.err
    marks = [line for line in held.out.splitlines() if "║ H" in line or "║ Här" in line]
    assert (
        sum("här stannar" in line.lower() for line in marks) == sum("går spelet vidare" in line for line in marks) == 5
    )
    assert "Här börjar spelet" in marks[0]
    assert "Här slutar spelet" in marks[-1]
    # Where things stand is told as the play goes on, to be read aloud.
    assert "Läget 07:30" in held.out
    plain = ovning("trace", "vattenbrist", "--org", "karlstad", "--width", "200")
    assert "║" not in plain.out
    assert "Läget 07:30" not in plain.out


def test_an_exercise_that_is_held_as_it_stands_cannot_be_traced_otherwise(ovning: Callable[..., Said]) -> None:
    said = ovning("trace", "elavbrott", "--org", "orebro", "--as-held")
    assert said.code == 2
    assert "conduct" in said.err
