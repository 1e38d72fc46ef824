"""The long campaign: `make campaign`, or `python -m tests.faults.campaign --minutes 30`. Prints its figures; ends with 1 if anything is wrong."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.faults.campaign.campaign import Plan, campaign


def main() -> int:
    """Carry it out in a folder that is removed afterwards."""
    said = argparse.ArgumentParser(prog="python -m tests.faults.campaign", description=__doc__)
    said.add_argument("--minutes", type=float, default=30.0)
    said.add_argument("--cases", type=int, default=260, help="each is an incident, a case, a suspect and what is told outside")
    said.add_argument("--officers", type=int, default=8)
    said.add_argument("--longest", type=float, default=30.0, help="the longest outage, in seconds")
    said.add_argument("--every", type=float, default=15.0, help="seconds between two faults")
    said.add_argument("--seed", default="1")
    given = said.parse_args()
    plan = Plan(given.cases, given.minutes * 60, given.officers, given.longest, given.every, given.seed)
    with tempfile.TemporaryDirectory(prefix="louke-campaign-") as folder:
        found = asyncio.run(campaign(plan, Path(folder)))
    print(*found.figures, sep="\n")
    for what, examples in found.wrong.items():
        print(f"✗ {what}: {examples}")
    print("nothing lost, nothing doubled, everything carried out" if not found.wrong else "something is wrong")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
