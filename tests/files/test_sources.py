"""Every ``source:`` names an entry of the index of sources and a section in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ovning.errors import InputError
from ovning.files import check_paths, load_setup
from ovning.files.folders import shipped_folder
from ovning.files.reading import Reader
from ovning.model.sources import Document, references
from tests.files.base import ORGANISATION, SOURCES, write
from tests.files.wrong import ASM, ORG, SCE, Wrong, assert_found

SRC = "sources.yaml"
HERE = "i sources.yaml bredvid filen"


@pytest.mark.parametrize(
    "wrong",
    [
        Wrong(
            "unknown name",
            ORG,
            'source: "Påhitt / hela"',
            'source: "Påhit / hela"',
            "källan ”Påhit” finns inte i källförteckningen",
            '"Påhit / hela"',
            f"menade du ”Påhitt”? Lägg annars till den {HERE}",
        ),
        Wrong(
            "name like no other",
            ORG,
            'source: "Påhitt / hela"',
            'source: "Nittio år i Småstad"',
            "källan ”Nittio år i Småstad” finns inte",
            '"Nittio år i Småstad"',
            f"lägg till den {HERE}",
        ),
        Wrong(
            "unknown section",
            SCE,
            'source: "Påhitt / scenario"',
            'source: "Påhitt / scenarie"',
            "”scenarie” är inget avsnitt i ”Påhitt”",
            '"Påhitt / scenarie"',
            "menade du ”scenario”?",
        ),
        Wrong(
            "the beginning of a section",
            ORG,
            'source: "Påhitt / hela"',
            'source: "Påhitt / Kapitel / Av"',
            "”Kapitel / Av” är inget avsnitt",
            '"Påhitt / Kapitel / Av"',
            "menade du ”Kapitel / Avsnitt”?",
        ),
        Wrong(
            "section in a section that has none",
            ORG,
            'source: "Påhitt / hela"',
            'source: "Påhitt / hela / början"',
            "”hela / början” är inget avsnitt",
            '"Påhitt / hela / början"',
        ),
        Wrong(
            "no section",
            ORG,
            'source: "Påhitt / enheter"',
            'source: "Påhitt"',
            "säg vilket avsnitt i ”Påhitt” uppgiften står i",
            '"Påhitt"}',
            "avsnitten är: Kapitel; Kapitel / Avsnitt; avtal;",
        ),
        Wrong(
            "second of two",
            ORG,
            'source: "Påhitt / hela"',
            'source: "SCB; Påhitt / ingen"',
            "”ingen” är inget avsnitt i ”Påhitt”",
            '"SCB; Påhitt / ingen"',
        ),
        Wrong(
            "section of what has none",
            ORG,
            'source: "Påhitt / hela"',
            'source: "SCB / hela"',
            "”SCB” har inga avsnitt i källförteckningen",
            '"SCB / hela"',
            "ta bort ”/ hela”, eller ge källan sections:",
        ),
        Wrong("empty", ORG, 'source: "Påhitt / hela"', 'source: " "', "källan är tom", '" "', "assumption"),
        Wrong(
            "of a value",
            ORG,
            "population: 10000",
            "population: {value: 10000, source: SBC}",
            "källan ”SBC” finns inte",
            "SBC",
            "menade du ”SCB”?",
        ),
        Wrong(
            "in a shared assumption",
            ASM,
            "body_item: {value: {median: 10 min, p90: 20 min}",
            "body_item: {value: {value: {median: 10 min, p90: 20 min}, source: Gissning}",
            "källan ”Gissning” finns inte",
            "Gissning",
        ),
        Wrong(
            "a source without title",
            SRC,
            "  SCB: {title: Folkmängd, kind",
            "  SCB: {kind",
            "”title” saknas i sources.SCB",
            "{kind",
        ),
        Wrong("a kind there is not", SRC, "kind: document", "kind: bok", "”bok” är inget av orden", "bok"),
        Wrong("a date that is none", SRC, '"2026"', '"i våras"', "är inget datum för en källa", '"i våras"', "2017-10"),
        Wrong("a number for a date", SRC, '"2026"', "2026", "här ska stå en text", "2026", "citattecken"),
        Wrong("a name with a stroke", SRC, "  SCB:", "  SCB/SOS:", "är inget namn på en källa", "SCB/SOS", "sections"),
        Wrong("an unknown key", SRC, "read: part", "läst: part", "okänd nyckel ”läst”", "läst"),
    ],
    ids=lambda wrong: wrong.kind,
)
def test_wrong_sources(wrong: Wrong, tmp_path: Path) -> None:
    assert_found(wrong, tmp_path)


def test_a_file_as_a_whole_may_come_from_a_document_as_a_whole(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    (tmp_path / ORG).write_text(ORGANISATION.replace('source: "Påhitt / hela"', "source: Påhitt"), "utf-8")
    assert "Påhitt" in load_setup(exercise, "smastad")[0].sources


def test_a_section_twice_is_told_of(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / SRC).write_text(SOURCES.replace("[hela, enheter", "[hela, hela, enheter"), "utf-8")
    assert [p.message for p in check_paths([tmp_path])] == ["”hela” står två gånger i sections"]


def test_an_index_that_cannot_be_read_makes_no_source_unknown(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / SRC).write_text("sources: [\n", "utf-8")
    errors = [p for p in check_paths([tmp_path]) if p.severity == "error"]
    assert {Path(p.file).name for p in errors} == {SRC}
    with pytest.raises(InputError):
        load_setup(tmp_path / "stromlost", "smastad")


def test_sources_beside_the_files_come_on_top_of_the_shared_ones(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    text = ORGANISATION.replace('source: "Påhitt / hela"', 'source: "LEH (2006:544) / 2 kap. 3 §; Påhitt / hela"')
    (tmp_path / ORG).write_text(text, "utf-8")
    setup, _ = load_setup(exercise, "smastad")
    assert set(setup.sources) == {"LEH (2006:544)", "Påhitt"}
    assert setup.sources["LEH (2006:544)"].kind == "law"
    assert not any(name.endswith("sources.yaml") for name in setup.files)


def test_an_own_entry_of_a_shared_source_adds_sections_to_it(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    law = "  KL (2017:725): {title: Kommunallagen, kind: law, publisher: Riksdagen, sections: [5 kap.]}\n"
    (tmp_path / SRC).write_text(SOURCES + law, "utf-8")
    for section in ("5 kap.", "6 kap."):
        text = ORGANISATION.replace('source: "Påhitt / hela"', f'source: "KL (2017:725) / {section}"')
        (tmp_path / ORG).write_text(text, "utf-8")
        assert load_setup(exercise, "smastad")[0].sources["KL (2017:725)"].title == "Kommunallagen"


def test_a_name_of_the_writers_own_is_no_source(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    text = ORGANISATION.replace("first_call: {", "first_call: {source: tib, ")
    assert text != ORGANISATION
    (tmp_path / ORG).write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        load_setup(exercise, "smastad")
    assert not any("källförteckningen" in p.message for p in refused.value.problems)


def test_a_set_value_names_a_source_that_is_there(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    load_setup(exercise, "smastad", sets=["population={value: 9000, source: SCB}"])
    with pytest.raises(InputError) as refused:
        load_setup(exercise, "smastad", sets=["population={value: 9000, source: SMHI}"])
    assert [p.message for p in refused.value.problems if p.severity == "error"] == [
        "källan ”SMHI” finns inte i källförteckningen"
    ]


def test_times_of_real_events_name_sources_too(tmp_path: Path) -> None:
    (tmp_path / "observed.yaml").write_text('observed: x\ntimes:\n  - {id: a, source: "alvsbyn.se / 25.00"}\n', "utf-8")
    (problem,) = check_paths([tmp_path])
    assert (problem.line, problem.column) == (3, 21)
    assert "”25.00” är inget avsnitt i ”alvsbyn.se”" in problem.message


def test_references_are_read_however_they_are_spaced() -> None:
    assert list(references("A (2017) / Kap 1 /  Avsnitt;B")) == [("A (2017)", "Kap 1 / Avsnitt"), ("B", None)]
    assert list(references(" Lag / 2 kap. 3 § ")) == [("Lag", "2 kap. 3 §")]


def test_a_section_is_named_with_those_that_it_lies_in() -> None:
    made = Document(title="T", kind="document", publisher="P", sections=("A / B / C", "D"))
    assert made.nameable == {"A", "A / B", "A / B / C", "D"}


def test_every_shipped_source_says_how_much_of_it_was_read() -> None:
    index = Reader().sources(shipped_folder())
    assert index.whole
    for name in index.names:
        document = index.document(name)
        assert document is not None
        assert not any(word in f"{name} {document.title} {document.note}" for word in (".md", "seed"))
