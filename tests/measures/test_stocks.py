"""What stocks came to, from a log written by hand; amounts in thousandths, as in the log."""

from ovning.log.records import PlayEnded, PlayStarted, StockMoved, StockRateChanged, StockStood
from ovning.measures.stocks import stock_outcomes
from ovning.model.stocks import Stock
from ovning.units import HOUR, MINUTE

H, M = HOUR, MINUTE
STOCKS = {
    "lake": Stock.model_validate({"title": "Sjön", "holds": 100}),
    "tower": Stock.model_validate(
        {
            "title": "Tornet",
            "holds": 10,
            "filled_by": {"pump": {"from": "lake", "per_hour": 2}},
            "emptied_by": {"homes": {"per_hour": 4}, "hole": {"per_hour": 1, "leak": True}},
        }
    ),
}
PUMP, HOMES, HOLE = ("tower.pump", "lake", "tower"), ("tower.homes", "tower", None), ("tower.hole", "tower", None)
LOG = (
    PlayStarted(0, "torrt", "orebro", None, 1, 0, "2026-06-04T02:00:00+02:00", 150 * M),
    StockStood(0, "tower", 5_000, 10_000, "part"),
    StockRateChanged(0, *PUMP, 2_000, 2_000),
    StockRateChanged(0, *HOLE, 1_000, 1_000),
    StockRateChanged(0, *HOMES, 4_000, 4_000),
    StockStood(0, "lake", 100_000, 100_000, "part"),
    StockMoved(20 * M, "tower", None, 500, 600, "E1/carry"),
    StockStood(90 * M, "tower", 0, 10_000, "dry"),
    StockRateChanged(90 * M, *PUMP, 1_000, 1_000),
    StockRateChanged(90 * M, *HOMES, 0, 4_000),
    StockMoved(120 * M, "lake", "tower", 7_000, 9_000, "lorry"),
    StockStood(120 * M, "tower", 7_000, 10_000, "part"),
    StockStood(150 * M, "lake", 89_000, 100_000, "part"),
    StockStood(150 * M, "tower", 7_000, 10_000, "part"),
    PlayEnded(150 * M),
)


def test_what_each_stock_came_to():
    """The tower: 5 - 3 an hour for 90 min - 0.5 = 0; then what is pumped leaks, and 7 are brought."""
    lake, tower = stock_outcomes(LOG, STOCKS)
    assert (tower.holds, tower.start, tower.end, tower.lowest) == (10_000, 5_000, 7_000, 0)
    assert tower.filled == 2_000 * 1.5 + 1_000 * 1 + 7_000
    assert (tower.delivered, tower.leaked, tower.passed_on) == (4_000 * 1.5 + 500, 2_500, 0)
    assert tower.unmet == 4_000 * 1 + 100
    assert (tower.dry_at, tower.dry) == (90 * M, 30 * M)
    assert tower.by_hour == (1_500, 0, 7_000)
    assert (lake.filled, lake.delivered, lake.unmet, lake.dry_at) == (0, 0, 0, None)
    assert (lake.passed_on, lake.lowest, lake.end) == (11_000, 89_000, 89_000)


def test_a_scenario_without_stocks_has_none():
    assert stock_outcomes(LOG[:1] + LOG[-1:], {}) == ()
