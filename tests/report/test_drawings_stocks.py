"""The figure of stocks: its sentence, its words, and where it stands in the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ovning.experiment.replicate import replicate
from ovning.files import load_setup
from ovning.measures.aggregate import aggregate
from ovning.measures.intervals import Mean
from ovning.measures.stocks import StockResult
from ovning.measures.tallying import tally_of
from ovning.model.setup import Setup
from ovning.report.drawings_stocks import draw_stocks, stocks_message
from ovning.report.outcome import Outcome
from ovning.report.wording import number, percent
from tests.report.pages import whole_page_of


@pytest.fixture(scope="module")
def dry() -> Outcome:
    setup: Setup = load_setup("vattenbrist", "orebro")[0]
    plays = tally_of(tuple(played.summary for played in replicate(setup, 1, range(2))))
    return Outcome(setup, plays, aggregate(plays, setup.exercise), 1, ("ovning", "run", "vattenbrist"))


def with_stocks(outcome: Outcome, *stocks: StockResult) -> Outcome:
    return replace(outcome, results=replace(outcome.results, stocks=stocks))


def test_it_says_which_stock_lasts_least_and_which_is_empty_for_longest(dry: Outcome) -> None:
    drawing = draw_stocks(dry)
    assert drawing is not None
    given = {
        one.stock: one.delivered.mean / (one.delivered.mean + one.unmet.mean)
        for one in dry.results.stocks
        if one.delivered.mean + one.unmet.mean
    }
    worst = min(given, key=lambda stock: given[stock])
    longest = max((one for one in dry.results.stocks if one.stock in given), key=lambda one: one.dry.mean)
    assert f"{dry.names.stock(worst).lower()}: {percent(given[worst])}" in drawing.alt.lower()
    assert f"längst tomt är {dry.names.stock(longest.stock)[0].lower()}" in drawing.alt
    assert len(drawing.figure.axes) == len(dry.results.stocks)
    for one in dry.results.stocks:
        assert f"({number(one.holds / 1000)} liter)" in drawing.alt


def test_a_stock_begins_with_what_it_has_at_startex(dry: Outcome) -> None:
    drawing = draw_stocks(dry)
    assert drawing is not None
    for axes, one in zip(drawing.figure.axes, dry.results.stocks, strict=True):
        (line,) = axes.lines
        assert line.get_ydata()[0] == pytest.approx(one.start.mean / one.holds)
        assert line.get_ydata()[-1] == pytest.approx(one.end.mean / one.holds, abs=0.001)


def test_what_nothing_happens_with_is_told_and_not_drawn(dry: Outcome) -> None:
    nothing = Mean(2, 0.0, 0.0, 0.0)
    first, *others = dry.results.stocks
    names = ("filled", "delivered", "passed_on", "leaked", "unmet")
    still = first._replace(**dict.fromkeys(names, nothing))
    drawing = draw_stocks(with_stocks(dry, still, *others))
    assert drawing is not None
    assert len(drawing.figure.axes) == len(others)
    assert drawing.alt.endswith("Inget händer med: vattenverkets bassäng.")
    assert draw_stocks(with_stocks(dry, still)) is None
    assert draw_stocks(with_stocks(dry)) is None


def test_stocks_that_are_enough_say_how_little_was_left(dry: Outcome) -> None:
    tower = next(one for one in dry.results.stocks if one.stock == "tower_a")
    enough = tower._replace(unmet=Mean(2, 0.0, 0.0, 0.0), lowest=Mean(2, 0.25 * tower.holds, None, None))
    assert stocks_message(dry, [enough]).endswith("minst kvar är det i torn A, 25\N{NO-BREAK SPACE}%")
    assert "och inget på" in stocks_message(dry, [tower])


def test_it_stands_before_the_table_of_stocks(dry: Outcome) -> None:
    page = whole_page_of(dry)
    assert page.index("hur fullt varje förråd är") < page.index("Förråd: det som fanns, gavs ut")
