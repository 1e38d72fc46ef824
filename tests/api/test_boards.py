"""The boards by which supervisors steer: what they count, for whom, and that a tally says what the tables say."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from api.http_io import encode_cursor
from law.calendar import SHANGHAI
from models.readmodel import board_counts
from tests.api.matters import THEFT, accepted, reported, requested
from tests.world import Hand, World, until
from watchdog.duties.tally_boards import tally

LONG_AGO = "2026-01-05T10:00:00+08:00"
DETAINED = {"place": "城关派出所", "grounds": "可能毁灭证据"}
RED_CARD = """
UPDATE clock SET liberty = true, colour = 'overdue', due_at = %(due)s, at_expiry = 'release-or-change' WHERE matter = %(matter)s AND id = (
    SELECT min(id) FROM clock WHERE matter = %(matter)s AND state = 'running')
"""


async def red_card(bureau: World, matter: str, due: datetime) -> None:
    """Let a clock of that matter be one on somebody's liberty that ran out then."""
    await bureau.ask(RED_CARD, matter=matter, due=due)


async def board(hand: Hand, name: str, **filters: str) -> dict[str, Any]:
    return await hand.read(f"/api/boards/{name}", **filters)


async def test_whoever_is_on_duty_reads_urgent_calls_first_then_who_is_held_then_what_ran_out_last(bureau: World) -> None:
    old, new, held, just_held = [(await accepted(bureau, at=f"2026-01-{day:02d}T10:00:00+08:00"))[0] for day in (5, 20, 6, 7)]
    urgent, _ = await reported(bureau, urgent=True)
    calm, _ = await reported(bureau)
    now = datetime.now(SHANGHAI)
    await red_card(bureau, held, now - timedelta(days=3))
    await red_card(bureau, just_held, now - timedelta(hours=2))
    await bureau.ask(
        "UPDATE clock SET due_at = %(due)s WHERE matter = ANY(%(both)s)", due=now - timedelta(hours=1), both=[urgent, calm]
    )
    head = await bureau.as_("zhaotiejun")
    asked = {"due_before": now.isoformat(), "order": "duty"}
    listed = (await head.read("/api/clocks", **asked))["items"]
    places = [each["matter"] for each in listed]
    assert (listed[0]["matter"], listed[0]["limit"], listed[0]["urgent"]) == (urgent, "sla-dispatch-sign", True)
    assert places[1:3] == [held, just_held]
    rest = [each["due_at"] for each in listed[3:]]
    assert {old, new, calm} <= set(places[3:])
    assert rest == sorted(rest, reverse=True), "the newest first"
    first = await head.read("/api/clocks", limit=2, **asked)
    second = await head.read("/api/clocks", limit=100, cursor=first["next"], **asked)
    assert [each["id"] for each in first["items"] + second["items"]] == [each["id"] for each in listed]
    assert (await head.get("/api/clocks", cursor=first["next"])).status_code == 422
    forged = encode_cursor((-(2**63) + 1, 2, 0, ""))
    assert (await head.get("/api/clocks", order="duty", cursor=forged)).status_code == 422


async def test_deadlines_are_counted_by_unit_limit_and_colour_as_the_list_shows_them(bureau: World) -> None:
    await accepted(bureau)
    await accepted(bureau, at=LONG_AGO)
    head = await bureau.as_("zhouminghui")
    clocks = (await head.read("/api/clocks", limit=100))["items"]
    (unit,) = (await board(head, "deadlines"))["units"]
    assert (unit["unit"], unit["zh"]) == ("chengguan", "城关派出所")
    shown = {
        (cell["limit"], colour): cell[colour] for cell in unit["cells"] for colour in ("none", "red", "overdue") if cell[colour]
    }
    assert shown == {
        key: sum((c["limit"], c["colour"]) == key for c in clocks) for key in {(c["limit"], c["colour"]) for c in clocks}
    }
    assert unit["totals"]["overdue"] == sum(each["colour"] == "overdue" for each in clocks) >= 1


