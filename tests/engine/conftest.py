import pytest

from tests.tiny import Tiny


@pytest.fixture
def tiny(tmp_path):
    """A folder in which tiny exercises are written and played."""
    return Tiny(tmp_path)
