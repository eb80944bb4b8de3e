"""The words of ``ovning papers``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ovning.commands.given import changes_given, jobs_given, marking_given, seed_given, whole_given
from ovning.commands.options import (
    ExerciseArgument,
    JobsOption,
    MarkingOption,
    OrganisationOption,
    SeedOption,
    SetOption,
    StartOption,
    VariationOption,
)
from ovning.commands.population import PopulationOption, population_given


def papers_line(
    exercise: ExerciseArgument,
    org: OrganisationOption = None,
    runs: Annotated[
        str,
        typer.Option("--runs", metavar="ANTAL", help="Spel i torrkörningen. Förval: 50.", show_default=False),
    ] = "50",
    seed: SeedOption = "1",
    start: StartOption = None,
    variation: VariationOption = None,
    changes: SetOption = None,
    at_population: PopulationOption = None,
    jobs: JobsOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="MAPP",
            help="Var papperen läggs. Förval: resultat/papper-<övning>-<org>-frö<frö>.",
            show_default=False,
        ),
    ] = None,
    marking: MarkingOption = None,
) -> int:
    """Skriver papperen som en övning behöver: inspelslista med prognos, deltagarhandling, protokoll och planer.

    Som Word och Excel, att ändra i. Inspelslistan säger när den här organisationen brukar ta emot och ha svarat på
    varje inspel, och vad som bör ses över före övningen.
    """
    from ovning.commands.papers import write_papers

    return write_papers(
        exercise,
        organisation=org,
        runs=whole_given("--runs", runs, 1, 1_000_000),
        seed=seed_given(seed),
        start=start,
        variation=variation,
        changes=changes_given(changes),
        jobs=jobs_given(jobs),
        out=out,
        marking=marking_given(marking),
        at_population=population_given(at_population),
    )
