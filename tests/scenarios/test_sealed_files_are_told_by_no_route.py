"""A sealed file is told of by no address of the contract: neither its own, nor that of anything that came of it or that it came from."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from api import events
from api.labels import list_steps_with_approval
from law.calendar import SHANGHAI
from models.access.scope import Person
from models.matter import Kind
from models.readmodel.offices import find_person
from operations.verify import verify
from tests.sandbox import Sandbox
from tests.scenarios.fraud import CALL, Team, detain, filed_case, named_suspect, opened, scanned, team
from tests.scenarios.test_s08_a_minor import BOY
from tests.scenarios.test_s09_the_exhibits import LIST
from tests.walk import Sought, walk
from tests.world import Hand, World, until

HOUR = timedelta(hours=1)
# A colleague of the station, an auxiliary there, another station, the desk that took the call, an organ outside with which nothing is
# shared, and who administers.
OUTSIDERS = ("xuyating", "dongxiaodong", "wuhaoran", "linxiaoyu", "mogongyi", "guanli")
TITLE = "何小舟与班主任谈话录音整理"
# What of such a file nobody is told who has not said why they read it: people, papers, what happened.
PRIVATE = (
    BOY["name"],
    BOY["citizen_number"],
    TITLE,
    CALL["narrative"][:12],
    CALL["reporter"],
    CALL["reporter_phone"],
    CALL["place"],
)


class Files(NamedTuple):
    """A family of matters: every number in it, and what nobody outside it may read."""

    numbers: Sequence[str]
    secrets: Sequence[str]


async def family(county: World, case: str) -> Files:
    """Everything that hangs together with that case, by its table."""
    numbers = {case}
    while True:
        rows = await county.ask(
            "SELECT number, parent FROM matter WHERE number = ANY(%(n)s) OR parent = ANY(%(n)s)", n=sorted(numbers)
        )
        found = numbers | {each for row in rows for each in (row.number, row.parent) if each}
        if found == numbers:
            return Files(sorted(numbers), [*sorted(numbers), BOY["name"], BOY["citizen_number"], TITLE])
        numbers = found


async def sought(county: World, files: Files) -> Sought:
    """Every value by which something of that family could be asked for."""
    clocks = await county.ask("SELECT id FROM clock WHERE matter = ANY(%(n)s)", n=files.numbers)
    papers = await county.ask("SELECT id FROM document WHERE matter = ANY(%(n)s)", n=files.numbers)
    items = await county.ask("SELECT id FROM dossier_item WHERE matter = ANY(%(n)s)", n=files.numbers)
    messages = await county.ask("SELECT message_id FROM inbound")
    reports = await county.ask("SELECT id FROM report")
    requests = await county.ask(
        "SELECT DISTINCT seq FROM entry WHERE chain = ANY(%(n)s) AND step = ANY(%(steps)s) ORDER BY seq",
        n=files.numbers,
        steps=sorted(list_steps_with_approval()),
    )
    return Sought(
        {
            "number": files.numbers,
            "clock_id": [row.id for row in clocks],
            "document": [str(row.id) for row in papers],
            "item": [str(row.id) for row in items],
            "message_id": [row.message_id for row in messages] or ["none"],
            "report_id": [str(row.id) for row in reports] or ["1"],
            "system": list(county.app.state.systems),
            "username": ["liusiyuan", "xuyating"],
            "token": ["nothing"],
            "seq": [str(row.seq) for row in requests],
            "digest": ["0" * 64],
        },
        # By one case, one suspect, and their name; the rest would be the same again.
        [*{each[:2]: each for each in files.secrets if each[:2] in ("XA", "RY", "LX", "何小", "贺文")}.values()],
    )


async def everything(people: Team, county: World, case: str, suspect: str, at: datetime) -> None:
    """Whatever leaves a trace elsewhere: messages to other organs, a thing, a scan, an order, a request that waits."""
    await detain(people, suspect, at)
    await people.officer.take(case, "ask-household", name=BOY["name"], citizen_number=BOY["citizen_number"], purpose="核实身份")
    await scanned(people.officer, suspect, TITLE)
    said = LIST | {"officers": ["liusiyuan", "zhaotiejun"]}
    await people.officer.take(case, "seize-property", **said)
    await people.head.approve(case, "seize-property")
    order = {"problem": f"{BOY['name']}一案未及时通知家属", "demand": "补正", "subject": suspect}
    await opened_order(people, order)
    await people.officer.take(suspect, "admit-handler", handler="machao", reason="协办")

    async def told() -> list[Any]:
        return await county.ask(
            "SELECT number FROM matter WHERE kind IN ('delivery', 'exhibit') AND parent = ANY(%(n)s)", n=[case, suspect]
        )

    await until(told, lambda rows: len(rows) >= 3, within=15)


async def opened_order(people: Team, order: dict[str, str]) -> str:
    """An order over a matter, by the legal reviewer."""
    return (await people.legal.open("rectification-order", **order))["number"]


async def leaks(county: World, files: Files, username: str) -> list[tuple[str, str]]:
    """Each address whose answer names something of those files, and what; what somebody asked for by name may be said back to them."""
    answers = await walk(county, username, await sought(county, files))
    named = {address: unquote(address) for address in answers}
    return [
        (address, secret)
        for address, text in answers.items()
        for secret in files.secrets
        if secret in text and secret not in named[address]
    ]


@pytest.fixture
async def sealed(county: World, sandbox: Sandbox) -> tuple[Team, Files]:
    """A boy of sixteen, detained, in a case that came from a call; with everything that a case can leave elsewhere."""
    people = await team(county)
    at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - 3 * HOUR
    case = await filed_case(people, at - 24 * HOUR)
    suspect = await opened(people.officer, await people.officer.take(case, "name-suspect", **BOY))
    await everything(people, county, case, suspect, at)
    return people, await family(county, case)


async def test_nobody_who_does_not_handle_a_sealed_case_reads_of_it_anywhere(county: World, sealed: tuple[Team, Files]) -> None:
    people, files = sealed
    kinds = {row.kind for row in await county.ask("SELECT kind FROM matter WHERE number = ANY(%(n)s)", n=files.numbers)}
    assert kinds >= {Kind.INCIDENT, Kind.CRIMINAL_CASE, Kind.SUSPECT, Kind.DELIVERY, Kind.EXHIBIT, Kind.RECTIFICATION_ORDER}
    seen = await walk(county, people.head.username, await sought(county, files))
    assert {secret for secret in files.secrets for text in seen.values() if secret in text} == set(files.secrets), (
        "who approves reads all"
    )
    for username in OUTSIDERS:
        assert await leaks(county, files, username) == [], username
    # Whoever supervises follows up the orders, and reads in them what an order says; of everything else nothing.
    orders = [each for each in files.numbers if each.startswith(Kind.RECTIFICATION_ORDER.prefix)]
    rest = Files([each for each in files.numbers if each not in orders], files.secrets)
    assert {n for n in rest.numbers if (await (await county.as_("mengqiu")).get(f"/api/matters/{n}")).status_code != 404} == set()
    assert verify(county.settings).faults == []


async def test_what_is_kept_from_somebody_does_not_exist_for_them_whatever_office_they_hold(
    county: World, sandbox: Sandbox
) -> None:
    """Its own officer, an office in the unit, the head of it and a handler from elsewhere: by no address, and not by what came of it."""
    people = await team(county)
    at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - 3 * HOUR
    case = await filed_case(people, at - 24 * HOUR)
    suspect = await named_suspect(people, case)
    await everything(people, county, case, suspect, at)
    files = await family(county, case)
    top = next(each for each in files.numbers if each.startswith(Kind.INCIDENT.prefix))
    secrets = Files(files.numbers, [*files.numbers, TITLE, "贺文涛", "330102198506121012"])
    refused = await people.officer.try_(top, "change-kept-from", officers=["wuhaoran"], reason="与其有关")
    assert refused.status_code == 403
    unknown = await people.supervisor.try_(top, "change-kept-from", officers=["nobody"], reason="与其有关")
    assert unknown.json()["errors"][0]["field"] == "officers"
    both = await people.supervisor.try_(top, "change-kept-from", officers=["machao"], let_officers=["machao"], reason="与其有关")
    assert (both.status_code, "不能既回避又不再回避" in both.text) == (422, True)
    # Nobody could take back what whoever supervises keeps from themselves.
    own = await people.supervisor.try_(top, "change-kept-from", officers=[people.supervisor.username], reason="与其有关")
    assert [(each["field"], each["rule"]) for each in own.json()["errors"]] == [("officers", "oneself")]
    # Whoever has to let somebody go knows of it until they have.
    held = await people.supervisor.try_(top, "change-kept-from", units=["chengguan"], reason="涉及本单位人员")
    assert [(each["field"], each["rule"]) for each in held.json()["errors"]] == [("units", "answers-for-liberty")]
    await people.officer.take(suspect, "release", grounds="不需要继续羁押")
    await people.chief.approve(suspect, "release")
    await people.supervisor.take(top, "change-kept-from", officers=["machao"], units=["chengguan"], reason="涉及本单位人员")
    for username in ("liusiyuan", "xuyating", "zhaotiejun", "machao"):
        assert await leaks(county, secrets, username) == [], username
    for hand in (people.supervisor, people.legal, people.chief):
        assert {number for number in (case, suspect) if (await hand.get(f"/api/matters/{number}")).status_code != 200} == set()
    # What is opened under it later is kept as well; and who is let know again knows.
    order = await opened_order(people, {"problem": "未及时通知家属", "demand": "补正", "subject": suspect})
    assert (await people.officer.get(f"/api/matters/{order}")).status_code == 404
    await people.supervisor.take(top, "change-kept-from", let_units=["chengguan"], reason="核实与其无关")
    assert (await people.officer.card(suspect))["officer"] == people.officer.username
    assert (await (await county.as_("machao")).get(f"/api/matters/{case}")).status_code == 404
    assert verify(county.settings).faults == []


@pytest.mark.parametrize("username", ["zhaotiejun", "zhouminghui", "fangzhengping", "douyiming"])
async def test_whoever_may_open_a_sealed_file_is_told_without_a_reason_what_to_act_on_and_not_what_it_is_about(
    county: World, sealed: tuple[Team, Files], username: str
) -> None:
    people, files = sealed
    case, suspect = (
        next(each for each in files.numbers if each.startswith(kind.prefix)) for kind in (Kind.CRIMINAL_CASE, Kind.SUSPECT)
    )
    await people.officer.take(case, "seize-property", **LIST | {"officers": ["liusiyuan", "zhaotiejun"], "place": TITLE})
    await people.officer.take(case, "urge", request="seize-property", words=f"{BOY['name']}一案急")
    words = [*PRIVATE, PRIVATE[3][:4], BOY["citizen_number"][:10]]
    answers = await walk(county, username, replace(await sought(county, files), words=[*words, suspect]), reason="")
    told = [
        (address, secret)
        for address, text in answers.items()
        for secret in PRIVATE
        if secret in text and secret not in unquote(address)  # what somebody asked for may be said back to them
    ]
    assert told == []
    # What is looked for is no word of what a file is about: else the search would tell.
    found = [
        (address, number)
        for address, text in answers.items()
        for number in files.numbers
        if number in text and any(word in unquote(address) for word in words)
    ]
    assert found == []
    if username != "douyiming":
        hand = await county.as_(username, reason="")
        (row,) = (await hand.find("/api/search", q=suspect))["matters"]
        assert (row["number"], row["title"], bool(row["stage_zh"])) == (suspect, "封存案卷", True)
        listed = (await hand.find("/api/matters/find", q=suspect))["items"]
        assert [(each["title"], each["stage"], each["sealed"]) for each in listed] == [("封存案卷", "detained", True)]
        running = [each for each in (await hand.read("/api/clocks", limit=100))["items"] if each["matter"] == suspect]
        assert {each["title"] for each in running} == {"封存案卷"}
        assert all(each["due_at"] and each["zh"] for each in running)


async def test_what_lies_before_a_head_in_a_sealed_case_is_told_in_full_once_they_have_said_why(
    county: World, sealed: tuple[Team, Files]
) -> None:
    people, files = sealed
    case = next(each for each in files.numbers if each.startswith(Kind.CRIMINAL_CASE.prefix))
    await people.officer.take(case, "seize-property", **LIST | {"officers": ["liusiyuan", "zhaotiejun"]})
    await people.officer.take(case, "urge", request="seize-property", words=f"{BOY['name']}一案急")
    silent, said = await county.as_("zhaotiejun", reason=""), await county.as_("zhaotiejun")

    async def before(hand: Hand) -> tuple[str, bool, str]:
        task = next(each for each in (await hand.read("/api/tasks", limit=100))["items"] if each["request"] == "seize-property")
        notice = next(each for each in (await hand.read("/api/notices", limit=100))["items"] if each["matter"] == case)
        return task["title"], task["form"] is not None, notice["words"]

    assert await before(silent) == ("封存案卷", False, "封存案卷，说明查阅理由后显示")
    title, form, words = await before(said)
    assert title != "封存案卷"
    assert (form, BOY["name"] in words) == (True, True)


async def test_no_stream_tells_of_a_sealed_case_not_even_what_was_missed_before_it_was_sealed(county: World) -> None:
    people = await team(county)
    case = await filed_case(people, datetime.now(SHANGHAI) - 24 * HOUR)
    async with county.ctx.pool.connection() as connection:
        colleague = await find_person(connection, "xuyating", await county.ctx.directory.load_units())
    assert colleague
    await county.ctx.event_bus.listening.wait()
    other = (await people.officer.open("criminal-case", charge="xf-264", summary="另案"))["number"]
    suspect = await opened(people.officer, await people.officer.take(case, "name-suspect", **BOY))

    async def still_signed_in() -> Person | None:
        return colleague

    stream = events._stream(county.ctx.event_bus, county.ctx.pool, colleague, still_signed_in, f"{other}:1")
    told = (each.decode() async for each in stream)
    assert await anext(told) == "retry: 2000\n\n"
    late = (await people.officer.open("criminal-case", charge="xf-264", summary="后来的一案"))["number"]
    async with asyncio.timeout(10):
        heard = [await anext(told)]
        while late not in heard[-1]:
            heard.append(await anext(told))
    assert not any(secret in each for each in heard for secret in (case, suspect, BOY["name"]))


async def test_a_sealed_suspect_seals_the_case_that_names_them_and_the_other_suspects_in_it(county: World) -> None:
    people = await team(county)
    at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - 3 * HOUR
    case = await filed_case(people, at - 24 * HOUR)
    grown, other = await named_suspect(people, case), await named_suspect(people, case, name="卓越", grounds="同伙")
    await scanned(people.officer, grown, TITLE)
    colleague = await county.as_("xuyating")
    assert (await colleague.card(case))["sealed"] is False
    await people.officer.take(grown, "seal-file", grounds="涉及个人隐私")
    await people.head.approve(grown, "seal-file")
    files = await family(county, case)
    secrets = Files(files.numbers, [grown, TITLE, "贺文涛", "330102198506121012"])
    for username in ("xuyating", "linxiaoyu"):
        assert await leaks(county, secrets, username) == [], username
    assert TITLE in (await people.officer.get(f"/api/matters/{case}/dossier")).text
    # As long as one of them is sealed, all are; and no longer.
    late = await named_suspect(people, case, name="后来者", grounds="同伙")
    assert (await colleague.get(f"/api/matters/{late}")).status_code == 404
    await people.legal.take(grown, "unseal-file", grounds="封存事由消失")
    await people.chief.approve(grown, "unseal-file")
    for number in (case, other, late, grown):
        assert (await colleague.card(number))["sealed"] is False
    assert verify(county.settings).faults == []


async def test_who_sees_to_a_message_about_a_sealed_file_that_did_not_arrive_may_open_it(county: World, sandbox: Sandbox) -> None:
    people = await team(county)
    case = await filed_case(people, datetime.now(SHANGHAI) - 24 * HOUR)
    await opened(people.officer, await people.officer.take(case, "name-suspect", **BOY))
    sandbox.feels("household-registry", "refusing")
    await people.officer.take(case, "ask-household", name=BOY["name"], citizen_number=BOY["citizen_number"], purpose="核实身份")

    async def asked() -> list[dict[str, Any]]:
        return [each for each in (await people.legal.read("/api/tasks", limit=100))["items"] if each["sort"] == "undelivered"]

    (task,) = await until(asked, len, within=15)
    sandbox.feels("household-registry", "well")
    await people.legal.take(task["matter"], "repeat-delivery", remark="对方已修复")
    await until(
        partial(county.ask, "SELECT stage FROM matter WHERE number = %(n)s", n=task["matter"]),
        lambda rows: rows[0].stage == "delivered",
        within=15,
    )
    manager = await county.as_("douyiming")
    assert not [each for each in (await manager.read("/api/tasks", limit=100))["items"] if each["sort"] == "undelivered"]
