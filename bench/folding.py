"""What it costs to fold away the steps that the law would refuse: the steps of a matter from an API that does, and from one that does not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg.types.json import Json

from bench.engines import Engines
from bench.filling import DESK
from bench.http import Connections
from bench.load import by_turns, queue
from bench.steps import api
from models.matter import Kind
from models.store.mappers import FactFound
from runtime.database import connect
from runtime.embedded.ports import find_free_port, is_free
from runtime.settings import Settings
from runtime.tokens import make_demo_tokens
from tests.law.hostile.stories import told_by
from workflows.registry import get_lifecycles

_TURNS, _CALLS, _WARM = 15, 20, 20
_STORIES, _MOVES = 12, 60
# By the letters of their numbers.
_KINDS = {"RY": Kind.SUSPECT, "ZA": Kind.PUBLIC_ORDER_CASE}
_MATTER = """
INSERT INTO matter (number, kind, stage, final, seq, unit_id, title, officer, colour, opened_at, updated_at, stage_since)
VALUES (%(number)s, %(kind)s, %(stage)s, false, 1, %(desk)s, '测量', %(desk)s, 'none', now(), now(), now())
"""
_FACT = """
INSERT INTO fact (matter, seq, n, fact, at, about, said) VALUES (%(number)s, %(seq)s, %(n)s, %(fact)s, %(at)s, %(about)s, %(said)s)
"""


def folding(engines: Engines) -> list[str]:
    """Lines of the report: the matters with the longest logs that a dozen stories leave, at the stage that offers most."""
    matters = {letters: _find_longest(letters) for letters in _KINDS}
    with connect(engines.url) as connection:
        for letters, (number, facts) in matters.items():
            kind = _KINDS[letters]
            stage = max(get_lifecycles()[kind].stages.items(), key=lambda each: len(each[1].open_steps))[0]
            connection.execute(_MATTER, {"number": number, "kind": kind, "stage": stage, "desk": DESK})
            for n, fact in enumerate(facts):
                connection.execute(_FACT, {**fact._asdict(), "said": Json(fact.said), "number": number, "n": n})
    return asyncio.run(_folding(engines, {_KINDS[letters]: found for letters, found in matters.items()}))


def _find_longest(letters: str) -> tuple[str, list[FactFound]]:
    found = [
        (number, [FactFound(each.fact, each.at, each.about, each.seq, each.said) for each in rows])
        for n in range(_STORIES)
        for number, rows in told_by(f"folding:{n}", _MOVES)[1].memory.facts.items()
        if number.startswith(letters)
    ]
    return max(found, key=lambda each: len(each[1]))


async def _folding(engines: Engines, matters: dict[Kind, tuple[str, list[FactFound]]]) -> list[str]:
    lines: list[str] = []
    async with _unfolded(engines) as without, api(engines) as folded:
        for name, (number, facts) in matters.items():
            path = f"/api/matters/{number}/steps"
            for side in (without, folded):
                await queue(_WARM, lambda side=side, path=path: side.ask("GET", path))
            offered = await folded.ask("GET", path)
            pair = await by_turns(
                _TURNS,
                lambda path=path: queue(_CALLS, lambda: without.ask("GET", path)),
                lambda path=path: queue(_CALLS, lambda: folded.ask("GET", path)),
            )
            plain, dear, ratio = pair.figures(lambda window: window.p50)
            lines.append(
                f"steps of a {name} with {len(facts)} facts, {len(offered)} offered, {sum(bool(each['barred']) for each in offered)} of them barred: "
                f"p50 without folding {plain:.1f} ms, with {dear:.1f} ms, ratio {ratio:.2f} (aim ≤ 1.25)"
            )
    return lines


@asynccontextmanager
async def _unfolded(engines: Engines) -> AsyncIterator[Connections]:
    port = find_free_port()
    with engines.program("unfolded", "bench.unfolded", ready=lambda _: not is_free("127.0.0.1", port), LOUKE_PORT=str(port)):
        token, _ = make_demo_tokens(Settings()).issue(DESK)
        async with Connections(port, token) as connections:
            yield connections
