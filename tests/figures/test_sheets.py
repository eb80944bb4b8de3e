"""Words that are measured and broken, and boxes that are laid out in layers."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ovning.figures.layers import Box, Placed, fitted, placed
from ovning.figures.mandates import Mandate, mandates
from ovning.figures.sheet import ROOM, TALLEST, Sheet, width_of, wrapped
from ovning.figures.staff import Chair, Step, staff
from tests.figures.measuring import outside, overlapping, said, squeezed


@pytest.mark.parametrize("room", [30.0, 60.0, 120.0])
@pytest.mark.parametrize("text", ["Vård- och omsorgsförvaltningen", "i" * 90, "W" * 60, "Å å", "$x$ \u202e", ""])
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: float) -> None:
    lines = wrapped(text, room, most=100)
    assert all(width_of(line) <= room for line in lines)
    assert squeezed("".join(lines)) == squeezed(text.replace("\u202e", "\ufffd"))


def test_a_long_word_is_broken_before_a_consonant_and_its_vowel() -> None:
    first, second = wrapped("Kommunikationsavdelningen", width_of("Kommunikationsavdeln-") + 1)
    assert (first, second) == ("Kommunikationsavdel-", "ningen")


def test_what_there_is_no_room_for_ends_in_dots() -> None:
    lines = wrapped("ett två tre fyra fem", width_of("fyra") + 1, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_chiefs_stand_above_and_arrows_end_at_their_boxes() -> None:
    boxes = [Box("a", 60, 20), Box("b", 60, 30), Box("c", 60, 20)]
    found = placed(boxes, [("a", "b"), ("a", "c")])
    assert found.corners["a"][1] + 20 < min(found.corners["b"][1], found.corners["c"][1])
    for route, key in zip(found.routes, ("b", "c"), strict=True):
        assert route[-1][1] == pytest.approx(found.corners[key][1], abs=0.1)
        assert found.corners[key][0] <= route[-1][0] <= found.corners[key][0] + 60


def test_a_layer_broader_than_the_page_becomes_several() -> None:
    boxes = [Box(f"b{n}", 80, 20) for n in range(12)]
    arrows = [("b0", f"b{n}") for n in range(1, 12)]
    assert placed(boxes, arrows).width > ROOM
    assert fitted(boxes, arrows, ROOM).width <= ROOM


def test_nothing_to_place_is_an_empty_place() -> None:
    assert placed([], []) == Placed(0.0, 0.0, {}, {}, ())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25), st.integers(1, 10))
def test_boxes_never_stand_on_each_other(pairs: list[tuple[int, int]], count: int) -> None:
    boxes = [Box(f"b{n}", 40 + 7 * n, 15 + 3 * n) for n in range(count)]
    arrows = [(f"b{one}", f"b{other}") for one, other in pairs if max(one, other) < count]
    found = fitted(boxes, arrows, ROOM)
    assert len(found.routes) == len(arrows)
    for one, other in combinations(boxes, 2):
        (x, y), (u, v) = found.corners[one.key], found.corners[other.key]
        apart = x + one.width <= u or u + other.width <= x or y + one.height <= v or v + other.height <= y
        assert apart, (one.key, other.key)


def test_more_than_a_page_becomes_several_pages_and_nothing_is_left_out() -> None:
    rows = [Mandate(f"Beslut nummer {n}", (f"Funktion {n} med ett långt namn som bryts",)) for n in range(60)]
    steps = [Step(f"Nivå {n}", ("När det är allvarligt.",) * 4, (Chair("Stabschef: 1", "Alla"),) * 9) for n in range(9)]
    for figures, count, what in (
        (mandates(rows, "Rubrik", ""), 60, "Beslutnummer"),
        (staff(steps, "R", ""), 9, "Nivå"),
    ):
        assert len(figures) > 1
        whole = "".join(said(figure) for figure in figures)
        assert all(f"{what}{n}" in whole for n in range(count))
        assert all(figure.get_size_inches()[1] * 72 <= TALLEST + 1 for figure in figures)
        assert all(not overlapping(figure) and not outside(figure) for figure in figures)


def test_a_title_of_any_length_stands_on_the_sheet() -> None:
    sheet = Sheet("ord " * 200, "x" * 400)
    assert outside(sheet.figure(20)) == []
    assert overlapping(sheet.figure(20)) == []
