"""S4: a suspect is detained on 28 September at ten, and nobody does anything."""

from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI, list_statutory_holidays
from law.clock import Colour
from tests.sandbox import Sandbox
from tests.scenarios.fraud import SUSPECT, Team, detain, filed_case, named_suspect, team
from tests.scenarios.passing import Passing, eventually
from tests.world import Hand
from watchdog.duties.open_orders import OpenOrders

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HELD = "criminal-detention-submit-for-arrest"
CHANGE = "measure-change-application"


async def _coming_28th(passing: Passing) -> datetime:
    now = await passing.now()
    day = datetime(now.year, 9, 28, 10, tzinfo=SHANGHAI)
    return day if now < day - DAY else day.replace(year=now.year + 1)


async def _publish_national_day(passing: Passing, year: int) -> None:
    """The first seven days of October are off, whether or not the State Council has said so yet."""
    days = [datetime(year, 1, 1, tzinfo=SHANGHAI) + DAY * n for n in range(365)]
    off = {day.date().isoformat() for day in days if day.weekday() >= 5 or (day.month, day.day) in {(10, n) for n in range(1, 8)}}
    off |= {day.isoformat() for day in list_statutory_holidays(year)}
    administrator, legal = await passing.as_("guanli"), await passing.as_("fangzhengping")
    proposed = await administrator.post(
        f"/api/calendar/{year}", rest_days=sorted(off), notice="国务院办公厅关于部分节假日安排的通知"
    )
    assert proposed.status_code == 200
    published = await legal.post(f"/api/calendar/{year}/confirm", proposed_at=proposed.json()["proposed_at"])
    assert published.status_code == 200


async def _warned(hand: Hand, clock: str) -> list[tuple[str, datetime]]:
    """Each warning of that clock that this person got, with its minute, the first first."""
    notices = (await hand.read("/api/notices", limit=100))["items"]
    sent = [(each["colour"], datetime.fromisoformat(each["sent_at"])) for each in notices if each["clock"] == clock]
    return [(colour, at.replace(second=0)) for colour, at in reversed(sent)]


async def _tasks(hand: Hand, suspect: str) -> list[dict[str, Any]]:
    return [each for each in (await hand.read("/api/tasks", limit=100))["items"] if each["matter"] == suspect]


async def _climbs(passing: Passing, people: Team, clock: str, at: datetime) -> None:
    """The ladder goes up one hand at a time, and each hears once."""
    heard: tuple[tuple[timedelta, Colour, Hand], ...] = (
        (2 * DAY, Colour.YELLOW, people.officer),
        (2 * DAY + 12 * HOUR, Colour.ORANGE, people.head),
        (2 * DAY + 22 * HOUR, Colour.RED, people.legal),
        (3 * DAY, Colour.OVERDUE, people.supervisor),
        (3 * DAY, Colour.OVERDUE, people.custody),
    )
    for after, colour, hand in heard:
        if await passing.now() < at + after:
            await passing.until(at + after - timedelta(minutes=1))
            assert await _warned(hand, clock) == []
            await passing.until(at + after + timedelta(minutes=1))
        assert await _warned(hand, clock) == [(colour, at + after)]
        assert (await people.officer.read(f"/api/clocks/{clock}"))["colour"] == colour


async def _ordered(passing: Passing, people: Team, suspect: str) -> str:
    """The one rectification order that has opened by itself over this suspect."""
    watch = passing.county.watch()

    async def orders() -> list[dict[str, Any]]:
        await watch.get_duty(OpenOrders).do()
        found = (await people.supervisor.read("/api/matters", kind="rectification-order"))["items"]
        return [each for each in found if each["parent"] == suspect]

    (order,) = await eventually(orders)
    told = await people.officer.card(order["number"])
    assert (told["stage"], told["officer"], "届满" in told["title"]) == ("ordered", people.officer.username, True)
    return order["number"]


async def _centre_told(sandbox: Sandbox, suspect: str) -> None:
    """The custody centre's system has been told, once, whose limit has passed."""

    async def received() -> list[dict[str, Any]]:
        messages = [each["message"] for each in sandbox.received("custody-centre")]
        return [each["data"] for each in messages if each["type"] == "person.measure-overdue"]

    (message,) = await eventually(received)
    assert (message["about"], message["name"]) == (suspect, SUSPECT["name"])


