"""`python -m tests.production`: production on this machine, seen running. It stops by itself; ends with 1 if anything is wrong.

LOUKE_TEMPORAL_SERVER names the folder of Temporal's binaries (docs/operations.md says how one gets them); without it, it says so.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.production.cluster import production
from tests.production.faults import campaign
from tests.production.figures import figures
from tests.production.server import WHERE
from tests.production.stories import s2, s4
from tests.sandbox import sandbox

PARTS = ("s4", "s2", "faults", "figures")


async def see(folder: Path, parts: tuple[str, ...], officers: int, cases: int) -> dict[str, list[object]]:
    """Carry those parts out below that folder, telling what is seen as it is seen; what was wrong."""
    wrong: dict[str, list[object]] = {}
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {line}", flush=True)

    async with sandbox() as outside, production(folder, outside.settings) as county:
        tell(f"everything runs: {len(county.names(''))} processes and two databases")
        if "s4" in parts:
            await s4(county, outside)
            tell("S4: workers, the primary database and the API died on the way; nothing lost, nothing told twice")
            await county.databases.pair()
            tell("the lost database was laid anew as a standby")
        if "s2" in parts:
            await s2(county, outside)
            tell("S2: from the dispute to the judgment")
        if "faults" in parts:
            found = await campaign(county, outside, officers, cases)
            for line in found.figures:
                tell(line)
            wrong = found.wrong
            verified = await asyncio.to_thread(county.verify)
            if verified.returncode:
                wrong["louke verify"] = [verified.stdout[-2000:]]
        if "figures" in parts:
            for line in await figures(county):
                tell(line)
    tell("everything was stopped")
    return wrong


def main() -> int:
    """Carry it out in a folder that is removed afterwards."""
    said = argparse.ArgumentParser(prog="python -m tests.production", description=__doc__)
    said.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which, in their order; all by default")
    said.add_argument("--officers", type=int, default=6)
    said.add_argument("--cases", type=int, default=40)
    said.add_argument("--keep", type=Path, help="a folder to be made, which keeps the data and everybody's logs")
    given = said.parse_args()
    if not os.environ.get(WHERE):
        print(
            f"{WHERE} does not name the folder of Temporal's binaries: there is nothing to run. docs/operations.md says how one gets them."
        )
        return 2
    with tempfile.TemporaryDirectory(prefix="louke-production-", ignore_cleanup_errors=True) as place:
        folder = given.keep or Path(place)
        folder.mkdir(mode=0o700, exist_ok=True)
        wrong = asyncio.run(see(folder, tuple(given.parts or PARTS), given.officers, given.cases))
    for what, examples in wrong.items():
        print(f"✗ {what}: {examples}")
    print("nothing lost, nothing doubled, everything carried out" if not wrong else "something is wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
