"""What holds for all tests: none measures time (a busy machine makes no property false), and none writes at home."""

import os
import tempfile

from hypothesis import settings

# Nothing that is tested writes among what the user's programs remember, wherever it runs.
_remembered = tempfile.TemporaryDirectory(prefix="ovning-state-")
for _name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
    os.environ[_name] = _remembered.name

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
