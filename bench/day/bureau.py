"""The people of a day at their desks, and the account of it in the evening."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Browser

from bench.day.people import Person, listening, sitting
from bench.day.telling import TASKS, Telling, judge
from bench.http import Connections
from law.offices import Office
from seeds.bureau import HOLDINGS
from seeds.bureau import PEOPLE as EVERYBODY
from seeds.invention import STATIONS

# What the last step of the day led to is told within so many seconds.
_EVENING_S = 15.0
_LOOK_AGAIN_S = 0.5
# Who has nothing to do that day is there too: they must not hear of what is others'.
_HANDLING = (*STATIONS, "economic", "command", "legal", "inspection", "case-centre")
_HEADS = {each.person_id for each in HOLDINGS if each.office is Office.COUNTY_HEAD and each.unit_id == "qinglan"}
PEOPLE = tuple(
    each.username
    for each in EVERYBODY
    if each.id in _HEADS
    or any(
        held.person_id == each.id and held.unit_id in _HANDLING and held.office is not Office.AUXILIARY_OFFICER for held in HOLDINGS
    )
)
ON_PAGES = ("liusiyuan", "zhaotiejun", "fangzhengping", "zhouminghui")


@dataclass(frozen=True, slots=True)
class Bureau:
    """Where it answers, and by which token somebody is signed in."""

    address: str
    token_of: Callable[[str], str]

    @property
    def port(self) -> int:
        """Of the loopback."""
        return int(self.address.rpartition(":")[2])


@asynccontextmanager
async def at_work(
    bureau: Bureau, usernames: Collection[str], on_pages: Collection[str], started: Browser
) -> AsyncIterator[Mapping[str, Person]]:
    """Those people by user name: each hears the stream, or, if they are `on_pages`, has one open in that browser."""
    async with AsyncExitStack() as stack:
        people: dict[str, Person] = {}
        for username in usernames:
            token = bureau.token_of(username)
            hands = await stack.enter_async_context(Connections(bureau.port, token))
            people[username] = person = Person(username, hands)
            desk = (
                sitting(person, started, bureau.address, token) if username in on_pages else listening(person, bureau.port, token)
            )
            await stack.enter_async_context(desk)
        yield people


async def account_for(people: Mapping[str, Person], ask: Callable[[str], Awaitable[Sequence[Any]]]) -> Telling:
    """Who was told of what and who was not, when all that was recorded has been told; `ask` reads the database."""
    loop = asyncio.get_running_loop()
    over = loop.time() + _EVENING_S
    while True:
        lists = dict(zip(people, await asyncio.gather(*(each.whole_list() for each in people.values())), strict=True))
        telling = judge(await ask(TASKS), people, lists, datetime.now(UTC))
        if not any(telling) or loop.time() > over:
            return telling
        await asyncio.sleep(_LOOK_AGAIN_S)
