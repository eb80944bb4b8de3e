"""What can be wrong with stocks: what they hang on, where they fill from, what is moved, what would never end."""

from __future__ import annotations

from pathlib import Path

import pytest

from ovning.errors import Severity
from ovning.files import check_paths
from tests.files.base import FILES, write
from tests.files.wrong import SCE, Wrong, assert_found

WARRANTS = "warrants: [central_command]\n"
STOCKS = """\
stocks:
  lake:
    title: Sjön
    holds: 90000
    assumption: Påhittad
  tower:
    title: Tornet
    holds: 5000
    at_start: 0.9
    back_at: 0.2
    filled_by:
      pump: {from: lake, per_hour: 300, with: electricity}
    emptied_by:
      homes: {per_day: 12, having: electricity, at_night: 0.4, varies: [{when: {event: outage}, times: 1.5}]}
      fetched: {per_hour: 2, lacking: mobile_users, only_while: {fact: outage_extent}}
      hole: {per_hour: 40, without: mobile, leak: true}
    assumption: Påhittat
"""
SERVICE = "  supervision: {affects: {persons: 40}, assumption: Alla har tillsyn}\n"
SOUND = STOCKS.replace("mobile_users", "personal_alarms")


def stocks(kind: str, old: str, new: str, message: str, at: str, fix: str = "", severity: Severity = "error") -> Wrong:
    """A scenario with stocks in which something of them is wrong."""
    assert old in SOUND
    return Wrong(kind, SCE, WARRANTS, WARRANTS + SOUND.replace(old, new, 1), message, at, fix, severity)


def moved(kind: str, move: str, message: str, at: str, fix: str = "", severity: Severity = "error") -> Wrong:
    """An event that moves something."""
    event = f"  - {{id: lorry, at: 1 h, moves: [{move}]}}\n"
    return Wrong(kind, SCE, WARRANTS, event + WARRANTS + SOUND, message, at, fix, severity)


