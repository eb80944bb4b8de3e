"""The draw: which mutants, in what proportion, and none that runs as another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType

from tools.mutation.mutants import Mutant, mutants_of

ROOMS = ("engine", "measures", "experiment")
HOUSE = Path("src", "ovning")


def meaning(source: bytes) -> str | None:
    """A digest of what the interpreter would run, line numbers apart; ``None`` if it is no program."""
    try:
        code = compile(source, "module", "exec", dont_inherit=True)
    except SyntaxError:
        return None
    digest = hashlib.sha256()
    for part in _parts(code):
        digest.update(part)
    return digest.hexdigest()


def shares(lines: Mapping[str, int], n: int) -> dict[str, int]:
    """How many of ``n`` each room gets, in proportion to its lines; what is left over goes to the largest fractions."""
    whole = sum(lines.values())
    exact = {room: n * count / whole for room, count in lines.items()}
    given = {room: int(share) for room, share in exact.items()}
    for room in sorted(exact, key=lambda one: (given[one] - exact[one], one))[: n - sum(given.values())]:
        given[room] += 1
    return given


def draw(root: Path, rooms: Sequence[str], n: int, seed: int) -> list[Mutant]:
    """A sample of ``n``, none of which runs as the original or as another of them.

    Each mutant has a number of its own from the seed and its name, and the lowest are drawn: a change of the code
    changes the sample only there, and a small sample is a part of a large one.
    """
    sources = {room: _modules(root, room) for room in rooms}
    lines = {room: sum(text.count(b"\n") for text in modules.values()) for room, modules in sources.items()}
    drawn: list[Mutant] = []
    for room, share in shares(lines, n).items():
        modules = sources[room]
        every = [mutant for path, text in modules.items() for mutant in mutants_of(text.decode(), path, room)]
        every.sort(key=lambda one: hashlib.sha256(f"{seed}|{one.name}".encode()).digest())
        drawn += _distinct(every, modules, share)
    return drawn


def _distinct(mutants: Iterable[Mutant], modules: Mapping[str, bytes], n: int) -> list[Mutant]:
    seen: set[tuple[str, str | None]] = {(path, meaning(text)) for path, text in modules.items()}
    seen |= {(path, None) for path in modules}
    kept: list[Mutant] = []
    for mutant in mutants:
        if len(kept) == n:
            break
        what = (mutant.path, meaning(mutant.applied(modules[mutant.path])))
        if what not in seen:
            seen.add(what)
            kept.append(mutant)
    return kept


def _modules(root: Path, room: str) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in sorted((root / HOUSE / room).rglob("*.py"))
    }


def _parts(code: CodeType) -> Iterator[bytes]:
    yield code.co_code
    yield code.co_exceptiontable
    yield repr((code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, code.co_flags)).encode()
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _parts(constant)
        else:
            yield (
                repr((type(constant).__name__, sorted(map(repr, constant)))).encode()
                if isinstance(constant, frozenset)
                else repr(constant).encode()
            )
