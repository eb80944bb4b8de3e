"""Who plays: processes here, or a cluster, but not both."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.commands.conftest import Said


@pytest.mark.parametrize("command", ["run", "compare", "sweep"])
def test_processes_and_a_cluster_are_not_asked_for_together(ovning: Callable[..., Said], command: str) -> None:
    said = ovning(command, "elavbrott", "--org", "orebro", "--cluster", "tcp://127.0.0.1:1", "--jobs", "2")
    assert said.code == 2
    assert "--jobs kan inte anges samtidigt" in said.err
    assert "Traceback" not in said.err
