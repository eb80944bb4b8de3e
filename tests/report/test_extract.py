"""The open extract: only what is listed comes into it, and nothing of the organisation's own words."""

from __future__ import annotations

import copy
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovning.experiment.replicate import replicate
from ovning.measures.aggregate import aggregate
from ovning.measures.tallying import tally_of
from ovning.model.setup import Setup
from ovning.report.extract import FEWEST_OBJECTIVES, PLACES, extract_of, picked
from ovning.report.extract_page import render_extract
from ovning.report.outcome import Outcome
from ovning.report.own_work import own_work
from ovning.report.results import results_document, to_json
from tests.tiny import LEVEL, Tiny, inject, task

TAG = "Qzx"
"""In every name that the organisation's file gives, and nowhere else."""


@pytest.fixture(scope="module")
def results(outcome: Outcome) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json(results_document(outcome)))
    return found


def ways(value: Any, above: str = "") -> list[str]:
    """Where every leaf stands, as in ``PLACES``."""
    if isinstance(value, dict):
        return [way for key, part in value.items() for way in ways(part, f"{above}.{key}" if above else key)]
    if isinstance(value, list):
        return [way for part in value for way in ways(part, f"{above}[]")]
    return [above]


def test_every_listed_place_is_there(results: dict[str, Any]) -> None:
    # A slip in the list would only ever leave something out, which nobody would see.
    assert set(PLACES) - set(ways(results)) == set()


def test_what_is_picked_is_what_is_listed(results: dict[str, Any]) -> None:
    assert set(ways(picked(results))) <= set(PLACES)
    for one, other in zip(picked(results)["services"], results["services"], strict=True):
        assert one["title"] == other["title"]
        assert one["own_work"] is other["own_work"]


def disturbed(value: Any, draw: Any, above: str = "") -> Any:
    """The same at the listed places; anything else anywhere."""
    listed = any(place == above or place.startswith((f"{above}.", f"{above}[]")) for place in PLACES)
    if above and not listed:
        return draw(st.sampled_from([None, 17, "Hemligt", {"title": "Hemligt"}, ["Hemligt"], True]))
    if isinstance(value, dict):
        new = {key: disturbed(part, draw, f"{above}.{key}" if above else key) for key, part in value.items()}
        return {**new, draw(st.sampled_from(["people", "station", "note", "0"])): "Hemligt"}
    if isinstance(value, list):
        return [disturbed(part, draw, f"{above}[]") for part in value]
    return value


@given(data=st.data())
def test_nothing_else_changes_it(data: st.DataObject) -> None:
    results = {
        **SMALL,
        "organisation": data.draw(st.text()),
    }
    other = disturbed(copy.deepcopy(results), data.draw)
    assert extract_of(other) == extract_of(SMALL)
    assert "Hemligt" not in to_json(extract_of(other))


SMALL: dict[str, Any] = {
    "exercise": "ex",
    "exercise_title": "Övningen",
    "variation": None,
    "variation_title": None,
    "plays": 10,
    "horizon": 12 * 3_600_000,
    "levels": [{"title": "Staben", "active": {"median": {"value": 5}}}],
    "objectives": [
        {"objective": f"M{n}", "title": f"Mål {n}", "met": {"share": 0.1}, "criteria": [{"verdict": v, "title": "K"}]}
        for n, v in enumerate(("reached", "not_reached", "undecided"))
    ],
    "critical_waiting": [
        {"cause": "queue", "station": "tib", "mean": {"mean": 70.0}},
        {"cause": "queue", "station": "chef", "mean": {"mean": 5.0}},
        {"cause": "mandate", "station": "chef", "mean": {"mean": 21.0}},
        {"cause": "meeting", "station": "chef", "mean": {"mean": 4.0}},
        {"cause": "made_up", "station": "chef", "mean": {"mean": 900.0}},
    ],
    "services": [
        {
            "service": "el",
            "title": "Elen",
            "affected": 100,
            "at_start": 1.0,
            "own_work": False,
            "failed": {"median": {"value": 1_900_000}},
            "back": {"median": {"value": None}},
        },
        {
            "service": "omsorg",
            "title": "Omsorgen",
            "affected": 100,
            "at_start": 1.0,
            "own_work": True,
            "failed": {"median": {"value": 0}},
            "back": {"median": {"value": 3}},
        },
    ],
    "flows": [{"flow": "samtal", "title": "Samtal", "backlog_by_hour": {"mean": [0.0, 7.5, 2.0]}, "arrived": 400}],
}


