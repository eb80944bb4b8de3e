"""The words of the command line: which commands and options there are, and what each calls.

Everything heavy is imported inside the functions, so that ``ovning --help`` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ovning import say_version
from ovning.commands.given import changes_given, jobs_given, marking_given, seed_given, whole_given
from ovning.commands.line_compare import compare_line
from ovning.commands.line_evaluate import evaluate_line
from ovning.commands.line_papers import papers_line
from ovning.commands.line_report import report_line
from ovning.commands.line_sweep import sweep_line
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
from ovning.commands.swedish import SwedishCommand, SwedishGroup
from ovning.errors import UsageError

app = typer.Typer(
    cls=SwedishGroup,
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(say_version())
        raise typer.Exit


def _secrecy(wanted: bool) -> None:
    if wanted:
        from ovning.commands.reminder import page

        typer.echo(page())
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Visar programmets version.")
    ] = False,
    secrecy: Annotated[
        bool,
        typer.Option(
            "--sekretess", callback=_secrecy, is_eager=True, help="Att tänka på innan du skriver in din kommun."
        ),
    ] = False,
) -> None:
    """Spelar en krisövning mot en modell av en kommuns krisorganisation och säger var den brister.

    Börja med ”ovning list” och ”ovning run elavbrott --org orebro”.
    """


_ONE_ORGANISATION = "Organisationens namn eller fil. Förval: övningens enda."


@app.command(name="run", cls=SwedishCommand)
def _run(
    exercise: ExerciseArgument,
    org: Annotated[
        list[str] | None,
        typer.Option(
            "--org",
            metavar="ORG",
            help="En organisations namn eller fil; kan ges flera gånger. Förval: alla som övningen är tänkt för.",
            show_default=False,
        ),
    ] = None,
    runs: Annotated[
        str, typer.Option("--runs", metavar="ANTAL", help="Antal spel. Förval: 200.", show_default=False)
    ] = "200",
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
            help="Var resultatet läggs. Förval: resultat/<övning>-<org>-frö<frö>.",
            show_default=False,
        ),
    ] = None,
    gains: Annotated[
        str,
        typer.Option(
            "--gains",
            metavar="ANTAL",
            help="Mot hur många av flaskhalsarna en åtgärd prövas, genom att spela om allt. 0 stänger av. Förval: 5.",
            show_default=False,
        ),
    ] = "5",
    cluster: ClusterOption = None,
    resume: ResumeOption = False,
    require: Annotated[
        bool, typer.Option("--require", help="Slutkod 4 om något mål inte nås i så många spel som övningen kräver.")
    ] = False,
    marking: MarkingOption = None,
    extract: Annotated[
        bool,
        typer.Option("--open", help="Gör också ett öppet utdrag, utan det som visar var organisationen är svag."),
    ] = False,
) -> int:
    """Spelar en övning många gånger och säger var det brister.

    Visar när lägena nås, vilka mål som håller, var tiden gick, vem alla väntade på och vad en åtgärd mot det skulle ge.
    """
    from ovning.commands.run import run

    return run(
        exercise,
        organisations=tuple(org or ()),
        runs=whole_given("--runs", runs, 1, 1_000_000),
        seed=seed_given(seed),
        start=start,
        variation=variation,
        changes=changes_given(changes),
        at_population=population_given(at_population),
        jobs=jobs_given(jobs),
        out=out,
        require=require,
        gains=whole_given("--gains", gains, 0, 100),
        resume=resume,
        cluster=cluster,
        marking=marking_given(marking),
        extract=extract,
    )


app.command(name="compare", cls=SwedishCommand)(compare_line)
app.command(name="sweep", cls=SwedishCommand)(sweep_line)
app.command(name="papers", cls=SwedishCommand)(papers_line)
app.command(name="evaluate", cls=SwedishCommand)(evaluate_line)
app.command(name="report", cls=SwedishCommand)(report_line)


@app.command(name="trace", cls=SwedishCommand)
def _trace(
    exercise: ExerciseArgument,
    org: Annotated[
        list[str] | None, typer.Option("--org", metavar="ORG", help=_ONE_ORGANISATION, show_default=False)
    ] = None,
    replication: Annotated[
        str,
        typer.Option("--replication", metavar="NR", help="Vilket av spelen, från 0. Förval: 0.", show_default=False),
    ] = "0",
    seed: SeedOption = "1",
    start: StartOption = None,
    variation: VariationOption = None,
    changes: SetOption = None,
    at_population: PopulationOption = None,
    case: Annotated[
        str | None,
        typer.Option(
            "--case", metavar="ÄRENDE", help="Bara det som hör till ett ärende, till exempel E1.", show_default=False
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Allt som hände, inte bara huvuddragen.", show_default=False)
    ] = False,
    held: Annotated[
        bool,
        typer.Option(
            "--as-held",
            help="Spela som övningen hålls (conduct): inspelen när de ges, staben samlad när den är det.",
            show_default=False,
        ),
    ] = False,
    width: Annotated[
        str | None,
        typer.Option("--width", metavar="TECKEN", help="Radens bredd. Förval: fönstrets.", show_default=False),
    ] = None,
) -> int:
    """Berättar ett enda spel, minut för minut.

    Vad som kom in, vem som tog det, vad det väntade på och varför, när man visste och när lägena ändrades. Utan --case
    och --all berättas huvuddragen.
    """
    from ovning.commands.trace import trace

    if org is not None and len(org) > 1:
        raise UsageError("Ett spel har en enda organisation; ange --org en gång.")
    return trace(
        exercise,
        organisation=org[0] if org else None,
        replication=whole_given("--replication", replication, 0, 2**31 - 1),
        seed=seed_given(seed),
        start=start,
        variation=variation,
        changes=changes_given(changes),
        at_population=population_given(at_population),
        case=case,
        everything=everything,
        held=held,
        width=None if width is None else whole_given("--width", width, 40, 1000),
    )


@app.command(name="new", cls=SwedishCommand)
def _new(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="MAPP", help="En mapp som ännu inte finns; den ger övningen dess namn.", show_default=False
        ),
    ],
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="Övningens titel i rapporten.", show_default=False),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="ÖVNING",
            help="Gör en egen kopia av en övning som följer med, till exempel elavbrott.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Gör en mapp med en övning och en organisation att börja från.

    Filerna går att spela som de är, och anteckningar i dem säger vad som kan bytas ut. Med följer en lista över alla
    ord och det som en redigerare behöver för att föreslå ord och visa fel medan man skriver.
    """
    from ovning.commands.new import new

    return new(folder, title, like)


