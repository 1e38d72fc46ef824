"""A day at the bureau, measured: how soon whoever is next is told, has it in their list and sees it, beside an event that concerns nobody."""

import asyncio
import os
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from itertools import count
from json import dumps
from random import Random
from typing import cast

from psycopg import AsyncConnection

from bench.browser import served
from bench.day.bureau import ON_PAGES, PEOPLE, Bureau, account_for, at_work
from bench.day.courses import courses
from bench.day.people import Person
from bench.day.play import Account, Day
from bench.day.telling import Telling
from bench.engines import Engines
from bench.load import percentile
from law.offices import Office
from runtime.database import connect
from runtime.embedded import pages
from runtime.passwords import load_passwords
from runtime.settings import Settings
from runtime.tokens import DemoTokens, make_tokens
from seeds.bureau import HOLDINGS
from seeds.bureau import PEOPLE as EVERYBODY
from seeds.loading import load_bureau
from tests.web.browser import chromium, driver

CALLS, SEED = 300, 7
# An hour's calls come within so many seconds: Temporal's server skips no time, and nobody's clock but it.
LASTS_S, PAUSE_S = 270.0, 4.0
_HOUR_S = 3600
_AIM_MS = 2000
_PROBED_EVERY_S = 0.5
_NOTIFY = "SELECT pg_notify('louke', %s)"


def day(engines: Engines) -> list[str]:
    """Lines of the report."""
    pages.build()
    with connect(engines.url) as connection:
        load_bureau(connection, load_passwords(Settings()))
    with (
        engines.worker("worker", Settings().task_queue, "cli", "worker"),
        engines.program("watch", "cli", "watch", ready=lambda _: True),
    ):
        return asyncio.run(_day(engines))


async def _day(engines: Engines) -> list[str]:
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(served(engines))
        started = await chromium().launch(await stack.enter_async_context(driver()))
        stack.push_async_callback(started.close)
        issued = cast("DemoTokens", make_tokens(Settings()))
        bureau = Bureau(address, lambda username: issued.issue(username)[0])
        people = await stack.enter_async_context(at_work(bureau, PEOPLE, ON_PAGES, started))
        owner = await stack.enter_async_context(await AsyncConnection.connect(engines.url, autocommit=True))
        calls = courses(SEED, CALLS, people, datetime.now(UTC))
        probing = asyncio.create_task(_probe(owner, [*people.values()]))
        began = time.perf_counter()
        account = await Day(people, lasts_s=LASTS_S, pause_s=PAUSE_S).play(calls)
        seconds = time.perf_counter() - began
        probing.cancel()
        with suppress(asyncio.CancelledError):
            await probing

        async def ask(statement: str) -> Sequence[tuple[object, ...]]:
            return await (await owner.execute(statement.encode())).fetchall()

        telling = await account_for(people, ask)
        return [*_figures(account, list(people.values()), seconds), *_wrong(account, telling)]


async def _probe(owner: AsyncConnection, people: Sequence[Person]) -> None:
    """Send, at intervals, an event of the same size to somebody who hears the stream, that nothing was recorded for."""
    units = {each.username: (held.unit_id, held.office) for each in EVERYBODY for held in HOLDINGS if held.person_id == each.id}
    listening = [each for each in people if not each.before_a_page and units[each.username][1] is Office.CASE_OFFICER]
    chance = Random(SEED)
    for n in count():
        who = chance.choice(listening)
        unit, office = units[who.username]
        asked = {"sort": "turn", "step": "accept-dispatch", "unit": unit, "office": office, "person": who.username}
        number = f"probe-{n:010}"
        event = {"number": number, "kind": "incident", "unit": unit, "seq": 2, "stage": "dispatched", "step": "dispatch-incident"}
        who.probed[number] = time.perf_counter()
        await owner.execute(_NOTIFY, [dumps(event | {"sealed": False, "asked": [asked]})])
        await asyncio.sleep(_PROBED_EVERY_S)


def _figures(account: Account, people: Sequence[Person], seconds: float) -> list[str]:
    """What was measured, beside the probes."""
    steps, on_pages = len(account.answers), [each.username for each in people if each.before_a_page]
    handed = account.handovers
    probes = [probe for each in people for probe in _probes(each)]
    heard = [each.event for each in handed if each.event is not None]
    event, listed = [each[0] for each in probes], [each[1] for each in probes]
    return [
        f"{CALLS} calls within {LASTS_S:.0f} s ({_HOUR_S / LASTS_S:.0f} times as dense as in an hour), {len(people)} people, "
        f"{len(on_pages)} of them before pages: {steps} steps in {seconds:.0f} s ({steps / seconds:.1f}/s), "
        f"{account.put_off} put off; load at the end {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
        f"a step's answer: {_told(account.answers)}",
        f"floor, an event for which nothing was recorded, {len(probes)} times meanwhile: told {_told(event)}; list read {_told(listed)}",
        f"told by the stream, {len(heard)} times, since the step's receipt (below nothing: before it): {_told(heard)}",
        _beside("in the list", [each.listed for each in handed if each.to not in on_pages], listed),
        _beside("in a page's list", [each.listed for each in handed if each.to in on_pages], listed),
        _beside("on the screen", [each.screen for each in handed if each.screen is not None], listed),
    ]


def _probes(person: Person) -> list[tuple[float, float]]:
    """Of each probe that they heard: after how many seconds, and after how many their list was read because of it."""
    found: list[tuple[float, float]] = []
    for at, (number, _, _) in person.told:
        sent = person.probed.get(number)
        read = next((ended for began, ended in person.readings if began >= at), None)
        if sent is not None and read is not None:
            found.append((at - sent, read - sent))
    return found


def _beside(what: str, seconds: Sequence[float], floor: Sequence[float]) -> str:
    """A line: the time since a step's receipt, and how many times the floor's it is."""
    ratio = percentile(seconds, 95) / percentile(floor, 95)
    return f"{what}, {len(seconds)} times, since the step's receipt: {_told(seconds)} (aim: p95 < {_AIM_MS} ms); p95 {ratio:.2f} of the floor's"


def _told(seconds: Sequence[float]) -> str:
    return ", ".join(f"p{n} {percentile(seconds, n) * 1000:.0f} ms" for n in (50, 95, 99))


def _wrong(account: Account, telling: Telling) -> list[str]:
    """What ought to be nothing."""
    found = {
        "waited in vain": account.untold,
        "refused": account.refused,
        "never told": telling.untold,
        "told of what is another's": telling.told_wrongly,
        "open and in nobody's list": telling.unseen,
        "in the list of somebody else": telling.seen_wrongly,
    }
    return [
        f"{what}: {len(which)} (aim: none){''.join(f'{chr(10)}  {each}' for each in which[:10])}" for what, which in found.items()
    ]
