"""Figures of services, queues and the way to each criterion: what they show, and that they stand anything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle, StepPatch
from matplotlib.text import Text

from ovning.figures.backlog import Queue, backlog
from ovning.figures.bars import Bar
from ovning.figures.canvas import to_svg, write
from ovning.figures.hours import Series
from ovning.figures.objectives import Aim, Group, objectives
from ovning.figures.services import Supply, services
from ovning.figures.stocks import Store, stocks
from ovning.units import DAY, HOUR, MINUTE, Clock

CLOCK = Clock.at(datetime(2026, 1, 22, 3, 50))
PARTS = {"work": "arbete", "queue": "upptagen", "mandate": "mandat", "spread": "inte framme", "idle": "inget på gång"}
LEVEL = Series((1.0, 0.5, 0.25), (1.0, 0.4, 0.2), (1.0, 0.6, 0.3))
POWER = Supply("Elförsörjning", "420 personer", "2 h utan", LEVEL)
TOWER = Store(
    "Torn A", "4 000 liter", "gav 43 % av det som behövs", Series((0.8, 0.4, 0.0), (0.8, 0.3, 0.0), (0.8, 0.5, 0.1))
)
VISITS = Queue("Besök", "besök", "längsta kö: 40", Series((0.0, 30.5, 12.0), (0.0, 20.0, 8.0), (0.0, 41.0, 16.0)))
NIGHTS = ((-3 * HOUR, HOUR), (2 * HOUR, 9 * HOUR))
STAFF = Aim(
    Bar("Staben är i gång", (("work", 60.0 * MINUTE), ("queue", 30.0 * MINUTE), ("idle", 10.0 * MINUTE))), 2 * HOUR
)
GROUP = Group("M1 Hinna", (STAFF, Aim(Bar("Larmet är mottaget", (("queue", 4.0 * MINUTE),)), 10 * MINUTE)))
WORDS = ["$\\frac{$", "$x^2$ och $y$", "x" * 500, "Krisledningssamordningsfunktionsansvarig " * 9, "<script>&amp;", ""]


def steps(axes: Axes) -> list[StepPatch]:
    return [patch for patch in axes.patches if isinstance(patch, StepPatch)]


def words(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_a_service_is_filled_to_its_lower_end_and_banded_to_its_upper() -> None:
    axes = services([POWER], 3 * HOUR, CLOCK, "Rubrik").axes[0]
    low, high, mean = (patch.get_data() for patch in steps(axes))
    assert (tuple(low.values), tuple(high.values), tuple(mean.values)) == (LEVEL.low, LEVEL.high, LEVEL.mean)
    assert list(mean.edges) == [0, 1, 2, 3]
    assert axes.get_ylim() == (0, 1)
    assert axes.get_ylabel() == "Elförsörjning\n420 personer"
    assert words(axes) == ["2 h utan"]


def test_the_last_hour_of_a_play_may_be_cut() -> None:
    axes = services([POWER], 2 * HOUR + 30 * MINUTE, CLOCK, "Rubrik").axes[0]
    assert list(steps(axes)[0].get_data().edges) == [0, 1, 2, 2.5]


def test_nights_are_shaded_within_the_play() -> None:
    axes = services([POWER], 3 * HOUR, CLOCK, "Rubrik", NIGHTS).axes[0]
    shaded = [(patch.get_x(), patch.get_width()) for patch in axes.patches if isinstance(patch, Rectangle)]
    assert shaded == [(0, 1), (2, 1)]


def test_every_queue_has_a_scale_of_its_own_that_is_marked_where_the_mean_is_highest() -> None:
    small = Queue("Samtal", "samtal", "", Series((0.4,) * 3, (0.2,) * 3, (0.6,) * 3))
    first, second = backlog([VISITS, small], 3 * HOUR, CLOCK, "Rubrik").axes
    assert [tick.get_text() for tick in first.get_yticklabels()] == ["0", "30"]
    assert [tick.get_text() for tick in second.get_yticklabels()] == ["0", "0,4"]
    assert first.get_ylim()[1] > 41
    assert second.get_ylim()[1] == 1
    assert first.get_ylabel() == "Besök\n(besök)"


def test_a_stock_slopes_from_what_it_has_at_startex_to_the_end_of_each_hour() -> None:
    axes = stocks([TOWER], 2 * HOUR, CLOCK, "Rubrik").axes[0]
    (line,) = axes.lines
    assert list(line.get_xdata()) == [0, 1, 2]
    assert list(line.get_ydata()) == [0.8, 0.4, 0.0]
    assert len(axes.collections) == 2, "what is surely left, and the band above it"
    low, high = axes.get_ylim()
    assert low < 0 < 1 < high, "a line along the floor is seen"
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["tomt", "fullt"]
    assert axes.get_ylabel() == "Torn A\n4 000 liter"
    assert words(axes) == ["gav 43 % av\ndet som behövs"]


def test_the_last_hour_of_a_stock_may_be_cut() -> None:
    (line,) = stocks([TOWER], HOUR + 30 * MINUTE, CLOCK, "Rubrik").axes[0].lines
    assert list(line.get_xdata()) == [0, 1, 1.5]


def bars(axes: Axes) -> dict[float, float]:
    found: dict[float, float] = {}
    for patch in axes.patches:
        assert isinstance(patch, Rectangle)
        row = round(patch.get_y() + patch.get_height() / 2, 3)
        found[row] = found.get(row, 0.0) + patch.get_width()
    return found


def test_bars_are_as_long_as_the_time_and_stand_under_their_objective() -> None:
    figure = objectives([GROUP], PARTS, "Rubrik")
    axes = figure.axes[0]
    assert bars(axes) == {1: 100, 2: 4}
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Staben är i gång", "Larmet är mottaget"]
    assert "minuter" in axes.get_xlabel()
    assert words(axes) == ["M1 Hinna", "1 h 40 min / 2 h", "4 min / 10 min", "tid / gräns"]
    limits = {float(line.get_xdata()[0]) for line in axes.lines}
    assert limits == {120, 10}
    said = [text.get_text() for text in figure.legends[0].get_texts()]
    assert said == ["arbete", "upptagen", "inget på gång", "gräns för kriteriet"]


def test_long_times_are_told_in_hours() -> None:
    axes = objectives([Group("M1", (Aim(Bar("Natt", (("work", 9.0 * HOUR),)), 4 * HOUR),))], PARTS, "Rubrik").axes[0]
    assert "timmar" in axes.get_xlabel()
    assert bars(axes) == {1: 9}


def test_a_bar_far_longer_than_the_others_is_broken_off_and_its_length_is_told() -> None:
    others = tuple(Aim(Bar(f"K{n}", (("work", 60.0 * MINUTE),)), None) for n in range(4))
    far = Aim(Bar("Aldrig", (("work", HOUR), ("idle", 59.0 * HOUR))), None, "nås i 3 %")
    axes = objectives([Group("M1", (*others, far))], PARTS, "Rubrik").axes[0]
    lengths = bars(axes)
    assert lengths[5.15] == pytest.approx(4)
    assert "2 dygn 12 h\nnås i 3 %" in words(axes)
    assert len(axes.collections) == 1, "the cut"


def drawn(figure: Figure) -> str:
    svg = to_svg(figure).decode("utf-8")
    assert svg.startswith("<?xml")
    assert "<script" not in svg
    return svg


@pytest.mark.parametrize("word", WORDS)
def test_any_words_can_be_drawn(word: str) -> None:
    figures = [
        services([Supply(word, word, word, LEVEL)], 3 * HOUR, CLOCK, word),
        backlog([Queue(word, word, word, LEVEL)], 3 * HOUR, CLOCK, word),
        stocks([Store(word, word, word, LEVEL)], 3 * HOUR, CLOCK, word),
        objectives([Group(word, (Aim(Bar(word, (("queue", 9e5),)), 60_000, word),))], {"queue": word}, word),
    ]
    for figure in figures:
        drawn(figure)
        said = "".join(text.get_text() for text in figure.findobj(Text)).replace("\n", "").replace("\\$", "$")
        assert word[:10] in said


@pytest.mark.parametrize("rows", [0, 1, 12])
def test_any_number_of_panels_can_be_drawn(rows: int) -> None:
    for figure in (
        services([POWER] * rows, 3 * HOUR, CLOCK, "Rubrik", NIGHTS),
        backlog([VISITS] * rows, 3 * HOUR, CLOCK, "Rubrik", NIGHTS),
        stocks([TOWER] * rows, 2 * HOUR, CLOCK, "Rubrik", NIGHTS),
    ):
        drawn(figure)
        assert len(figure.axes) == max(rows, 1)


@pytest.mark.slow
def test_thirty_panels_can_be_drawn() -> None:
    figure = services([POWER] * 30, 3 * HOUR, CLOCK, "Rubrik", NIGHTS)
    drawn(figure)
    assert len(figure.axes) == 30


@pytest.mark.parametrize("rows", [0, 1, 30])
def test_any_number_of_bars_can_be_drawn(rows: int) -> None:
    figure = objectives([Group("M1", (STAFF,) * rows)], PARTS, "Rubrik")
    drawn(figure)
    assert len(bars(figure.axes[0])) == rows


def test_nothing_at_all_and_a_month_can_be_drawn() -> None:
    nothing = Series((), (), ())
    for figure in (
        services([Supply("El", "1 person", "", nothing)], HOUR, CLOCK, "Rubrik"),
        backlog([Queue("Kö", "sak", "", nothing)], HOUR, CLOCK, "Rubrik"),
        stocks([Store("Torn", "1 liter", "", nothing)], HOUR, CLOCK, "Rubrik"),
    ):
        drawn(figure)
        assert [len(steps(axes)) for axes in figure.axes] == [0]
    empty = objectives([Group("M1", ()), Group("M2", (Aim(Bar("K", ()), None),))], PARTS, "Rubrik")
    drawn(empty)
    assert set(bars(empty.axes[0]).values()) <= {0}
    month = Series((0.5,) * 720, (0.4,) * 720, (0.6,) * 720)
    long = services([Supply("El", "1 person", "", month)], 30 * DAY, CLOCK, "Rubrik")
    drawn(long)
    assert list(steps(long.axes[0])[0].get_data().edges)[-1] == 720


def figures() -> dict[str, Figure]:
    return {
        "tjanster": services([POWER], 3 * HOUR, CLOCK, "Rubrik", NIGHTS),
        "koer": backlog([VISITS], 3 * HOUR, CLOCK, "Rubrik", NIGHTS),
        "forrad": stocks([TOWER], 2 * HOUR, CLOCK, "Rubrik", NIGHTS),
        "malen": objectives([GROUP], PARTS, "Rubrik"),
    }


def test_the_same_figures_are_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("ett", "två"):
        (tmp_path / folder).mkdir()
        for name, figure in figures().items():
            write(figure, tmp_path / folder, name)
    for path in sorted((tmp_path / "ett").iterdir()):
        assert path.read_bytes() == (tmp_path / "två" / path.name).read_bytes()


@pytest.mark.parametrize("name", ["tjanster", "koer", "forrad", "malen"])
def test_no_letter_is_smaller_than_eight_points_in_a_word_document(name: str) -> None:
    figure = figures()[name]
    scale = min(1.0, 16 / 2.54 / figure.get_figwidth())
    texts = [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]
    assert texts
    assert min(float(text.get_fontsize()) for text in texts) * scale >= 7.99
