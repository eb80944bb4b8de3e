import pytest

from tests.tiny import Tiny


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A folder in which tiny exercises are written and played."""
    return Tiny(tmp_path_factory.mktemp("analytic"))
