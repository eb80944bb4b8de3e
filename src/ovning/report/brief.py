"""The answer in five sentences, and what else must not be missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ovning.model.exercise import Criterion
from ovning.model.setup import Setup
from ovning.report.catalogue import counted, word, words
from ovning.report.findings import Findings
from ovning.report.names import large as capital
from ovning.report.names import small
from ovning.report.numbers import HOURS, MINUTES, NUMBER, duration, mean, percent, plain, share, whole
from ovning.report.place import Place
from ovning.report.said import Said, Text, large, listed, number, said
from ovning.report.tables.objectives import FEW, limit, within
from ovning.report.tables.remedies import effects_on_conclusion, say_effect
from ovning.report.timeline import say_date
from ovning.units import Clock

_FURTHEST: Final = 2
_VERDICTS: Final = ("reached", "not_reached", "undecided", "not_tested")


def brief(found: Findings) -> tuple[Said, ...]:
    """What was played, when the organisation was led, what it managed, what held it up, and what it cost."""
    return tuple(
        filter(None, (_played(found) + _hint(found), _led(found), _managed(found), _held_up(found), _cost(found)))
    )


def remarks(found: Findings) -> tuple[Said, ...]:
    """Decisions that nobody holds, and alarms raised in vain."""
    said = [
        words(
            "remark.gap",
            decision=found.names.decision(one["decision"].value),
            share=percent(one["nobody_holds_it"]),
        )
        for one in found.results["decisions"]
        if one["nobody_holds_it"]["hits"]
    ]
    for level in found.results["levels"]:
        title = found.names.level(level["level"].value)
        said += [
            words(f"remark.{name}", level=title, share=percent(level[name]))
            for name in ("unnecessary", "unnecessary_alert")
            if level[name]["hits"]
        ]
    return tuple(said)


def ladder_message(found: Findings) -> Said:
    """What the ladder says, as a sentence without its full stop."""
    main = found.main_level
    if main is None:
        return words("brief.no_levels")
    title, active = found.names.level(main["level"].value), main["active"]
    median, horizon = active["median"], duration(found.horizon)
    if median.value is None or not active["reached"]["hits"]:
        return words("brief.never_led", level=title, horizon=horizon)
    if median["value"].value is None:
        return words("brief.seldom_led", level=title, share=share(active["reached"]), horizon=horizon)
    return words("brief.led", level=title, median=duration(median["value"]))


def waiting_message(found: Findings) -> Said:
    """Who was waited for most, as a sentence without its full stop."""
    waited = found.results["waited_for"]
    if not waited or not waited[0]["mean"]["mean"]:
        return words("brief.nobody_waited")
    worst = waited[0]
    parts = {"minutes": mean(worst["mean"], MINUTES), "share": percent(worst["share"])}
    if worst["station"].value:
        return words("brief.waited_for", who=small(found.names.station(worst["station"].value)), **parts)
    what = found.names.lacking()
    return words("brief.waited_for_nobody", what=f" ({what})" if what else "", **parts)


def _played(found: Findings) -> Said:
    return counted(
        "brief.played",
        found.results["plays"].value,
        exercise=found.setup.exercise.title,
        organisation=found.setup.organisation.title,
        plays=whole(found.results["plays"]),
        when=_when(found),
    )


def _when(found: Findings) -> Said:
    sampled, horizon = found.results["starts"], duration(found.horizon)
    if not sampled:
        return words("brief.from_start", start=startex(found.results, found.setup), horizon=horizon)
    return words(
        "brief.from_any",
        horizon=horizon,
        earliest=day(sampled["earliest"]),
        latest=day(sampled["latest"]),
    )


def day(place: Place) -> Said:
    """A day: ``1 november 2026``."""
    clock = Clock.at(datetime.fromisoformat(place.value))
    return number(place, say_date(clock).partition(" ")[2], "day")


def startex(document: Place, setup: Setup) -> Said:
    """When the exercise starts, which stands in ``start`` of the document: ``torsdag 22 januari 2026 kl. 03.50``."""
    clock = Clock.at(setup.scenario.start)
    moment = words("number.moment", date=say_date(clock), time=f"{clock.local(0):%H.%M}")
    return number(document["start"], str(moment), "moment")


def _hint(found: Findings) -> str:
    return " " + word("brief.few") if found.results["plays"].value < FEW else ""


def _led(found: Findings) -> Said:
    message = ladder_message(found)
    main = found.main_level
    if main is None or main["active"]["median"].value is None or not main["active"]["reached"]["hits"]:
        return message + "."
    aimed = _aimed(found, main)
    if aimed is not None:
        return said(aimed, " ", _spread(found, main["active"]))
    if main["active"]["median"]["value"].value is None:
        return message + "."
    low, high = main["active"]["p10"], main["active"]["p90"]
    if high.value is None or high["value"].value is None:
        ends = words("brief.led_or_not", low=duration(low["value"]), horizon=duration(found.horizon))
    else:
        ends = words("brief.led_between", low=duration(low["value"]), high=duration(high["value"]))
    return said(message, ends)


def _aimed(found: Findings, level: Place) -> Said | None:
    """How often the level is active within the limit that the exercise sets for it, if it does."""
    for _, criterion, place in found.criteria:
        if criterion.measure == "time_to_level" and criterion.level == level["level"].value and place["tested"]:
            return words(
                f"brief.led_in_time.{place['verdict'].value}",
                level=found.names.level(level["level"].value),
                limit=limit(criterion, place["limit_met"]),
                share=percent(place["met"]),
                target=percent(place["target_share"]),
            )
    return None


def _spread(found: Findings, active: Place) -> Said:
    """How long it takes in half of the plays and in the slowest tenth."""
    if active["median"]["value"].value is None:
        return words("brief.led_seldom", horizon=duration(found.horizon))
    median, high = duration(active["median"]["value"]), active["p90"]
    if high.value is None or high["value"].value is None:
        return words("brief.led_spread_or_not", median=median)
    return words("brief.led_spread", median=median, high=duration(high["value"]))


def _managed(found: Findings) -> Said:
    verdicts = found.results["verdicts"]
    if not verdicts["criteria"]:
        return Said()
    return said(_how_many(verdicts), _furthest(found))


def _how_many(verdicts: Place) -> Said:
    """How many criteria are met as often as they should be, how many are not, and of how many that cannot be said."""
    every = verdicts["criteria"]
    alone = next((name for name in _VERDICTS if verdicts[name].value == every.value), None)
    if alone is not None:
        return counted(f"brief.all_{alone}", every.value, criteria=whole(every))
    none = () if verdicts["reached"] else (word("brief.part.none"),)
    parts = [words(f"brief.part.{name}", criteria=whole(verdicts[name])) for name in _VERDICTS if verdicts[name]]
    told: list[Text] = [*none, *parts]
    return words("brief.managed", criteria=whole(every), parts=said(listed(told[:-1]), word("brief.and"), told[-1]))


def _furthest(found: Findings) -> Said:
    missed = [one for one in found.criteria if one[2]["verdict"].value == "not_reached"]
    worst = sorted(missed, key=lambda one: one[2]["met"]["share"].value - one[2]["target_share"].value)[:_FURTHEST]
    if not worst:
        return Said()
    named = (_missed(found, criterion, place) for _, criterion, place in worst)
    return said(" ", words("brief.furthest", criteria=listed(named, word("brief.and"))))


def _missed(found: Findings, criterion: Criterion, place: Place) -> Said:
    """A criterion with its limit and how often it is met; where it is no time, also what is usual."""
    told: dict[str, Text] = {
        "criterion": found.names.criterion(criterion),
        "limit": within(criterion, place["limit_met"]),
        "share": percent(place["met"]),
    }
    median = place["value"]["median"]
    if criterion.is_time or median.value is None or median["value"].value is None:
        return words("brief.criterion", **told)
    return words("brief.criterion_usual", **told, usual=limit(criterion, median["value"]))


def _held_up(found: Findings) -> Said:
    message = waiting_message(found) + "."
    tried = [one for one in found.results["bottlenecks"] if one["gain"] and not one["gain"]["why_not"]]
    if not tried:
        return message
    remedies = len({tuple(one["gain"]["set"].value) for one in tried})
    effects = [(effect, one) for one in tried for effect in effects_on_conclusion(one) if effect is not None]
    helpful = [(effect, one) for effect, one in effects if effect["verdict"].value == "better"]
    if not helpful:
        sure = all(effect["verdict"].value != "undecided" for effect, _ in effects)
        told = {"remedy": tried[0]["gain"]["remedy"].value} if remedies == 1 else {}
        return said(message, " ", counted("brief.nothing_helps" if sure else "brief.nobody_knows", remedies, **told))
    effect, best = max(helpful, key=lambda pair: _size(pair[0]))
    on_level = effect["on"].value == "level_time"
    what = word("brief.on_level") if on_level else words("brief.on_criterion", criterion=_criterion(found, effect))
    told = {"remedy": best["gain"]["remedy"].value, "what": what, "effect": say_effect(effect)}
    others = len({tuple(one["gain"]["set"].value) for _, one in helpful}) > 1
    aside = _aside(found, tried, [one for _, one in helpful])
    if others:
        return said(message, " ", words("brief.several_help", **told), aside)
    return said(message, " ", counted("brief.helps", remedies, **told), aside)


def _aside(found: Findings, tried: Sequence[Place], helpful: Sequence[Place]) -> Said:
    """Why none of what helps is against the one most waited for; nothing where something is."""
    worst = found.results["waited_for"][0]["station"].value
    if not worst or any(_is_against(one, worst) for one in helpful):
        return Said()
    key = "no_help" if any(_is_against(one, worst) for one in tried) else "not_tried"
    return said(" ", words(f"brief.{key}", who=small(found.names.short_station(worst))))


def _is_against(bottleneck: Place, station: str) -> bool:
    """Whether it is this station that is waited for; a lacking mandate has the name of who waits."""
    return bool(bottleneck["station"].value == station and bottleneck["kind"].value != "mandate")


def _size(effect: Place) -> tuple[bool, float]:
    """The time to the level first; then by how much."""
    return effect["on"].value == "level_time", abs(effect["mean"].value)


def _criterion(found: Findings, effect: Place) -> str:
    of, nth = effect["of"].value, effect["criterion"].value
    objective = next(one for one in found.setup.exercise.objectives if one.id == of)
    return found.names.criterion(objective.criteria[nth])


def _cost(found: Findings) -> Said:
    """What people lacked, and what was asked of those who worked."""
    strain = found.results["strain"]
    parts = []
    for one in _kept_for_people(found):
        if all_time := one["all_time_without"]["mean"]:
            hours = plain(all_time, HOURS)
            told: dict[str, Text] = {
                "hours": hours,
                "each": plain(one["time_without"]["mean"], HOURS),
                "count": whole(one["affected"]),
                "whom": found.names.whom(one["service"].value),
                "service": capital(found.names.service(one["service"].value)),
            }
            parts.append(counted("brief.late", _count(hours), **told))
    if strain["rest_deviations"]["mean"]:
        deviations = plain(strain["rest_deviations"]["mean"], NUMBER)
        group = small(found.names.group(strain["groups"][0]["group"].value))
        parts.append(counted("brief.rest", _count(deviations), deviations=deviations, group=group))
    if strain["unmanned"]:
        worst = strain["unmanned"][0]
        hours, function = plain(worst["time"]["mean"], HOURS), found.names.short_station(worst["function"].value)
        parts.append(counted("brief.unmanned", _count(hours), hours=hours, function=capital(function)))
    if not parts:
        return words("brief.no_cost")
    return large(listed(parts, "; ")) + "."


def _count(text: Said) -> int:
    """One where a mean number is written as one, else several."""
    return 1 if str(text) == "1" else 2


def _kept_for_people(found: Findings) -> list[Place]:
    """Services to people that a flow of visits keeps up; generators that must be fuelled are no people."""
    scenario = found.setup.scenario
    kept = {flow.keeps for flow in scenario.flows.values() if flow.arrives.lacking is not None}
    return [
        one
        for one in found.results["services"]
        if one["service"].value in kept and scenario.services[one["service"].value].affects.persons
    ]