FORMS = [
    ("holds: 5000", "holds: -5", "minst 1", "-5"),
    ("holds: 90000", "holds: 1e12", "högst 1", "1e12"),
    ("at_start: 0.9", "at_start: 1.5", "högst 1", "1.5\n    back"),
    ("back_at: 0.2", "back_at: 0", "minst 0.01", "0\n    filled"),
    ("per_hour: 300", "per_hour: -300", "minst 0", "-300"),
    ("times: 1.5", "times: många", "tal", "många"),
]
"""Values of the wrong form, all in one file: old, new, message, place."""
WORDS = [
    ("with: electricity", "with: elektricity", "är inte en tjänst", "elektricity"),
    ("without: mobile", "without: mobil", "är inte en tjänst", "mobil,"),
    ("having: electricity", "having: power", "”power” är inte en tjänst", "power, at"),
    ("personal_alarms, only", "alarms, only", "”alarms” är inte en tjänst", "alarms, only"),
    ("event: outage", "event: outag", "”outag” är inte en händelse", "outag}"),
    ("fact: outage_extent", "fact: extent", "är inte ett faktum", "extent}"),
]
"""Words that mean nothing here, all in one file."""
CASES = [
    stocks("no size", "    holds: 5000\n", "", "”holds” saknas", "title: Tornet"),
    stocks("unknown key", "filled_by", "filled_from", "”filled_from”", "filled_from", "filled_by"),
    stocks("no rate", "per_hour: 300, ", "", "antingen per_hour eller per_day", "{from: lake"),
    stocks("two rates", "per_day: 12", "per_day: 12, per_hour: 1", "antingen per_hour eller per_day", "{per_day: 12"),
    stocks(
        "having and lacking", "lacking: ", "having: electricity, lacking: ", "having eller lacking", "{per_hour: 2, hav"
    ),
    stocks("a leak for somebody", "leak: true", "leak: true, having: electricity", "en läcka", "{per_hour: 40"),
    stocks(
        "lacking nobody",
        "lacking: personal_alarms",
        "lacking: mobile",
        "säger inte hur många den berör",
        "mobile, only",
        "affects",
    ),
    stocks("from no stock", "from: lake", "from: lak", "”lak” är inte ett förråd", "lak,", "”lake”"),
    stocks("from itself", "from: lake", "from: tower", "i ring: tower → tower", "tower, per_hour"),
    stocks(
        "a ring",
        "    holds: 90000\n",
        "    holds: 90000\n    filled_by: {back: {from: tower, per_hour: 1}}\n",
        "fylls från varandra i ring: lake → tower → lake",
        "tower, per_hour: 1}",
        "bryt ringen",
    ),
    stocks("named as a service", "  lake:", "  mobile:", "är redan en tjänst", "mobile:\n    title: Sjön"),
    stocks("named as a flow", "  lake:", "  visits:", "är redan ett flöde", "visits:\n    title: Sjön"),
    stocks("named as a blank", "  lake:", "  worn:", "betyder redan något", "worn:"),
    stocks(
        "what runs by what is left",
        "only_while: {fact: outage_extent}",
        "only_while: {stock: tower, below: 0.5}",
        "slår det av och på",
        "tower, below",
        "depends_on",
    ),
    stocks(
        "varies by what is left",
        "{event: outage}",
        "{all: [{stock: tower, below: 0.5}]}",
        "slår det av och på",
        "tower, below",
    ),
    stocks("published no fact", "{event: outage}", "{published: extent}", "är inte ett faktum", "extent}"),
    stocks(
        "faster than can be counted", "per_day: 12", "per_hour: 1000000000", "går inte att räkna", "1000000000", "sänk"
    ),
    stocks(
        "turning for ever",
        "    holds: 5000\n    at_start: 0.9\n    back_at: 0.2\n",
        "    holds: 1\n    at_start: 0.9\n    back_at: 0.01\n",
        "händelser, mest härifrån",
        "title: Tornet",
    ),
    stocks("what does not run", "per_hour: 40", "per_hour: 0", "rinner inte alls", "0, without", severity="warning"),
    stocks("no source", "    assumption: Påhittad\n", "", "stocks.lake säger inte", "lake:\n", severity="warning"),
    stocks(
        "rate without source",
        "    assumption: Påhittat\n",
        '    source: "Påhitt / torn"\n',
        "stocks.tower.filled_by.pump.per_hour saknar egen källa",
        "300",
        severity="warning",
    ),
    stocks("idle", "from: lake, ", "", "inget kommer till ”lake”", "lake:\n", severity="warning"),
    moved("moved nowhere", "{amount: 5}", "från ett förråd (from)", "{amount: 5}"),
    moved("moved to where it was", "{from: lake, to: lake, amount: 5}", "inget flyttas", "{from: lake, to"),
    moved("moved from no stock", "{from: laek, amount: 5}", "”laek” är inte ett förråd", "laek", "”lake”"),
    moved("moved to no stock", "{to: towre, amount: 5}", "”towre” är inte ett förråd", "towre", "”tower”"),
    moved("nothing moved", "{to: tower, amount: 0}", "minst 0.001", "0}]}\nwarrants"),
    moved("less than nothing moved", "{to: tower, amount: -3}", "minst 0.001", "-3}"),
    moved("more than it holds", "{to: tower, amount: 6000}", "rymmer 5000", "6000", "holds", "warning"),
    Wrong(
        "enough of a stock",
        SCE,
        SERVICE + "events:",
        SERVICE[:-2] + ", depends_on: {tower: {at_least: 0.3}}}\n" + SOUND + "events:",
        "det räcker tills det är tomt",
        "0.3}}",
        "ta bort at_least",
    ),
    Wrong(
        "no stock needed",
        SCE,
        SERVICE + "events:",
        SERVICE[:-2] + ", depends_on: {towre: {}}}\n" + SOUND + "events:",
        "”towre” är inte en tjänst under services eller ett förråd",
        "towre",
        "”tower”",
    ),
    Wrong(
        "a blank of no stock",
        SCE,
        "klart före {clock +4 h}.",
        "kvar: {towre.left}.",
        "inget förråd i scenariot",
        '"Vi har förlorat',
    ),
    Wrong(
        "a condition on no stock",
        SCE,
        WARRANTS,
        WARRANTS + SOUND.replace("{event: outage}", "{any: [{stock: lak, at_least: 0.5}]}"),
        "”lak” är inte ett förråd",
        "lak, at_least",
        "”lake”",
    ),
]


@pytest.mark.parametrize("wrong", CASES, ids=lambda wrong: wrong.kind)
def test_one_thing_wrong(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)


@pytest.mark.parametrize("damages", [FORMS, WORDS], ids=["forms", "words"])
def test_many_things_wrong_are_told_at_once(damages: list[tuple[str, str, str, str]], tmp_path: Path) -> None:
    text = SOUND
    for old, new, _, _ in damages:
        assert old in text
        text = text.replace(old, new, 1)
    whole = FILES[SCE].replace(WARRANTS, WARRANTS + text, 1)
    found = {(p.line, p.column): p.message for p in check_paths([write(tmp_path, {**FILES, SCE: whole}).parent])}
    for _, new, message, at in damages:
        begin = whole.index(new) + new.index(at.split("\n")[0].split(",")[0].rstrip("}"))
        place = whole.count("\n", 0, begin) + 1, begin - whole.rfind("\n", 0, begin)
        assert message in found.get(place, ""), f"{new}: {found}"


def test_nothing_is_wrong_with_the_stocks_that_are_damaged(tmp_path: Path) -> None:
    before = check_paths([write(tmp_path / "before", FILES).parent])
    files = {**FILES, SCE: FILES[SCE].replace(WARRANTS, WARRANTS + SOUND, 1)}
    after = check_paths([write(tmp_path / "after", files).parent])
    assert [problem.message for problem in after] == [problem.message for problem in before]
