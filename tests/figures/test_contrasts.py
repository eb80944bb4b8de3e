"""Differences between designs, drawn: what is marked is what was found."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from ovning.figures.contrasts import Row, contrasts
from ovning.figures.reached import Curve, reached
from ovning.figures.shift import Piece, shift
from ovning.units import HOUR, MINUTE

ROWS = (
    Row("Bättre", 3.0, 1.5, 4.5, "better"),
    Row("Sämre än bilden", -9.0, -12.0, -6.5, "worse"),
    Row("Lika", 0.1, -0.4, 0.6, "equivalent"),
    Row("Vet inte", 0.5, -2.0, 3.0, "undecided"),
)


def lines(figure: Figure) -> list[tuple[list[float], list[float], str]]:
    axes = figure.axes[0]
    return [(list(line.get_xdata()), list(line.get_ydata()), str(line.get_marker())) for line in axes.get_lines()]


def words(figure: Figure) -> set[str]:
    return {text.get_text() for text in figure.axes[0].texts}


def test_each_row_has_its_interval_and_its_verdict() -> None:
    figure = contrasts(ROWS, "Lillby", "Lillby är bättre")
    drawn = lines(figure)
    for at, row in enumerate(ROWS):
        ends = [xs for xs, ys, _ in drawn if ys == [at, at]]
        assert ends == [[max(row.low, -6), min(row.high, 6)]]
    assert words(figure) == {"bättre", "sämre", "likvärdiga", "går inte att avgöra"}


def test_what_goes_beyond_the_picture_has_an_arrow_and_no_dot() -> None:
    drawn = lines(contrasts(ROWS, "Lillby", "Lillby är bättre"))
    assert [(xs, marker) for xs, ys, marker in drawn if ys == [1]] == [([-6.0], "<")]
    assert [(xs, marker) for xs, ys, marker in drawn if ys == [0]] == [([3.0], "o")]


def test_there_may_be_nothing_to_tell() -> None:
    assert contrasts((), "Lillby", "Ingen skillnad").axes


def test_bars_are_as_long_as_the_difference_and_on_its_side() -> None:
    pieces = (Piece("TiB, arbete", "work", -34.4 * MINUTE), Piece("Chefen, upptagen", "queue", 9.96 * MINUTE))
    figure = shift(pieces, "Lillby", "Störst skillnad: TiB, arbete")
    assert [bar.get_width() for bar in figure.axes[0].patches] == [pytest.approx(-34.4), pytest.approx(9.96)]
    assert words(figure) == {"−34", "+10"}


def test_a_curve_climbs_to_the_share_that_reached_it() -> None:
    curves = (Curve("Lillby", (HOUR, 2 * HOUR), 4), Curve("Storby", (), 4))
    figure = reached(curves, 72 * HOUR, 3 * HOUR, "När")
    first, second, limit = (line for line in figure.axes[0].get_lines())
    assert list(first.get_ydata()) == [0, 0, 25, 25, 50, 50]
    assert list(first.get_xdata())[1:5] == [1, 1, 2, 2]
    assert list(second.get_ydata()) == [0, 0]
    assert set(limit.get_xdata()) == {3}
    assert figure.axes[0].get_xlim()[1] == pytest.approx(3 * 1.25)
    assert first.get_linestyle() != second.get_linestyle()
