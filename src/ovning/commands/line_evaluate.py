"""The words of ``ovning evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ovning.commands.given import jobs_given, marking_given, seed_given, whole_given
from ovning.commands.options import (
    ExerciseArgument,
    JobsOption,
    MarkingOption,
    OrganisationOption,
    SeedOption,
    TemplateOption,
    VariationOption,
)


def evaluate_line(
    exercise: ExerciseArgument,
    observed: Annotated[
        list[Path] | None,
        typer.Option(
            "--observed",
            metavar="FIL",
            help="Anteckningar från övningen: .xlsx, .csv eller .jsonl; kan ges flera gånger.",
            show_default=False,
        ),
    ] = None,
    org: OrganisationOption = None,
    wall_clock: Annotated[
        bool,
        typer.Option("--wall-clock", help="Klockslagen är övningsdagens egna och inte scenariots."),
    ] = False,
    columns: Annotated[
        Path | None,
        typer.Option(
            "--columns",
            metavar="FIL",
            help="Vad kolumnerna heter: kolumner.json från en tidigare utvärdering, ändrad om det behövs.",
            show_default=False,
        ),
    ] = None,
    keep_names: Annotated[
        bool,
        typer.Option("--keep-names", help="Skriv också det som ser ut som namn, personnummer och telefonnummer."),
    ] = False,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="FIL",
            help="Förra övningens åtgärdsplan (.xlsx eller .csv): varje punkt följs upp.",
            show_default=False,
        ),
    ] = None,
    template: TemplateOption = None,
    runs: Annotated[
        str,
        typer.Option(
            "--runs", metavar="ANTAL", help="Simulerade spel att ställa bredvid. Förval: 50.", show_default=False
        ),
    ] = "50",
    tried: Annotated[
        str,
        typer.Option(
            "--try",
            metavar="ANTAL",
            help="Mot hur många av de längsta väntorna en åtgärd prövas i simulering. Förval: 3; 0 hoppar över.",
            show_default=False,
        ),
    ] = "3",
    seed: SeedOption = "1",
    variation: VariationOption = None,
    jobs: JobsOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="MAPP",
            help="Var utvärderingen läggs. Förval: resultat/utvärdering-<övning>-<org>-frö<frö>.",
            show_default=False,
        ),
    ] = None,
    marking: MarkingOption = None,
) -> int:
    """Gör en utvärdering av en hållen övning ur det som antecknats.

    Varje kriterium bedöms mot sina gränser, med de rader det bygger på. Det ingen antecknat är ej bedömbart. Rader som
    inte förstås räknas upp. Bredvid står vad samma övning tog i simulering.
    """
    from ovning.commands.evaluate import evaluate_exercise
    from ovning.errors import UsageError

    if not observed:
        raise UsageError("Ange det som antecknats med --observed FIL (.xlsx, .csv eller .jsonl).")
    return evaluate_exercise(
        exercise,
        observed=tuple(observed),
        organisation=org,
        runs=whole_given("--runs", runs, 1, 1_000_000),
        tried=whole_given("--try", tried, 0, 20),
        seed=seed_given(seed),
        variation=variation,
        by_wall=wall_clock,
        columns=columns,
        names_are_meant=keep_names,
        plan=plan,
        template=template,
        jobs=jobs_given(jobs),
        out=out,
        marking=marking_given(marking),
    )
