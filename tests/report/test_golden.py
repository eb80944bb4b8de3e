"""The sentences of quite different results, word for word.

``OVNING_UPDATE_GOLDEN=1 pytest tests/report/test_golden.py`` writes ``tests/report/golden/`` anew: read what changed as
the one who is to act on it, before it is committed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from ovning.files import load_setup
from ovning.model.setup import Setup
from ovning.report.brief import brief, remarks
from ovning.report.findings import Findings
from ovning.report.place import Place
from ovning.report.tables import limits
from tests.report.documents import Told

GOLDEN: Final = Path(__file__).parent / "golden"
UPDATE: Final = "OVNING_UPDATE_GOLDEN"


@pytest.fixture(scope="module")
def haninge() -> Setup:
    return load_setup("elavbrott", "haninge")[0]


def good(orebro: Setup, _: Setup) -> Told:
    """Everything in time, and nobody strained."""
    told = Told(orebro, 200)
    told.criteria = {key: (200, 200) if number % 2 else (191, 200) for number, key in enumerate(told.criteria)}
    told.minutes = {"central_command": [62 + play * 0.4 for play in range(200)]}
    told.waited = {"tib": 6, "sakerhetschef": 3}
    return told


def bad(_: Setup, haninge: Setup) -> Told:
    """Nothing in time, never led, decisions that nobody may make, and alarms in vain."""
    told = Told(haninge, 200)
    told.criteria = {key: (3 * number, 200) for number, key in enumerate(told.criteria)}
    # The visits in time are what is furthest from its target: a share of visits, so what is usual is told too.
    told.criteria |= {("M1", 0): (60, 200), ("M1", 1): (50, 200), ("M6", 3): (0, 200)}
    told.usual = {("M6", 3): 0.62}
    told.in_vain = {"central_command": (24, 7)}
    told.waited = {"kommunikation": 212, "": 90}
    told.gaps = {"take_over_area": 68, "exceed_budget": 1, "boil_advice": 0}
    told.tried = (
        ("En till i beredskap: kommunikationsavdelningen", [("level_time", "", None, "same", -1, -3, 1),
                                                             ("criterion_time", "M5", 0, "better", -92, -110, -74)]),
        ("Säkerhetsstrategen får beslutet", [("level_time", "", None, "worse", 8, 5, 11)]),
    )  # fmt: skip
    told.against = {"En till i beredskap: kommunikationsavdelningen": "kommunikation"}
    told.late = {"supervision": 1340}
    told.deviations = {"hemtjanst_dag": 41, "kommunikatorer": 4}
    told.unmanned = {"sakerhetsstrateg": 9.4, "vaxel": 2}
    return told


def cannot_tell(orebro: Setup, _: Setup) -> Told:
    """Six plays: most of it cannot be told."""
    told = Told(orebro, 6)
    told.criteria = {key: ((4, 6), (6, 6), (0, 0), (5, 6))[number % 4] for number, key in enumerate(told.criteria)}
    told.minutes = {"central_command": [95, 130, 150, 210, None, None]}
    told.waited = {"": 31, "tib": 30}
    told.tried = (
        ("Två TiB i beredskap", [("level_time", "", None, "undecided", -8, -30, 14),
                                 ("criterion_time", "M2", 0, "undecided", 0, -9, 9)]),
        ("Kommundirektören svarar direkt", [("level_time", "", None, "undecided", -3, None, None)]),
    )  # fmt: skip
    told.deviations = {"kommunikatorer": 1}
    told.unmanned = {"tib": 1}
    return told


def seldom(_: Setup, haninge: Setup) -> Told:
    """Led in some plays only; about as often as it should be, and several remedies that help."""
    told = Told(haninge, 400)
    told.criteria = {key: (200, 200) if number < 3 else (160, 200) for number, key in enumerate(told.criteria)}
    told.criteria["M1", 1] = (8, 400)
    told.criteria["M7", 3] = (0, 0)
    told.minutes = {"central_command": [180 + play * 0.5 if play < 150 else None for play in range(400)]}
    told.waited = {"vard_ledning+skol_ledning": 48, "ks_ordforande": 12}
    told.tried = (
        ("En till i säkerhetsenheten", [("level_time", "", None, "better", -14, -22, -6)]),
        ("Kommundirektören svarar direkt", [("level_time", "", None, "better", -71, -90, -52)]),
    )
    told.late = {"supervision": 1}
    return told


RESULTS: Final[tuple[Callable[[Setup, Setup], Told], ...]] = (good, bad, cannot_tell, seldom)


def sentences(told: Told) -> str:
    """The brief, the remarks and the words on limits, a sentence a line."""
    found = Findings(Place(told.document), told.setup)
    parts = {"I korthet": brief(found), "Att lägga märke till": remarks(found), "Gränserna": limits(found)}
    lines = [f"{title}\n" + "".join(f"- {text}\n" for text in texts) for title, texts in parts.items()]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.__name__)
def test_the_sentences_are_those_that_somebody_read(
    result: Callable[[Setup, Setup], Told], orebro: Setup, haninge: Setup
) -> None:
    told = sentences(result(orebro, haninge))
    golden = GOLDEN / f"{result.__name__}.txt"
    if os.environ.get(UPDATE):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8", newline="\n")
    assert told == golden.read_text(encoding="utf-8"), f"read it, then {UPDATE}=1"


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.__name__)
def test_sentences_are_plain(result: Callable[[Setup, Setup], Told], orebro: Setup, haninge: Setup) -> None:
    text = sentences(result(orebro, haninge))
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert len(lines) >= 5
    for line in lines:
        assert re.fullmatch(r"- [A-ZÅÄÖ”].*[.]", line), line
        assert not re.search(r"\([^)]*\(", re.sub("”.*?”", "", line)), line
        assert not re.search(r"\b1 (timmar|gånger|spel|kriterier|personer)\b|[{}_]|None|\.\.|  | [.,;:]", line), line


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*")} == {result.__name__ for result in RESULTS}


@pytest.mark.parametrize(
    ("against", "said"),
    [
        ({}, "Någon åtgärd mot väntan på kommunikationsavdelningen prövades inte."),
        (
            {"Säkerhetsstrategen får beslutet": "kommunikation"},
            "Åtgärden mot väntan på kommunikationsavdelningen ger ingen säker förbättring.",
        ),
    ],
)
def test_it_is_said_why_what_helps_is_not_against_whom_everybody_waited_for(
    orebro: Setup, haninge: Setup, against: dict[str, str], said: str
) -> None:
    told = bad(orebro, haninge)
    assert said not in sentences(told)
    told.against = against
    assert f"1 h 50 min). {said}\n" in sentences(told)


def test_one_criterion_is_not_spoken_of_as_several(orebro: Setup) -> None:
    first = orebro.exercise.objectives[0]
    alone = first.model_copy(update={"criteria": first.criteria[:1]})
    setup = orebro.model_copy(update={"exercise": orebro.exercise.model_copy(update={"objectives": (alone,)})})
    told = Told(setup, 200)
    heard = {}
    for hits, of in ((200, 200), (3, 200), (178, 200), (0, 0)):
        told.criteria["M1", 0] = (hits, of)
        heard[hits] = sentences(told)
        assert "1 kriterier" not in heard[hits]
        assert "enda kriteriet" in heard[hits]
    assert "går inte att avgöra" in heard[178]
