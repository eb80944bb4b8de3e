"""Figures: what they show, that they can be told apart without colour, and that they are the same bytes every time."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import combinations, pairwise
from pathlib import Path
from typing import get_args

import pytest
from matplotlib.colors import to_rgb

from ovning.figures import palette
from ovning.figures.canvas import marked, to_svg, write
from ovning.figures.ladder import Rung, ladder
from ovning.figures.waiting import Bar, waiting
from ovning.log.records import Cause
from ovning.units import HOUR, MINUTE, Clock

CLOCK = Clock.at(datetime(2026, 1, 22, 3, 50))
SPELLS = ((1 * HOUR, None), (2 * HOUR, 4 * HOUR), (2 * HOUR, None))
RUNG = Rung("Stab", 0, 4, SPELLS, limit=3 * HOUR, target=0.9)
CAUSES = {"queue": "upptagen", "unavailable": "ingen på plats"}
BARS = (
    Bar("TiB", (("queue", 10.0 * MINUTE), ("unavailable", 5.0 * MINUTE))),
    Bar("VA-jour", (("queue", 2.0 * MINUTE),)),
)


def lightness(colour: str) -> float:
    red, green, blue = to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_cause_has_a_colour_of_its_own() -> None:
    assert set(palette.CAUSES) == set(get_args(Cause))
    assert len({fill for fill, _ in palette.CAUSES.values()}) == len(palette.CAUSES)


def test_causes_can_be_told_apart_in_greyscale() -> None:
    for (one, first), (other, second) in combinations(palette.CAUSES.items(), 2):
        apart = abs(lightness(first[0]) - lightness(second[0])) > 0.05
        assert apart or first[1] != second[1], f"{one} and {other}"


def test_higher_levels_are_darker_and_dashed_differently() -> None:
    shades = [lightness(palette.level(rank)[0]) for rank in range(4)]
    assert shades == sorted(shades, reverse=True)
    assert all(one - other > 0.02 for one, other in pairwise(shades[:3]))
    assert len({palette.level(rank)[1] for rank in range(4)}) == 4


def test_the_curve_is_the_share_that_is_active_then() -> None:
    axes = ladder([RUNG], 12 * HOUR, CLOCK, "Rubrik").axes[0]
    hours, shares = axes.lines[0].get_data()
    at = {round(float(hour), 6): float(share) for hour, share in zip(hours, shares, strict=True)}
    assert at[0.0] == 0
    assert at[1.0] == 25
    assert at[2.0] == 75
    assert at[4.0] == 50
    assert at[12.0] == 50


def test_the_axis_tells_the_clock_and_the_limit_is_marked() -> None:
    axes = ladder([RUNG], 12 * HOUR, CLOCK, "Rubrik").axes[0]
    assert [tick.get_text() for tick in axes.get_xticklabels()][:2] == ["03:50\nT+0 h", "05:50\nT+2 h"]
    assert [text.get_text() for text in axes.texts] == ["krav: 90 % inom 3 h"]
    assert "%" in axes.get_ylabel()


@pytest.mark.parametrize("horizon", [20 * MINUTE, HOUR, 6 * HOUR, 72 * HOUR, 24 * 30 * HOUR])
def test_there_are_a_handful_of_marks_on_any_horizon(horizon: int) -> None:
    axes = ladder([RUNG], horizon, CLOCK, "Rubrik").axes[0]
    assert 2 <= len(axes.get_xticks()) <= 10


def test_bars_are_as_long_as_the_waiting_and_the_longest_stands_first() -> None:
    axes = waiting(BARS, CAUSES, "Rubrik").axes[0]
    lengths: dict[int, float] = {}
    for bar in axes.patches:
        row = round(bar.get_y() + bar.get_height() / 2)
        lengths[row] = lengths.get(row, 0.0) + bar.get_width()
    assert lengths == {0: 15.0, 1: 2.0}
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["TiB", "VA-jour"]
    assert axes.yaxis_inverted()
    assert "minuter" in axes.get_xlabel()


def test_nothing_to_wait_for_is_still_a_figure() -> None:
    assert to_svg(waiting((), CAUSES, "Ingen väntade")).startswith(b"<?xml")


def test_the_same_figure_is_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("ett", "två"):
        (tmp_path / folder).mkdir()
        write(ladder([RUNG], 12 * HOUR, CLOCK, "Rubrik"), tmp_path / folder, "trappan")
        write(waiting(BARS, CAUSES, "Rubrik"), tmp_path / folder, "vantan")
    for path in sorted((tmp_path / "ett").iterdir()):
        assert path.read_bytes() == (tmp_path / "två" / path.name).read_bytes()
    assert len(list((tmp_path / "ett").iterdir())) == 4


@pytest.mark.parametrize("word", ["$\\frac{$", "$x^2$ och $y$", "\\$5 och $6", "x" * 500, "日本 🔥", "<script>&amp;"])
def test_names_are_drawn_as_they_are_written(word: str) -> None:
    svg = to_svg(waiting([Bar(word, (("queue", 9e5),))], {"queue": word}, word)).decode("utf-8")
    assert svg.startswith("<?xml")
    assert "<script" not in svg
    assert svg.count("<!--") == svg.count("-->")


def extent(svg: bytes) -> tuple[float, float]:
    found = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found is not None
    return float(found[1]), float(found[2])


@pytest.mark.parametrize("text", ["Får inte spridas", "W" * 80, "Kostar $5 och $6 \\alpha"])
def test_a_marking_stands_under_the_figure_and_moves_nothing(text: str) -> None:
    plain, figure = (waiting(BARS, CAUSES, "Rubrik") for _ in range(2))
    marked(figure, text)
    first = to_svg(figure)
    width, height = extent(to_svg(plain))
    assert extent(first) == (width, pytest.approx(height + 0.2 * 72))
    (strip,) = figure.findobj(lambda artist: artist.get_gid() == "marking")
    box = strip.get_window_extent().transformed(figure.transFigure.inverted())
    assert 0 < box.x0 < box.x1 < 1
    assert box.y1 < 0
    for one, other in zip(plain.axes, figure.axes, strict=True):
        assert one.get_position().bounds == pytest.approx(other.get_position().bounds, abs=0.01)
    legend, where = figure.legends[0].get_window_extent(), plain.legends[0].get_window_extent()
    assert legend.bounds == pytest.approx(where.bounds, abs=3)
    assert to_svg(figure) == first


def test_a_marked_figure_is_the_same_bytes_whatever_was_drawn_first(tmp_path: Path) -> None:
    once, again = (ladder([RUNG], 12 * HOUR, CLOCK, "Rubrik") for _ in range(2))
    for figure in (once, again):
        marked(figure, "Får inte spridas")
    first = to_svg(once)
    paths = write(again, tmp_path, "figur")
    assert to_svg(again) == first == paths[1].read_bytes()


def test_a_level_that_was_active_twice_in_a_play_is_drawn_twice_and_never_below_nothing() -> None:
    twice = Rung("Stab", 0, 1, ((2 * HOUR, 3 * HOUR), (6 * HOUR, None)))
    line = ladder([twice], 12 * HOUR, CLOCK, "Rubrik").axes[0].lines[0]
    hours, shares = line.get_data()
    active = {round(float(hour), 2): float(share) for hour, share in zip(hours, shares, strict=True)}  # type: ignore[arg-type]
    assert [active[hour] for hour in (1.0, 2.5, 4.0, 7.0, 12.0)] == [0, 100, 0, 100, 100]
