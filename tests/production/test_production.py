"""Production, seen running; only where the server's binaries are. `python -m tests.production` tells its figures."""

import os
import sys
from pathlib import Path

import pytest

from tests.production.__main__ import see
from tests.production.server import WHERE


@pytest.mark.skipif(sys.platform != "linux", reason="hands its processes handles by /proc")
@pytest.mark.skipif(
    not os.environ.get(WHERE), reason=f"{WHERE} does not name the folder of Temporal's binaries (docs/operations.md)"
)
async def test_whatever_dies_in_production_nothing_is_lost_or_doubled_and_what_was_promised_is_done(tmp_path: Path) -> None:
    assert await see(tmp_path, ("s4", "s2", "faults"), officers=4, cases=12) == {}
