"""The words of ``ovning sweep``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ovning.commands.given import changes_given, jobs_given, marking_given, seed_given, whole_given
from ovning.commands.options import (
    ClusterOption,
    ExerciseArgument,
    JobsOption,
    MarkingOption,
    ResumeOption,
    SeedOption,
    SetOption,
    StartOption,
    VariationOption,
)
from ovning.commands.population import PopulationOption, population_given


def sweep_line(
    exercise: ExerciseArgument,
    org: Annotated[
        list[str] | None,
        typer.Option(
            "--org",
            metavar="ORG",
            help="En organisations namn eller fil; ges två gånger för skillnaden mellan två. Förval: övningens enda.",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="NAMN",
            help="Bara det antagandet, till exempel on_call_reached.chance.night; kan ges flera gånger. Förval: alla.",
            show_default=False,
        ),
    ] = None,
    runs: Annotated[
        str,
        typer.Option(
            "--runs",
            metavar="ANTAL",
            help="Spel med varje värde av dem som betyder mest. Förval: 25.",
            show_default=False,
        ),
    ] = "25",
    first: Annotated[
        str,
        typer.Option(
            "--first",
            metavar="ANTAL",
            help="Spel med varje värde i gallringen, som avgör vilka som betyder mest. Förval: 4.",
            show_default=False,
        ),
    ] = "4",
    most: Annotated[
        str,
        typer.Option(
            "--most", metavar="ANTAL", help="Hur många värden som spelas vidare. Förval: 40.", show_default=False
        ),
    ] = "40",
    seed: SeedOption = "1",
    start: StartOption = None,
    variation: VariationOption = None,
    changes: SetOption = None,
    at_population: PopulationOption = None,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="MAPP",
            help="Var resultatet läggs. Förval: resultat/antaganden-<övning>-<org>-frö<frö>.",
            show_default=False,
        ),
    ] = None,
    resume: ResumeOption = False,
    marking: MarkingOption = None,
) -> int:
    """Prövar varje antagande för sig och säger vilka svaret hänger på.

    Varje antagande flyttas till båda ändarna av sitt spann, med samma tur i varje spel. För de antaganden som vänder
    ett svar söks det värde där det vänder.
    """
    from ovning.commands.sweep import sweep_exercise
    from ovning.experiment.swept import Plan

    return sweep_exercise(
        exercise,
        organisations=tuple(org or ()),
        plan=Plan(
            first=whole_given("--first", first, 2, 1_000_000),
            runs=whole_given("--runs", runs, 2, 1_000_000),
            most=whole_given("--most", most, 1, 1_000_000),
        ),
        only=tuple(only or ()),
        seed=seed_given(seed),
        start=start,
        variation=variation,
        changes=changes_given(changes),
        jobs=jobs_given(jobs),
        cluster=cluster,
        out=out,
        resume=resume,
        marking=marking_given(marking),
        at_population=population_given(at_population),
    )
