"""The report, the documents and the words in which numbers are said."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ovning.errors import Problem
from ovning.experiment.replicate import replicate
from ovning.measures.aggregate import aggregate
from ovning.measures.intervals import Mean, Quantile, Share, quantile_of
from ovning.measures.summary import PlaySummary, WaitingTime
from ovning.measures.tallying import tally_of
from ovning.model.setup import Setup
from ovning.report import numbers, shapes, tables
from ovning.report.assumptions import say_value
from ovning.report.brief import waiting_message
from ovning.report.drawings import Drawing, draw_ladder, draw_waiting
from ovning.report.findings import Findings
from ovning.report.html import render_report
from ovning.report.names import Names, short, small
from ovning.report.outcome import Outcome
from ovning.report.place import Place
from ovning.report.results import manifest_document, results_document, to_json
from ovning.report.timeline import Timeline, timeline
from ovning.report.wording import minutes, percent, unbroken
from ovning.units import HOUR, MINUTE

DOCS = Path(__file__).parents[2] / "docs" / "results.md"


@pytest.fixture(scope="module")
def found(outcome: Outcome) -> Findings:
    return Findings.of(outcome)


@pytest.fixture(scope="module")
def drawings(outcome: Outcome, found: Findings) -> tuple[Drawing, ...]:
    return draw_ladder(outcome, found), draw_waiting(outcome, found)


@pytest.fixture(scope="module")
def course(outcome: Outcome) -> Timeline:
    (played,) = replicate(outcome.setup, outcome.seed, [outcome.typical])
    return timeline(played.log, outcome.setup, main_course_only=True)


@pytest.fixture(scope="module")
def page(outcome: Outcome, found: Findings, drawings: tuple[Drawing, ...], course: Timeline) -> str:
    return render_report(outcome, found, drawings, course)


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "wbr", "img", "link"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_nothing_beside_it(page: str) -> None:
    elements = Elements()
    elements.feed(page)
    assert elements.open == []
    for tag, attributes in elements.seen:
        assert tag not in ("link", "iframe", "img")
        for name in ("src", "href", "xlink:href"):
            value = attributes.get(name)
            assert value is None or value.startswith("#"), (tag, value)
    assert not re.search(r"url\((?!#)|@import", page)


def test_the_page_is_swedish_and_speaks_to_those_who_cannot_see(page: str, drawings: tuple[Drawing, ...]) -> None:
    elements = Elements()
    elements.feed(page)
    assert ("html", {"lang": "sv"}) in elements.seen
    labels = [attributes.get("aria-label") for tag, attributes in elements.seen if tag == "figure"]
    assert labels == [drawing.alt for drawing in drawings]
    assert all(len(drawing.alt) > 60 for drawing in drawings)
    assert sum(tag == "h1" for tag, _ in elements.seen) == 1
    assert "@media print" in page


def test_the_page_says_what_it_is_and_lists_every_assumption(page: str, outcome: Outcome) -> None:
    assert "simuleringsresultat" in page
    for entry in outcome.setup.ledger:
        assert f"<code>{entry.name or entry.path}</code>" in page.replace("<wbr>", "")
    assert len(outcome.setup.ledger) > 20
    assert "ovning run elavbrott --org orebro --runs 6 --seed 1" in page


def test_what_stands_in_files_cannot_become_markup(
    outcome: Outcome, drawings: tuple[Drawing, ...], course: Timeline, page: str
) -> None:
    evil = "<script>alert(1)</script>"
    exercise = outcome.setup.exercise.model_copy(update={"title": evil, "purpose": evil})
    setup = outcome.setup.model_copy(update={"exercise": exercise})
    warning = Problem("warning", evil, 1, 1, evil)
    changed = dataclasses.replace(outcome, setup=setup, warnings=(warning,), marking=evil)
    hostile = render_report(changed, Findings.of(changed), drawings, course)
    assert hostile.count("<script") == page.count("<script") == 1
    assert "&lt;script&gt;" in hostile


def test_tables_have_as_many_cells_as_headings(outcome: Outcome, found: Findings) -> None:
    made = [
        tables.levels(found),
        tables.objectives(found),
        tables.waited_for(found),
        tables.waited_why(found),
        tables.injects(found),
        tables.mandates(found),
        tables.services(found),
        tables.flows(found),
        tables.strain(found),
        tables.endurance(found),
        tables.loads(found),
        tables.path(found, found.results["levels"][0]),
    ]
    for table in made:
        assert table is not None
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
    assert len(tables.injects(found).rows) == len(outcome.setup.scenario.injects)


def test_who_was_waited_for_and_why_are_the_same_minutes(outcome: Outcome) -> None:
    everybody = sum(mean.mean for _, mean in outcome.waited_for)
    assert everybody == pytest.approx(sum(mean.mean for _, mean in outcome.waited_why))
    assert everybody == pytest.approx(sum(part.mean.mean for part in outcome.results.critical_waiting))
    assert [mean.mean for _, mean in outcome.waited_for] == sorted(
        (m.mean for _, m in outcome.waited_for), reverse=True
    )


def test_the_typical_play_is_the_middle_one(outcome: Outcome) -> None:
    main = outcome.main_level
    assert main is not None
    middle = dict(main.steps)["active"].median
    assert middle is not None
    times = dict(zip(outcome.plays.replications, outcome.plays.points("level", main.level, "active"), strict=True))
    assert times[outcome.typical] == middle.value


def test_results_are_json_with_every_key_described(outcome: Outcome) -> None:
    document = json.loads(to_json(results_document(outcome)))
    text = DOCS.read_text(encoding="utf-8")
    described = set(re.findall(r"`([a-z_0-9]+)`", text))

    def keys(part: object) -> set[str]:
        if isinstance(part, dict):
            # What an assumption says has the form that it has in its file.
            own = {"value", "range"} if "reason" in part else set()
            return set(part) | {key for name, value in part.items() if name not in own for key in keys(value)}
        return {key for item in part for key in keys(item)} if isinstance(part, list) else set()

    assert keys(document) - described == set()
    assert set(manifest_document(outcome, {})) - described == {"format", "version"} - described
    assert f"`results.json`, version {document['version']}" in text


def test_results_agree_with_the_plays(outcome: Outcome, summaries: tuple[PlaySummary, ...]) -> None:
    document = results_document(outcome)
    level = document["levels"][0]
    times = [t.active_at for play in summaries for t in play.levels if t.level == level["level"]]
    assert level["active"]["reached"]["hits"] == sum(time is not None for time in times)
    assert level["active"]["median"]["value"] == quantile_of(times, 0.5).value


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (0.0, "0 %"), (0.001, "<1 %"), (0.005, "<1 %"), (0.5, "50 %"), (0.999, ">99 %"), (1.0, "100 %")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(value: float | None, said: str) -> None:
    assert percent(value) == said.replace(" ", "\N{NO-BREAK SPACE}")


def test_a_share_that_nothing_was_tested_for_says_nothing() -> None:
    assert str(numbers.share(Place(shapes.share(Share(0, 0, None, 0.0, 1.0))))) == "–"


def test_a_time_that_was_not_reached_is_never_dropped() -> None:
    never, some = Quantile(0.9, 5, None, None, None), Quantile(0.1, 5, 65 * MINUTE, 0, None)
    horizon = Place(12 * HOUR, "/horizon")

    def span(low: Quantile, high: Quantile) -> str:
        return str(numbers.span(Place({"p10": shapes.quantile(low), "p90": shapes.quantile(high)}), horizon))

    assert str(numbers.quantile(Place(shapes.quantile(never)), horizon)) == "inte inom 12 h"
    assert str(numbers.quantile(Place(shapes.quantile(some)), horizon)) == "1 h 5 min"
    assert span(some, never) == "1 h 5 min – inte inom 12 h"
    assert span(never, never) == "inte inom 12 h"


def test_minutes_with_a_decimal_only_where_it_tells_something() -> None:
    assert [minutes(value * MINUTE) for value in (0, 0.44, 9.94, 12.4)] == ["0,0", "0,4", "9,9", "12"]
    whole, alone = Mean(9, 12.0 * MINUTE, 10.0 * MINUTE, 14.0 * MINUTE), Mean(1, 12.0 * MINUTE, None, None)
    assert str(numbers.mean(Place(shapes.mean(whole)), numbers.MINUTES)) == "12\N{NO-BREAK SPACE}(10–14)"
    assert str(numbers.mean(Place(shapes.mean(alone)), numbers.MINUTES)) == "12"


def test_values_of_the_ledger_are_said_in_one_line() -> None:
    assert say_value({"median": "3 min", "p90": "10 min"}) == "median 3 min, nio av tio inom 10 min"
    assert say_value([0.7, 1.0]) == "0,7 – 1"
    assert [say_value(value) for value in (None, True, [], "15 min")] == ["inget", "ja", "inget", "15 min"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tjänsteman i beredskap (TiB)", "TiB"),
        ("Krisledningsutskottet (KLUT)", "KLUT"),
        ("Central krisledning (stabsläge)", "Central krisledning"),
        ("Säkerhetschefen", "Säkerhetschefen"),
    ],
)
def test_a_title_in_a_sentence_is_short(title: str, expected: str) -> None:
    assert short(title) == expected


def test_a_title_inside_a_sentence_keeps_its_abbreviations() -> None:
    assert [small(word) for word in ("Säkerhetschefen", "TiB", "VA-jour", "")] == [
        "säkerhetschefen",
        "TiB",
        "VA-jour",
        "",
    ]


def test_names_of_what_a_log_calls_by_id(orebro: Setup) -> None:
    names = Names(orebro)
    assert names.station("tib") == "Tjänsteman i beredskap (TiB)"
    assert names.short_station("central_command.chief").startswith("Stabschef")
    assert (
        names.short_station("vard_ledning+skol_ledning")
        == "Ledningen för vård och omsorg och ledningen för barn och utbildning"
    )
    assert names.person("sakerhetschef#1") == "Säkerhetschefen"
    assert names.person("kommunikatorer#2").startswith("Kommunikatörer nr ")
    assert names.station("finns_inte") == "finns_inte"
    for objective in orebro.exercise.objectives:
        for criterion in objective.criteria:
            assert names.criterion(criterion)
            untitled = criterion.model_copy(update={"title": None})
            assert "_" not in names.criterion(untitled)


def test_waiting_for_nobody_in_particular_has_a_name(outcome: Outcome, summaries: tuple[PlaySummary, ...]) -> None:
    setup = outcome.setup
    needs = {task.needs for tasks in setup.scenario.procedures.values() for task in tasks}
    seats = {seat for level in setup.organisation.levels for seat in level.staffs}
    lost = sorted(needs & {can for seat in seats for can in setup.vocabulary.seats[seat].does})[0]
    functions = {
        name: function.model_copy(update={"does": tuple(can for can in function.does if can != lost)})
        for name, function in setup.organisation.functions.items()
    }
    organisation = setup.organisation.model_copy(update={"functions": functions})
    names = Names(setup.model_copy(update={"organisation": organisation}))
    assert names.station("").startswith("Ingen som kan: ")
    assert small(setup.vocabulary.capabilities[lost].title) in names.station("")
    assert names.short_station("") == names.station("")

    waits = [WaitingTime("unavailable", "", 100 * HOUR)]
    plays = tally_of(dataclasses.replace(play, critical_waiting=tuple(waits)) for play in summaries)
    alone = dataclasses.replace(outcome, plays=plays, results=aggregate(plays, setup.exercise))
    found = Findings.of(alone)
    assert str(tables.waited_for(found).rows[0][0]).startswith("Ingen som kan")
    assert str(waiting_message(found)).startswith("Mest väntade man för att ingen ännu kunde")


def test_the_header_says_what_was_changed(
    outcome: Outcome, found: Findings, drawings: tuple[Drawing, ...], course: Timeline, page: str
) -> None:
    assert "Ändrat i den här körningen" not in page
    command = (*outcome.command, "--start", "2026-06-01 12:00", "--set", "functions.tib.on_call.count=2")
    changed = dataclasses.replace(outcome, command=command)
    assert changed.changed == (("functions.tib.on_call.count", "2"),)
    head = render_report(changed, found, drawings, course).split("<h2", 1)[0].replace("<wbr>", "")
    assert "<code>functions.tib.on_call.count</code> = 2" in head
    assert "skriven för den ordinarie starten" in head
    only_set = dataclasses.replace(outcome, command=(*outcome.command, "--set", "a.b=4.5 min"))
    head = render_report(only_set, found, drawings, course).split("<h2", 1)[0]
    assert "4,5\N{NO-BREAK SPACE}min" in head
    assert "ordinarie starten" not in head


def test_no_line_is_broken_inside_a_time_or_an_interval() -> None:
    said = {
        "1 h 45 min": "1_h_45_min",
        "inte inom 12 h": "inte inom 12_h",
        "14 % (10–19)": "14 %_(10–19)",
        "12 (10–14)": "12_(10–14)",
        "2 dygn 3 h": "2_dygn_3_h",
        "2 min (1 min – 3 h)": "2_min (1_min – 3_h)",
        "E1 inspel": "E1 inspel",
    }
    assert {text: unbroken(text) for text in said} == {k: v.replace("_", "\N{NO-BREAK SPACE}") for k, v in said.items()}


def test_times_from_files_have_a_decimal_comma() -> None:
    assert say_value({"p90": "4.5 min"}) == "nio av tio inom 4,5 min"
    assert say_value("version 1.2") == "version 1.2"


def test_headings_have_names_of_their_own(page: str) -> None:
    headings = re.findall(r"<(?:h2[^>]*|caption><span)>(.*?)</", page)
    assert len(headings) == len(set(headings)) > 10


def test_what_belongs_together_in_a_value_is_kept_together() -> None:
    reach = {"chance": {"day": 0.9, "night": 0.5}, "delay": {"median": "4 min", "p90": "20 min"}}
    assert say_value(reach) == "chans (dag 0,9, natt 0,5), svarar efter (median 4 min, nio av tio inom 20 min)"
    assert say_value([{"function": "tib"}, {"function": "jour"}], {"tib": "TiB", "function": "vem:"}) == (
        "vem: TiB; vem: jour"
    )
    assert say_value(["mon", "tue"]) == "mån, tis"
