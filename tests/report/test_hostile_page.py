"""Hostile and endless texts in the files: inert everywhere on the page, and the page keeps its width."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import BaseModel

from ovning.errors import Problem
from ovning.model.setup import Setup
from ovning.report.outcome import Outcome
from tests.report.browser import ask
from tests.report.pages import Elements, whole_page_of

EVIL: Final = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '"><b>',
    "'--><svg onload=alert(1)>",
)
LONG: Final = (
    "Samhällsstörningsövningsutvärderingsledningsfunktionsbeskrivnings"
    "dokumentationsansvarsfördelningsöversynsgruppsmöteskallelse"
)
SPOKEN: Final = frozenset(
    {"title", "text", "expected", "reason", "purpose", "situation", "note", "source", "assumption"}
)
"""Fields that people read."""
WIDTHS: Final = (1100, 500, 360)


def spoken(part: Any, word: str) -> Any:
    """The same with a word at the end of every text that people read."""
    if isinstance(part, BaseModel):
        told = {}
        for name in type(part).model_fields:
            value = getattr(part, name)
            told[name] = f"{value} {word}" if name in SPOKEN and isinstance(value, str) else spoken(value, word)
        return part.model_copy(update=told)
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        fields = {one.name: getattr(part, one.name) for one in dataclasses.fields(part) if one.init}
        told = {
            name: f"{value} {word}" if name in SPOKEN and isinstance(value, str) else spoken(value, word)
            for name, value in fields.items()
        }
        return dataclasses.replace(part, **told)
    if isinstance(part, dict):
        return {name: spoken(value, word) for name, value in part.items()}
    if isinstance(part, tuple) and type(part) is tuple:
        return tuple(spoken(value, word) for value in part)
    return part


def hostile(outcome: Outcome, word: str) -> str:
    """The page with the word in every title, text and reason, on the command line, in a warning and as a marking."""
    setup: Setup = spoken(outcome.setup, word)
    warning = Problem("warning", word, 1, 1, word)
    command = (*outcome.command, "--set", f"a.b={word}")
    return whole_page_of(dataclasses.replace(outcome, setup=setup, warnings=(warning,), marking=word, command=command))


@pytest.fixture(scope="module")
def evil(outcome: Outcome) -> str:
    return hostile(outcome, " ".join(EVIL))


@pytest.fixture(scope="module")
def long(outcome: Outcome) -> str:
    assert len(LONG) >= 120
    return hostile(outcome, LONG)


def test_the_words_come_everywhere(outcome: Outcome, evil: str) -> None:
    setup: Setup = spoken(outcome.setup, EVIL[0])
    assert setup.scenario.injects[0].title.endswith(EVIL[0])
    assert setup.scenario.injects[0].text.endswith(EVIL[0])
    assert setup.organisation.title.endswith(EVIL[0])
    assert next(iter(setup.organisation.functions.values())).title.endswith(EVIL[0])
    assert setup.exercise.objectives[0].criteria[0].title.endswith(EVIL[0])
    assert all(entry.reason.endswith(EVIL[0]) for entry in setup.ledger if entry.reason)
    assert evil.count("&lt;img src=x onerror=alert(1)&gt;") > 300


def test_hostile_texts_are_only_texts(evil: str, whole_page: str) -> None:
    page, plain = Elements(evil), Elements(whole_page)
    tags = {tag for tag, _ in page.elements}
    assert tags - {tag for tag, _ in plain.elements} <= {"div", "li", "ul", "strong", "a", "h2"}
    assert not tags & {"img", "b", "iframe", "object"}
    count = {tag: sum(one == tag for one, _ in page.elements) for tag in ("script", "svg", "style")}
    assert count == {
        "script": 1,
        "svg": sum(tag == "svg" for tag, _ in plain.elements),
        "style": 1 + evil.count("<style type"),
    }
    for tag, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        assert not re.search(r"javascript:", attributes.get("href", "")), (tag, attributes)
    assert "onerror=alert(1)" in "".join(text for text, _ in page.texts)


def test_nothing_of_them_runs_or_is_built_in_a_browser(evil: str, tmp_path: Path) -> None:
    found = ask(
        evil,
        """
        const odd = (element) => [...element.attributes].some((one) => one.name.startsWith("on"));
        return {
          alerts: window.alerts,
          scripts: document.body.querySelectorAll("script").length,
          odd: [...document.querySelectorAll("img, b, iframe, object")].length,
          listening: [...document.querySelectorAll("*")].filter(odd).length,
        };
        """,
        tmp_path,
        before="window.alerts = 0; window.alert = () => { window.alerts += 1; };",
    )
    assert found == {"alerts": 0, "scripts": 1, "odd": 0, "listening": 0}


@pytest.mark.parametrize("which", ["long", "whole_page"])
def test_the_page_is_no_wider_than_its_window(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    page: str = request.getfixturevalue(which)
    found = ask(
        page,
        f"""
        const made = [];
        const text = document.documentElement.outerHTML.replace(/<script>[^]*?<\\/script>/g, "");
        for (const width of {list(WIDTHS)}) {{
          const frame = document.createElement("iframe");
          frame.style.cssText = `width: ${{width}}px; height: 900px; border: 0`;
          await new Promise((done) => {{ frame.onload = done; frame.srcdoc = text; document.body.append(frame); }});
          const inside = frame.contentDocument;
          for (const folded of inside.querySelectorAll("details")) folded.open = true;
          const beyond = [...inside.body.querySelectorAll("*")].filter((one) =>
            one.getBoundingClientRect().right > width + 1 && !one.closest(".scroll, .skip, svg"));
          const told = beyond.slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
          made.push([width, inside.documentElement.scrollWidth, told]);
        }}
        return made;
        """,
        tmp_path,
        width=1200,
    )
    assert found == [[width, width, []] for width in WIDTHS]
