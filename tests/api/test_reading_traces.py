"""Reading leaves a trace: who looked at what, from where, by which office, why; and nobody changes it."""

import ast
import asyncio
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Header

from api.access_log import AccessRecord
from api.access_log_routes import OF_THE_PAGE
from api.access_reason import REASON
from api.access_tracking import find_declared_reading
from api.app import _ROOMS  # pyright: ignore[reportPrivateUsage] - every room, whatever is added
from api.untraced import find_untraced_reason
from law.calendar import SHANGHAI
from models.trace_shapes import Reading
from tests.api.matters import accepted, reported
from tests.house.source import files, name_of, nodes
from tests.tables import table
from tests.world import World, until

READ_BY_POST = {
    "POST /api/search",
    "POST /api/incidents/similar",
    "POST /api/matters/find",
    "POST /api/tasks/find",
    "POST /api/exports/matters/find",
    "POST /api/matters/{number}/printed",
}


def called() -> str:
    """What a case of theft that was accepted today is called."""
    today = datetime.now(SHANGHAI)
    return f"{today.month}·{today.day}盗窃案"


async def traces(bureau: World, **chosen: str) -> list[dict[str, Any]]:
    """What the supervisor of the whole bureau is told of what others read."""
    await flushed(bureau)
    told = await (await bureau.as_("mengqiu")).read("/api/reading-traces", limit=100, **chosen)
    return [each for each in told["items"] if each["username"] != "mengqiu"]


async def flushed(bureau: World) -> None:
    assert await bureau.ctx.access_log.flush()


def test_each_route_that_can_tell_of_a_matter_declares_what_it_lets_somebody_read() -> None:
    routes = [route for room in _ROOMS for route in room.router.routes]
    by_name = {f"{method} {route.path}": route for route in routes for method in getattr(route, "methods", ())}
    read = {name for name in by_name if name.startswith("GET")} | READ_BY_POST
    traced = {name for name, route in by_name.items() if find_declared_reading(route) is not None}
    untraced = {name for name, route in by_name.items() if find_untraced_reason(route)}
    assert (traced & untraced, traced | untraced) == (set(), read)
    assert {find_declared_reading(by_name[name]) for name in traced} == set(Reading)


@table("file", [each for each in files() if name_of(each).startswith("api/")], ids=name_of)
def test_what_the_journal_calls_a_look_at_a_sealed_file_is_said_on_its_route_and_follows_no_function(file: Path) -> None:
    for function in (each for each in nodes(file) if isinstance(each, ast.AsyncFunctionDef)):
        called = {getattr(each.func, "id", "") for each in ast.walk(function) if isinstance(each, ast.Call)}
        routes = [
            each for each in function.decorator_list if isinstance(each, ast.Call) and ast.unparse(each.func).startswith("router.")
        ]
        if "get_readable_matter" in called:
            assert all("name" in {given.arg for given in route.keywords} for route in routes), function.name


async def test_who_opened_a_matter_is_known_by_name_office_address_and_time(bureau: World) -> None:
    number, officer = await reported(bureau)
    await officer.card(number)
    (trace,) = await traces(bureau, matter=number, sort="matter")
    assert (trace["username"], trace["zh"], trace["offices_zh"]) == ("liusiyuan", "刘思源", ["办案民警"])
    assert (trace["matter"], trace["address"], trace["units_zh"]) == (number, "127.0.0.1", ["城关派出所"])
    assert trace["title"]
    assert trace["refused"] is None


async def test_what_somebody_searched_for_is_told_to_the_supervisor_and_stands_nowhere_in_clear(bureau: World) -> None:
    officer = await bureau.as_("liusiyuan")
    await officer.find("/api/search", q="632126199001011234")
    (trace,) = await traces(bureau, username="liusiyuan", sort="search")
    assert "632126199001011234" in trace["asked"]
    (row,) = await bureau.ask("SELECT reading_trace::text AS said, secret FROM reading_trace WHERE sort = 'search'")
    assert "632126199001011234" not in row.said
    assert b"632126199001011234" not in row.secret


