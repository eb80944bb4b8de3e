"""Five ways of writing down the same exercise give the same judgements, those worked out by hand beforehand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ovning.errors import InputError
from ovning.evaluate.judging import Judged, judge, of_objective
from ovning.evaluate.understanding import understand
from ovning.files import load_setup
from ovning.model.setup import Setup
from ovning.units import MINUTE
from tests.evaluate.untidy import EXPECTED, FILES, MEASURED, excel, swedish_csv


@pytest.fixture(scope="module")
def setup() -> Setup:
    return load_setup("elavbrott", "orebro")[0]


def _named(judged: tuple[Judged, ...]) -> dict[str, Judged]:
    return {f"{one.objective}.{one.criterion + 1}": one for one in judged}


@pytest.mark.parametrize("write", FILES, ids=lambda write: write.__name__)
def test_each_gives_what_was_worked_out_by_hand(write: Callable[[Path], Path], setup: Setup, tmp_path: Path) -> None:
    found = understand([write(tmp_path)], setup)
    judged = _named(judge(setup, found.notes))
    assert {name: one.grade for name, one in judged.items() if one.grade != "not_assessable" or name in EXPECTED} == (
        EXPECTED
    )
    assert {name: round((judged[name].measured or 0) / MINUTE) for name in MEASURED} == MEASURED
    assert judged["M6.4"].measured == pytest.approx(0.92)
    assert set(EXPECTED.values()) == {"met", "partly", "not_met", "not_assessable"}
    # An evaluator's word counts before the limits, and both are kept.
    assert (judged["M2.2"].why, judged["M2.2"].by_rule) == ("evaluator", "met")
    assert judged["M3.3"].why == "evaluator"
    assert judged["M5.1"].why == "no_row"
    assert [lost for lost in found.lost if lost.why != "duplicate"] == []


def test_objectives_are_judged_by_the_worst_that_could_be_assessed(setup: Setup, tmp_path: Path) -> None:
    judged = judge(setup, understand([excel(tmp_path)], setup).notes)
    assert {one: of_objective(judged, one) for one in ("M1", "M2", "M3", "M6")} == {
        "M1": "partly",
        "M2": "not_met",
        "M3": "not_assessable",
        "M6": "met",
    }


def test_what_is_there_twice_counts_once_and_is_told(setup: Setup, tmp_path: Path) -> None:
    found = understand([excel(tmp_path)], setup)
    (lost,) = found.lost
    assert (lost.why, lost.id) == ("duplicate", "protokoll.xlsx, Omsorgen, rad 6")
    assert lost.text == "protokoll.xlsx, Omsorgen, rad 4"


def test_merged_cells_say_the_same_in_each(setup: Setup, tmp_path: Path) -> None:
    places = {note.text: note.place for note in understand([excel(tmp_path)], setup).notes}
    assert places["Läget är kontrollerat"] == places["Larmmottagningen ringer"] == "TiB"


def test_several_files_are_one_evaluation(setup: Setup, tmp_path: Path) -> None:
    first, second = excel(tmp_path), swedish_csv(tmp_path)
    both = _named(judge(setup, understand([first, second], setup).notes))
    assert both["M1.1"].grounds == ("protokoll.xlsx, Ledningsplatsen, rad 4",)
    assert {name: one.grade for name, one in both.items()}["M7.2"] == "met"


def test_what_is_not_understood_is_told_row_by_row_and_the_rest_is_used(setup: Setup, tmp_path: Path) -> None:
    path = tmp_path / "rader.csv"
    rows = [
        "tid;observation;kriterium;inspel;bedömning;värde",
        "halv fem;någon svarar;M1.1;;;",
        "04:30;staben;M1.9;;;",
        "04:31;något;;X99;;",
        "04:32;något annat;M1.2;;toppen;",
        "04:33;besök;M6.4;;;många",
        "04:34;;;;;",
        "T+99:00;för sent;M1.2;;;",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    found = understand([path], setup)
    assert [(lost.why, lost.id.rpartition(" ")[2], lost.text) for lost in found.lost] == [
        ("time", "2", "halv fem"),
        ("criterion", "3", "M1.9"),
        ("inject", "4", "X99"),
        ("grade", "5", "toppen"),
        ("value", "6", "många"),
        ("nothing", "7", "04:34"),
        ("outside", "8", "T+99:00"),
    ]
    judged = _named(judge(setup, found.notes))
    assert judged["M1.1"].why == "not_judged"
    assert judged["M1.2"].grade == "met"
    assert judged["M6.4"].why == "no_value"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tom.csv", b"", "filen är tom"),
        ("fel.csv", "namn;ålder\nA;3\n".encode("cp1252"), "”namn”, ”ålder”"),
        ("nästan.csv", b"observation;kriterium\nsvarar;M1.1\n", "kolumnen tid saknas"),
        ("trasig.xlsx", b"inte alls", "går inte att läsa som Excel"),
        ("bild.png", b"\x89PNG", "inget format"),
        ("rader.jsonl", b'{"time": "04:00"}\nfel\n', "inget JSON-objekt"),
    ],
)
def test_a_hopeless_file_is_said_to_be_so(setup: Setup, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path, good = tmp_path / name, excel(tmp_path)
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        understand([good, path], setup)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert said in f"{problem.message} {problem.fix}"


def test_all_hopeless_files_are_told_at_once(setup: Setup, tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "finns-inte.xlsx", tmp_path / "c.doc"]
    paths[0].write_text("x\n", encoding="utf-8")
    paths[2].write_text("x\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        understand(paths, setup)
    assert [problem.file for problem in caught.value.problems] == [str(path) for path in paths]


def test_formulas_are_never_worked_out(setup: Setup, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = excel(tmp_path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet["C4"], sheet["A5"] = '=CONCATENATE("a","b")', "=TIME(4,0,0)"
    book.save(path)
    found = understand([path], setup)
    judged = _named(judge(setup, found.notes))
    # Without a value that was saved with them there is nothing in the cells.
    assert judged["M2.1"].grade == "not_assessable"
    assert all("CONCATENATE" not in note.text for note in found.notes)
