"""The reference of records and columns in ``docs/log.md``, made from the docstrings so that it cannot fall behind.

``python -m ovning.log.reference docs/log.md`` renews the part of the file between its two marks.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final

from ovning.log.columns import column_of, columns
from ovning.log.fields import RECORD_TYPES, fields_of

BEGIN: Final = "<!-- made from the docstrings: begin -->"
END: Final = "<!-- made from the docstrings: end -->"

COMMON: Final = {
    "at": "When it happened, milliseconds since STARTEX; for a stretch of time, when it ended.",
    "since": "When the stretch of time began, milliseconds since STARTEX.",
    "task": "The task, `case/name`.",
    "case": "The case.",
    "title": "Its title, in Swedish.",
    "person": "The person, `group#ordinal`.",
    "station": "The station: a function, a staff seat `level.seat`, or a body.",
    "objectives": "Objectives of the exercise that it tests.",
    "priority": "0 life, 1 high, 2 normal, 3 low.",
    "inject": "The inject.",
    "event": "The event of the scenario.",
    "service": "The service.",
    "need": "The service that it needs.",
    "flow": "The flow.",
    "stock": "The stock.",
    "stage": "The stage of the flow.",
    "function": "The function.",
    "until": "Until when, milliseconds since STARTEX.",
    "level": "The level of readiness or command.",
    "body": "The body.",
    "fact": "The fact.",
    "decision": "The decision.",
    "seat": "The seat in the level's staff.",
    "sender": "Who gave it.",
    "receiver": "Who got it.",
    "channel": "The channel.",
    "by": "How, or through whom.",
    "how": "In what way.",
    "why": "Why.",
    "kind": "What sort of case it is.",
    "outcome": "How it ended.",
    "cause": "Why it waited.",
    "activity": "What the person's time went to; only `work` is part of the task's life.",
    "mode": "What may interrupt it: a call may interrupt desk and field work.",
    "state": "Whether it waited or was being worked on.",
    "reason": "Why.",
    "severity": "How grave it is, on the vocabulary's scale.",
    "by_pattern": "Whether it is several facts together that are so grave.",
    "text": "The words.",
    "present": "How many are there.",
    "number": "How many.",
    "items": "Which they are, by their numbers; none if they are only counted.",
    "shift": "The shift's number.",
    "place": "Where.",
    "chair": "Who presides.",
    "vice_chair_presides": "Whether that is the vice chair, the chair not being there.",
    "exercise": "The exercise's id.",
    "organisation": "The organisation's id.",
    "variation": "The chosen variation.",
    "seed": "The seed.",
    "replication": "The replication number.",
    "horizon": "How long was played, milliseconds.",
    "knower": "Who knows: a station, or for the seats of a staff their level.",
}
"""What a field means in every record that says nothing more of its own."""


def meanings(record: str) -> dict[str, str]:
    """What each field of a record type means: by its docstring, or else what its name always means.

    Raises ``KeyError`` for a field that is documented nowhere.
    """
    (defined,) = ast.parse(inspect.getsource(RECORD_TYPES[record])).body
    body = defined.body if isinstance(defined, ast.ClassDef) else []
    own: dict[str, str] = {}
    for node, following in pairwise(body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            text = _docstring(following)
            if text is not None:
                own[node.target.id] = text
    return {field.name: own.get(field.name) or COMMON[field.name] for field in fields_of(record)}


def reference() -> str:
    """Markdown: every record type with its fields, and every column of the Parquet file."""
    return "\n".join([*_records(), *_columns()])


def renewed(text: str) -> str:
    """The text with the part between its marks made anew. Raises ``ValueError`` if the marks are not there."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"there is no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


def _records() -> Iterable[str]:
    for name, record in RECORD_TYPES.items():
        text = " ".join(str(inspect.getdoc(record)).split())
        yield f"### {name}\n\n{_marked(text)}\n\n| field | type | meaning |\n|---|---|---|"
        meaning = meanings(name)
        for field in fields_of(name):
            yield f"| `{field.name}` | {field.says} | {_marked(meaning[field.name])} |"
        yield ""


def _columns() -> Iterable[str]:
    yield "### Columns of the Parquet file\n\n| column | type | filled for |\n|---|---|---|"
    always = {"play", "exercise", "organisation", "variation", "seed", "replication", "n", "type", "at"}
    for column, kind in columns().items():
        holders = [
            f"`{record}`"
            for record in RECORD_TYPES
            if column in {column_of(record, field.name) for field in fields_of(record)}
        ]
        yield f"| `{column}` | {kind} | {'every row' if column in always else ', '.join(holders)} |"
    yield ""


def _docstring(node: ast.stmt) -> str | None:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split())
    return None


def _marked(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|")


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
