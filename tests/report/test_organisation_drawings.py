"""Drawings of an organisation: everything is there, nothing stands on anything else, and the titles tell the truth."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ovning.files import load_setup, shipped_folder
from ovning.model.organisation import ActiveWhen, Function, Informs, Level, OnCall, Organisation, Unit
from ovning.model.setup import Setup
from ovning.report.drawings import Drawing
from ovning.report.mandate_drawings import draw_mandates, mandates_message
from ovning.report.organisation_drawings import (
    calls_message,
    draw_calls,
    draw_line,
    draw_organisation,
    draw_staff,
    line_message,
    staff_message,
)
from tests.figures.measuring import crossed, outside, overlapping, said, smallest_letters, squeezed

HISTORICAL = shipped_folder() / "historical"
SHIPPED = (
    ("elavbrott", "orebro"),
    ("elavbrott", "haninge"),
    ("elavbrott", "orebro-utan-tib"),
    (str(HISTORICAL / "e22"), str(HISTORICAL / "e22" / "skane.yaml")),
    (str(HISTORICAL / "alvsbyn"), str(HISTORICAL / "alvsbyn" / "alvsbyn.yaml")),
)
LARGE = (("elavbrott", "karlstad"), ("elavbrott", "kristianstad"))
"""So much that a kind may take two sheets, or letters a tenth of a point smaller."""
# Drawing takes its time: a failing example is told as it is found, and not made smaller for minutes.
PHASES = (Phase.explicit, Phase.generate)
WORDS = (
    "Ledningen",
    "för",
    "Säkerhetshandläggarsamordningen",
    "jour",
    "(TiB)",
    "Vård- och omsorgsförvaltningens",
    "$x^2$",
    "<b>",
    "Kommunikationsavdelningen",
    "IT",
    "Ö" * 40,
)


@cache
def setup_of(exercise: str, organisation: str) -> Setup:
    return load_setup(exercise, organisation)[0]


@cache
def drawings_of(exercise: str, organisation: str) -> tuple[Drawing, ...]:
    return draw_organisation(setup_of(exercise, organisation))


@pytest.mark.parametrize(("exercise", "organisation"), SHIPPED + LARGE)
def test_every_unit_function_body_level_seat_and_decision_is_named(exercise: str, organisation: str) -> None:
    setup = setup_of(exercise, organisation)
    whole = "".join(said(drawing.figure) for drawing in drawings_of(exercise, organisation))
    mine = setup.organisation
    titles = [unit.title for unit in mine.units.values()]
    titles += [function.title for function in mine.functions.values()]
    titles += [body.title for body in mine.bodies.values()]
    titles += [level.title for level in mine.levels]
    titles += [setup.vocabulary.seats[seat].title for level in mine.levels for seat in level.staffs]
    titles += [word.title for word in setup.vocabulary.decisions.values()]
    assert [title for title in titles if squeezed(title) not in whole] == []


@pytest.mark.parametrize(("exercise", "organisation"), SHIPPED)
def test_nothing_stands_on_anything_else_and_it_can_be_read_in_a_report(exercise: str, organisation: str) -> None:
    for drawing in drawings_of(exercise, organisation):
        assert overlapping(drawing.figure) == [], drawing.name
        assert outside(drawing.figure) == [], drawing.name
        assert crossed(drawing.figure) == [], drawing.name
        assert smallest_letters(drawing.figure) >= 7.99, drawing.name
        width, height = (2.54 * inches for inches in drawing.figure.get_size_inches())
        assert width <= 29.7, drawing.name
        assert height <= 21.0, drawing.name


@pytest.mark.parametrize(("exercise", "organisation"), LARGE)
def test_nothing_stands_on_anything_else_where_there_is_much(exercise: str, organisation: str) -> None:
    for drawing in drawings_of(exercise, organisation):
        assert overlapping(drawing.figure) == [], drawing.name
        assert outside(drawing.figure) == [], drawing.name
        assert crossed(drawing.figure) == [], drawing.name
        assert smallest_letters(drawing.figure) >= 7.5, drawing.name


@pytest.mark.parametrize(("exercise", "organisation"), SHIPPED)
def test_each_kind_is_one_picture_with_words_for_those_who_cannot_see_it(exercise: str, organisation: str) -> None:
    drawings = drawings_of(exercise, organisation)
    assert [drawing.name for drawing in drawings] == ["linjen", "staben", "samtalen", "mandaten"]
    setup = setup_of(exercise, organisation)
    for drawing in drawings:
        assert setup.organisation.title in drawing.alt
        assert drawing.alt.endswith(".")
    for function in setup.organisation.functions.values():
        assert function.title in drawings[0].alt


def test_the_same_organisation_is_the_same_picture() -> None:
    setup = setup_of("elavbrott", "haninge")
    assert [one.svg for one in draw_organisation(setup)] == [one.svg for one in draw_organisation(setup)]


def test_titles_tell_what_the_files_say() -> None:
    orebro, haninge = setup_of("elavbrott", "orebro"), setup_of("elavbrott", "haninge")
    assert line_message(orebro).startswith("Tio av 33 funktioner ska gå att nå dygnet runt: sex har beredskap och fyra")
    assert line_message(haninge).startswith("Nio av 32 funktioner")
    assert calls_message(orebro).endswith("från allvar 2, efter högst ett samtal TiB, som central krisledning går via")
    assert "på tre ställen" in calls_message(haninge)
    assert calls_message(haninge).endswith("säkerhetsstrategen, som beslutar om central krisledning")
    assert staff_message(haninge).endswith("som är aktiv när fyra av nio platser är besatta")
    skane = setup_of(*SHIPPED[3])
    assert calls_message(skane).startswith("Larm till trafikverkets trafikledning når inte självmant")


def test_a_call_too_few_changes_the_title() -> None:
    haninge = setup_of("elavbrott", "haninge")
    functions = dict(haninge.organisation.functions)
    functions["socialjour"] = functions["socialjour"].model_copy(update={"informs": ()})
    less = with_organisation(haninge, haninge.organisation.model_copy(update={"functions": functions}))
    assert calls_message(less).startswith("Larm till socialjouren når inte självmant säkerhetsstrategen")


def test_a_decision_that_nobody_may_take_is_counted_and_said() -> None:
    orebro = setup_of("elavbrott", "orebro")
    (drawing,) = draw_mandates(orebro)
    assert "en får ingen fatta" in drawing.alt or "ett får ingen fatta" in drawing.alt
    assert "Utrymma en väg: ingen" in drawing.alt
    assert mandates_message(()).startswith("Noll av noll")


def test_somebody_whose_chief_is_not_the_first_of_another_unit_is_told_so() -> None:
    (drawing,) = draw_line(setup_of("elavbrott", "orebro"))
    texts = [text.get_text() for text in drawing.figure.axes[0].texts]
    assert texts.count("under säkerhetschefen") == 1
    assert "under kommundirektören" not in texts


class Shortly(Setup):
    """A setup that is told of by its line only: the whole is too long to be printed."""

    def __repr__(self) -> str:
        return repr({key: (f.unit, f.reports_to, f.title) for key, f in self.organisation.functions.items()})


def with_organisation(setup: Setup, organisation: Organisation) -> Setup:
    return setup.model_copy(update={"organisation": organisation})


@st.composite
def organisations(draw: st.DrawFn, most: int = 24) -> Setup:
    """Some functions in any line, who ring each other in any way."""
    setup = setup_of("elavbrott", "orebro")
    like = setup.organisation
    titles = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
    units = {f"u{n}": Unit(title=draw(titles), site="hus") for n in range(draw(st.integers(1, 8)))}
    keys = [f"f{n}" for n in range(draw(st.integers(3, most)))]
    on_call: OnCall | None = like.functions["tib"].on_call
    functions: dict[str, Function] = {}
    for n, key in enumerate(keys):
        told = draw(st.lists(st.sampled_from(keys), max_size=2, unique=True))
        functions[key] = Function(
            title=draw(titles),
            unit=draw(st.sampled_from(sorted(units))),
            filled_by=(draw(st.sampled_from(["sakerhetschef", "vaxelpersonal", "ks_ordforande"])),),
            role="duty_officer",
            on_call=draw(st.sampled_from([on_call, None])),
            reports_to=keys[draw(st.integers(0, n - 1))] if n and draw(st.booleans()) else None,
            informs=tuple(Informs(function=other, from_severity=draw(st.integers(1, 4))) for other in told),
            decides=("minor_measures",) if draw(st.booleans()) else (),
        )
    bodies = {
        f"b{n}": like.bodies["klut"].model_copy(
            update={"title": draw(titles), "convened_by": draw(st.sampled_from(keys))}
        )
        for n in range(draw(st.integers(0, 3)))
    }
    first: dict[str, str | tuple[str, ...]] = {
        kind: draw(st.sampled_from(keys))
        for kind in ("default", *sorted(setup.vocabulary.kinds)[: draw(st.integers(0, 9))])
    }
    levels: list[Level] = [
        like.levels[0].model_copy(
            update={
                "id": f"l{n}",
                "title": draw(titles),
                "decided_by": draw(st.sampled_from([*keys, *bodies])),
                "via": draw(st.sampled_from([None, *keys])),
                "active_when": ActiveWhen(seats=n),
            }
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    changes: dict[str, object] = {"title": draw(titles), "units": units, "functions": functions, "bodies": bodies}
    changes |= {"first_call": first, "levels": tuple(levels), "joint": {}}
    return Shortly.model_construct(**dict(with_organisation(setup, like.model_copy(update=changes))))


def check_whatever(setup: Setup) -> None:
    whole = ""
    # Whom no alarm reaches may be left out of the calls, if there are many.
    for drawing in draw_organisation(setup):
        assert overlapping(drawing.figure) == [], drawing.name
        assert outside(drawing.figure) == [], drawing.name
        assert crossed(drawing.figure) == [], drawing.name
        whole += squeezed("".join(text.get_text() for text in drawing.figure.axes[0].texts))
    for function in setup.organisation.functions.values():
        assert squeezed(function.title) in whole


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(organisations(most=12))
def test_whatever_the_organisation_nothing_stands_on_anything_else(setup: Setup) -> None:
    check_whatever(setup)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(organisations(most=36))
def test_whatever_the_organisation_nothing_stands_on_anything_else_many_times(setup: Setup) -> None:
    check_whatever(setup)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(organisations(most=9))
def test_a_small_organisation_is_as_wide_as_the_page(setup: Setup) -> None:
    for drawing in (*draw_line(setup), *draw_staff(setup), draw_calls(setup), *draw_mandates(setup)):
        assert smallest_letters(drawing.figure) >= 7.99, drawing.name


def test_other_duties_shared_bodies_and_budgets_are_told():
    karlstad, kristianstad = (
        {drawing.name: drawing.alt.replace("\xa0", " ") for drawing in drawings_of("elavbrott", name)}
        for name in ("karlstad", "kristianstad")
    )
    assert "13 ledamöter, beslutför vid 7, kallas av" in karlstad["linjen-1"]
    assert "delas med fem andra kommuner" in karlstad["linjen-1"]
    assert "(TiB) (kan vara upptagen: leda en räddningsinsats)" in kristianstad["linjen"]
    assert "Säkerhetschefen, ur egen budget om 300 000 kr" in kristianstad["mandaten"]
