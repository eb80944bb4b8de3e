"""Rings in what should be none: who follows whom, who stands above whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def ring(follows: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Each ring once, beginning with the first of its names in the mapping's order; names without entry end a path."""
    order = {name: n for n, name in enumerate(follows)}
    done: set[str] = set()
    for start in follows:
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            name, depth = stack.pop()
            del path[depth:]
            if name in path:
                found = path[path.index(name) :]
                first = found.index(min(found, key=order.__getitem__))
                yield (*found[first:], *found[:first])
                continue
            if name in done or name not in follows:
                continue
            path.append(name)
            done.add(name)
            stack.extend((n, depth + 1) for n in reversed(follows[name]))
