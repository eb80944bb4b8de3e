"""Mutants: small wrongs that could have been written, found in the syntax tree.

What only guards or describes is left alone (annotations, decorators, assertions, texts, ``strict=``), and so is what no
test could miss (``+`` of two texts made ``-``): neither would say anything about the tests.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_COMPARISONS: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_TWINS = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "floor": "ceil",
    "ceil": "floor",
    "bisect_left": "bisect_right",
    "bisect_right": "bisect_left",
}
_GUARDS = frozenset({"strict", "frozen", "slots", "kw_only", "maxsize"})
_TYPING = frozenset({"TypeVar", "NewType", "ParamSpec", "cast", "Literal", "Annotated"})
_PLAIN = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp)


class Mutant(NamedTuple):
    """One wrong: the bytes from ``start`` to ``end`` of a module read ``text`` instead."""

    room: str
    path: str
    """From the root of the repository."""
    function: str
    """Where it stands, with its classes; empty at the top of a module."""
    line: int
    start: int
    end: int
    operator: str
    before: str
    after: str
    text: str
    nth: int = 0
    """Among those of the same function that read the same."""

    @property
    def name(self) -> str:
        """What it is, whatever stands above it in the module; the draw and old results know it by this."""
        return "|".join((self.path, self.function, self.operator, self.before, self.after, str(self.nth)))

    def applied(self, source: bytes) -> bytes:
        """The module with this wrong in it."""
        return source[: self.start] + self.text.encode() + source[self.end :]


def mutants_of(source: str, path: str, room: str) -> list[Mutant]:
    """All mutants of a module, in the order of its text."""
    finder = _Finder(source, path, room)
    finder.visit(ast.parse(source))
    seen: Counter[str] = Counter()
    numbered = []
    for mutant in sorted(finder.found, key=lambda one: (one.start, one.end, one.operator, one.after)):
        seen[mutant.name] += 1
        numbered.append(mutant._replace(nth=seen[mutant.name] - 1))
    return numbered


def lines_inside(source: str) -> frozenset[int]:
    """The lines inside functions, which run when somebody calls them and not when the module is imported."""
    return frozenset(
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        for line in range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
    )


class _Finder(ast.NodeVisitor):
    """Walks what runs and notes each wrong that could stand there."""

    def __init__(self, source: str, path: str, room: str) -> None:
        self.found: list[Mutant] = []
        self._path, self._room = path, room
        self._scope: list[str] = []
        self._starts = [0]
        for row in source.encode().splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(row))

    def _add(self, node: ast.expr | ast.stmt, operator: str, after: ast.expr | str) -> None:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        told = after if isinstance(after, str) else ast.unparse(after)
        self.found.append(
            Mutant(
                self._room,
                self._path,
                ".".join(self._scope),
                node.lineno,
                self._starts[node.lineno - 1] + node.col_offset,
                self._starts[node.end_lineno - 1] + node.end_col_offset,
                operator,
                ast.unparse(node),
                told,
                told if isinstance(node, ast.stmt) else f"({told})",
            )
        )

    def _inside(self, name: str, nodes: Iterable[ast.AST]) -> None:
        self._scope.append(name)
        for node in nodes:
            self.visit(node)
        self._scope.pop()

    # What is not walked into, or only in part.

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *(value for value in node.args.kw_defaults if value is not None)):
            self.visit(default)
        self._inside(node.name, node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._inside(node.name, node.body)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_If(self, node: ast.If) -> None:
        if ast.unparse(node.test).endswith("TYPE_CHECKING"):
            return
        self._negate(node.test)
        self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg not in _GUARDS:
            self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if _called(node.value) not in _TYPING:
            self.generic_visit(node)

    def visit_match_case(self, node: ast.match_case) -> None:
        if node.guard is not None:
            self._negate(node.guard)
            self.visit(node.guard)
        for statement in node.body:
            self.visit(statement)

    def _pass_by(self, node: ast.AST) -> None:
        """Texts, assertions and imports say or guard; they do nothing."""

    visit_JoinedStr = visit_Assert = visit_Import = visit_ImportFrom = _pass_by  # noqa: N815

    # Statements.

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None):
            self._add(node, "return skipped", "pass")
        else:
            self._add(node, "return nothing", "return None")
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self._add(node, "statement deleted", "pass")
            self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not self._scope and isinstance(node.value, ast.BinOp) and isinstance(node.value.op, ast.BitOr):
            return  # the name of a type
        if all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets):
            self._add(node, "statement deleted", "pass")
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._add(node, "statement deleted", "pass")
        other = _ARITHMETIC.get(type(node.op))
        if other is not None and not _is_plain(node.value):
            self._add(node, "arithmetic", ast.unparse(_with(node, op=other())))
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self._add(node, "statement deleted", "pass")

    def visit_Delete(self, node: ast.Delete) -> None:
        self._add(node, "statement deleted", "pass")

    def visit_Break(self, node: ast.Break) -> None:
        self._add(node, "statement deleted", "pass")

    def visit_Continue(self, node: ast.Continue) -> None:
        self._add(node, "statement deleted", "pass")
        self._add(node, "break for continue", "break")

    # Expressions.

    def visit_Compare(self, node: ast.Compare) -> None:
        for i, operator in enumerate(node.ops):
            for other in _COMPARISONS[type(operator)]:
                self._add(node, "comparison", _with(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]]))
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        other = _ARITHMETIC.get(type(node.op))
        if other is not None and not _is_plain(node.left) and not _is_plain(node.right):
            self._add(node, "arithmetic", _with(node, op=other()))
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self._add(node, "and for or", _with(node, op=other))
        for i in range(len(node.values)):
            rest = [*node.values[:i], *node.values[i + 1 :]]
            self._add(node, "operand dropped", rest[0] if len(rest) == 1 else _with(node, values=rest))
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        self._add(node, "sign or not dropped", node.operand)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._negate(test)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self._add(node, "constant", str(not node.value))
        elif isinstance(node.value, int | float):
            for step in (1, -1):
                self._add(node, "constant", repr(node.value + step))

    def visit_Call(self, node: ast.Call) -> None:
        name = _called(node.func)
        if name in _TYPING:
            return
        if name in _TWINS:
            self._add(node, "twin function", _with(node, func=_renamed(node.func, _TWINS[name])))
        if name in ("sorted", "sort"):
            rest = [keyword for keyword in node.keywords if keyword.arg != "reverse"]
            if len(rest) == len(node.keywords):
                rest.append(ast.keyword("reverse", ast.Constant(True)))
            self._add(node, "order reversed", _with(node, keywords=rest))
        if name == "reversed":
            self._add(node, "order reversed", _with(node, func=ast.Name("iter")))
        self.generic_visit(node)

    def _negate(self, test: ast.expr) -> None:
        """Where no other wrong already says the opposite."""
        if not isinstance(test, ast.UnaryOp) and not (isinstance(test, ast.Compare) and len(test.ops) == 1):
            self._add(test, "negated", ast.UnaryOp(ast.Not(), test))


def _with(node: ast.AST, **changes: object) -> ast.expr:
    other = copy.copy(node)
    for name, value in changes.items():
        setattr(other, name, value)
    return other  # type: ignore[return-value]


def _called(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _renamed(node: ast.expr, name: str) -> ast.expr:
    return _with(node, attr=name) if isinstance(node, ast.Attribute) else ast.Name(name)


def _is_plain(node: ast.expr) -> bool:
    """Whether it is plainly a text or a list, which cannot be counted with."""
    return isinstance(node, _PLAIN) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))
