"""The open extract as a plain page. It is made from the extract alone, so that nothing more can come into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ovning.report.catalogue import word
from ovning.report.pages import page_environment
from ovning.report.wording import percent
from ovning.units import HOUR, say_duration

_REACHED: Final = {
    "all": "Alla målen nås i så många av spelen som övningen kräver.",
    "at_least_half": "Minst hälften av målen nås säkert i så många av spelen som övningen kräver.",
    "fewer_than_half": "Färre än hälften av målen nås säkert i så många av spelen som övningen kräver.",
}


def render_extract(extract: Mapping[str, Any]) -> str:
    """The page: one file that needs nothing beside it."""
    horizon = extract["horizon"]
    return (
        page_environment()
        .get_template("open.html")
        .render(
            title=extract["exercise_title"] or extract["exercise"] or "Krisövning",
            variation=extract["variation_title"] or extract["variation"],
            plays=extract["plays"],
            horizon=say_duration(horizon) if horizon else "",
            objectives=extract["objectives"],
            reached=_REACHED.get(extract["objectives_reached"] or ""),
            waiting=[
                {
                    "title": word(f"cause.{one['cause']}"),
                    "meaning": word(f"cause_means.{one['cause']}"),
                    "share": percent(one["share"]),
                }
                for one in extract["waiting"]
            ],
            services=[
                {
                    "title": one["title"] or one["service"],
                    "since": f"{one['from_hour']} h",
                    "till": _till(one["to_hour"], horizon),
                }
                for one in extract["services"]
            ],
            flows=[
                {"title": one["title"] or one["flow"], "hour": _hour(one["busiest_hour"])}
                for one in extract["flows"]
                if one["busiest_hour"] is not None
            ],
            version=extract["program_version"],
        )
    )


def _till(hour: int | None, horizon: int | None) -> str:
    if hour is not None:
        return f"{hour} h"
    return f"inte inom {round(horizon / HOUR)} h" if horizon else "inte under spelet"


def _hour(hour: int) -> str:
    return f"T+{hour}–{hour + 1} h"