async def test_boards_are_narrowed_by_unit_kind_and_period(bureau: World) -> None:
    await accepted(bureau)
    await accepted(bureau, at=LONG_AGO)
    head = await bureau.as_("zhouminghui")

    async def many(**filters: str) -> int:
        return sum((await board(head, "deadlines", **filters))["totals"].values())

    everything = await many()
    assert (await many(kind="criminal-case"), await many(kind="suspect")) == (everything, 0)
    assert await many(unit="chengguan") == await many(unit="qinglan") == everything
    assert await many(unit="donghe") == await many(unit="atlantis") == 0
    early, late = await many(to="2026-03-01"), await many(**{"from": "2026-03-02"})
    assert (early > 0, late > 0, early + late) == (True, True, everything)
    refused = await head.get("/api/boards/deadlines", **{"from": "2026-03-02", "to": "2026-03-01"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "to")
    assert (await head.get("/api/boards/horoscope")).json()["near"][0] == "station"


async def test_units_are_ranked_by_overdue_then_red_and_those_alike_share_a_rank(bureau: World) -> None:
    await accepted(bureau, at=LONG_AGO)
    for username in ("wuhaoran", "kongfanlin"):
        await (await bureau.as_(username)).open("criminal-case", charge="xf-264", summary="电动自行车被盗")
    await bureau.ask("UPDATE clock SET colour = 'none' WHERE unit_id IN ('donghe', 'baita')")
    ranks = [
        (each["rank"], each["unit"], each["open"]) for each in (await board(await bureau.as_("leijianfeng"), "ranking"))["units"]
    ]
    assert ranks == [(1, "chengguan", 1), (2, "baita", 1), (2, "donghe", 1)]
    await bureau.ask("UPDATE clock SET colour = 'red' WHERE unit_id = 'donghe'")
    ranks = [(each["rank"], each["unit"]) for each in (await board(await bureau.as_("leijianfeng"), "ranking"))["units"]]
    assert ranks == [(1, "chengguan"), (2, "donghe"), (3, "baita")]


async def test_how_long_matters_stand_at_a_stage_counts_from_when_they_came_there(bureau: World) -> None:
    number, officer = await reported(bureau)
    began = await bureau.ask("SELECT stage_since FROM matter WHERE number = %(n)s", n=number)
    await officer.take(number, "register-report", receipt=True)  # leads to no other stage
    assert await bureau.ask("SELECT stage_since FROM matter WHERE number = %(n)s", n=number) == began
    await officer.take(number, "arrive-on-scene")
    assert (await bureau.ask("SELECT stage_since FROM matter WHERE number = %(n)s", n=number))[0] > began[0]
    young, _ = await reported(bureau)
    await officer.take(young, "arrive-on-scene")
    await bureau.ask("UPDATE matter SET stage_since = now() - interval '10 days' WHERE number = %(n)s", n=number)
    (stay,) = (await board(await bureau.as_("zhouminghui"), "stages"))["stages"]
    assert (stay["kind_zh"], stay["stage_zh"], stay["open"]) == ("警情", "现场处置", 2)
    assert (stay["median_days"], stay["p90_days"]) == (0, 10)
    assert (stay["oldest"]["number"], stay["oldest"]["days"]) == (number, 10.0)


async def test_what_is_typed_late_makes_no_matter_and_no_stage_young_and_a_date_set_right_ages_them(bureau: World) -> None:
    days_ago = [(datetime.now(SHANGHAI) - timedelta(days=n)).isoformat(timespec="seconds") for n in range(10)]
    desk, officer, head = [await bureau.as_(name) for name in ("linxiaoyu", "liusiyuan", "zhouminghui")]
    number = (await desk.open("incident", at=days_ago[9], **THEFT))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan", at=days_ago[8])
    arrived = await officer.take(number, "arrive-on-scene", at=days_ago[3])

    async def oldest() -> float:
        (stay,) = (await board(head, "stages"))["stages"]
        return stay["oldest"]["days"]

    assert await oldest() == pytest.approx(3, abs=0.1)
    said = {"fact_seq": arrived["seq"], "happened_at": days_ago[5], "reason": "到场时间误写"}
    await officer.take(number, "correct-record", **said)
    await (await bureau.as_("zhaotiejun")).approve(number, "correct-record")
    assert await oldest() == pytest.approx(5, abs=0.1)
    course = await head.read(f"/api/matters/{number}/course")
    assert [each["entered_at"] for each in course] == [days_ago[9], days_ago[8], days_ago[5]]

    async def opened() -> str:
        (listed,) = (await head.read("/api/matters", number=number))["items"]
        return listed["opened_at"]

    assert await opened() == days_ago[9]
    assert (await board(head, "station"))["opened"] == 0
    await officer.take(
        number, "correct-record", fact_seq=1, happened_at=(sooner := days_ago[9][:11] + "00:00:01+08:00"), reason="误写"
    )
    await (await bureau.as_("zhaotiejun")).approve(number, "correct-record")
    assert await opened() == sooner


async def test_a_head_sees_every_request_of_the_station_those_that_wait_for_them_first_then_the_longest_waiting(
    bureau: World,
) -> None:
    days_ago = [(datetime.now(SHANGHAI) - timedelta(days=n)).isoformat(timespec="seconds") for n in range(10)]
    filing = {"charge": "xf-264", "grounds": "有犯罪事实,需要追究刑事责任"}
    waiting: list[str] = []
    for day in (4, 6):
        number, officer = await accepted(bureau, at=days_ago[9])
        await officer.take(number, "file-case", at=days_ago[day], **filing)
        waiting.append(number)
    own, _ = await accepted(bureau)
    await officer.take(own, "correct-record", fact_seq=1, happened_at=days_ago[1], reason="误写")
    head = await bureau.as_("zhaotiejun")
    page = await head.read("/api/boards/station/awaiting", limit="2")
    rest = await head.read("/api/boards/station/awaiting", limit="2", cursor=page["next"])
    mine, longest, last = *page["items"], *rest["items"]
    assert [each["matter"] for each in (mine, longest, last)] == [own, waiting[1], waiting[0]]
    assert [each["mine"] for each in (mine, longest, last)] == [True, False, False]
    assert [round(each["waited_hours"] / 24) for each in (mine, longest, last)] == [0, 6, 4]
    assert (longest["request_zh"], longest["asked_by_zh"], longest["unit_zh"]) == ("立案", "刘思源", "城关派出所")
    (whom,) = longest["with"]
    assert (whom["office_zh"], "周明辉" in whom["holders"]) == ("县级以上公安机关负责人", True)
    assert (await board(head, "station"))["awaiting_approval"] == 3
    chief = (await (await bureau.as_("zhouminghui")).read("/api/boards/station/awaiting"))["items"]
    assert [(each["matter"], each["mine"]) for each in chief] == [(waiting[1], True), (waiting[0], True), (own, False)]
    assert (await (await bureau.as_("wuhaoran")).read("/api/boards/station/awaiting"))["items"] == []
    assert (await head.get("/api/boards/station/awaiting", cursor="x")).status_code == 422
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=own)
    for username, sees in (("zhaotiejun", True), ("mengqiu", False)):
        items = (await (await bureau.as_(username)).read("/api/boards/station/awaiting"))["items"]
        assert (own in [each["matter"] for each in items]) is sees, username


