"""`python -m tests.production`: production on this machine, seen running. It stops by itself; ends with 1 if anything is wrong.

LOUKE_TEMPORAL_SERVER names the folder of Temporal's binaries (docs/operations.md says how one gets them); without it, it says so.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.production.cluster import Production, production
from tests.production.faults import campaign
from tests.production.figures import figures
from tests.production.server import WHERE
from tests.production.stories import s2, s4
from tests.sandbox import Sandbox, sandbox

PARTS = ("s4", "s2", "faults", "figures")


Wrong = dict[str, list[object]]


async def _s4(county: Production, outside: Sandbox, _size: tuple[int, int], _wrong: Wrong) -> list[str]:
    await s4(county, outside)
    await county.databases.pair()
    return [
        "S4: workers, the primary database and the API died on the way; nothing lost, nothing told twice",
        "the lost database was laid anew as a standby",
    ]


async def _s2(county: Production, outside: Sandbox, _size: tuple[int, int], _wrong: Wrong) -> list[str]:
    await s2(county, outside)
    return ["S2: from the dispute to the judgment"]


async def _faults(county: Production, outside: Sandbox, size: tuple[int, int], wrong: Wrong) -> list[str]:
    found = await campaign(county, outside, *size)
    wrong |= found.wrong
    verified = await asyncio.to_thread(county.verify)
    if verified.returncode:
        wrong["louke verify"] = [verified.stdout[-2000:]]
    return [*found.figures, f"louke verify: {'nothing is wrong' if not verified.returncode else 'see below'}"]


async def _figures(county: Production, _outside: Sandbox, _size: tuple[int, int], _wrong: Wrong) -> list[str]:
    return await figures(county)


_SEEN = {"s4": _s4, "s2": _s2, "faults": _faults, "figures": _figures}


async def see(folder: Path, parts: tuple[str, ...], officers: int, cases: int) -> Wrong:
    """Carry those parts out below that folder, telling what is seen as it is seen; what was wrong."""
    wrong: Wrong = {}
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {line}", flush=True)

    async with sandbox() as outside, production(folder, outside.settings) as county:
        tell(f"everything runs: {len(county.names(''))} processes and two databases")
        for part in (each for each in PARTS if each in parts):
            try:
                for line in await _SEEN[part](county, outside, (officers, cases), wrong):
                    tell(line)
            except (AssertionError, TimeoutError) as error:  # what comes after it is seen all the same
                wrong[part] = [f"{type(error).__name__} {error}".strip(), traceback.format_exc(limit=-3)]
                tell(f"✗ {part}: {wrong[part][0]}")
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
