"""A tower that empties, people who hoard, a lorry and a site that people fetch from, with pencil and paper.

Tuesday at ten; minutes from then. Nothing is drawn: everything is a constant.

    tower   holds 6 000 L and is full. 100 households use 10 L an hour each, 1 000 an hour; the works give 400 an hour
            as long as their pump (the service mobile) goes
    0       400 in and 1 000 out: 600 less an hour
    60      5 400 left; the pump stops
    120     4 400 left; the rumour: half as much again is used, 1 500 an hour
    180     2 900 left; the appeal is published (a call of 5, from 175): 0.8 of that, 1 200 an hour
    230     1 900 left; the driver has carried 1 000 to the site (20 in the field, from 210): 900 left
            the site holds 1 500 and was empty; it has more than a tenth, and is dry no longer. Nobody lacks water yet
    245     600 left, a tenth; from the next millisecond on it is below
    275     the tower is dry (900 L at 1 200 an hour are 45 min), and the water is gone with it. 1 200 an hour are still
            wanted. 100 households fetch 72 L a day each at the site, 300 an hour
    300     875 are left there; a gift of 5 000 comes, and there is room for 625
    600     the site is dry: 1 500 at 300 an hour are five hours
    620     the pump goes again, 400 an hour in; nothing out before the tower is back at a tenth, 600 L: 90 min
    710     the water is back; 400 in, 1 200 out: 800 less an hour
    720     the end: 600 - 10/60 x 800 = 466.667 L are left
"""

from ovning.log.records import NeedLost, NeedRestored, ServiceChanged, StockMoved, StockRateChanged, StockStood
from ovning.units import MINUTE
from tests.tiny import at, inject, of, one, task

SCENARIO = {
    "services": {
        "power": {"affects": {"households": 100}, "depends_on": {"tower": {}}},
        "mobile": {},
    },
    "stocks": {
        "tower": {
            "title": "Tornet",
            "holds": 6000,
            "filled_by": {"works": {"per_hour": 400, "with": "mobile"}},
            "emptied_by": {
                "homes": {
                    "per_hour": 10,
                    "having": "power",
                    "varies": [
                        {"when": {"event": "rumour"}, "times": 1.5},
                        {"when": {"published": "grave"}, "times": 0.8},
                    ],
                }
            },
        },
        "site": {
            "title": "Vattentanken",
            "holds": 1500,
            "at_start": 0,
            "emptied_by": {"fetched": {"per_day": 72, "lacking": "power"}},
        },
    },
    "events": [
        {"id": "stop", "at": "60 min", "sets": {"mobile": 0}},
        {"id": "rumour", "at": "120 min"},
        {"id": "gift", "at": "300 min", "moves": [{"to": "site", "amount": 5000}]},
        {"id": "again", "at": "620 min", "sets": {"mobile": 1}},
    ],
}
INJECTS = [
    inject("E1", at="175 min", asks_for="appeal", facts=["grave"]),
    inject(
        "E2", at="210 min", asks_for="carry", text="Kvar: {tower.left} liter ({tower.level}), {tower.hours_left} h."
    ),
    inject("E3", when={"stock": "tower", "below": 0.1}, text="Tornet: {tower.hours_left} timmar kvar."),
]
PROCEDURES = {
    "appeal": [task("appeal", "5 min", publishes=True)],
    "carry": [
        task(
            "carry",
            "20 min",
            needs="drive",
            mode="field",
            then={"moves": [{"from": "tower", "to": "site", "amount": 1000}]},
        )
    ],
}


def _play(tiny):
    return tiny.play(scenario=SCENARIO, injects=INJECTS, procedures=PROCEDURES)


def test_every_stand_is_that_of_the_paper(tiny):
    stood = [(at(r), r.stock, r.amount, r.state) for r in of(_play(tiny), StockStood)]
    assert stood == [
        (0, "site", 0, "dry"),
        (0, "tower", 6_000_000, "part"),
        (230, "site", 1_000_000, "part"),
        (275, "tower", 0, "dry"),
        (600, "site", 0, "dry"),
        (710, "tower", 600_000, "part"),
        (720, "site", 0, "dry"),
        (720, "tower", 466_666, "part"),
    ]


def test_every_rate_is_that_of_the_paper(tiny):
    rates = [(at(r), r.pipe, r.source, r.target, r.rate, r.wanted) for r in of(_play(tiny), StockRateChanged)]
    homes, works, fetched = (
        ("tower.homes", "tower", None),
        ("tower.works", None, "tower"),
        ("site.fetched", "site", None),
    )
    assert rates == [
        (0, *works, 400_000, 400_000),
        (0, *homes, 1_000_000, 1_000_000),
        (60, *works, 0, 0),
        (120, *homes, 1_500_000, 1_500_000),
        (180, *homes, 1_200_000, 1_200_000),
        (275, *homes, 0, 1_200_000),
        (275, *fetched, 300_000, 300_000),
        (600, *fetched, 0, 300_000),
        (620, *works, 400_000, 400_000),
        (710, *fetched, 0, 0),
        (710, *homes, 1_200_000, 1_200_000),
    ]


def test_the_lorry_takes_what_it_takes_and_leaves_what_there_is_room_for(tiny):
    moved = [(at(r), *r[1:]) for r in of(_play(tiny), StockMoved)]
    assert moved == [
        (230, "tower", "site", 1_000_000, 1_000_000, "E2/carry"),
        (300, None, "site", 625_000, 5_000_000, "gift"),
    ]


def test_the_service_fails_with_the_tower_and_comes_back_with_it(tiny):
    log = _play(tiny)
    assert [(at(r), r.level, r.caused_by) for r in of(log, ServiceChanged, service="power")] == [
        (275, 0.0, "tower"),
        (710, 1.0, "tower"),
    ]
    assert one(log, NeedLost) == (275 * MINUTE, "power", "tower", 275 * MINUTE)
    assert one(log, NeedRestored) == (710 * MINUTE, "power", "tower")


def test_texts_say_what_is_left_when_they_come(tiny):
    """At 210 1 900 + 20/60 x 1 200 = 2 300 are left, for 1.9 hours; below a tenth, 600 L, at 245, with half an hour."""
    log = _play(tiny)
    texts = {r.inject: (at(r), r.text) for r in log if type(r).__name__ == "InjectSent"}
    assert texts["E2"] == (210, "Kvar: 2\u00a0300 liter (38\u00a0%), 1,9 h.")
    assert texts["E3"][1] == "Tornet: 0,5 timmar kvar."
    assert 245 < texts["E3"][0] < 245.001
