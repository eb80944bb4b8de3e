"""What is wrong with a command line, in the words of who typed it."""

from __future__ import annotations

from typing import Any

import typer


def wrong_usage(problem: typer.TyperException) -> str:
    """The command line's own complaint, in Swedish where we know it."""
    kind = type(problem).__name__
    if kind == "NoArgsIsHelpError":
        return problem.format_message()
    if kind == "NoSuchOption":
        near = getattr(problem, "possibilities", None)
        meant = f" Menade du {' eller '.join(sorted(near))}?" if near else ""
        text = f"valet {getattr(problem, 'option_name', '')} finns inte.{meant}"
    elif kind == "MissingParameter":
        parameter: Any = getattr(problem, "param", None)
        text = f"{parameter.display_name_raw if parameter is not None else 'något'} saknas."
    elif kind == "BadOptionUsage":
        needs = "takes" not in problem.message and "does not take" not in problem.message
        text = f"valet {getattr(problem, 'option_name', '')} {'behöver ett värde' if needs else 'tar inget värde'}."
    elif problem.message.startswith("No such command"):
        name, _, rest = problem.message.removeprefix("No such command ").partition(".")
        meant = rest.partition("Did you mean ")[2].replace(", ", " eller ")
        text = f"kommandot {name.strip(chr(39))} finns inte.{' Menade du ' + meant if meant else ''}"
    elif problem.message.startswith("Missing command"):
        text = "ett kommando saknas."
    elif problem.message.startswith("Got unexpected extra argument"):
        text = f"det står för mycket på raden: {problem.message.partition('(s) (')[2].rstrip(').')}."
    else:
        text = problem.format_message()
    context: Any = getattr(problem, "ctx", None)
    hint = f"\nHjälp: {context.command_path} --help" if context is not None else ""
    return f"Fel: {text}{hint}"
