"""The papers before an exercise: what stands in them, and what must not."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from ovning.evaluate.understanding import understand
from ovning.experiment.forecast import Forecast, dry_run, forecast
from ovning.files import load_setup
from ovning.model.conduct import Conduct
from ovning.model.scale import OWN_GRADES
from ovning.model.setup import Setup
from ovning.report.papers.excel import workbook
from ovning.report.papers.expected import Expectations
from ovning.report.papers.paper import Grid, Paper, texts
from ovning.report.papers.players import players_paper
from ovning.report.papers.whole import papers_of
from ovning.report.papers.word import word_document
from ovning.units import HOUR, MINUTE
from ovning.words import word
from tests.acceptance.courses import half_day

EXERCISES = ("elavbrott", "vattenbrist", "flyktingsituation")
PLAYS = 6


def _dry_run(setup: Setup) -> Forecast:
    return dry_run(setup, 1, PLAYS)


@pytest.fixture(scope="module", params=EXERCISES)
def setup(request: pytest.FixtureRequest) -> Setup:
    return load_setup(request.param, "orebro")[0]


@pytest.fixture(scope="module")
def found(setup: Setup) -> Forecast:
    return _dry_run(setup)


@pytest.fixture(scope="module")
def papers(setup: Setup, found: Forecast) -> dict[str, Paper]:
    every = papers_of(setup, found)
    named = {paper.name: paper for paper in every}
    assert len(named) == len(every)
    return named


def _written(paper: Paper) -> str:
    return "\n".join(texts(paper.blocks))


def test_players_see_nothing_of_what_is_to_come(setup: Setup, papers: dict[str, Paper]) -> None:
    scenario = setup.scenario
    paper = papers["deltagarhandling"]
    seen = _written(paper).lower()
    secret = [text for one in scenario.injects for text in (one.text, one.title, one.expected)]
    secret += [fact.title for fact in scenario.facts.values()]
    secret += [task.title for procedure in scenario.procedures.values() for task in procedure]
    secret += [variation.title for variation in scenario.variations.values()]
    secret += [criterion.title for one in setup.exercise.objectives for criterion in one.criteria if criterion.title]
    assert [text for text in secret if text.lower() in seen] == []
    # Nor the longer pieces of which they are made.
    pieces = {piece.lower() for text in secret for piece in re.findall(r"(?:\w+ ){4}\w+", text)}
    assert [piece for piece in pieces if piece in seen] == []
    assert scenario.situation in _written(paper)
    assert setup.exercise.purpose not in _written(paper)
    assert "snart" not in scenario.situation


def test_every_inject_of_the_course_is_in_the_list_once(setup: Setup, papers: dict[str, Paper]) -> None:
    wanted = [inject.id for inject in setup.scenario.injects]
    (sheet,) = papers["inspelslista"].sheets
    assert sorted(row[0] for row in sheet.rows) == sorted(wanted)
    in_word = [
        row[0].partition("\n")[0]
        for block in papers["inspelslista"].blocks
        if isinstance(block, Grid)
        for row in block.rows
    ]
    assert sorted(in_word) == sorted(wanted)
    assert "{" not in _written(papers["inspelslista"])


def test_injects_in_hours_that_are_jumped_stand_by_themselves(setup: Setup, papers: dict[str, Paper]) -> None:
    grids = [block for block in papers["inspelslista"].blocks if isinstance(block, Grid)]
    conduct = setup.exercise.conduct
    if conduct is None:
        assert len(grids) == 1
        return
    assert [grid.title for grid in grids] == [word("papers.inject_list.title"), word("papers.inject_list.jumped_title")]
    assert all("in i spelet" in row[1] for row in grids[0].rows)
    assert not any("in i spelet" in row[1] for row in grids[1].rows)


def test_a_day_that_goes_past_midnight_says_so() -> None:
    setup = load_setup("elavbrott", "orebro")[0]
    conduct = Conduct.model_validate({"begins": "09:00", "plays": ["T+0", "T+40 h"]})
    held = setup.model_copy(update={"exercise": setup.exercise.model_copy(update={"conduct": conduct})})
    (sheet,) = papers_of(held, _dry_run(held))[0].sheets
    when = {row[0]: row[4] for row in sheet.rows}
    assert when["E1"] == "klockan 09:00 på övningsdagen"
    assert any("1 dygn in i övningen" in text for text in when.values())


def test_each_objective_has_a_form_with_its_criteria_and_the_scale_is_said_to_be_our_own(
    setup: Setup, papers: dict[str, Paper]
) -> None:
    plan = _written(papers["utvarderingsplan"])
    assert "vårt förslag" in plan
    for grade in OWN_GRADES:
        assert word(f"papers.grade.{grade}") in plan
    form, known = papers["observationsprotokoll"].sheets
    numbers = []
    for objective in setup.exercise.objectives:
        paper = _written(papers[f"observationsprotokoll-{objective.id}"])
        numbers += [f"{objective.id}.{number}" for number in range(1, len(objective.criteria) + 1)]
        assert all(number in paper for number in numbers if number.startswith(f"{objective.id}."))
    assert [row[0] for row in known.rows] == numbers
    assert ("criterion", numbers) == ("criterion", list(form.choices[0][1]))


def test_word_documents_are_made_to_be_edited(papers: dict[str, Paper]) -> None:
    for paper in papers.values():
        if not paper.blocks:
            continue
        content = word_document(paper, "Får inte spridas")
        assert content == word_document(paper, "Får inte spridas")
        document = Document(io.BytesIO(content))
        assert document.core_properties.title == paper.title
        assert document.core_properties.language == "sv-SE"
        assert {one.style.name for one in document.paragraphs} >= {"Title", "Subtitle"}
        header = document.sections[0].header.paragraphs[0].text
        assert header == f"Får inte spridas · {paper.reader}"
        grids = [block for block in paper.blocks if isinstance(block, Grid)]
        assert len(document.tables) == len(grids)
        for table, grid in zip(document.tables, grids, strict=True):
            assert tuple(cell.text for cell in table.rows[0].cells) == grid.heads
            assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
            assert len(table.rows) == len(grid.rows) + 1


def test_workbooks_hold_what_the_tables_say_and_no_formula(papers: dict[str, Paper]) -> None:
    for paper in papers.values():
        if not paper.sheets:
            continue
        content = workbook(paper)
        assert content == workbook(paper)
        book = load_workbook(io.BytesIO(content))
        assert len(book.worksheets) == len(paper.sheets)
        for sheet, grid in zip(book.worksheets, paper.sheets, strict=True):
            rows = [tuple(cell.value or "" for cell in row) for row in sheet.iter_rows()]
            assert rows[0] == grid.heads
            filled = [row for row in grid.rows if any(row)]
            assert [row for row in rows[1:] if any(row)] == filled
            assert sheet.freeze_panes == "A2"
            assert len(sheet.data_validations.dataValidation) == len(grid.choices)


@pytest.mark.parametrize("text", ["=1+1", "+46 8 1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_cell_never_becomes_a_formula(text: str) -> None:
    grid = Grid("Bl[a]d:1/2", ("rubrik",), ((text,),), (1,))
    paper = Paper("namn", "Titel", "", "", (), sheets=(grid,))
    book = load_workbook(io.BytesIO(workbook(paper)))
    (sheet,) = book.worksheets
    assert sheet.title == "Bl a d 1 2"
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")


def test_what_a_dry_run_cannot_promise_is_said() -> None:
    setup = load_setup("elavbrott", "orebro")[0]
    expected = Expectations(setup, _dry_run(setup))
    first = expected.in_order()[0]
    assert first.id == "E1"
    assert expected.sent_at("E1") == 0
    assert "Tas emot efter" in expected.say("E1")
    # Nobody on call can publish at night: the limit is hardly ever kept.
    assert any("M5" in remark for remark in expected.remarks(first))
    assert "enheten för ensamkommande barn" in _written(papers_of(setup, expected.forecast)[0]).lower()


def test_without_a_dry_run_nothing_is_promised() -> None:
    setup = load_setup("elavbrott", "orebro")[0]
    never = forecast(setup, [])
    expected = Expectations(setup, never)
    assert expected.say("E1") == word("papers.expected.never")
    assert expected.remarks(setup.scenario.injects[0]) == [word("papers.remark.never")]


def test_players_are_told_what_is_missing() -> None:
    setup = load_setup("elavbrott", "orebro")[0]
    bare = setup.model_copy(
        update={
            "exercise": setup.exercise.model_copy(update={"purpose": ""}),
            "scenario": setup.scenario.model_copy(update={"situation": ""}),
        }
    )
    written = _written(players_paper(bare, ""))
    assert word("papers.players.own_aim") in written
    assert word("papers.missing.situation") in written


def test_the_form_that_was_handed_out_is_read_back_column_by_column(
    papers: dict[str, Paper], setup: Setup, tmp_path: Path
) -> None:
    book = load_workbook(io.BytesIO(workbook(papers["observationsprotokoll"])))
    sheet, objective = book.worksheets[0], setup.exercise.objectives[0].id
    begins = setup.exercise.conduct.plays[0] if setup.exercise.conduct else 0
    row = {
        "tid": f"T+{begins // HOUR}:{begins % HOUR // MINUTE:02}",
        "plats eller roll": "Staben",
        "observation": "Samlad",
        "kriterium": f"{objective}.1",
        "inspel": setup.scenario.injects[0].id,
        "styrka, brist eller neutral": "styrka",
        "preliminär bedömning": word("papers.grade.partly"),
        "säker eller osäker": "osäker",
        "övningsartefakt": "Ja",
        "utvärderare": "Utvärderare 2",
    }
    for cell in sheet[1]:
        sheet.cell(2, cell.column, row.get(str(cell.value)))
    assert set(row) | {"datum", "värde"} == {str(cell.value) for cell in sheet[1]}
    path = tmp_path / "protokoll.xlsx"
    book.save(path)
    found = understand([path], setup)
    (note,) = found.notes
    assert list(found.lost) == []
    assert (note.place, note.text, note.criterion, note.inject) == ("Staben", "Samlad", (objective, 0), row["inspel"])
    assert (note.kind, note.grade, note.unsure, note.artefact) == ("strength", "partly", True, True)
    assert (note.observer, note.at is not None) == ("Utvärderare 2", True)


@pytest.mark.parametrize(
    ("exercise", "played"),
    [
        ("elavbrott", "E1 E2 E3 E5 E7 E8 E9 E11 E10 E13 E14 E16 R2"),
        ("vattenbrist", "V3 V4 V6 V7 V9 V5 V10 V14 V13 V12 V15 R2"),
        ("flyktingsituation", "F2 F3 F4 F5 F6 F8 F9 F12 F13 F15"),
    ],
)
def test_the_half_day_gives_what_its_presentation_says(exercise: str, played: str) -> None:
    setup = half_day(exercise)
    paper = papers_of(setup, forecast(setup, []))[0]
    (first, _) = [block for block in paper.blocks if isinstance(block, Grid)]
    assert [row[0].partition("\n")[0] for row in first.rows] == played.split()
    # given for certain: what it would have waited for, and how often it comes, is not told
    assert not any("av spelen" in row[1] for row in first.rows)


def test_an_inject_given_at_a_time_of_its_own_comes_then() -> None:
    setup = load_setup("elavbrott", "orebro")[0]
    conduct = Conduct.model_validate({"plays": ["T+0", "T+3 h"], "gives": {"E16": "T+1 h"}})
    held = setup.model_copy(update={"exercise": setup.exercise.model_copy(update={"conduct": conduct})})
    (sheet,) = papers_of(held, forecast(held, []))[0].sheets
    (row,) = [row for row in sheet.rows if row[0] == "E16"]
    assert (row[3], row[4]) == ("T+1:00, tor 04:50", "1 h in i spelet")