async def test_a_red_card_tells_whose_it_is_how_long_it_hangs_and_the_order_over_it(bureau: World) -> None:
    first, _ = await accepted(bureau)
    second, _ = await accepted(bureau)
    now = datetime.now(UTC)
    await red_card(bureau, first, now - timedelta(hours=5))
    await red_card(bureau, second, now - timedelta(hours=2))
    supervisor = await bureau.as_("leijianfeng")
    wall = await board(supervisor, "red-cards", limit="1")
    (card,) = wall["items"]
    assert (card["matter"], card["overdue_hours"], card["order"]) == (first, 5.0, None)
    assert (card["officer_zh"], card["unit_zh"], card["at_expiry_zh"]) == ("刘思源", "城关派出所", "释放或者变更措施")
    (other,) = (await board(supervisor, "red-cards", limit="1", cursor=wall["next"]))["items"]
    assert other["matter"] == second
    opened = await supervisor.open(
        "rectification-order", subject=first, problem="超期", demand="立即释放", term="1 day", unit="chengguan", officer="liusiyuan"
    )
    (order,) = [each["order"] for each in (await board(supervisor, "red-cards"))["items"] if each["order"]]
    assert (order["number"], order["final"]) == (opened["number"], False)
    assert (await board(await bureau.as_("wuhaoran"), "red-cards"))["items"] == []