async def test_whoever_reached_for_a_matter_that_is_not_theirs_leaves_a_trace_too(bureau: World) -> None:
    number, _ = await reported(bureau)
    assert (await (await bureau.as_("wuhaoran")).get(f"/api/matters/{number}")).status_code == 404
    (trace,) = await traces(bureau, username="wuhaoran")
    assert (trace["matter"], trace["refused"]) == (number, "无权知悉或者不存在，未予查阅")


async def test_each_export_and_print_leaves_a_trace_and_a_page_that_lies_open_leaves_one(bureau: World) -> None:
    number, officer = await reported(bureau)
    for _ in range(3):
        await officer.card(number)
        assert (await officer.get("/api/exports/matters", kind="incident")).status_code == 200
        assert (await officer.post(f"/api/matters/{number}/printed")).status_code == 204
    sorts = [each["sort"] for each in await traces(bureau, username="liusiyuan")]
    assert {sort: sorts.count(sort) for sort in ("matter", "export", "print")} == {"matter": 1, "export": 3, "print": 3}


async def test_reading_the_traces_leaves_a_trace_and_is_for_supervisors_alone(bureau: World) -> None:
    await traces(bureau)
    await flushed(bureau)
    supervisor = await bureau.as_("mengqiu")
    assert "traces" in {each["sort"] for each in (await supervisor.read("/api/reading-traces", username="mengqiu"))["items"]}
    for username in ("guanli", "zhouminghui", "liusiyuan", "yeqingheng"):
        assert (await (await bureau.as_(username)).get("/api/reading-traces")).status_code == 403


async def test_a_supervisor_is_told_of_their_own_units_and_of_no_others(bureau: World) -> None:
    await (await bureau.as_("wuhaoran")).read("/api/matters")
    await (await bureau.as_("liusiyuan")).read("/api/matters")
    await flushed(bureau)
    await bureau.ask("DELETE FROM holding WHERE username = 'mengqiu'")
    await bureau.ask("INSERT INTO holding (username, unit_id, office) VALUES ('mengqiu', 'donghe', 'supervisor')")
    told = (await (await bureau.as_("mengqiu")).read("/api/reading-traces"))["items"]
    assert {each["username"] for each in told} == {"wuhaoran"}


