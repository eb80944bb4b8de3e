"""Every number in the report is that of its place in ``results.json``: the page is walked and compared by place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ovning.experiment.replicate import replicate
from ovning.report.drawings import draw_ladder, draw_waiting
from ovning.report.findings import Findings
from ovning.report.html import render_report
from ovning.report.outcome import Outcome
from ovning.report.results import to_json
from ovning.report.timeline import timeline
from ovning.words import catalogue
from tests.report.walk import Page, read, value_at


@pytest.fixture(scope="module")
def document(outcome: Outcome) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(to_json(Findings.of(outcome).results.value))
    return written


@pytest.fixture(scope="module")
def texts(outcome: Outcome) -> list[tuple[str, dict[str, str | None], list[str]]]:
    found = Findings.of(outcome)
    (played,) = replicate(outcome.setup, outcome.seed, [outcome.typical])
    course = timeline(played.log, outcome.setup, main_course_only=True)
    reader = Page()
    reader.feed(render_report(outcome, found, (draw_ladder(outcome, found), draw_waiting(outcome, found)), course))
    return reader.texts


def test_every_number_is_that_of_its_place(texts: list[Any], document: dict[str, Any]) -> None:
    numbers = [(text, inside) for text, inside, tags in texts if tags and tags[-1] == "data"]
    assert len(numbers) > 500
    for text, inside in numbers:
        at, kind = inside["data-at"] or "", inside["data-as"] or ""
        there = value_at(document, at)
        assert inside["value"] == str(there), at
        if kind == "moment":
            year, month, day, hour, minute = re.findall(r"\d+", there)
            assert re.findall(r"\d+", text) == [str(int(day)), year, hour, minute]
            assert month == "01"
            assert "januari" in text
            continue
        if text.startswith(("<", ">")):
            assert 0 < there < 0.01 or 0.99 < there < 1 or there < 60_000, (at, text)
            continue
        value, rounding = read(text, kind)
        expected = abs(there) if kind in ("duration", "points", "number") else there
        assert value == pytest.approx(expected, abs=rounding * 1.0001), (at, text)


def test_no_number_stands_without_its_place(texts: list[Any], outcome: Outcome) -> None:
    known = sorted({*_words(outcome.setup.model_dump(mode="json")), *_literals()}, key=len, reverse=True)
    for text, inside, tags in texts:
        if {"style", "script", "svg"} & set(tags) or "data-at" in inside or "data-from" in inside:
            continue
        left = text.replace("\N{NO-BREAK SPACE}", " ")
        for words in known:
            left = left.replace(words, "")
        assert not re.search(r"\d", left), text


def test_words_of_an_assumption_are_those_of_its_place(texts: list[Any], document: dict[str, Any]) -> None:
    rows = [(text, inside) for text, inside, _ in texts if inside.get("data-as") == "words"]
    assert len({inside["data-at"] for _, inside in rows}) == len(document["assumptions"])
    for text, inside in rows:
        written = json.dumps(value_at(document, inside["data-at"] or ""), ensure_ascii=False)
        for number in re.findall(r"\d+(?:,\d+)?", text):
            assert number in written or number.replace(",", ".") in written, (text, written)


def _words(part: object) -> Iterator[str]:
    """All texts of the files that hold a digit, however deep."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from (name,) if isinstance(name, str) and re.search(r"\d", name) else ()
            yield from _words(value)
    elif isinstance(part, list):
        for value in part:
            yield from _words(value)
    elif isinstance(part, str) and re.search(r"\d", part):
        yield part
        yield part[:1].lower() + part[1:]


def _literals() -> Iterator[str]:
    """What of the catalogue's own words holds a digit."""
    for text in catalogue().values():
        yield from (part for part in re.split(r"\{\w+\}", text) if re.search(r"\d", part))
