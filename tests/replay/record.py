"""Record histories: `python -m tests.replay.record punished let_off`, when a stage was added or the shape of a message has grown.

Without a name, every life of `lives.py` is lived and recorded, and a canary. Histories that were recorded before stay: what replays them
must replay for as long as matters live. New ones go beside them, in a new folder named for the day. The matters are invented and the
payloads kept in the open, so that no key need be kept and changes can be read.
"""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from models.matter import Kind, build_workflow_id
from operations.replay import record_history
from runtime.embedded.ports import find_free_port
from runtime.embedded.postgres import prepare_postgres
from runtime.embedded.process import Child, Part
from runtime.embedded.temporal import prepare_temporal
from runtime.seals import Sealer, get_heads_file, load_signing_key
from tests.databases import migrate
from tests.replay.lives import LIVES, Life, team
from tests.sandbox import Sandbox, sandbox
from tests.world import World, found, people, world
from watchdog.duties.arm_canary import ArmCanary
from watchdog.duty import Tools

HISTORIES = Path(__file__).parent / "histories"


@contextmanager
def _running(part: Part, folder: Path) -> Iterator[None]:
    child = Child(part, folder / f"{part.name}.log")
    try:
        child.await_ready()
        yield
    finally:
        child.stop(within=5)


async def _canary(bureau: World) -> str:
    """A clock that is armed, as the watchdog arms it."""
    folder = bureau.settings.data_dir
    sealer = Sealer(get_heads_file(folder), load_signing_key(folder))
    return await ArmCanary(Tools(bureau.ctx.pool, bureau.client, sealer, bureau.settings.task_queue)).do()


async def _live(bureau: World, partners: Sandbox, lives: Sequence[Life], into: Path) -> None:
    people = await team(bureau, partners)
    for live in lives:
        for number in await live(people):
            ((kind,),) = await bureau.ask("SELECT kind FROM matter WHERE number = %(number)s", number=number)
            await record_history(
                bureau.client, build_workflow_id(kind, number), into / f"{kind}-{live.__name__}-{number[-8:]}.json"
            )
    if lives != LIVES:
        return
    number = await _canary(bureau)
    await record_history(bureau.client, build_workflow_id(Kind.CANARY, number), into / "canary.json")


def _new_folder() -> Path:
    """A folder for today that is not there yet, since nothing recorded before may be overwritten."""
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    names = (today, *(f"{today}-{n}" for n in range(2, 100)))
    return next(folder for folder in (HISTORIES / name for name in names) if not folder.exists())


async def _record(database: str, server: str, folder: Path, lives: Sequence[Life]) -> None:
    async with sandbox() as partners, world(found(people(database), server, folder, partners.settings)) as bureau:
        await _live(bureau, partners, lives, _new_folder())


def _main(folder: Path, lives: Sequence[Life]) -> None:
    cluster, server = prepare_postgres(folder / "postgres", durable=False), prepare_temporal(find_free_port(), None)
    with _running(cluster.part, folder), _running(server, folder):
        migrate(cluster.url)
        asyncio.run(_record(cluster.url, server.address, folder, lives))


if __name__ == "__main__":
    asked = sys.argv[1:]
    with TemporaryDirectory() as temporary:
        _main(Path(temporary), tuple(live for live in LIVES if not asked or live.__name__ in asked))
