"""Where the program takes its words from: every use of the catalogue, and what is written outside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from jinja2 import Environment, nodes

import ovning

SOURCE: Final = Path(ovning.__file__).parent
TEMPLATES: Final = SOURCE / "report" / "templates"
COUNTED: Final = ("counted", "numbered")
"""Those that choose between a text for one and a text for several."""
ASKED: Final = ("words", "word", "phrase", "columns", *COUNTED)
"""Functions that take a key; templates say ``w`` for ``words``."""
ANYTHING: Final = "*"
"""Stands in a key for what is known only when it is asked for."""
_TOLD: Final = re.compile(r"[åäöÅÄÖ]|[^\W\d_]{2,}\s+[^\W\d_]{2,}")
"""A Swedish letter, or two words."""
_PART: Final = re.compile(r"(?=.*\s).*[^\W\d_]{2,}", re.DOTALL)
"""A word beside a space, in what is put together with something else."""


@dataclass(frozen=True)
class Use:
    """One place where a text is asked for."""

    where: str
    function: str
    keys: tuple[str, ...]
    """What it may be called, with ``*`` for what is not written out."""
    passed: frozenset[str]
    whole: bool
    """Whether all that is passed is written out."""

    @property
    def open(self) -> bool:
        """Whether some of the key is known only when it is asked for."""
        return any(ANYTHING in key for key in self.keys)

    @property
    def pattern(self) -> re.Pattern[str]:
        """What keys may be meant."""
        either = "|".join(re.escape(key).replace(re.escape(ANYTHING), r"\w+") for key in self.keys)
        return re.compile(f"({either})" + (r"\.(one|other)" if self.function in COUNTED else ""))


def uses() -> list[Use]:
    """Every use in the program and in the templates."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        asked = _imported(tree)
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef) or path.name == "table.py":
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in asked:
                    known = _known(function, node.lineno)
                    where = f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}"
                    passed = frozenset(one.arg for one in node.keywords if one.arg)
                    whole = all(one.arg for one in node.keywords)
                    found.append(Use(where, node.func.id, tuple(_keys(node, known)), passed, whole))
    for path in sorted(TEMPLATES.glob("*.j2")):
        for call in Environment().parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("w", "counted"):
                function = "words" if call.node.name == "w" else "counted"
                passed = frozenset(one.key for one in call.kwargs)
                keys = (_key_in_template(call.args[0]),)
                found.append(Use(f"{path.name}:{call.lineno}", function, keys, passed, True))
    return found


def written_in_code(path: Path) -> Iterator[str]:
    """Texts for people that stand in a module, outside its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    joined = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in documented else None
        if isinstance(text, str) and (_TOLD.search(text) or (id(node) in joined and _PART.match(text))):
            yield f"{path.name}:{node.lineno}: {text}"


def written_in_template(path: Path) -> Iterator[str]:
    """Texts for people that stand in a template, between its tags or in an attribute that is read out."""
    page = "".join(_data(path.read_text(encoding="utf-8")))
    for attribute in re.findall(r'(?:aria-label|alt|title|content)="([^"]*)"', page):
        if _TOLD.search(attribute):
            yield f"{path.name}: {attribute}"
    for text in re.split(r"<[^>]*>|\x00", re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)):
        if _TOLD.search(text):
            yield f"{path.name}: {text.strip()}"


def _imported(tree: ast.Module) -> set[str]:
    """Which of the functions the module has from the catalogue (or ``columns`` from the tables)."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
             and (node.module or "").startswith(("ovning.report", "ovning.words")) for alias in node.names}  # fmt: skip
    return names & set(ASKED)


def _known(function: ast.FunctionDef, line: int) -> dict[str, list[str]]:
    """The names in a function that can only be certain texts, with those that were last given before a line."""
    known: dict[str, list[str]] = {}
    given = sorted((node for node in ast.walk(function) if isinstance(node, ast.Assign)), key=lambda node: node.lineno)
    looped = (node for node in ast.walk(function) if not isinstance(node, ast.Assign))
    for node in (*given, *looped):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if node.lineno <= line:
                    # Once anything, it may be that still; of texts, the last (the others stand in other branches).
                    open_ = ANYTHING in known.get(name, [])
                    known[name] = [ANYTHING] if open_ else _written(value, {})
            case (
                ast.comprehension(target=target, iter=ast.Tuple(elts=each))
                | ast.For(target=target, iter=ast.Tuple(elts=each))
            ):
                for value in each:
                    pairs = [(target, value)]
                    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                        pairs = [*zip(target.elts, value.elts, strict=True)]
                    for name, text in pairs:
                        if isinstance(name, ast.Name):
                            known[name.id] = [*known.get(name.id, []), *_written(text, {})]
    return {name: texts for name, texts in known.items() if ANYTHING not in "".join(texts)}


def _keys(call: ast.Call, known: dict[str, list[str]]) -> Iterator[str]:
    function = call.func.id if isinstance(call.func, ast.Name) else ""
    for key in _written(call.args[0], known):
        if function != "columns":
            yield key
            continue
        for name in call.args[2:]:
            star = isinstance(name, ast.Starred)
            yield from (f"{key}.{one}" for one in ([ANYTHING] if star else _written(name, known)))


def _written(node: ast.expr, known: dict[str, list[str]]) -> list[str]:
    """All texts that an expression can be, with ``*`` for what is not written out."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Name(id=name) if name in known:
            return known[name]
        case ast.JoinedStr(values=parts):
            return ["".join(one) for one in product(*(_written(part, known) for part in parts))]
        case ast.FormattedValue(value=value):
            return _written(value, known)
        case ast.IfExp(body=one, orelse=other):
            return [*_written(one, known), *_written(other, known)]
        case _:
            return [ANYTHING]


def _key_in_template(node: nodes.Node) -> str:
    match node:
        case nodes.Const():
            return str(node.value)
        case nodes.Concat():
            return "".join(_key_in_template(part) for part in node.nodes)
        case _:
            return ANYTHING


def _data(source: str) -> Iterator[str]:
    """A template's own text, with a zero character for each expression."""
    for _, kind, text in Environment().lex(source):
        if kind == "data":
            yield text
        elif kind == "variable_begin":
            yield "\x00"
