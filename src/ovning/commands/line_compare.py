"""The words of ``ovning compare``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ovning.commands.given import (
    changes_given,
    jobs_given,
    marking_given,
    seed_given,
    smallest_given,
    what_ifs_given,
    whole_given,
)
from ovning.commands.options import (
    ClusterOption,
    JobsOption,
    MarkingOption,
    ResumeOption,
    SeedOption,
    SetOption,
    StartOption,
    VariationOption,
)
from ovning.commands.population import PopulationOption, population_given


def compare_line(
    exercises: Annotated[
        list[str],
        typer.Argument(
            metavar="ÖVNING …", help="En eller flera övningar, vid namn eller som mapp.", show_default=False
        ),
    ],
    org: Annotated[
        list[str] | None,
        typer.Option(
            "--org",
            metavar="ORG",
            help="En organisations namn eller fil; ges en gång för var och en. Förval: de som övningen är tänkt för.",
            show_default=False,
        ),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="VÄG=VÄRDE",
            help="Den första organisationen med en ändring; flera ändringar på en gång skiljs med semikolon.",
            show_default=False,
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline", metavar="ORG", help="Vilken de andra jämförs med. Förval: den första.", show_default=False
        ),
    ] = None,
    smallest: Annotated[
        list[str] | None,
        typer.Option(
            "--smallest-difference",
            metavar="MINST",
            help="Den minsta skillnad som spelar roll: ”15 min” för tider, ”5 %” för andelar. Förval: övningens.",
            show_default=False,
        ),
    ] = None,
    runs: Annotated[
        str,
        typer.Option(
            "--runs", metavar="ANTAL", help="Högst så många spel med var och en. Förval: 400.", show_default=False
        ),
    ] = "400",
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
            help="Var resultatet läggs. Förval: resultat/jämför-<övning>-<org>-<org>-frö<frö>.",
            show_default=False,
        ),
    ] = None,
    swept: Annotated[
        bool,
        typer.Option(
            "--sweep", help="Prövar också vilka antaganden slutsatsen hänger på, för de två första. Tar en stund."
        ),
    ] = False,
    resume: ResumeOption = False,
    marking: MarkingOption = None,
) -> int:
    """Jämför organisationer, eller ändringar i en, med samma tur i varje spel.

    Säger för varje mått om den ena är bättre, sämre, likvärdig eller om det inte går att avgöra, var skillnaden ligger
    och allt som skiljer dem åt. Fler spel läggs till tills det är känt väl nog, eller taket är nått.
    """
    from ovning.commands.compare import compare_exercises

    return compare_exercises(
        exercises,
        organisations=tuple(org or ()),
        what_ifs=what_ifs_given(what_if),
        baseline=baseline,
        smallest=smallest_given(smallest),
        runs=whole_given("--runs", runs, 2, 1_000_000),
        seed=seed_given(seed),
        start=start,
        variation=variation,
        changes=changes_given(changes),
        jobs=jobs_given(jobs),
        cluster=cluster,
        out=out,
        resume=resume,
        swept=swept,
        marking=marking_given(marking),
        at_population=population_given(at_population),
    )
