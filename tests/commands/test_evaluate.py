"""``ovning evaluate`` as it is typed: an utvärdering in hand, or a clear list of what to mend and nothing written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from tests.commands.conftest import Said
from tests.commands.test_run import contents
from tests.evaluate.untidy import EXPECTED, FILES, by_hand, excel

FEW = ("--runs", "3", "--jobs", "1", "--try", "0")


def test_an_utvardering_is_written(ovning: Callable[..., Said], tmp_path: Path) -> None:
    path = excel(tmp_path)
    said = ovning("evaluate", "elavbrott", "--org", "orebro", "--observed", str(path), *FEW, "--out", "ut")
    assert said.code == 0, said.err
    for words in ("Delvis uppnått", "Ej bedömbart", "9 rader är använda", "rad 6", "ut/utvardering.docx"):
        assert words in said.out
    found = json.loads(Path("ut/evaluation.json").read_text(encoding="utf-8"))
    grades = {f"{one['objective']}.{one['criterion'] + 1}": one["grade"] for one in found["criteria"]}
    assert {name: grades[name] for name in EXPECTED} == EXPECTED
    document = Document("ut/utvardering.docx")
    written = "\n".join([p.text for p in document.paragraphs] + [c.text for t in document.tables for c in t._cells])
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings[0] == "Sammanfattning"
    assert headings[-4:] == [
        "Åtgärdsplan",
        "Ändringar som är prövade i modellen",
        "Uppföljning av förra åtgärdsplanen",
        "Bilaga: rader som inte förstods",
    ]
    assert "Simulerat är inte övat" in written
    assert "3 h 45 min" in written
    assert "protokoll.xlsx, Omsorgen, rad 4" in written
    assert json.loads(Path("ut/kolumner.json").read_text(encoding="utf-8"))["Klockslag"] == "time"


def test_what_the_model_can_try_is_tried_and_is_said_to_be_no_part_of_the_exercise(
    ovning: Callable[..., Said], tmp_path: Path
) -> None:
    words = ("--org", "orebro", "--observed", str(excel(tmp_path)), "--runs", "4", "--jobs", "1", "--try", "2")
    said = ovning("evaluate", "elavbrott", *words, "--out", "ut")
    assert said.code == 0, said.err
    found = json.loads(Path("ut/evaluation.json").read_text(encoding="utf-8"))
    assert len(found["proposals"]) == 2
    for one in found["proposals"]:
        assert one["set"]
        assert one["why_not"] is None
    document = Document("ut/utvardering.docx")
    (table,) = [table for table in document.tables if table.rows[0].cells[0].text == "vad som prövades"]
    assert [row.cells[0].text for row in table.rows[1:]] == [one["remedy"] for one in found["proposals"]]
    assert "inte vad den skulle ha gett på övningen" in "\n".join(one.text for one in document.paragraphs)


def test_the_plan_before_is_followed_up_point_by_point(ovning: Callable[..., Said], tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "Åtgärdsplan 2025;;;;\nNr;Brist;Åtgärd;Ansvarig funktion;Klart\n"
        "1;M1.2 staben sen;Öva larmvägen;Säkerhetschefen;2026-05-01\n2;Telefonlistan gammal;Ny lista;HR;\n",
        encoding="utf-8",
    )
    words = ("--org", "orebro", "--observed", str(excel(tmp_path)), *FEW)
    assert ovning("evaluate", "elavbrott", *words, "--plan", str(plan), "--out", "ut").code == 0
    document = Document("ut/utvardering.docx")
    (table,) = [one for one in document.tables if one.rows[0].cells[-1].text == "följt upp: vad sågs?"]
    assert [cell.text for cell in table.rows[1].cells] == [
        *("1", "M1.2 staben sen", "Öva larmvägen", "Säkerhetschefen", "2026-05-01", "", "M1.2: Delvis uppnått", "")
    ]
    assert table.rows[2].cells[6].text == ""
    plan.write_text("a;b\n1;2\n", encoding="utf-8")
    heard = ovning("evaluate", "elavbrott", *words, "--plan", str(plan), "--out", "två")
    assert heard.code == 3
    assert "ingen åtgärdsplan hittades" in heard.err
    assert not Path("två").exists()


def test_a_house_template_gives_its_styles_and_header(ovning: Callable[..., Said], tmp_path: Path) -> None:
    house = Document()
    house.styles["Heading 1"].font.name = "Garamond"
    house.sections[0].header.paragraphs[0].text = "Lillby kommun"
    house.add_paragraph("Det här står i mallen.")
    template = tmp_path / "mall.docx"
    house.save(str(template))
    words = ("--org", "orebro", "--observed", str(excel(tmp_path)), *FEW)
    said = ovning("evaluate", "elavbrott", *words, "--template", str(template), "--out", "ut")
    assert said.code == 0, said.err
    made = Document("ut/utvardering.docx")
    assert made.styles["Heading 1"].font.name == "Garamond"
    assert "Lillby kommun" in [one.text for one in made.sections[0].header.paragraphs]
    assert "Det här står i mallen." not in [one.text for one in made.paragraphs]
    assert made.paragraphs[0].text == "Utvärdering"
    heard = ovning("evaluate", "elavbrott", *words, "--template", str(tmp_path / "protokoll.xlsx"), "--out", "två")
    assert heard.code == 3
    assert "mallen går inte att läsa" in heard.err
    assert not Path("två").exists()


def test_all_five_are_the_same_utvardering(ovning: Callable[..., Said], tmp_path: Path) -> None:
    grades = []
    for write in FILES:
        said = ovning(
            "evaluate",
            "elavbrott",
            "--org",
            "orebro",
            "--observed",
            str(write(tmp_path)),
            *FEW,
            "--out",
            write.__name__,
        )
        assert said.code == 0, said.err
        document = json.loads(Path(write.__name__, "evaluation.json").read_text(encoding="utf-8"))
        grades.append([(one["grade"], one["why"], one["by_rule"], one["measured"]) for one in document["criteria"]])
    assert all(one == grades[0] for one in grades)


def test_the_same_again_is_the_same_bytes(ovning: Callable[..., Said], tmp_path: Path) -> None:
    path = by_hand(tmp_path)
    for name in ("ett", "två"):
        said = ovning("evaluate", "elavbrott", "--org", "orebro", "--observed", str(path), *FEW, "--out", name)
        assert said.code == 0, said.err
    assert contents(Path("ett")) == contents(Path("två"))


def test_columns_of_other_names_are_remembered(ovning: Callable[..., Said], tmp_path: Path) -> None:
    path = tmp_path / "egna.csv"
    path.write_text("När det var;Kod;Vi såg\n03:57;M1.1;svarar\n", encoding="utf-8")
    words = ("evaluate", "elavbrott", "--org", "orebro", "--observed", str(path), *FEW)
    assert ovning(*words, "--out", "ett").code == 3
    mapping = tmp_path / "kolumner.json"
    mapping.write_text('{"När det var": "time", "kod": "criterion", "VI SÅG": "text"}', encoding="utf-8")
    said = ovning(*words, "--columns", str(mapping), "--out", "två")
    assert said.code == 0, said.err
    remembered = json.loads(Path("två/kolumner.json").read_text(encoding="utf-8"))
    assert remembered == {"När det var": "time", "Kod": "criterion", "Vi såg": "text"}


def test_people_stop_it_before_anything_is_written(ovning: Callable[..., Said], tmp_path: Path) -> None:
    path = tmp_path / "namn.csv"
    path.write_text("tid;observation;kriterium\n03:57;Anna Svensson svarar;M1.1\n", encoding="utf-8")
    words = ("evaluate", "elavbrott", "--org", "orebro", "--observed", str(path), *FEW, "--out", "ut")
    said = ovning(*words)
    assert said.code == 3
    assert "namn.csv, rad 2" in said.err
    assert "”Anna Svensson” ser ut som ett namn" in said.err
    assert not Path("ut").exists()
    assert ovning(*words, "--keep-names").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--observed", "finns-inte.xlsx"), 3, "går inte att läsa"),
        ((), 2, "--observed"),
        (("--observed", "hopplös.csv"), 3, "ingen rad med rubriker"),
        (("--observed", "hopplös.csv", "--wall-clock"), 2, "begins"),
        (("--observed", "hopplös.csv", "--columns", "hopplös.csv"), 3, "kolumner"),
        (("--observed", "hopplös.csv", "--org", "ingenstans"), 2, "ingenstans"),
    ],
)
def test_what_is_hopeless_is_said_and_nothing_is_written(
    ovning: Callable[..., Said], words: tuple[str, ...], code: int, said: str
) -> None:
    Path("hopplös.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    heard = ovning("evaluate", "elavbrott", *(("--org", "orebro") if "--org" not in words else ()), *words)
    assert heard.code == code
    assert said in heard.err
    assert "Traceback" not in heard.err
    assert not Path("resultat").exists()