async def test_what_is_entered_late_is_counted_on_every_board_and_listed_on_that_of_today(bureau: World) -> None:
    days_ago = [(datetime.now(SHANGHAI) - timedelta(days=n)).isoformat(timespec="seconds") for n in range(10)]
    filing = {"charge": "xf-264", "grounds": "有犯罪事实，需要追究刑事责任"}
    twice, officer = await accepted(bureau, at=days_ago[4])
    await officer.take(twice, "file-case", at=days_ago[2], **filing)
    long_since, _ = await accepted(bureau, at=days_ago[9])
    await accepted(bureau)
    await bureau.ask("UPDATE matter SET late_at = late_at - interval '25 hours' WHERE number = %(n)s", n=long_since)
    head = await bureau.as_("zhouminghui")
    assert (await board(head, "station"))["entered_late"] == 1
    since = (datetime.now(UTC) - timedelta(hours=24)).isoformat()
    (listed,) = (await head.read("/api/matters", late_after=since))["items"]
    assert (listed["number"], listed["late_entries"]) == (twice, 2)
    assert datetime.fromisoformat(listed["late_at"]) > datetime.now(UTC) - timedelta(minutes=5)
    (unit,), (rank,) = [(await board(head, name))["units"] for name in ("deadlines", "ranking")]
    stays = (await board(head, "stages"))["stages"]
    screen = await board(head, "screen")
    assert (unit["late"], rank["late"], sum(each["late"] for each in stays), screen["late_total"]) == (3, 3, 3, 3)
    assert (
        (await board(head, "ranking", kind="suspect"))["units"],
        (await board(head, "screen", unit="donghe"))["late_total"],
    ) == ([], 0)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=twice)
    for username, sees in (("zhouminghui", (1, 3)), ("mengqiu", (0, 1))):
        hand = await bureau.as_(username)
        told = (await board(hand, "station"))["entered_late"], sum(each["late"] for each in (await board(hand, "ranking"))["units"])
        assert told == sees, username


