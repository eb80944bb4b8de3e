"""How pages are made from templates: everything is text unless it says otherwise, and nothing may be missing."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ovning.report.catalogue import counted, words


def page_environment() -> Environment:
    """Templates by name, ``report.html``; styles and scripts by theirs, ``report.css``; ``w`` gives words."""
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"w": words, "counted": counted}
    return environment


def _template(name: str) -> str:
    kind = "" if name.endswith((".css", ".js")) else ".j2"
    return files("ovning.report").joinpath("templates", f"{name}{kind}").read_text(encoding="utf-8")
