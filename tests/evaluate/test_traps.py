"""What notes are like when nobody has thought of a program: each trap is read right, or told of."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from ovning.errors import InputError
from ovning.evaluate.judging import Judged, judge
from ovning.evaluate.understanding import Understood, understand
from ovning.files import load_setup
from ovning.model.conduct import Conduct
from ovning.model.setup import Setup
from ovning.units import MINUTE


@pytest.fixture(scope="module")
def setup() -> Setup:
    return load_setup("elavbrott", "orebro")[0]


def read(setup: Setup, folder: Path, text: str, name: str = "rader.csv") -> tuple[dict[str, Judged], Understood]:
    path = folder / name
    path.write_text(text.replace(" ⏎ ", "\n"), encoding="utf-8")
    return judged(setup, understand([path], setup))


def judged(setup: Setup, found: Understood) -> tuple[dict[str, Judged], Understood]:
    return {f"{one.objective}.{one.criterion + 1}": one for one in judge(setup, found.notes)}, found


def minutes(one: Judged) -> float | None:
    return None if one.measured is None else one.measured / MINUTE


H = "Tid;Observation;Kriterium"


def test_a_row_before_the_exercise_moves_no_other(setup: Setup, tmp_path: Path) -> None:
    by, found = read(setup, tmp_path, f"{H} ⏎ 03:30;samling; ⏎ 03:57;svarar;M1.1 ⏎ 07:35;staben;M1.2")
    assert (minutes(by["M1.1"]), minutes(by["M1.2"])) == (7, 225)
    assert [lost.why for lost in found.lost] == ["outside"]


def test_a_step_to_the_next_day_is_told(setup: Setup, tmp_path: Path) -> None:
    _, found = read(setup, tmp_path, f"{H} ⏎ 18:00;besök; ⏎ 03:57;svarar;M1.1")
    assert [(lost.why, lost.whole) for lost in found.lost] == [("next_day", False)]


def test_dates_in_a_column_of_their_own_count(setup: Setup, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Datum", "Tid", "Observation", "Inspel", "Kriterium"])
    sheet.append([datetime(2026, 1, 22), time(23, 50), "HR ringer", "E16", None])
    sheet.append([datetime(2026, 1, 24), time(1, 20), "schemat", None, "M7.2"])
    sheet.append(["snart", time(1, 30), "mer", None, None])
    path = tmp_path / "datum.xlsx"
    book.save(path)
    by, found = judged(setup, understand([path], setup))
    assert (by["M7.2"].grade, minutes(by["M7.2"])) == ("not_met", 25.5 * 60)
    assert [(lost.why, lost.text) for lost in found.lost] == [("date", "snart")]


def test_a_time_in_a_cell_without_a_format_is_a_time(setup: Setup, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Tid", "Observation", "Kriterium"])
    book.worksheets[0].append([0.25, "staben", "M1.2"])
    path = tmp_path / "tal.xlsx"
    book.save(path)
    assert minutes(judged(setup, understand([path], setup))[0]["M1.2"]) == 130


def test_a_lack_is_not_the_event(setup: Setup, tmp_path: Path) -> None:
    text = "Tid;Observation;Kriterium;Styrka/brist ⏎ 04:30;staben ännu inte i gång;M1.2;Brist"
    by, _ = read(setup, tmp_path, text)
    assert (by["M1.2"].grade, by["M1.2"].why) == ("not_assessable", "lack")
    by, _ = read(setup, tmp_path, f"{text} ⏎ 07:35;nu är den i gång;M1.2;")
    assert minutes(by["M1.2"]) == 225


def test_what_was_before_the_inject_does_not_answer_it(setup: Setup, tmp_path: Path) -> None:
    rows = "Tid;Observation;Kriterium;Inspel ⏎ 04:00;gissar;M2.2; ⏎ 05:40;ringer;;E5"
    by, _ = read(setup, tmp_path, rows)
    assert (by["M2.2"].grade, by["M2.2"].why) == ("not_assessable", "before")
    by, _ = read(setup, tmp_path, f"{rows} ⏎ 08:00;inser;M2.2;")
    assert minutes(by["M2.2"]) == 140


def test_a_row_about_a_criterion_that_was_not_understood_is_not_the_inject(setup: Setup, tmp_path: Path) -> None:
    rows = "Tid;Observation;Kriterium;Inspel ⏎ 06:40;diskuterar;M2;E5 ⏎ 06:50;inser;M2.2;"
    by, found = read(setup, tmp_path, rows)
    assert by["M2.2"].why == "no_begin"
    assert [(lost.why, lost.text) for lost in found.lost] == [("criterion", "M2")]


def test_a_column_of_offsets_is_no_column_of_clock_times(setup: Setup, tmp_path: Path) -> None:
    by, _ = read(setup, tmp_path, "Tid (T+);Observation;Kriterium ⏎ 0:07;svarar;M1.1 ⏎ 3:45;staben;M1.2")
    assert (minutes(by["M1.1"]), minutes(by["M1.2"])) == (7, 225)


@pytest.mark.parametrize(
    ("criterion", "value"),
    [("M7.4", "60 %"), ("M6.4", "-5"), ("M6.4", "1234567"), ("M1.1", "25"), ("M6.4", "9" * 400), ("M7.4", "3,5")],
)
def test_a_value_that_cannot_be_is_told(setup: Setup, tmp_path: Path, criterion: str, value: str) -> None:
    by, found = read(setup, tmp_path, f"Tid;Observation;Kriterium;Värde ⏎ 18:00;x;{criterion};{value}")
    assert ("value", value) in [(lost.why, lost.text) for lost in found.lost]
    assert by[criterion].measured is None or criterion == "M1.1"


def test_a_comma_that_parts_a_row_is_told(setup: Setup, tmp_path: Path) -> None:
    _, found = read(setup, tmp_path, "Tid,Observation,Kriterium,Värde ⏎ 18:00,x,M6.4,0,92 ⏎ 18:05,y,,")
    assert ("beyond", "92") in [(lost.why, lost.text) for lost in found.lost]


@pytest.mark.parametrize(("said", "counts", "told"), [("Ja, tekniken", False, []), ("kanske", True, ["artefact"])])
def test_an_artefact_is_known_by_its_first_word(
    setup: Setup, tmp_path: Path, said: str, counts: bool, told: list[str]
) -> None:
    by, found = read(setup, tmp_path, f"Tid;Observation;Kriterium;Artefakt ⏎ 07:35;staben;M1.2;{said}")
    assert (by["M1.2"].grade != "not_assessable") is counts
    assert [lost.why for lost in found.lost] == told


def test_hidden_sheets_and_sheets_without_heads_are_told_and_not_judged(setup: Setup, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Tid", "Observation", "Kriterium"])
    book.worksheets[0].append(["07:35", "staben", "M1.2"])
    hidden = book.create_sheet("Exempel")
    hidden.append(["Tid", "Observation", "Kriterium"])
    hidden.append(["03:57", "exempel", "M1.1"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Löst").append(["Klockan var", "Händelse"])
    path = tmp_path / "bok.xlsx"
    book.save(path)
    by, found = judged(setup, understand([path], setup))
    assert (by["M1.2"].grade, by["M1.1"].grade) == ("partly", "not_assessable")
    assert sorted((lost.why, lost.id) for lost in found.lost) == [
        ("hidden", "bok.xlsx, Exempel"),
        ("no_heads", "bok.xlsx, Löst"),
    ]


def test_of_two_columns_the_better_known_counts_and_the_other_is_told(setup: Setup, tmp_path: Path) -> None:
    by, found = read(
        setup, tmp_path, "Nr;Tid;Observation;Mål;Kriterium;Inspel ⏎ 1;07:35;staben;M1;M1.2; ⏎ 2;05:40;x;;;E5"
    )
    assert by["M1.2"].grade == "partly"
    assert [note.inject for note in found.notes] == [None, "E5"]
    assert [(lost.why, lost.text) for lost in found.lost] == [("column", "Nr"), ("column", "Mål")]


def test_comments_are_kept_beside_observations(setup: Setup, tmp_path: Path) -> None:
    _, found = read(setup, tmp_path, "Tid;Observation;Kommentar ⏎ 05:00;staben;sent ⏎ 05:10;;bara en kommentar")
    assert [note.text for note in found.notes] == ["staben sent", "bara en kommentar"]
    assert found.lost == []


def test_several_in_a_cell_are_several(setup: Setup, tmp_path: Path) -> None:
    by, found = read(setup, tmp_path, "Tid;Observation;Kriterium;Inspel ⏎ 04:10;båda;M1.1, M2.1; ⏎ 05:40;x;;E4, E5")
    assert (minutes(by["M1.1"]), minutes(by["M2.1"])) == (20, 20)
    assert [note.inject for note in found.notes] == [None, None, "E4", "E5"]
    assert found.lost == []


def test_a_quotation_mark_that_nobody_closed_swallows_nothing(setup: Setup, tmp_path: Path) -> None:
    by, found = read(setup, tmp_path, f'{H} ⏎ 03:57;"Vänta sa han;M1.1 ⏎ 05:05;verifierat;M2.1 ⏎ 07:35;staben;M1.2')
    assert {name for name, one in by.items() if one.measured is not None} == {"M1.1", "M2.1", "M1.2"}
    assert len(found.notes) == 3


def test_line_breaks_within_quotes_are_one_cell(setup: Setup, tmp_path: Path) -> None:
    _, found = read(setup, tmp_path, f'{H} ⏎ 03:57;"svarar\noch lyssnar";M1.1 ⏎ 05:05;verifierat;M2.1')
    assert found.notes[0].text == "svarar\noch lyssnar"


def test_kinds_grades_and_values_that_lead_nowhere_are_told(setup: Setup, tmp_path: Path) -> None:
    heads = "Tid;Observation;Kriterium;Slag;Bedömning;Värde"
    rows = f"{heads} ⏎ 05:00;a;;förbättringspunkt;; ⏎ 05:01;b;;;Uppnått; ⏎ 05:02;c;;;;3"
    _, found = read(setup, tmp_path, rows)
    assert [lost.why for lost in found.lost] == ["kind", "grade_alone", "value_alone"]


def test_formulas_without_a_saved_value_are_told(setup: Setup, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Tid", "Observation", "Kriterium"])
    book.worksheets[0].append(["=TIME(7,35,0)", "staben", "M1.2"])
    path = tmp_path / "formel.xlsx"
    book.save(path)
    by, found = judged(setup, understand([path], setup))
    assert by["M1.2"].grade == "not_assessable"
    assert [(lost.why, lost.text) for lost in found.lost] == [("formula", "=TIME(7,35,0)")]


def test_a_title_above_the_heads_does_not_decide_how_cells_are_parted(setup: Setup, tmp_path: Path) -> None:
    title = "Observationer, natten till torsdag, av alla"
    by, _ = read(setup, tmp_path, f"{title} ⏎ {H} ⏎ 07:35;staben, till slut;M1.2 ⏎ 07:40;x;")
    assert by["M1.2"].grade == "partly"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("styr.csv", b"Tid;Observation;Kriterium\n03:57;F\x0brsta\x00andra;M1.1\n"),
        ("noll.jsonl", b'{"tid": "03:57", "text": "a\\u0000b\\ud800", "kriterium": "M1.1", "mer": {"a": [1, null]}}\n'),
        ("rad.jsonl", '{"tid": "03:57", "text": "a\u2028b", "kriterium": "M1.1"}\n'.encode()),
    ],
)
def test_what_no_document_can_hold_is_taken_away(setup: Setup, tmp_path: Path, name: str, content: bytes) -> None:
    from ovning.report.papers.paper import Paper, Text
    from ovning.report.papers.word import word_document

    (tmp_path / name).write_bytes(content)
    by, found = judged(setup, understand([tmp_path / name], setup))
    assert by["M1.1"].grade == "met"
    assert word_document(Paper("x", "x", "x", "x", tuple(Text(note.text) for note in found.notes)))


def test_odd_books_are_said_to_be_so(setup: Setup, tmp_path: Path) -> None:
    import zipfile

    book = Workbook()
    book.worksheets[0].append(["Tid", "Observation"])
    whole, cut = tmp_path / "hel.xlsx", tmp_path / "kapad.xlsx"
    book.save(whole)
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(cut, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, part[: len(part) // 2] if "sheet1" in name else part)
    with pytest.raises(InputError) as caught:
        understand([cut], setup)
    assert "går inte att läsa som Excel" in caught.value.problems[0].message


def test_a_cell_far_away_takes_no_memory(setup: Setup, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Tid", "Observation", "Kriterium"])
    sheet.append(["07:35", "staben", "M1.2"])
    sheet["XFD2000"] = "x"
    sheet.merge_cells("A5:A100000")
    path = tmp_path / "långt.xlsx"
    book.save(path)
    by, found = judged(setup, understand([path], setup))
    assert by["M1.2"].grade == "partly"
    assert [lost.why for lost in found.lost] == ["too_large"]


def test_a_form_that_nobody_filled_in_is_hopeless(setup: Setup, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(setup, tmp_path, H)
    assert "inga rader" in caught.value.problems[0].message


def test_a_number_without_end_is_no_number(setup: Setup, tmp_path: Path) -> None:
    path = tmp_path / "tal.jsonl"
    path.write_text('{"tid": "03:57", "kriterium": "M6.4", "värde": ' + "9" * 5000 + "}\n", encoding="utf-8")
    with pytest.raises(InputError):
        understand([path], setup)


def test_files_of_the_same_name_are_told_apart(setup: Setup, tmp_path: Path) -> None:
    paths = []
    for folder, row in (("a", "03:57;svarar;M1.1"), ("b", "07:35;staben;M1.2")):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "natt, x.csv")
        paths[-1].write_text(f"{H}\n{row}\n", encoding="utf-8")
    found = understand(paths, setup)
    assert [rows for _, rows in found.files] == [1, 1]
    assert len({note.id for note in found.notes}) == 2


def test_hours_that_were_jumped_make_no_time(setup: Setup, tmp_path: Path) -> None:
    conduct = Conduct.model_validate({"plays": ["T+0", "T+40 h"], "jumps": [{"at": "T+2 h", "to": "T+4 h"}]})
    held = setup.model_copy(update={"exercise": setup.exercise.model_copy(update={"conduct": conduct})})
    rows = "Tid;Observation;Kriterium;Inspel ⏎ T+1:50;ringer;;E5 ⏎ T+4:20;inser;M2.2; ⏎ T+0:07;svarar;M1.1;"
    by, _ = read(held, tmp_path, rows)
    assert (by["M2.2"].grade, by["M2.2"].why, by["M2.2"].measured) == ("not_assessable", "jumped", None)
    assert minutes(by["M1.1"]) == 7
    # The same rows of an exercise that jumped nothing.
    assert minutes(read(setup, tmp_path, rows)[0]["M2.2"]) == 150
    told = read(held, tmp_path, f"{H} ⏎ T+3:00;staben;M1.2")[1]
    assert [lost.why for lost in told.lost] == ["jumped"]


def test_a_staff_that_sat_there_already_was_not_tested(tmp_path: Path) -> None:
    setup = load_setup("vattenbrist", "orebro")[0]
    by, _ = read(setup, tmp_path, "Tid;Observation;Kriterium;Bedömning ⏎ T+5:25;staben är samlad;M1.4;")
    assert (by["M1.4"].grade, by["M1.4"].why) == ("not_assessable", "gathered")
    by, _ = read(setup, tmp_path, "Tid;Observation;Kriterium;Bedömning ⏎ T+5:25;staben är samlad;M1.4;uppnått")
    assert by["M1.4"].grade == "met"


def test_an_inject_that_no_row_tells_of_came_when_the_list_says(setup: Setup, tmp_path: Path) -> None:
    path = tmp_path / "rader.csv"
    path.write_text("Tid;Observation;Kriterium\n24/1 01:20;schemat;M7.2\n", encoding="utf-8")
    notes = understand([path], setup).notes
    (without,) = [one for one in judge(setup, notes) if (one.objective, one.criterion) == ("M7", 1)]
    assert (without.why, without.begins_assumed) == ("no_begin", False)
    known = judge(setup, notes, {"E16": 40 * 60 * MINUTE})
    (by,) = [one for one in known if (one.objective, one.criterion) == ("M7", 1)]
    assert (minutes(by), by.begins_assumed, by.grade) == (5.5 * 60, True, "not_met")


def test_an_inject_that_was_to_be_given_at_a_time_of_its_own_came_then(setup: Setup, tmp_path: Path) -> None:
    conduct = Conduct.model_validate({"plays": ["T+0", "T+48 h"], "gives": {"E16": "T+44 h"}})
    held = setup.model_copy(update={"exercise": setup.exercise.model_copy(update={"conduct": conduct})})
    by, _ = read(held, tmp_path, f"{H} ⏎ T+45:00;schemat;M7.2")
    assert (minutes(by["M7.2"]), by["M7.2"].begins_assumed) == (60, True)
