"""What was tried against the bottlenecks and what it brought: tables, and ``bottlenecks`` of ``results.json``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ovning.experiment.effects import Effect, Watched
from ovning.experiment.gain import Gain, Tried
from ovning.experiment.paired import Difference, Verdict
from ovning.measures.bottlenecks import Bottleneck
from ovning.measures.intervals import CONFIDENCE
from ovning.model.exercise import Criterion
from ovning.report import shapes
from ovning.report.names import Names, large, small
from ovning.report.outcome import Outcome
from ovning.report.tables import Table
from ovning.report.wording import NBSP, percent
from ovning.units import say_duration

VERDICTS: Final[dict[Verdict, str]] = {
    "better": "bättre",
    "worse": "sämre",
    "same": "ingen skillnad",
    "undecided": "går inte att avgöra",
    "not_tested": "prövas inte",
}
"""What the interval of a difference says."""
_LOOKED_THROUGH: Final = ("criterion_met", "unnecessary", "unnecessary_alert")
"""What is told if a remedy changed it, whichever it was."""
_SPACE: Final = {"duration": " ", "count": "\0", "share": NBSP, "plays": NBSP}
"""What parts a number from its unit."""
_LESS_MORE: Final = {
    "level_time": ("tidigare", "senare"),
    "criterion_time": ("tidigare", "senare"),
    "criterion_value": ("mindre", "mer"),
    "criterion_met": ("färre spel", "fler spel"),
    "objective_met": ("färre spel", "fler spel"),
    "unnecessary_alert": ("färre spel", "fler spel"),
    "unnecessary": ("färre spel", "fler spel"),
}


def gains(outcome: Outcome) -> Table | None:
    """What was tried against the worst bottlenecks, and what it brought; ``None`` if nothing was tried."""
    if not outcome.tried:
        return None
    main = outcome.headline
    rows = []
    for tried in outcome.tried:
        first, second = _both(tried, main)
        rows.append(
            (
                bottleneck_title(outcome.names, tried.bottleneck),
                _critical(tried.bottleneck),
                tried.gain.title if tried.gain is not None else "inget i filerna att ändra",
                *((_cell(tried, first),) if main is not None else ()),
                _criterion_cell(outcome, tried, second),
                _conclusion(tried, [one for one in (first, second) if one is not None]),
            )
        )
    columns = (
        ("flaskhals", "left"),
        ("del av vägen", "right"),
        ("prövad åtgärd", "left"),
        *(((f"tid till {small(outcome.names.short_level(main.of))}", "left"),) if main is not None else ()),
        ("kriteriet som väntar mest på den", "left"),
        ("slutsats", "left"),
    )
    return Table("Flaskhalsarna, och vad en åtgärd ger", columns, tuple(rows), _note(outcome))


def changed_criteria(outcome: Outcome) -> Table | None:
    """The criteria that a remedy surely changes the share of plays for; ``None`` if there are none."""
    rows = []
    seen: set[tuple[str, ...]] = set()
    for tried in outcome.tried:
        gain = tried.gain
        if gain is None or gain.sets in seen:
            continue
        seen.add(gain.sets)
        for effect in gain.effects:
            if effect.watched.kind in _LOOKED_THROUGH and effect.verdict in ("better", "worse"):
                rows.append(
                    (
                        gain.title,
                        _watched_title(outcome, effect.watched),
                        f"{percent(effect.difference.before)} → {percent(effect.difference.after)}",
                        say_effect(effect),
                        VERDICTS[effect.verdict],
                    )
                )
    if not rows:
        return None
    columns = (
        ("åtgärd", "left"),
        ("vad", "left"),
        ("sker i", "right"),
        ("skillnad", "left"),
        ("slutsats", "left"),
    )
    note = "Bara det som skiljer sig; säkerheten är räknad för alla kriterier och åtgärder på en gång (Bonferroni)."
    return Table("Vad åtgärderna ändrar", columns, tuple(rows), note)


def bottleneck_title(names: Names, bottleneck: Bottleneck) -> str:
    """What was lacking, and whom."""
    station = large(names.station(bottleneck.station)) if bottleneck.station else "Ingen i organisationen"
    need = small(names.need(bottleneck.need)) if bottleneck.need else ""
    match bottleneck.kind:
        case "gap":
            return f"Ingen får fatta {need}"
        case "mandate":
            return f"{station} väntar på {need}"
        case "unable":
            return f"Ingen på plats som kan: {need}"
        case "absent":
            return f"{station}: ingen på plats"
        case "busy":
            return f"{station}: upptagen"
        case "word":
            return f"{station}: besked på väg"
        case "channel":
            return f"{station}: sambandet nere"
        case "knowledge":
            return f"{station}: något är oklart"


def say_effect(effect: Effect) -> str:
    """What a change did, with its interval: ``12 min tidigare (8–16 min)``; where it may be either, that alone."""
    difference, watched = effect.difference, effect.watched
    if effect.verdict in ("same", "not_tested") or difference.mean is None:
        return VERDICTS[effect.verdict]
    low, high = difference.low, difference.high
    if low is None or high is None:
        return f"{_side(watched, difference.mean)} (för få spel för ett intervall)"
    if effect.verdict == "undecided":
        return f"{_side(watched, low)} till {_side(watched, high)}"
    near, far = (_amount(watched, limit) for limit in sorted((abs(low), abs(high))))
    number, _, unit = near.rpartition(_SPACE[watched.unit])
    if number.replace(",", "").isdigit() and far.rpartition(_SPACE[watched.unit])[2] == unit and "h" not in far:
        near = number
    return f"{_side(watched, difference.mean)} ({near}–{far})"


def gains_document(outcome: Outcome) -> list[dict[str, Any]]:
    """``bottlenecks`` of ``results.json``, worst first."""
    return [_tried(outcome, tried) for tried in outcome.tried]


def _both(tried: Tried, main: Watched | None) -> tuple[Effect | None, Effect | None]:
    """The effects on the headline and on the criterion that the bottleneck sits on."""
    if tried.gain is None:
        return None, None
    first = tried.gain.on(main.kind, main.of) if main is not None else None
    if tried.sits_on is None:
        return first, None
    return first, tried.gain.on("criterion_time", *tried.sits_on)


def _cell(tried: Tried, effect: Effect | None) -> str:
    if effect is not None:
        return say_effect(effect)
    return "gick inte att spela" if tried.gain is not None and tried.gain.why_not else "–"


def _criterion_cell(outcome: Outcome, tried: Tried, effect: Effect | None) -> str:
    if tried.sits_on is None:
        return "–"
    title = f"{tried.sits_on[0]} {small(outcome.names.criterion(_criterion(outcome, *tried.sits_on)))}"
    return title if effect is None else f"{title}: {say_effect(effect)}"


def _conclusion(tried: Tried, effects: list[Effect]) -> str:
    if tried.gain is None:
        return "–"
    if tried.gain.why_not:
        return f"gick inte att spela: {tried.gain.why_not}"
    said = {effect.verdict for effect in effects}
    if {"better", "worse"} <= said:
        return "både bättre och sämre"
    order: tuple[Verdict, ...] = ("better", "worse", "undecided", "same", "not_tested")
    return next((VERDICTS[verdict] for verdict in order if verdict in said), "–")


def _critical(bottleneck: Bottleneck) -> str:
    return "–" if bottleneck.criticality is None else percent(bottleneck.criticality.mean)


def _note(outcome: Outcome) -> str:
    gains = [tried.gain for tried in outcome.tried if tried.gain is not None]
    if not gains:
        return ""
    text = (
        "Del av vägen: väntan på den, av all tid längs de vägar som avgjorde ärendena. Vinsten är inte uträknad ur "
        f"väntan: samma {outcome.results.plays} spel har spelats om med åtgärden och samma slump i allt annat, och "
        "skillnaden är tagen spel för spel. Det som inte hinner ske räknas till övningens slut."
    )
    if (compared := gains[0].compared) > 1:
        together = f" Intervallen håller med {100 * CONFIDENCE:.0f} procents säkerhet för alla {compared} åtgärderna"
        text += f"{together} och båda måtten på en gång (Bonferroni)."
    text += " Flaskhalsarna är valda i samma spel, så vinsten är snarare över- än underskattad."
    text += " Krav på hela spelet (vila, tid utan en tjänst, besök i tid) kan inte vara det som väntar på en flaskhals."
    return text


def _side(watched: Watched, value: float) -> str:
    if value == 0:
        return _amount(watched, 0)
    less, more = _LESS_MORE[watched.kind]
    if watched.kind == "criterion_value" and watched.unit == "duration":
        less, more = "kortare", "längre"
    if watched.unit == "count":
        less, more = "färre", "fler"
    return f"{_amount(watched, abs(value))} {less if value < 0 else more}"


def _amount(watched: Watched, value: float) -> str:
    match watched.unit:
        case "duration":
            return say_duration(value)
        case "count":
            return f"{value:.1f}".replace(".", ",")
        case "share" | "plays":
            return f"{100 * value:.0f}{NBSP}procentenheter" if round(100 * value) != 1 else f"1{NBSP}procentenhet"


def _watched_title(outcome: Outcome, watched: Watched) -> str:
    if watched.criterion is None:
        return "Ett läge aktiveras i onödan" if watched.kind == "unnecessary" else "En stab larmas i onödan"
    return f"{watched.of} {outcome.names.criterion(_criterion(outcome, watched.of, watched.criterion))}"


def _criterion(outcome: Outcome, objective: str, number: int) -> Criterion:
    return next(o for o in outcome.setup.exercise.objectives if o.id == objective).criteria[number]


def _tried(outcome: Outcome, tried: Tried) -> dict[str, Any]:
    bottleneck = tried.bottleneck
    return {
        "kind": bottleneck.kind,
        "station": bottleneck.station,
        "need": bottleneck.need,
        "title": bottleneck_title(outcome.names, bottleneck),
        "waiting": shapes.mean(bottleneck.waiting),
        "criticality": shapes.ratio(bottleneck.criticality),
        "plays": shapes.share(bottleneck.plays),
        "sits_on": None if tried.sits_on is None else {"objective": tried.sits_on[0], "criterion": tried.sits_on[1]},
        "gain": None if tried.gain is None else _gain(tried.gain),
    }


def _gain(gain: Gain) -> dict[str, Any]:
    return {
        "remedy": gain.title,
        "set": list(gain.sets),
        "compared": gain.compared,
        "why_not": gain.why_not or None,
        "effects": [
            {
                "on": effect.watched.kind,
                "of": effect.watched.of or None,
                "criterion": effect.watched.criterion,
                "unit": effect.watched.unit,
                "wanted": effect.watched.wanted,
                **_difference(effect.difference, round if effect.watched.unit == "duration" else _six),
                "confidence": _six(effect.confidence),
                "verdict": effect.verdict,
            }
            for effect in gain.effects
        ],
    }


def _difference(difference: Difference, rounded: Callable[[float], float]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, int) else rounded(value)
        for name, value in difference._asdict().items()
    }


def _six(value: float) -> float:
    return round(value, 6)
