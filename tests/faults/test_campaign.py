"""The short campaign; the long one is told by `make campaign`."""

import sys
from pathlib import Path

import pytest

from tests.faults.campaign.campaign import Plan, campaign

SHORT = Plan(cases=8, seconds=30, officers=3, longest_s=6, every_s=4)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
async def test_while_every_part_is_killed_nothing_is_lost_or_doubled_and_what_was_promised_is_done(
    tmp_path: Path, built: None
) -> None:
    found = await campaign(SHORT, tmp_path)
    print(*found.figures, sep="\n")
    assert found.wrong == {}, found.figures