async def test_what_ran_out_once_is_counted_and_hangs_among_the_red_cards_whatever_came_after(bureau: World) -> None:
    number, officer = await accepted(bureau, at=LONG_AGO)
    await officer.take(number, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
    head = await bureau.as_("zhouminghui")
    await head.approve(number, "file-case")
    review = await head.clock(number, "criminal-filing-review")
    assert (review["state"], review["overrun"]["until"] is not None) == ("met-late", True)
    await bureau.ask("UPDATE clock SET liberty = true WHERE id = %(id)s", id=review["id"])  # as if somebody had been held by it
    (unit,), (rank,) = [(await board(head, name))["units"] for name in ("deadlines", "ranking")]
    once = {cell["limit"]: cell["overrun"] for cell in unit["cells"]}
    assert (once["criminal-filing-review"], unit["totals"]["overrun"], rank["overrun"]) == (
        1,
        sum(once.values()),
        sum(once.values()),
    )
    (card,) = (await board(head, "red-cards"))["items"]
    assert (card["clock"], card["standing"], card["acknowledged_at"]) == (review["id"], "ended", None)
    assert datetime.fromisoformat(card["ended_at"]) > datetime.fromisoformat(card["due_at"])


async def test_what_is_done_with_is_not_counted_among_what_is_open(bureau: World) -> None:
    number, officer = await reported(bureau)
    await accepted(bureau)
    head = await bureau.as_("zhouminghui")

    async def open_incidents() -> tuple[int, ...]:
        stays, ranks = (await board(head, "stages"))["stages"], (await board(head, "ranking"))["units"]
        station, screen = await board(head, "station"), await board(head, "screen")
        listed = (await head.read("/api/matters", unsettled="true"))["items"]
        return (
            sum(each["open"] for each in stays if each["kind"] == "incident"),
            sum(each["open"] for each in ranks) - 1,
            sum(station["colours"].values()) - 1,
            sum(each["open"] for each in screen["open"] if each["kind"] == "incident"),
            sum(each["kind"] == "incident" for each in listed),
        )

    before = await open_incidents()
    assert len(set(before)) == 1
    await officer.take(number, "arrive-on-scene")
    await officer.take(number, "explain-duplicate", original=(await reported(bureau))[0], told="已向报案人说明")
    assert await open_incidents() == before  # one is done with, and another came in


async def test_the_wall_names_the_offence_and_the_number_and_nobody_who_is_held(bureau: World) -> None:
    case, officer = await accepted(bureau)
    await officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
    await (await bureau.as_("zhouminghui")).approve(case, "file-case")
    suspect = (await officer.take(case, "name-suspect", name="贺文涛"))["opened"][0]
    await officer.take(suspect, "execute-detention", **DETAINED)
    await (await bureau.as_("zhouminghui")).approve(suspect, "execute-detention")
    await red_card(bureau, suspect, datetime.now(UTC) - timedelta(hours=5))
    supervisor = await bureau.as_("leijianfeng")
    for name, cards in (("screen", "red_cards"), ("red-cards", "items")):
        (card,) = (await board(supervisor, name))[cards]
        assert (card["matter"], "盗窃" in card["title"], "贺文涛" in str(card)) == (suspect, True, False), name


async def test_the_big_screen_tells_everything_at_once(bureau: World) -> None:
    await reported(bureau)
    number, _ = await accepted(bureau, at=LONG_AGO)
    await red_card(bureau, number, datetime.now(UTC) - timedelta(hours=5))
    supervisor = await bureau.as_("leijianfeng")
    await until(partial(supervisor.read, "/api/notices"), lambda page: page["items"])  # something rang
    await bureau.ask(
        "INSERT INTO ring (clock_id, colour, at, matter, rung_at, late_ms, rung_by) "
        "VALUES ('canary@1', 'overdue', now(), 'ZJ1', now() - interval '90 seconds', 3, 'watchdog')"
    )
    screen = await board(supervisor, "screen")
    assert screen["intake"]["total"] == sum(screen["intake"]["hours"]) == 1
    assert {each["kind"]: each["open"] for each in screen["open"]} == {"incident": 1, "criminal-case": 1}
    assert screen["ranking"][0]["unit"] == "chengguan"
    assert (screen["red_cards_total"], screen["red_cards"][0]["matter"]) == (1, number)
    assert screen["clocks"]["overdue"] >= 1
    assert screen["rings"]["total"] == screen["rings"]["by_colour"]["overdue"] + sum(
        screen["rings"]["by_colour"][colour] for colour in ("blue", "yellow", "orange", "red")
    )
    assert screen["rings"]["total"] >= 1
    assert (90 <= screen["canary"]["age_seconds"] < 95, screen["canary"]["rung_by"]) == (True, "watchdog")
    nobodys = await board(await bureau.as_("wuhaoran"), "screen")
    assert (nobodys["intake"]["total"], nobodys["open"], nobodys["red_cards_total"], nobodys["rings"]["total"]) == (0, [], 0, 0)


BOARDS = ("deadlines", "ranking", "stages", "screen")


def figures(told: dict[str, Any]) -> dict[str, Any]:
    """What a board says but for when it was counted."""
    return {name: value for name, value in told.items() if name not in ("at", "canary")}


@pytest.mark.parametrize("username", ["zhouminghui", "leijianfeng", "wuhaoran", "fangzhengping", "yeqingheng"])
async def test_a_large_bureau_reads_in_its_tallies_what_a_small_one_counts_sealed_files_respected(
    bureau: World, monkeypatch: pytest.MonkeyPatch, username: str
) -> None:
    await reported(bureau)
    await requested(bureau)
    await accepted(bureau, at=LONG_AGO)
    sealed, _ = await accepted(bureau, at=LONG_AGO)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=sealed)
    hand = await bureau.as_(username)
    asked = [(name, filters) for name in BOARDS for filters in ({}, {"kind": "criminal-case"}, {"unit": "chengguan"})]
    live = [figures(await board(hand, name, **filters)) for name, filters in asked]
    assert await tally(bureau.ctx.pool) > 0
    monkeypatch.setattr(board_counts, "LARGE", -1)
    assert [figures(await board(hand, name, **filters)) for name, filters in asked] == live
    # Written down once, and only what has changed after.
    await bureau.ask("UPDATE clock_tally SET n = 1000")
    await tally(bureau.ctx.pool)
    assert [figures(await board(hand, name, **filters)) for name, filters in asked] == live


