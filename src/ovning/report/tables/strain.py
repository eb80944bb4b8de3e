"""What the plays asked of people."""

from __future__ import annotations

from ovning.report.catalogue import word, words
from ovning.report.findings import Findings
from ovning.report.names import large, small
from ovning.report.numbers import HOURS, NUMBER, mean, percent, plain, quantile, share
from ovning.report.place import Place
from ovning.report.said import Said, number
from ovning.report.tables.table import Row, Table, columns
from ovning.units import say_duration


def strain(found: Findings, most: int | None = None) -> Table:
    """The groups of people of whom most was asked; ``most``: no more than so many."""
    rows: list[Row] = [
        (
            large(found.names.group(group["group"].value)),
            plain(group["people"]["mean"], NUMBER),
            mean(group["most_worked"], HOURS),
            mean(group["longest_duty"], HOURS),
            mean(group["rest_deviations"], NUMBER),
            percent(group["plays_with_deviations"]),
            plain(group["night_time"]["mean"], HOURS),
        )
        for group in [*found.results["strain"]["groups"]][:most]
    ]
    assumed = found.setup.assumptions
    return Table(
        word("strain.title" if most is None else "strain.title_worst"),
        columns("strain.column", "lrrrrrr", "group", "people", "worked", "duty", "deviations", "plays", "night"),
        tuple(rows),
        words(
            "strain.note",
            duty_ends_after=say_duration(assumed.duty_ends_after),
            daily_rest=say_duration(assumed.daily_rest),
        ),
    )


def endurance(found: Findings) -> Table:
    """How the organisation as a whole held out."""
    whole = found.results["strain"]
    rows: list[Row] = [
        (word("endurance.deviations"), mean(whole["rest_deviations"], NUMBER)),
        (word("endurance.deviating"), share(whole["plays_with_deviations"])),
        (word("endurance.relieved_in_time"), mean(whole["relieved_in_time"], NUMBER)),
        (word("endurance.relieved_late"), mean(whole["relieved_late"], NUMBER)),
        (word("endurance.never_relieved"), mean(whole["never_relieved"], NUMBER)),
        (word("endurance.worn_out"), mean(whole["worn_out"], NUMBER)),
        (word("endurance.woken"), mean(whole["woken_at_night"], NUMBER)),
        (word("endurance.unmanned"), mean(whole["unmanned_time"], HOURS)),
        (word("endurance.first_unmanned"), quantile(whole["first_unmanned"]["median"], found.horizon)),
    ]
    rows += [
        (
            words("endurance.empty_seats", level=small(found.names.level(one["level"].value))),
            mean(one["seat_time"], HOURS),
        )
        for one in whole["empty_seats"]
    ]
    return Table(
        word("endurance.title"), columns("endurance.column", "lr", "what", "play"), tuple(rows), word("endurance.note")
    )


def unmanned(found: Findings) -> Table | None:
    """Functions that stood empty; ``None`` if none ever did."""
    rows: list[Row] = [
        (
            large(found.names.station(one["function"].value)),
            share(one["first"]["reached"]),
            mean(one["time"], HOURS),
            quantile(one["first"]["median"], found.horizon),
        )
        for one in found.results["strain"]["unmanned"]
    ]
    if not rows:
        return None
    return Table(
        word("unmanned.title"),
        columns("unmanned.column", "lrrr", "function", "share", "hours", "first"),
        tuple(rows),
        word("unmanned.note"),
    )


def loads(found: Findings) -> Table:
    """How busy the people of each function and seat were."""
    rows: list[Row] = [
        (
            large(found.names.station(load["station"].value)),
            percent(load["mean"]["mean"]),
            percent(load["busiest_hour"]["mean"]),
            _hour(load["busiest_at"]),
        )
        for load in found.results["strain"]["load"]
    ]
    return Table(
        word("loads.title"),
        columns("loads.column", "lrrr", "station", "play", "hour", "when"),
        tuple(rows),
        word("loads.note"),
    )


def _hour(place: Place) -> Said:
    return number(place, f"T+{place.value}–{place.value + 1} h", "whole")
