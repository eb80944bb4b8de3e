"""The open extract as a plain page. It is made from the extract alone, so that nothing more can come into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ovning.report.pages import page_environment
from ovning.report.wording import percent
from ovning.units import HOUR, say_duration
from ovning.words import LANGUAGE, phrase, word


def render_extract(extract: Mapping[str, Any]) -> str:
    """The page: one file that needs nothing beside it."""
    horizon, reached = extract["horizon"], extract["objectives_reached"]
    return (
        page_environment()
        .get_template("open.html")
        .render(
            language=LANGUAGE,
            title=extract["exercise_title"] or extract["exercise"] or word("open.exercise"),
            variation=extract["variation_title"] or extract["variation"],
            plays=extract["plays"],
            horizon=say_duration(horizon) if horizon else "",
            objectives=extract["objectives"],
            reached=word(f"open.reached.{reached}") if reached else "",
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
                    "since": phrase("time.hours", hours=str(one["from_hour"])),
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
        return phrase("time.hours", hours=str(hour))
    if not horizon:
        return word("open.not_played")
    return phrase("open.not_within", horizon=str(round(horizon / HOUR)))


def _hour(hour: int) -> str:
    return phrase("time.hours_offset", begins=str(hour), ends=str(hour + 1))
