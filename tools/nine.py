"""Plays the nine organisations against the three exercises and writes the table of ``docs/nio-organisationer.md`` anew.

    python tools/nine.py [--runs 100] [--jobs 2] [--at-population 90000]

Every organisation is played at the common size, so that size is not mistaken for design, with the same seed and so the
same luck. What is written about the rows is written by hand: read it again when the numbers change.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Final

from ovning.experiment.chunks import CHUNK, replay_all
from ovning.experiment.effects import Watched, all_headlines, play_by_play
from ovning.experiment.workers import processes
from ovning.files import load_setup
from ovning.measures.tally import Tally
from ovning.measures.times import Times
from ovning.model.known import known_share
from ovning.model.setup import Setup
from ovning.report.wording import percent
from ovning.units import HOUR, say_duration

PAGE: Final = Path(__file__).parents[1] / "docs" / "nio-organisationer.md"
BEGINS, ENDS = "<!-- tabellen börjar -->", "<!-- tabellen slutar -->"
EXERCISES: Final = ("elavbrott", "vattenbrist", "flyktingsituation")
ORGANISATIONS: Final = (
    "boras",
    "haninge_fore_2016",
    "haninge_forslag",
    "haninge",
    "karlstad",
    "kristianstad",
    "orebro",
    "botkyrka",
    "stockholm_kungsholmen",
)
SHOWN: Final = {
    "elavbrott": ("supervision", "emergency_water", "safety_points"),
    "vattenbrist": ("safe_water", "frail_water", "hospital_water"),
    "flyktingsituation": ("roof", "received", "site_staffed"),
}
"""Services that are told of, of those that concern somebody."""


def main() -> None:
    """Play and write."""
    parser = argparse.ArgumentParser(description="The table of nine organisations and three exercises.")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--at-population", type=int, default=90_000)
    asked = parser.parse_args()
    lines = []
    with processes(asked.jobs, asked.runs // CHUNK * len(ORGANISATIONS)) as crew:
        for exercise in EXERCISES:
            setups = [load_setup(exercise, name, at_population=asked.at_population)[0] for name in ORGANISATIONS]
            arms = [((name,), setup) for name, setup in zip(ORGANISATIONS, setups, strict=True)]
            tallies = list(replay_all(arms, 1, range(asked.runs), crew=crew, told="compared"))
            lines += _table(exercise, setups, tallies)
    population = f"{asked.at_population:,}".replace(",", " ")
    made = (
        f"{asked.runs} spel av varje, frö 1, alla räknade som om de hade {population} invånare. "
        f"Gjord av `python tools/nine.py --runs {asked.runs} --at-population {asked.at_population}`."
    )
    text = PAGE.read_text(encoding="utf-8")
    before, after = text[: text.index(BEGINS)], text[text.index(ENDS) :]
    PAGE.write_text(f"{before}{BEGINS}\n\n{made}\n\n" + "\n".join(lines) + f"\n{after}", encoding="utf-8")


def _table(exercise: str, setups: Sequence[Setup], tallies: Sequence[Tally]) -> list[str]:
    first = setups[0]
    headlines = all_headlines(first)
    services = SHOWN[exercise]
    titles = [first.vocabulary.services[one.of].title.lower() for one in headlines if one.of in services]
    level = next(one.of for one in headlines if one.kind == "level_time")
    heads = [
        "organisation",
        "med källa",
        f"{first.vocabulary.levels[level].title}: nås",
        "median (10–90 %)",
        *(f"utan {title}" for title in titles),
        "funktioner tomma",
        *(objective.id for objective in first.exercise.objectives),
    ]
    lines = [f"### {first.exercise.title}", "", "| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for setup, tally in zip(setups, tallies, strict=True):
        times = tally.times("level", level, "active")
        cells = [
            setup.organisation.title.partition(" (")[0],
            percent(known_share(setup, "organisation").share),
            percent(times.reached.share),
            _times(times, setup.scenario.horizon),
            *(_hours(one, tally) for one in headlines if one.kind == "without" and one.of in services),
            *(_hours(one, tally) for one in headlines if one.kind == "unmanned"),
            *(percent(_mean(one, tally)) for one in headlines if one.kind == "criteria_met"),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]


def _times(times: Times, horizon: int) -> str:
    ends = []
    for quantile in (times.median, times.p10, times.p90):
        value = None if quantile is None else quantile.value
        ends.append(f"inte inom {say_duration(horizon)}" if value is None else say_duration(value))
    return f"{ends[0]} ({ends[1]} – {ends[2]})"


def _hours(watched: Watched, tally: Tally) -> str:
    return f"{_mean(watched, tally) / HOUR:.1f} h".replace(".", ",")


def _mean(watched: Watched, tally: Tally) -> float:
    return fmean(value for value in play_by_play(watched, tally) if value is not None)


if __name__ == "__main__":
    main()