async def _rectified(people: Team, order: str) -> None:
    """The officer signs for it and reports by leave of the head; the supervisor verifies, and so does the legal department."""
    await people.officer.take(order, "sign-rectification")
    done = "已释放犯罪嫌疑人，并逐案排查在办羁押期限。"
    await people.officer.take(order, "report-grave-rectification", done=done)
    await people.head.approve(order, "report-grave-rectification")
    await people.supervisor.take(order, "verify-urgent-rectification")
    assert (await people.legal.approve(order, "verify-urgent-rectification"))["stage"] == "closed"


async def test_every_colour_comes_at_its_instant_and_nobody_is_released_or_extended_by_itself(
    passing: Passing, sandbox: Sandbox
) -> None:
    at = await _coming_28th(passing)
    await _publish_national_day(passing, at.year)
    people = await team(passing.county)
    suspect = await named_suspect(people, await filed_case(people, await passing.now() - DAY))
    await passing.until(at)
    await detain(people, suspect, at)
    clock = await people.officer.clock(suspect, HELD)
    assert datetime.fromisoformat(clock["due_at"]) == at.replace(month=10, day=1)
    assert any("人在押，不顺延" in reason and "第一百零五条" in reason for reason in clock["reasons"])

    await _climbs(passing, people, clock["id"], at)

    (task,) = [each for each in await _tasks(people.officer, suspect) if each["mandatory"]]
    assert "必须立即释放或者变更强制措施" in task["words"]
    card = await people.officer.card(suspect)
    assert (card["stage"], card["colour"]) == ("detained", "overdue")
    late = await people.officer.try_(suspect, "extend-detention", extension="+4 day", grounds="忘记办理")
    assert (late.status_code, late.json()["type"]) == (409, "/problems/time-limit-expired")

    order = await _ordered(passing, people, suspect)
    await _centre_told(sandbox, suspect)

    await passing.until(at + 5 * DAY)
    assert await _ordered(passing, people, suspect) == order
    for hand, colour, after in ((people.officer, "yellow", 2 * DAY), (people.supervisor, "overdue", 3 * DAY)):
        assert await _warned(hand, clock["id"]) == [(colour, at + after)]
    await people.officer.take(suspect, "release", grounds="羁押期限届满")
    assert (await people.chief.approve(suspect, "release"))["stage"] == "at_liberty"
    assert not await _tasks(people.officer, suspect)
    overrun = await people.officer.clock(suspect, HELD)
    assert (overrun["state"], overrun["overrun"]["until"]) == ("overrun", overrun["ended_at"])
    wall = (await people.supervisor.read("/api/boards/red-cards"))["items"]
    assert [(each["standing"], each["overdue_hours"]) for each in wall if each["clock"] == clock["id"]] == [("ended", 48.0)]
    assert (await people.officer.card(suspect))["colour"] == "none"
    await _rectified(people, order)


async def test_a_limit_ending_in_the_holidays_stands_for_who_is_held_and_rolls_for_who_is_on_bail(passing: Passing) -> None:
    at = await _coming_28th(passing)
    await _publish_national_day(passing, at.year)
    people = await team(passing.county)
    case = await filed_case(people, await passing.now() - DAY)
    held, bailed = await named_suspect(people, case), await named_suspect(people, case, name="高原")
    await passing.until(at)
    await detain(people, held, at)
    await people.officer.take(
        bailed, "decide-bail", at=at, surety="保证人", guarantor="贺家明", grounds="采取取保候审不致发生社会危险性"
    )
    await people.chief.approve(bailed, "decide-bail")
    for suspect in (held, bailed):
        await people.officer.take(suspect, "apply-measure-change", at=at, applicant="辩护律师 顾言")

    stands, rolls = await people.officer.clock(held, CHANGE), await people.officer.clock(bailed, CHANGE)
    assert datetime.fromisoformat(stands["due_at"]) == datetime(at.year, 10, 1, 10, tzinfo=SHANGHAI)
    assert datetime.fromisoformat(rolls["due_at"]) == datetime(at.year, 10, 8, 23, 59, 59, tzinfo=SHANGHAI)
    assert any("人在押，不顺延" in reason for reason in stands["reasons"])
    assert any("顺延至节假日后第一日" in reason for reason in rolls["reasons"])
    assert stands["calendar"] == rolls["calendar"] == "final"
