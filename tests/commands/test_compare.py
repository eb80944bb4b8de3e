"""``ovning compare`` as a user meets it: verdicts in words, a folder, the same bytes every time, and wrong input."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ovning.cli import Stopped
from ovning.experiment import chunks
from tests.commands.conftest import Said
from tests.experiment.two_alarms import two_alarms


@pytest.fixture
def alarms(tmp_path: Path) -> str:
    return str(two_alarms(tmp_path / "alarms"))


def compared(ovning: Callable[..., Said], exercise: str, *words: str) -> Said:
    return ovning("compare", exercise, "--org", "lillby", "--jobs", "1", "--out", "ut", *words)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def document() -> Any:
    return json.loads(Path("ut/comparison.json").read_text(encoding="utf-8"))


def test_it_says_who_is_faster_and_why_and_where_the_report_is(ovning: Callable[..., Said], alarms: str) -> None:
    said = compared(ovning, alarms, "--what-if", "people.officers.count=2")
    assert (said.code, said.err) == (0, "")
    plain = " ".join(said.out.split())
    assert "kommer i gång fortare i Lillby, ändrad än i Lillby" in plain
    assert "Skillnaden i tid till command ligger mest i" in plain
    assert "people.officers.count=2" in said.out
    assert str(Path("ut") / "report.html") in said.out
    assert "\x1b" not in said.out


def test_the_folder_holds_what_the_manifest_says_and_its_command_gives_the_same(
    ovning: Callable[..., Said], alarms: str
) -> None:
    compared(ovning, alarms, "--what-if", "people.officers.count=2", "--runs", "60", "--smallest-difference", "5 %")
    first = contents(Path("ut"))
    manifest = json.loads(first.pop("manifest.json"))
    assert manifest["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in sorted(first.items())}
    assert set(first) >= {"comparison.json", "report.html", "figures/skillnader-1.svg", "figures/nas-1.png"}
    words = [alarms if word == Path(alarms).name else word for word in manifest["command"][1:]]
    ovning(*words, "--out", "två")
    again = contents(Path("två"))
    assert {name: data for name, data in again.items() if name != "manifest.json"} == first


def test_any_number_of_workers_gives_the_same_bytes(ovning: Callable[..., Said], alarms: str) -> None:
    words = ("--what-if", "people.officers.count=2", "--runs", "100")
    compared(ovning, alarms, *words)
    alone = contents(Path("ut"))
    ovning("compare", alarms, "--org", "lillby", "--jobs", "2", "--out", "två", *words)
    assert contents(Path("två")) == alone


def test_every_number_is_in_the_document(ovning: Callable[..., Said], alarms: str) -> None:
    compared(ovning, alarms, "--what-if", "people.officers.count=2")
    found = document()
    assert found["format"] == "ovning-comparison"
    assert found["plays"] == found["looks"][found["looked"] - 1]
    assert [one["label"] for one in found["designs"]] == ["Lillby", "Lillby, ändrad"]
    (level,) = found["levels"]
    (contrast,) = level["contrasts"]
    assert abs(contrast["whole"] - sum(part["difference"] for part in contrast["parts"])) <= len(contrast["parts"])


def test_what_is_not_reached_has_no_number(ovning: Callable[..., Said], alarms: str) -> None:
    said = compared(ovning, alarms, "--what-if", "assumptions.decide_level=4 h", "--runs", "20")
    plain = " ".join(said.out.replace("\N{NO-BREAK SPACE}", " ").split())
    assert "inte inom 3 h" in plain
    assert "nås läget i 0 % av spelen med Lillby, ändrad" in plain
    measure = next(one for one in document()["measures"] if one["on"] == "level_time")
    assert measure["designs"][1]["times"]["median"]["value"] is None


def test_one_design_under_two_names_says_so(ovning: Callable[..., Said], alarms: str) -> None:
    again = Path(alarms).parent / "organisations" / "igen.yaml"
    again.write_text("based_on: lillby\norganisation: igen\ntitle: Lillby igen\n", encoding="utf-8")
    said = compared(ovning, alarms, "--org", "igen")
    assert "Lillby igen är samma modell som Lillby under ett annat namn" in " ".join(said.out.split())
    assert document()["plays"] == 50
    assert document()["differences"] == [[]]


def test_a_comparison_that_was_stopped_goes_on(ovning: Callable[..., Said], alarms: str, monkeypatch) -> None:
    words = ("--what-if", "people.officers.count=2", "--runs", "100", "--smallest-difference", "1 s")
    compared(ovning, alarms, *words)
    whole = contents(Path("ut"))
    real, count = chunks._bring, 0

    def stops(*given):
        nonlocal count
        count += 1
        if count == 4:
            raise Stopped(2)
        return real(*given)

    monkeypatch.setattr(chunks, "_bring", stops)
    said = ovning("compare", alarms, "--org", "lillby", "--jobs", "1", "--out", "två", *words)
    assert said.code == 130
    assert "--resume" in said.err
    count = -100
    said = ovning("compare", alarms, "--org", "lillby", "--jobs", "1", "--out", "två", "--resume", *words)
    assert said.code == 0
    assert contents(Path("två")) == whole


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "minst två att jämföra"),
        (("--org", "lillby"), "angiven två gånger"),
        (("--what-if", "people.officers.count"), "--what-if skrivs som --set"),
        (("--what-if", "people.officers.count=2", "--what-if", "people.officers.count=2"), "Samma --what-if"),
        (("--what-if", "people.officers.count=2", "--baseline", "storby"), "--baseline ska vara en av dem"),
        (("--what-if", "people.officers.count=2", "--smallest-difference", "mycket"), "en tid eller en andel"),
        (("--what-if", "people.officers.count=2", "--smallest-difference", "0 %"), "en tid eller en andel"),
        (("--what-if", "people.officers.count=2", "--runs", "1"), "minst 2"),
    ],
)
def test_wrong_words_get_one_message(
    ovning: Callable[..., Said], alarms: str, words: tuple[str, ...], says: str
) -> None:
    said = compared(ovning, alarms, *words)
    assert said.code == 2
    assert says in " ".join(said.err.split())
    assert not Path("ut").exists()


def test_what_cannot_be_set_is_told_before_anything_is_played(ovning: Callable[..., Said], alarms: str) -> None:
    said = compared(ovning, alarms, "--what-if", "people.nobody.count=2")
    assert said.code == 2
    assert "nobody" in said.err
    assert not Path("ut").exists()


def test_a_marking_stands_on_it_all(ovning: Callable[..., Said], alarms: str) -> None:
    said = compared(ovning, alarms, "--what-if", "people.officers.count=2", "--marking", "Får inte spridas")
    assert "Får inte spridas" in said.out
    assert document()["marking"] == "Får inte spridas"
    assert "Får inte spridas" in Path("ut/report.html").read_text(encoding="utf-8")


def test_the_guesses_that_the_answer_hangs_on_are_named(ovning: Callable[..., Said], alarms: str) -> None:
    said = compared(ovning, alarms, "--what-if", "people.officers.count=2", "--runs", "30", "--sweep")
    assert said.code == 0, said.err
    plain = " ".join(said.out.split())
    assert "Ingen av de" in plain or "hänger på" in plain
    swept = document()["sweep"]
    assert swept["assumptions"] or swept["untried"]
    assert Path("ut/figures/tornado.svg").is_file()
    page = Path("ut/report.html").read_text(encoding="utf-8")
    assert 'id="hangs"' in page
    assert "--sweep" in json.loads(Path("ut/manifest.json").read_text(encoding="utf-8"))["command"]


def test_that_they_were_not_tried_is_said(ovning: Callable[..., Said], alarms: str) -> None:
    said = compared(ovning, alarms, "--what-if", "people.officers.count=2", "--runs", "30")
    assert "är inte prövat här" in " ".join(said.out.split())
    assert document()["sweep"] is None


def test_what_matters_is_the_same_in_the_comparison_and_in_its_sweep(ovning: Callable[..., Said], alarms: str) -> None:
    words = ("--what-if", "people.officers.count=2", "--runs", "30", "--sweep", "--smallest-difference", "77 min")
    compared(ovning, alarms, *words)
    found = document()
    for measures in (found["measures"], found["sweep"]["measures"]):
        assert {one["smallest"] for one in measures if one["unit"] == "duration"} == {77 * 60_000}
