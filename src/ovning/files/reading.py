"""Reads each file once, remembers what was wrong with it, and puts variants together with what they are based on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ovning.errors import InputError, Problem
from ovning.files.folders import (
    Found,
    find_base,
    find_upward,
    shipped_folder,
    spoken,
)
from ovning.files.source import failed
from ovning.files.tree import Node
from ovning.files.variants import merged
from ovning.files.yaml12 import read_yaml
from ovning.limits import MOST_VARIANTS


@dataclass(slots=True)
class Reader:
    """Reads files for one or several setups; ``problems`` is what was wrong with those it could not read."""

    problems: list[Problem] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    """File as named → SHA-256, for everything read so far."""
    _trees: dict[Path, Node | None] = field(default_factory=dict)

    def tree(self, found: Found) -> Node | None:
        """The file's tree; ``None`` when it cannot be read, which is then among the problems."""
        if found.strays:
            message = "länken leder ut ur mappen och följs inte"
            self.problems.extend(failed(found.name, message, "lägg filen i mappen i stället för en länk").problems)
            return None
        key = found.identity
        if key not in self._trees:
            try:
                self._trees[key] = read_yaml(found.path, found.name)
            except InputError as wrong:
                self.problems.extend(wrong.problems)
                self._trees[key] = None
        node = self._trees[key]
        if node is not None:
            self.hashes[found.name] = node.place.source.sha256
        return node

    def organisation(self, found: Found, before: tuple[Found, ...] = ()) -> Node | None:
        """An organisation's tree, with what it is based on merged in."""
        own = self.tree(found)
        if own is None or "based_on" not in own.mapping:
            return own
        named = own.mapping["based_on"]
        text = named.text
        if not text:
            self.problems.append(named.place.problem("based_on ska vara en organisations id eller fil"))
            return None
        chain = (*before, found)
        if len(chain) > MOST_VARIANTS:
            message = f"fler än {MOST_VARIANTS} varianter bygger på varandra i rad"
            self.problems.append(named.place.problem(message, "bygg på en som ligger längre ned i raden"))
            return None
        try:
            base = find_base(text, found.path.parent, named.place)
        except InputError as wrong:
            self.problems.extend(wrong.problems)
            return None
        if any(base.identity == f.identity for f in chain):
            names = " → ".join(Path(f.name).stem for f in (*chain, base))
            self.problems.append(named.place.problem(f"varianterna bygger på varandra i ring: {names}", "bryt ringen"))
            return None
        below = self.organisation(base, chain)
        if below is None:
            return None
        if "organisation" not in own.mapping:
            self.problems.append(own.place.problem("en variant behöver ett eget id", "lägg till organisation: …"))
        return merged(below, own.without("based_on"), self.problems)

    def vocabulary(self, folder: Path) -> Node | None:
        """The nearest vocabulary, else the shipped one."""
        found = find_upward("vocabulary.yaml", folder) or spoken(shipped_folder() / "vocabulary.yaml")
        return self.tree(found)

    def shared(self, *folders: Path) -> dict[str, Node]:
        """Shared assumptions by name: those nearest to the folders, in order; what they lack, the shipped."""
        found = [find_upward("assumptions.yaml", folder) for folder in folders]
        entries: dict[str, Node] = {}
        seen: set[Path] = set()
        for file in (*found, spoken(shipped_folder() / "assumptions.yaml")):
            if file is None or file.identity in seen or (file.top is None and not file.path.is_file() and entries):
                continue
            seen.add(file.identity)
            tree = self.tree(file)
            for name, entry in (tree.mapping if tree else {}).items():
                entries.setdefault(name, entry)
        return entries