async def test_traces_are_read_page_by_page_each_once(bureau: World) -> None:
    officer = await bureau.as_("liusiyuan")
    for n in range(5):
        await officer.find("/api/matters/find", q=f"第{n}号")
    await flushed(bureau)
    supervisor, seen, cursor = await bureau.as_("mengqiu"), [], None
    while True:
        page = await supervisor.read("/api/reading-traces", username="liusiyuan", limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [each["asked"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [f"查找：第{n}号" for n in (4, 3, 2, 1, 0)]


async def test_nobody_writes_into_their_own_trace_what_they_did_not_read(bureau: World) -> None:
    number, officer = await accepted(bureau)
    await officer.get(f"/api/matters/{number}/documents/24", document="999999")
    await officer.get("/api/matters", stage="review", **{f"a{n:02}": "x" for n in range(60)})
    await officer.http.get("/api/matters?stage=review&stage=investigation&limit=7")
    said = [each["asked"] for each in await traces(bureau, username="liusiyuan")]
    assert "文书：24" in said and not any("999999" in each or "a00" in each for each in said)
    assert any("review" in each and "investigation" in each for each in said)


async def test_whoever_supervises_reads_in_words_what_was_asked_for(bureau: World) -> None:
    officer = await bureau.as_("liusiyuan")
    await officer.read("/api/matters", stage="review", opened_after="2026-11-28T15:41:33.934Z", limit=8)
    assert "自此时起新增：2026-11-28 23:41；阶段：review" in [each["asked"] for each in await traces(bureau, username="liusiyuan")]


def test_everything_that_can_be_asked_for_has_a_word() -> None:
    routes = [route for room in _ROOMS for route in room.router.routes if find_declared_reading(route) is not None]
    titles = defaultdict[str, set[str | None]](set)
    for each in (each for route in routes for each in get_flat_params(route.dependant)):
        if not isinstance(each.field_info, Header) and each.alias not in {"number", *OF_THE_PAGE}:
            titles[each.alias].add(each.field_info.title)
    assert {name: said for name, said in titles.items() if len(said) > 1 or None in said} == {}


@pytest.mark.parametrize("reason", [".", "——", "\u200b\u200b", "\u2060", "\u3164\u3164", "\ufeff", "查"])
async def test_a_reason_that_says_nothing_is_none(bureau: World, reason: str) -> None:
    number, _ = await accepted(bureau)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    head = await bureau.as_("zhaotiejun", reason="")
    head.http.headers[REASON] = quote(reason)
    assert (await head.get(f"/api/matters/{number}")).status_code == 403


async def test_a_sealed_file_is_read_for_a_reason_by_whoever_does_not_handle_it(bureau: World) -> None:
    number, officer = await accepted(bureau)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    assert (await officer.get(f"/api/matters/{number}")).status_code == 200
    head = await bureau.as_("zhaotiejun", reason="")
    refused = await head.get(f"/api/matters/{number}")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/reading-reason-missing")
    head.http.headers[REASON] = quote("审核呈请")
    assert (await head.get(f"/api/matters/{number}")).status_code == 200
    await flushed(bureau)
    told = await bureau.ask(
        "SELECT status FROM reading_trace WHERE username = 'zhaotiejun' AND matter = %(n)s ORDER BY at", n=number
    )
    assert [row.status for row in told] == [403, 200]
    # Whoever supervises is told that it was read and why, and not which file it is.
    items = [each for each in await traces(bureau, username="zhaotiejun") if each["sort"] == "matter"]
    assert [(each["matter"], each["title"], each["reason"]) for each in items] == [
        ("", "封存案卷", "审核呈请"),
        ("", "封存案卷", ""),
    ]


async def test_a_list_that_a_reason_opens_tells_the_supervisor_each_sealed_or_kept_matter_that_it_showed(bureau: World) -> None:
    number, officer = await accepted(bureau)
    kept, _ = await accepted(bureau)
    other, _ = await accepted(bureau)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    await bureau.ask("UPDATE matter SET kept_from = '{@machao}' WHERE number = %(n)s", n=kept)
    head = await bureau.as_("zhaotiejun", reason="")
    for hand in (head, officer):
        await hand.read("/api/matters")
        await hand.find("/api/search", q="盗窃")
        assert (await hand.get("/api/exports/matters")).status_code == 200
    await flushed(bureau)
    named = "SELECT username, sort, secret IS NOT NULL AS said FROM reading_trace WHERE matter = %(n)s AND sort <> 'matter' ORDER BY sort"
    assert await bureau.ask(named, n=number) == []
    head.http.headers[REASON] = quote("督办")
    assert [each["title"] for each in (await head.read("/api/matters"))["items"] if each["number"] == number] == [called()]
    await head.find("/api/search", q="盗窃")
    assert (await head.get("/api/exports/matters")).status_code == 200
    await head.read("/api/boards/station")
    await flushed(bureau)
    for each in (number, kept):
        assert [(row.username, row.sort) for row in await bureau.ask(named, n=each)] == [
            ("zhaotiejun", sort) for sort in ("export", "list", "search")
        ]
    assert await bureau.ask(named, n=other) == []
    told = await traces(bureau, matter=number)
    # By which words it was found stays with the question, which names no file.
    assert {(each["sort"], each["reason"], each["asked"]) for each in told} == {
        (sort, "督办", "") for sort in ("export", "list", "search")
    }


async def test_who_looked_at_a_sealed_file_is_told_to_the_supervisor_who_asks_for_it_by_number_and_says_why(bureau: World) -> None:
    number, officer = await accepted(bureau)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    await officer.card(number)
    await flushed(bureau)
    supervisor = await bureau.as_("mengqiu", reason="")
    refused = await supervisor.get("/api/reading-traces", matter=number)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/reading-reason-missing")
    supervisor.http.headers[REASON] = quote("核查信访")
    (told,) = (await supervisor.read("/api/reading-traces", matter=number.lower(), sort="matter"))["items"]
    assert (told["username"], told["matter"], told["title"]) == ("liusiyuan", number, "封存案卷")
    # That somebody asked is told as well, and names the file before nobody who does not ask for it.
    await flushed(bureau)
    asked = (await supervisor.read("/api/reading-traces", matter=number, sort="traces"))["items"]
    assert [(each["username"], each["reason"], bool(each["refused"])) for each in asked] == [
        ("mengqiu", "核查信访", False),
        ("mengqiu", "", True),
    ]
    assert number not in (await supervisor.get("/api/reading-traces", sort="traces")).text
    # Elsewhere they supervise nothing, and learn nothing.
    assert (await (await bureau.as_("yeqingheng")).get("/api/reading-traces", matter=number)).status_code == 403


async def test_a_reason_opens_no_sealed_file_in_a_list_while_no_trace_can_be_written(bureau: World) -> None:
    number, _ = await accepted(bureau)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    head = await bureau.as_("zhaotiejun")

    async def title() -> str:
        return next(each["title"] for each in (await head.read("/api/matters"))["items"] if each["number"] == number)

    assert await title() == called()
    await bureau.ask("ALTER TABLE reading_trace RENAME TO away")
    assert not await bureau.ctx.access_log.flush()
    assert await title() == "封存案卷"
    await bureau.ask("ALTER TABLE away RENAME TO reading_trace")


async def test_while_no_trace_can_be_written_sealed_files_are_not_read_and_nothing_is_lost(bureau: World) -> None:
    number, officer = await accepted(bureau)
    other, _ = await reported(bureau)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    await bureau.ask("ALTER TABLE reading_trace RENAME TO away")
    await officer.card(other)
    assert not await bureau.ctx.access_log.flush()
    assert (await officer.get(f"/api/matters/{number}")).status_code == 503
    assert (await officer.get(f"/api/matters/{other}/journal")).status_code == 200

    async def troubles() -> str:
        return "".join((await officer.read("/api/health"))["troubles"])

    await until(troubles, lambda said: "查阅记录暂时不能写入" in said)
    await bureau.ask("ALTER TABLE away RENAME TO reading_trace")
    while not await bureau.ctx.access_log.flush():
        pass
    await flushed(bureau)
    assert {each["sort"] for each in await traces(bureau, matter=other)} == {"matter", "journal"}
    assert (await officer.get(f"/api/matters/{number}")).status_code == 200


async def test_traces_are_written_within_a_second_without_being_asked_for(bureau: World) -> None:
    number, officer = await reported(bureau)
    await officer.card(number)

    async def written() -> list[Any]:
        return await bureau.ask("SELECT 1 FROM reading_trace WHERE matter = %(n)s", n=number)

    await until(written, bool, within=2)


async def test_processes_that_write_at_once_make_one_chain(bureau: World) -> None:
    from api.context import open_context

    other = await open_context(bureau.settings)
    officer = await bureau.as_("liusiyuan")
    for n in range(20):
        await officer.find("/api/matters/find", q=f"第{n}号")
        trace = next(iter(bureau.ctx.access_log._waiting))[1]  # pyright: ignore[reportPrivateUsage] - what another process would have read
        assert isinstance(trace, AccessRecord)
        trace.reading = Reading.EXPORT
        other.access_log.add_reading(trace, 200)
    await asyncio.gather(bureau.ctx.access_log.flush(), other.access_log.flush())
    await other.pool.close()
    positions = [row.position for row in await bureau.ask("SELECT position FROM reading_trace ORDER BY position")]
    assert positions == list(range(1, len(positions) + 1))
    assert len(positions) >= 40


@pytest.mark.parametrize("deed", ["UPDATE reading_trace SET username = 'x'", "DELETE FROM reading_trace", "TRUNCATE reading_trace"])
async def test_not_even_the_owner_changes_a_trace(bureau: World, deed: str) -> None:
    await (await bureau.as_("liusiyuan")).read("/api/matters")
    await flushed(bureau)
    with pytest.raises(psycopg.Error, match="append-only"):
        await bureau.ask(deed)
