"""A budget of one's own: a decision on money need not go to those who hold it, as long as the money is enough."""

import pytest

from ovning.log.records import BodySummoned, DecisionMade, MandateMissing
from tests.tiny import inject, of, one, task


def _play(tiny, budget, costs, *, body=True, times=1):
    reached = {"chance": 1, "delay": "2 min", "arrives": "20 min"}
    place = {
        "people": {"members": {"count": 3, "works": "never", "reached": reached}},
        "functions": {"chief": {"decides": ["small"], "budget": budget}},
    }
    if body:
        place["bodies"] = {
            "board": {
                "title": "Styrelsen",
                "members": [{"from": "members", "count": 3}],
                "quorum": 2,
                "convened_by": "chief",
                "attendance": "remote",
                "item": "3 min",
                "decides": ["large"],
            }
        }
    return tiny.play(
        organisation=place,
        injects=[inject(f"E{n}", f"{n} h", asks_for="buy") for n in range(1, times + 1)],
        procedures={"buy": [task("buy", "1 min", needs="decide(large)", costs=costs)]},
    )


def test_whoever_has_the_money_decides_and_nobody_is_summoned(tiny):
    log = _play(tiny, {"large": 300}, 300)
    made = one(log, DecisionMade)
    assert (made.station, made.how, made.decision) == ("chief", "budget", "large")
    assert not of(log, BodySummoned)


@pytest.mark.parametrize(
    ("budget", "costs"), [({"large": 299}, 300), ({"small": 900}, 300), ({}, 300), ({"large": 300}, 0)]
)
def test_without_enough_of_it_the_question_goes_to_those_who_hold_it(tiny, budget, costs):
    log = _play(tiny, budget, costs)
    assert one(log, DecisionMade).station == "board"
    assert of(log, BodySummoned)


def test_what_has_been_bound_is_gone(tiny):
    log = _play(tiny, {"large": 700}, 300, times=3)
    assert [made.how for made in of(log, DecisionMade)] == ["budget", "budget", "body"]


def test_where_nobody_else_holds_it_the_money_is_enough(tiny):
    assert one(_play(tiny, {"large": 300}, 300, body=False), DecisionMade).how == "budget"
    assert one(_play(tiny, {"large": 200}, 300, body=False), MandateMissing)
