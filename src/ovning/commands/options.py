"""Options that several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ExerciseArgument = Annotated[
    str, typer.Argument(metavar="ÖVNING", help="En övnings namn (se ”ovning list”) eller en mapp.", show_default=False)
]
OrganisationOption = Annotated[
    str | None,
    typer.Option(
        "--org", metavar="ORG", help="Organisationens namn eller fil. Förval: övningens enda.", show_default=False
    ),
]
SeedOption = Annotated[
    str,
    typer.Option("--seed", metavar="FRÖ", help="Slumpfrö; samma frö ger samma spel. Förval: 1.", show_default=False),
]
StartOption = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="TID",
        help="Annan övningsstart, svensk tid: ”2026-12-24T15:00”. Med any börjar varje spel en egen timme.",
        show_default=False,
    ),
]
VariationOption = Annotated[
    str | None,
    typer.Option(
        "--variation", metavar="NAMN", help="Ett omfall av scenariot (se ”ovning show ÖVNING”).", show_default=False
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="VÄG=VÄRDE",
        help="Ändrar ett värde, till exempel functions.tib.on_call.count=2; kan ges flera gånger.",
        show_default=False,
    ),
]
JobsOption = Annotated[
    str | None,
    typer.Option(
        "--jobs",
        metavar="ANTAL",
        help="Antal processer. Förval: en per kärna. Svaret blir detsamma.",
        show_default=False,
    ),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADRESS",
        help="Spelar på ett Dask-kluster i stället för här: tcp://10.0.0.5:8786. Svaret blir detsamma.",
        show_default=False,
    ),
]
ResumeOption = Annotated[
    bool,
    typer.Option("--resume", help="Går vidare där samma körning avbröts; det som var klart spelas inte om."),
]
MarkingOption = Annotated[
    str | None,
    typer.Option(
        "--marking",
        metavar="TEXT",
        help="Står på varje sida och figur, till exempel ”Får inte spridas”. Förval: organisationens egen.",
        show_default=False,
    ),
]
TemplateOption = Annotated[
    Path | None,
    typer.Option(
        "--template",
        metavar="FIL",
        help="Kommunens egen mall (.docx): dess format, sidhuvud och sidfot används.",
        show_default=False,
    ),
]
