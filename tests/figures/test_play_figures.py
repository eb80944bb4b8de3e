"""Figures of strain, criteria, starts and one play: what they show, and the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from ovning.figures import palette
from ovning.figures.canvas import READABLE, WIDTH, to_svg, wrapped
from ovning.figures.criteria import Dot, Group, criteria
from ovning.figures.hours import densest_day, marks, midnights, time_axis
from ovning.figures.spread import rows_of, spread
from ovning.figures.starts import Start, starts
from ovning.figures.strain import BOUNDS, MOST_ROWS, Rest, Row, step, strain
from ovning.figures.timeline import Course, Decided, Lane, Sent, Stage, timeline
from ovning.measures.aggregate import Verdict
from ovning.measures.intervals import Mean, Share, mean_of, share_of
from ovning.measures.times import times_of
from ovning.units import HOUR, MINUTE, Clock

CLOCK: Final = Clock.at(datetime(2026, 1, 22, 3, 50))
LONG: Final = "Ledningsstödsfunktionen för samhällsviktig verksamhet och krisberedskapssamordning i hela kommunen"
NOBODY: Final = Course((), (), (), (), 72 * HOUR)


def rows(count: int) -> list[Row]:
    return [Row(f"Funktion {n}", tuple(((n + hour) % 11) / 10 for hour in range(72))) for n in range(count)]


def rests(count: int) -> list[Rest]:
    return [Rest(f"Grupp {n}", 5.0, mean_of([count - n, count - n + 1])) for n in range(count)]


def dots(count: int) -> list[Group]:
    shares: dict[Verdict, Share] = {
        "reached": share_of(20, 20),
        "undecided": share_of(3, 4),
        "not_tested": share_of(0, 0),
    }
    found = tuple(Dot(LONG, share, 0.8, verdict) for verdict, share in shares.items())
    return [Group(f"M{n}  {LONG}", found) for n in range(count)]


def course(count: int, horizon: int = 72 * HOUR) -> Course:
    lanes = tuple(Lane(LONG, ((n * MINUTE, (n + 40) * MINUTE),), ((n * HOUR, (n + 1) * HOUR),)) for n in range(count))
    injects = tuple(
        Sent(f"E{n + 1}", n * 20 * MINUTE, None if n % 5 == 4 else (n * 20 + 7) * MINUTE, n) for n in range(count)
    )
    decided = tuple(Decided(LONG, (n * 35 + 12) * MINUTE, (n,)) for n in range(count))
    stages = (Stage("Central krisledning", 1, HOUR, 2 * HOUR, 50 * HOUR), Stage("Stabsläge", 0, HOUR, None, 3 * HOUR))
    return Course(lanes, injects, decided, stages, horizon)


def begun(count: int) -> list[Start]:
    return [Start(f"Natt {n}", times_of([HOUR, 2 * HOUR, None, 3 * HOUR]), share_of(2, 4)) for n in range(count)]


FIGURES: Final[dict[str, Callable[[int], Figure]]] = {
    "strain": lambda n: strain(rows(n), rests(n), 72 * HOUR, CLOCK, LONG),
    "criteria": lambda n: criteria(dots(n), LONG),
    "starts": lambda n: starts(begun(n), 3 * HOUR, 0.9, 72 * HOUR, LONG),
    "timeline": lambda n: timeline(course(n), CLOCK, LONG),
}


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("count", [0, 20])
def test_any_number_of_rows_is_drawn(name: str, count: int) -> None:
    figure = FIGURES[name](count)
    figure.draw_without_rendering()
    named = max(sum(bool(label.get_text()) for label in axes.get_yticklabels()) for axes in figure.axes)
    assert named >= count


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_figure_is_the_same_bytes(name: str) -> None:
    assert to_svg(FIGURES[name](1)) == to_svg(FIGURES[name](1))


@pytest.mark.parametrize("name", FIGURES)
def test_every_word_can_be_read_in_a_report(name: str) -> None:
    sizes = [text.get_fontsize() for text in texts(FIGURES[name](3))]
    assert min(sizes) >= READABLE
    assert READABLE * 16 / (WIDTH * 2.54) >= 8


@pytest.mark.parametrize("name", FIGURES)
def test_names_of_rows_do_not_lie_over_each_other(name: str) -> None:
    figure = FIGURES[name](3)
    canvas = FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    for axes in figure.axes:
        boxes = [label.get_window_extent(canvas.get_renderer()) for label in axes.get_yticklabels() if label.get_text()]
        for one, other in pairwise(sorted(boxes, key=lambda box: box.y0)):
            # Within a line's own air above and below its letters.
            assert other.y0 - one.y1 > -4


def texts(figure: Figure) -> list:
    from matplotlib.text import Text

    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]


def said(figure: Figure) -> list[str]:
    return [text.get_text() for text in texts(figure)]


def lightness(colour: str) -> float:
    red, green, blue = to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_busier_the_darker_also_without_colour() -> None:
    shades = [lightness(shade) for shade in palette.STEPS]
    assert all(one - other > 0.08 for one, other in pairwise(shades))
    assert len(palette.STEPS) == len(BOUNDS) - 1


def test_a_shade_stands_for_what_the_bar_says() -> None:
    assert [step(share) for share in (0, 0.049, 0.05, 0.2, 0.4, 0.6, 0.799, 0.8, 1)] == [0, 0, 1, 2, 3, 4, 4, 5, 5]


def test_hours_stand_where_they_were_worked() -> None:
    row = Row("TiB", (0.9, 0.9, 0.0, 0.3))
    figure = strain([row], [], 4 * HOUR, CLOCK, "Rubrik")
    bars = [path.get_extents() for bars in figure.axes[0].collections for path in bars.get_paths()]
    assert [(bar.x0, bar.x1) for bar in bars] == [(3, 4), (0, 2)]


def test_those_who_are_left_out_are_told_of() -> None:
    figure = strain(rows(MOST_ROWS + 9), rests(9), 72 * HOUR, CLOCK, "Rubrik")
    assert len(figure.axes[0].get_yticks()) == MOST_ROWS
    assert any("9 till visas inte: som mest 100 %" in text for text in said(figure))
    assert any("3 andra grupper: 7,5 tillsammans" in text for text in said(figure))


def test_no_broken_rest_is_said() -> None:
    figure = strain(rows(1), [Rest("Växeln", 2.0, Mean(3, 0.0, 0.0, 0.0))], 72 * HOUR, CLOCK, "Rubrik")
    assert "Ingens dygnsvila bröts." in said(figure)


def test_a_month_has_no_more_cells_than_can_be_seen() -> None:
    row = Row("TiB", tuple((hour % 10) / 10 for hour in range(720)))
    figure = strain([row], [], 720 * HOUR, CLOCK, "Rubrik")
    assert sum(len(bars.get_paths()) for bars in figure.axes[0].collections) <= 168


def test_a_criterion_has_its_share_its_interval_its_target_and_its_verdict() -> None:
    met = share_of(15, 20)
    axes = criteria([Group("M1", (Dot("Larmet, inom 10 min", met, 0.9, "not_reached"),))], "Rubrik").axes[0]
    xs = [[round(float(x), 6) for x in line.get_xdata()] for line in axes.lines]
    assert [90.0, 90.0] in xs
    assert [round(100 * met.low, 6), round(100 * met.high, 6)] in xs
    assert [75.0] in xs
    assert "75 %  nås inte" in [text.get_text() for text in axes.texts]


def test_verdicts_have_marks_of_different_shapes() -> None:
    shares = {"reached": 20, "undecided": 18, "not_reached": 2}
    marks_ = set()
    for verdict, hits in shares.items():
        axes = criteria([Group("M1", (Dot("K", share_of(hits, 20), 0.9, verdict),))], "R").axes[0]  # type: ignore[arg-type]
        dot = next(line for line in axes.lines if line.get_marker() == "o")
        marks_.add((dot.get_fillstyle(), dot.get_markerfacecolor()))
    assert len(marks_) == 3


def test_a_start_that_was_often_too_late_goes_on_beyond_the_axis() -> None:
    group = Start("Helg", times_of([HOUR, 2 * HOUR, 2 * HOUR, None]), share_of(3, 4))
    figure = starts([group], 3 * HOUR, 0.9, 72 * HOUR, "Rubrik")
    assert "inte\ninom 3 dygn" in said(figure)
    assert "Helg\n4 spel" in said(figure)
    assert "75" in said(figure)


def test_the_first_hours_have_their_labels_once() -> None:
    figure = timeline(course(12), CLOCK, "Rubrik")
    words = said(figure)
    assert [words.count(f"E{n}") for n in range(1, 13)] == [1] * 12
    assert [words.count(letter) for letter in "abcdefghijkl"] == [2] * 12
    assert words.count("i gång 05:50") == 2


def test_a_short_play_is_drawn_once() -> None:
    assert len(timeline(course(3, 10 * HOUR), CLOCK, "R").axes) == 2
    assert len(timeline(course(3, 16 * HOUR), CLOCK, "R").axes) == 3


def test_labels_of_injects_do_not_lie_over_each_other() -> None:
    injects = tuple(Sent(f"E{n}", 2 * HOUR + n * 1000) for n in range(30))
    figure = timeline(Course((), injects, (), (), 72 * HOUR), CLOCK, "Rubrik")
    canvas = FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    boxes = [t.get_window_extent(canvas.get_renderer()) for t in figure.axes[0].texts if t.get_text().startswith("E")]
    assert len(boxes) == 30
    assert not any(one.overlaps(other) for n, one in enumerate(boxes) for other in boxes[:n])


def test_nothing_at_all_is_still_a_timeline() -> None:
    assert "Inget beslut fattades." in said(timeline(NOBODY, CLOCK, "Rubrik"))


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.5, 3)), max_size=20))
def test_labels_side_by_side_have_room(found: list[tuple[float, float]]) -> None:
    found = sorted(found)
    places, widths = [place for place, _ in found], [width for _, width in found]
    middles = spread(places, widths, 0, 100)
    for n, (one, other) in enumerate(pairwise(middles)):
        assert other - one >= (widths[n] + widths[n + 1]) / 2 - 1e-6
    if found:
        assert middles[0] - widths[0] / 2 >= -1e-6
        assert middles[-1] + widths[-1] / 2 <= 100 + 1e-6


def test_labels_with_room_stand_at_their_places() -> None:
    assert spread([10, 20, 30], [2, 2, 2], 0, 100) == [10, 20, 30]
    assert spread([10, 10], [2, 2], 0, 100) == [9, 11]
    assert rows_of("abcd", [3, 3, 3, 3], 7) == [["a", "c"], ["b", "d"]]


@pytest.mark.parametrize("horizon", [20 * MINUTE, 8 * HOUR, 72 * HOUR, 24 * 90 * HOUR])
def test_there_are_a_handful_of_marks_on_any_axis(horizon: int) -> None:
    assert 2 <= len(marks(0, horizon)) <= 10


def test_midnights_are_those_of_the_clock_also_when_it_is_moved() -> None:
    clock = Clock.at(datetime(2026, 3, 28, 12, 0))
    assert midnights(0, 48 * HOUR, clock) == [(12 * HOUR, "sön 29/3"), (35 * HOUR, "mån 30/3")]


def test_what_must_not_be_parted_is_not() -> None:
    assert wrapped("inom en timme 1\N{NO-BREAK SPACE}h 30\N{NO-BREAK SPACE}min", 18) == (
        "inom en timme 1\N{NO-BREAK SPACE}h\n30\N{NO-BREAK SPACE}min"
    )
    assert wrapped(LONG, 20).count("\n") == 1
    assert wrapped("", 20) == ""


def test_thirty_days_have_dates_on_their_axis_and_a_line_where_weeks_begin() -> None:
    axes = Figure().subplots()
    clock = Clock.at(datetime(2015, 9, 16, 8))  # a Wednesday
    time_axis(axes, 0, 30 * 24 * HOUR, clock, days=True)
    assert [label.get_text() for label in axes.get_xticklabels()][:3] == ["16/9\nT+0 d", "20/9\nT+4 d", "24/9\nT+8 d"]
    assert [int(line.get_xdata()[0]) for line in axes.lines] == [112, 280, 448, 616]  # type: ignore[index, arg-type]


def test_the_densest_day_is_from_midnight_to_midnight_and_within_the_play() -> None:
    clock = Clock.at(datetime(2015, 9, 16, 8))
    assert densest_day([1 * HOUR, 20 * HOUR, 21 * HOUR], 30 * 24 * HOUR, clock) == (16 * HOUR, 40 * HOUR)
    assert densest_day([1 * HOUR], 30 * 24 * HOUR, clock) == (0, 16 * HOUR)
    assert densest_day([], 10 * HOUR, clock) == (0, 10 * HOUR)