# The officer of the matter, and whoever approves or reviews it; not their colleague, nor who supervises the flow.
OPENING = {"liusiyuan": True, "fangzhengping": True, "zhouminghui": True} | dict.fromkeys(("xuyating", "qinwanqing"), False)


async def test_a_sealed_file_is_counted_for_those_who_may_open_it_alone(bureau: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed, _ = await accepted(bureau, at=LONG_AGO)
    await red_card(bureau, sealed, datetime.now(UTC) - timedelta(hours=5))
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=sealed)
    for large in (False, True):
        if large:
            await tally(bureau.ctx.pool)
            monkeypatch.setattr(board_counts, "LARGE", -1)
        for username, sees in OPENING.items():
            hand = await bureau.as_(username)
            counted = sum((await board(hand, "deadlines"))["totals"].values())
            cards = [each["matter"] for each in (await board(hand, "red-cards"))["items"]]
            stays = (await board(hand, "stages"))["stages"]
            total = (await board(hand, "screen"))["red_cards_total"]
            assert (counted > 0, cards, bool(stays), total) == (sees, [sealed] if sees else [], sees, int(sees)), (username, large)


async def test_sealing_a_file_hides_no_red_card_from_those_who_supervise_and_shows_them_nothing_else_of_it(
    bureau: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed, officer = await accepted(bureau, at=LONG_AGO)
    await red_card(bureau, sealed, datetime.now(UTC) - timedelta(hours=5))
    title = (await officer.card(sealed))["title"]
    supervisor = await bureau.as_("leijianfeng")
    ranked = (await board(supervisor, "ranking"))["units"][0]["overdue"]
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=sealed)
    for large in (False, True):
        if large:
            await tally(bureau.ctx.pool)
            monkeypatch.setattr(board_counts, "LARGE", -1)
        for hand, called in ((supervisor, "封存案卷"), (await bureau.as_("mengqiu"), "封存案卷"), (officer, title)):
            cards = [(each["matter"], each["title"]) for each in (await board(hand, "red-cards"))["items"]]
            screen = await board(hand, "screen")
            assert cards == [(each["matter"], each["title"]) for each in screen["red_cards"]] == [(sealed, called)], hand.username
            assert screen["red_cards_total"] == 1
        totals = (await board(supervisor, "deadlines"))["totals"]
        assert (ranked, totals) == (
            (await board(supervisor, "ranking"))["units"][0]["overdue"],
            dict.fromkeys(totals, 0) | {"overdue": 1},
        )
        assert (await board(supervisor, "stages"))["stages"] == []
        assert (await supervisor.get(f"/api/matters/{sealed}")).status_code == 404
        assert (await board(await bureau.as_("xuyating"), "red-cards"))["items"] == []


async def test_a_watchdog_that_is_away_makes_boards_slow_and_not_false(bureau: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await reported(bureau)
    await tally(bureau.ctx.pool)
    monkeypatch.setattr(board_counts, "LARGE", -1)
    head = await bureau.as_("zhouminghui")
    before = (await board(head, "ranking"))["units"]
    await reported(bureau)
    assert (await board(head, "ranking"))["units"] == before
    await bureau.ask("UPDATE tallied SET at = now() - interval '1 hour'")
    assert [each["open"] for each in (await board(head, "ranking"))["units"]] == [2]