def test_by_hand() -> None:
    extract = extract_of(SMALL)
    assert extract["objectives"] == [{"objective": f"M{n}", "title": f"Mål {n}"} for n in range(3)]
    assert extract["objectives_reached"] == "fewer_than_half"
    # Of 100 minutes with a known cause: tenths, and what is less than half of one is gone.
    assert extract["waiting"] == [{"cause": "queue", "share": 0.8}, {"cause": "mandate", "share": 0.2}]
    # Its own work would tell of the organisation.
    assert extract["services"] == [{"service": "el", "title": "Elen", "from_hour": 1, "to_hour": None}]
    assert extract["flows"] == [{"flow": "samtal", "title": "Samtal", "busiest_hour": 1}]


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (["reached"] * 4, "all"),
        (["reached", "reached", "undecided", "not_tested"], "at_least_half"),
        (["reached", "undecided", "not_reached", "not_tested"], "fewer_than_half"),
        (["not_reached"] * 4, "fewer_than_half"),
        (["not_reached"] * (FEWEST_OBJECTIVES - 1), None),
        ([], None),
    ],
)
def test_how_many_objectives_in_words(verdicts: list[str], said: str | None) -> None:
    objectives = [{"objective": f"M{n}", "title": "", "criteria": [{"verdict": v}]} for n, v in enumerate(verdicts)]
    extract = extract_of({"objectives": objectives})
    assert extract["objectives_reached"] == said
    assert "verdict" not in to_json(extract)


@pytest.mark.parametrize("broken", [{}, {"services": None, "flows": {}, "objectives": 3, "plays": "många"}])
def test_what_is_of_another_kind_is_left_out(broken: dict[str, Any]) -> None:
    extract = extract_of(broken)
    assert extract["plays"] is None
    assert extract["services"] == extract["flows"] == extract["objectives"] == []
    assert "<h1>Krisövning</h1>" in render_extract(extract)


def tagged(value: Any, key: str = "") -> Any:
    """An organisation's file with a tag in every name that it may choose by itself."""
    kept = ("role", "does", "decides", "levels", "channels", "works", "on_call", "seats", "site", "reached")
    if isinstance(value, dict):
        return {
            f"{TAG}{k}" if key in ("people", "functions", "units") else k: part if k in kept else tagged(part, k)
            for k, part in value.items()
        }
    if isinstance(value, list):
        return [tagged(part, key) for part in value]
    return f"{TAG}{value}" if isinstance(value, str) else value


@pytest.fixture
def lillby(tmp_path: Path) -> Setup:
    from tests.tiny import ORGANISATION

    mine = tagged(ORGANISATION)
    removed = dict.fromkeys(ORGANISATION["people"]) | mine["people"]
    return Tiny(tmp_path).setup(
        organisation={
            **mine,
            "organisation": f"{TAG}lillby",
            "people": removed,
            "functions": dict.fromkeys(ORGANISATION["functions"]) | mine["functions"],
            "units": dict.fromkeys(ORGANISATION["units"]) | mine["units"],
            "note": f"{TAG} anmärkning",
            "marking": f"{TAG} märkning",
            "channels": [{"id": "phone", "delay": "3 min", "assumption": f"{TAG} antagande"}],
        },
        levels=[{**LEVEL, "title": f"{TAG}läge", "decided_by": f"{TAG}chief"}],
        staff={"chief": [f"{TAG}chiefs"], "picture": [f"{TAG}officers"]},
        injects=[inject("E1", asks_for="answer", facts=["grave"])],
        procedures={"answer": [task("look"), task("choose", needs="decide(large)", after=["look"])]},
    )


