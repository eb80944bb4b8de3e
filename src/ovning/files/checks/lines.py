"""Channels: that what they need can fail them, and that somebody at home can be reached when it does."""

from __future__ import annotations

from collections.abc import Iterator

from ovning.errors import Problem
from ovning.files.parts import Part
from ovning.model.organisation import Channel, Organisation
from ovning.model.vocabulary import Vocabulary


def idle_needs(organisation: Part[Organisation]) -> Iterator[Problem]:
    """A need that is never lost, or that no end of the channel has."""
    for channel in organisation.model.channels:
        for service, need in channel.depends_on.items():
            at = ("channels", channel.id, "depends_on", service)
            for key, value in (("at_least", need.at_least), ("share", need.share)):
                if value == 0:
                    yield organisation.warning(
                        f"{key}: 0 säger att ”{channel.id}” fungerar också utan ”{service}”",
                        f"ta bort {service} ur depends_on",
                        at=(*at, key),
                    )


def homes(organisation: Part[Organisation], vocabulary: Part[Vocabulary]) -> Iterator[Problem]:
    """Somebody at home can be called through a channel that needs no service; what is written wakes nobody."""
    words = vocabulary.model.channels
    written = {name for name, word in words.items() if word.written}
    reaching = [c for c in organisation.model.channels if c.reach == "all" and not c.units and c.id not in written]
    if not reaching:
        yield organisation.warning(
            "ingen sambandsväg når den som är hemma: ingen som är ledig kan kallas in",
            "låt en sambandsväg som inte är skriven ha reach: all, utan units",
            at=("channels",),
            key=True,
        )
        return
    needed = [_needs(channel) for channel in reaching]
    if not all(needed):
        return
    common = set.intersection(*needed)
    fallen = sorted(common)[:1] or sorted(set.union(*needed))
    partly = any(c.depends_on[s].share < 1 for c in reaching for s in c.depends_on if s in fallen)
    yield organisation.warning(
        f"om {' och '.join(fallen)} faller når ingen {'alla dem som är hemma' if partly else 'någon hemma'}: "
        "alla sambandsvägar dit behöver det",
        "lägg till en väg som inte behöver något, till exempel en ordonnans (reach: all)",
        at=("channels", reaching[0].id),
    )


def _needs(channel: Channel) -> set[str]:
    """Services without which a channel is dead, at least at some ends."""
    return {service for service, need in channel.depends_on.items() if need.at_least and need.share}


CHECKS = (idle_needs,)
"""Checks of an organisation by itself."""