@app.command(name="check", cls=SwedishCommand)
def _check(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="FIL …", help="Filer eller mappar, eller en medföljande övnings namn.", show_default=False
        ),
    ],
) -> int:
    """Granskar filer och visar alla fel på en gång.

    Varje fel visas med plats och trolig rättning. Slutkod 3 om något är fel; varningar stoppar ingenting.
    """
    from ovning.commands.check import check

    return check(tuple(paths))


@app.command(name="show", cls=SwedishCommand)
def _show(
    what: Annotated[
        str,
        typer.Argument(
            metavar="ORG|ÖVNING", help="En organisation eller en övning, vid namn eller som fil.", show_default=False
        ),
    ],
    figure: Annotated[
        bool,
        typer.Option("--figure", help="Ritar organisationen för en rapport: PNG, SVG och alternativtexter."),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="MAPP",
            help="Med --figure: var bilderna läggs. Förval: resultat/<org>-figurer.",
            show_default=False,
        ),
    ] = None,
    sources: Annotated[
        bool,
        typer.Option("--sources", help="Vad som är känt om organisationen och varifrån, och vad som är antaget."),
    ] = False,
    covered: Annotated[
        bool,
        typer.Option("--coverage", help="Spelar övningen och visar vad den prövar: inspel och kriterier."),
    ] = False,
    org: Annotated[
        list[str] | None,
        typer.Option("--org", metavar="ORG", help="Med --coverage: som för ”ovning run”.", show_default=False),
    ] = None,
    runs: Annotated[
        str | None,
        typer.Option(
            "--runs", metavar="ANTAL", help="Med --coverage: spel per organisation. Förval: 40.", show_default=False
        ),
    ] = None,
    variation: VariationOption = None,
    seed: SeedOption = "1",
    changes: SetOption = None,
    at_population: PopulationOption = None,
) -> int:
    """Visar en organisation eller en inspelslista.

    Med --figure ritas organisationen: linjen, staben, vem som ringer vem och vem som får besluta vad.

    Med --sources visas vilket dokument varje uppgift kommer från, och vad som är antaget, inom vilket spann och varför.

    Med --coverage spelas övningen, och man ser hur ofta varje inspel kommer och besvaras, om varje kriterium kan gå åt
    båda hållen, och vad som aldrig händer.
    """
    if covered and figure:
        raise UsageError("--figure ritar en organisation och --coverage spelar en övning; ange den ena.")
    if sources and (figure or covered):
        raise UsageError("--sources visar var uppgifterna kommer ifrån; ange det utan --figure och --coverage.")
    if out is not None and not figure:
        raise UsageError("--out hör till --figure, som saknas.")
    if covered:
        from ovning.commands.coverage import RUNS, coverage

        return coverage(
            what,
            organisations=tuple(org or ()),
            runs=RUNS if runs is None else whole_given("--runs", runs, 1, 100_000),
            seed=seed_given(seed),
            variation=variation,
            changes=changes_given(changes),
            at_population=population_given(at_population),
        )
    if org or runs is not None or variation is not None or changes:
        raise UsageError("--org, --runs, --variation och --set hör till --coverage, som saknas.")
    from ovning.commands.show import show

    return show(what, figure=figure, sources=sources, out=out, at_population=population_given(at_population))


@app.command(name="list", cls=SwedishCommand)
def _list() -> int:
    """Visar vad som följer med programmet."""
    from ovning.commands.catalogue import catalogue

    return catalogue()


@app.command(name="schema", cls=SwedishCommand)
def _schema(
    kind: Annotated[
        str | None,
        typer.Argument(metavar="[SLAG]", help="Vilket slags fil; utan det visas vilka som finns.", show_default=False),
    ] = None,
) -> int:
    """Skriver JSON Schema för ett slags fil.

    Med det kan en redigerare föreslå ord och visa fel medan man skriver.
    """
    from ovning.commands.schema import schema

    return schema(kind)
