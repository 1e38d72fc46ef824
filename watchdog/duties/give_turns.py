"""Giving turns (轮到谁) to matters that were under way before turns were kept: once, without waiting for their next step."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from models.matter import Kind
from models.messages import Request
from models.store import api_writes, patience
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.tasks import OPEN_TASKS
from models.turns import Hand, apply_edition, turn_of, turn_task
from watchdog.duty import Duty
from workflows.registry import get_lifecycles

_BATCH = 200


class _Open(NamedTuple):
    """A matter that is open, and where it stands."""

    number: str
    kind: str
    stage: str
    unit_id: str
    officer: str
    requests: list[dict[str, Any]]


# Each entry since says whose turn it is; where none does, none has been made since. What was returned is its asker's to take up.
_TURNLESS = """NOT m.final AND NOT EXISTS (SELECT FROM entry e WHERE e.chain = m.number AND strpos(e.content, '"turn":') > 0)
    AND NOT EXISTS (SELECT FROM task t WHERE t.matter = m.number AND t.sort = 'returned' AND t.done_at IS NULL)"""
_STANDING = "m.number, m.kind, m.stage, m.unit_id, m.officer, m.requests"
TURNLESS = Query[_Open](
    f"SELECT {_STANDING} FROM matter m WHERE m.number > %(after)s AND {_TURNLESS} ORDER BY m.number LIMIT %(most)s"
)
# Whoever makes history in it holds its chain: read again once it is held.
HOLD = "SELECT FROM chain WHERE chain = %(number)s FOR UPDATE"
STILL = Query[_Open](f"SELECT {_STANDING} FROM matter m WHERE m.number = %(number)s AND {_TURNLESS}")
HANDS = Query[Hand]("""
SELECT h.office, h.username FROM unit here JOIN unit u ON starts_with(here.path, u.path)
JOIN holding h ON h.unit_id = u.id AND h.office = ANY(%(offices)s) JOIN person p ON p.username = h.username AND p.active
WHERE here.id = %(unit)s
""")


class GiveTurns(Duty[int]):
    """Reckon from its stage whose turn each open matter is that has never had one, and journal it; returns how many had one."""

    name = "give-turns"
    every = timedelta(seconds=2)

    # Up to which number every matter was looked at; None once all were, for whatever is recorded from now on has its turn.
    _after: str | None = ""

    async def do(self, now: datetime | None = None) -> int:
        """Look at a batch of matters, until all have been."""
        if self._after is None:
            return 0
        async with self.tools.pool.connection() as connection:
            now = now or await self.tools.timekeeper.read_now(connection)
            if now is None:
                return 0
            matters = await fetch_all(connection, TURNLESS, {"after": self._after, "most": _BATCH})
            given = [await _give(connection, each.number, now) for each in matters]
        self._after = matters[-1].number if matters else None
        return sum(given)


async def _give(connection: Connection, number: str, now: datetime) -> bool:
    async with connection.transaction():
        await connection.execute(HOLD, {"number": number})
        matter = await fetch_first(connection, STILL, {"number": number})
        turn = await _turn(connection, matter) if matter else None
        if turn is None:
            return False
        await api_writes.append(connection, number, "turn", "give-turn", None, {"turn": turn}, now)
        await connection.execute(OPEN_TASKS, {"tasks": Jsonb([turn_task(number, dict(turn), now)])})
    return True


async def _turn(connection: Connection, matter: _Open) -> Mapping[str, Any] | None:
    stage = get_lifecycles()[Kind(matter.kind)].stages.get(matter.stage)
    requests = [Request.model_validate({**each, "form": {}}) for each in matter.requests]
    awaited = stage.find_awaited(matter.officer, requests) if stage else None
    if awaited is None:
        return None
    hands = await fetch_all(connection, HANDS, {"offices": list(awaited.offices), "unit": matter.unit_id})
    turn = turn_of(matter.number, matter.stage, matter.unit_id, matter.officer, awaited, hands)
    return apply_edition(turn, await patience.find_in_force(connection, matter.unit_id, awaited.step))