def test_no_word_of_the_organisations_file_is_in_it(lillby: Setup) -> None:
    plays = tally_of([played.summary for played in replicate(lillby, 1, range(3))])
    command = ("ovning", "run", "handelse", "--org", f"{TAG}lillby")
    results = results_document(Outcome(lillby, plays, aggregate(plays, lillby.exercise), 1, command, marking=TAG))
    assert to_json(results).count(TAG) > 10
    assert results["critical_waiting"] or results["waiting"]
    extract = extract_of(results)
    assert TAG not in to_json(extract)
    assert TAG not in render_extract(extract)


def test_the_shipped_organisations_words_are_not_in_it(results: dict[str, Any], outcome: Outcome) -> None:
    page = render_extract(extract_of(results))
    organisation = outcome.setup.organisation
    names = [organisation.title, organisation.organisation]
    names += [one.title for one in (*organisation.functions.values(), *organisation.bodies.values())]
    names += [group.title for group in organisation.people.values() if group.title]
    assert len(names) > 20
    for name in (*names, *organisation.functions, *organisation.people):
        assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", page), name
    for entry in outcome.setup.ledger:
        assert entry.reason not in page
    assert not any(digest[:8] in page for digest in outcome.setup.files.values())


def test_own_work_reaches_as_far_as_it_is_needed(outcome: Outcome) -> None:
    own = own_work(outcome.setup.scenario)
    assert {"supervision", "care_home_generator", "care_home_power", "water"} <= own
    assert own.isdisjoint({"electricity", "mobile", "personal_alarms"})


def test_what_follows_from_work_is_own_work(tmp_path: Path) -> None:
    services = {name: {} for name in ("given", "later", "after_work", "on_state", "kept", "needing")}
    setup = Tiny(tmp_path).setup(
        vocabulary={"services": {name: {"title": name, "meaning": "Ordet"} for name in services}},
        scenario={
            "services": {**services, "needing": {"depends_on": {"given": {"instead": ["kept"]}}}},
            "events": [
                {"id": "first", "at": "1 h", "sets": {"given": 0}},
                {"id": "second", "after": "first", "delay": "1 h", "sets": {"later": 0}},
                {"id": "third", "after": "E1.look", "delay": "1 h", "sets": {"after_work": 0}},
            ],
        },
        injects=[
            inject("E1", asks_for="answer"),
            inject("E2", when={"service": "given", "below": 0.5}, scripted=True, sets={"on_state": 0}),
        ],
        procedures={"answer": [task("look", then={"sets": {"kept": 1}})]},
    )
    assert own_work(setup.scenario) == {"after_work", "on_state", "kept", "needing"}


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_is_swedish_accessible_and_says_that_it_must_be_judged(results: dict[str, Any]) -> None:
    text = render_extract(extract_of(results))
    page = Page()
    page.feed(text)
    assert ("html", {"lang": "sv"}) in page.tags
    assert "Utdraget ska bedömas innan det skickas." in text
    names = [tag for tag, _ in page.tags]
    assert names.count("h1") == names.count("main") == 1
    assert names.count("table") == names.count("caption") == names.count("thead") > 0
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
    assert not {"script", "link", "img", "iframe", "a"} & set(names)
    assert not re.search(r"https?:|url\(|@import", text)


def test_words_from_files_stay_words() -> None:
    evil = '<img src=x onerror="alert(1)"></script>'
    page = render_extract(extract_of({**SMALL, "exercise_title": evil}))
    assert "<img" not in page
    assert "&lt;img" in page
