"""The board of rates: each figure counts what its words say, opens exactly what it counted, and is the same from tallies as from the tables."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from law.calendar import SHANGHAI
from models.readmodel import board_counts
from models.readmodel.figures import FIGURES
from tests.api.matters import THEFT, accepted, reported, requested
from tests.api.test_exports import sheet
from tests.world import Hand, World
from watchdog.duties.tally_boards import tally

YESTERDAY = datetime.now(SHANGHAI).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=1)
DAY = {"from": f"{YESTERDAY:%Y-%m-%d}", "to": f"{YESTERDAY:%Y-%m-%d}"}
# The same clock so many times again, a day earlier.
THE_DAY_BEFORE = """
INSERT INTO clock SELECT (jsonb_populate_record(c, jsonb_build_object('id', c.id || '-' || n, 'due_at', c.due_at - interval '1 day',
    'started_at', c.started_at - interval '1 day', 'ended_at', c.ended_at - interval '1 day'))).*
FROM clock c, generate_series(1, %(times)s) n WHERE c.matter = %(matter)s AND c.limit_id = 'sla-dispatch-sign'
"""


# What each verb on an order is taken with.
SAID: dict[str, dict[str, str]] = {
    "report-rectification": {"done": "已告知"},
    "return-rectification": {"reason": "没有附件", "term": "1 day"},
    "cancel-rectification": {"reason": "错发"},
}


async def rates(hand: Hand, unit: str = "", **filters: str) -> dict[str, dict[str, Any]]:
    """Each rate of all units together, or of one, by its figure."""
    told = await hand.read("/api/boards/supervision", **(DAY | filters))
    of = next(each["rates"] for each in told["units"] if each["unit"] == unit) if unit else told["totals"]
    return {each["figure"]: each for each in of}


async def listed(hand: Hand, figure: str, part: str, **filters: str) -> list[dict[str, Any]]:
    return (await hand.read("/api/boards/supervision/counted", figure=figure, part=part, limit="100", **(DAY | filters)))["items"]


async def dispatched(bureau: World, *after: float) -> str:
    """An incident of yesterday, signed for, arrived at and reported on so many seconds after it was dispatched, as far as is said."""
    desk, officer = await bureau.as_("linxiaoyu"), await bureau.as_("liusiyuan")
    number = (await desk.open("incident", at=YESTERDAY.isoformat(), **THEFT))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan", at=YESTERDAY)
    for step, seconds in zip(("accept-dispatch", "arrive-on-scene", "handle-scene"), after, strict=False):
        form = {"measures": "已制止并登记"} if step == "handle-scene" else {}
        await officer.take(number, step, at=YESTERDAY + timedelta(seconds=seconds), **form)
    return number


async def test_dispatches_are_told_by_the_share_in_time_and_the_median_and_so_is_the_change_since_the_day_before(
    bureau: World,
) -> None:
    quick = await dispatched(bureau, 24, 4 * 60, 20 * 60)
    slow = await dispatched(bureau, 45, 7 * 60, 50 * 60)
    for _ in range(3):
        await dispatched(bureau)
    head = await bureau.as_("zhouminghui")
    await bureau.ask(THE_DAY_BEFORE, matter=quick, times=9)
    await bureau.ask(THE_DAY_BEFORE, matter=slow, times=1)
    told = await rates(head)
    signed = told["dispatch-signed"]
    assert (signed["above"], signed["below"], signed["rate"], signed["median_s"]) == (1, 5, 20.0, 24)
    assert (signed["before_above"], signed["before_below"], signed["before_rate"], signed["change"]) == (9, 10, 90.0, -70.0)
    arrived = told["dispatch-arrived"]
    assert (arrived["above"], arrived["below"], arrived["median_s"], arrived["change"]) == (1, 5, 240, None)
    # Of two no share is told, only how many of how many.
    reported_ = told["dispatch-reported"]
    assert (reported_["above"], reported_["below"], reported_["rate"], reported_["median_s"]) == (1, 2, None, 16 * 60)
    assert [each["matter"] for each in await listed(head, "dispatch-signed", "above")] == [quick]
    assert slow in [each["matter"] for each in await listed(head, "dispatch-signed", "missed")]


async def test_what_is_counted_is_what_the_words_beside_a_figure_say(bureau: World) -> None:
    at = [(YESTERDAY - timedelta(days=n)) for n in range(40)]
    officer, head, supervisor = [await bureau.as_(name) for name in ("liusiyuan", "zhouminghui", "leijianfeng")]
    # Filed in time, filed too late, and still under review within its three days.
    cases = [(await accepted(bureau, at=day.isoformat()))[0] for day in (at[1], at[9])]
    await accepted(bureau)
    for case in cases:
        await officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任", at=YESTERDAY)
        await head.approve(case, "file-case")
    filed = await rates(head)
    assert [(filed[each]["above"], filed[each]["below"]) for each in ("filed", "filed-in-time")] == [(1, 1), (1, 1)]
    late = await rates(head, **{"from": f"{at[9]:%Y-%m-%d}"})
    assert [(late[each]["above"], late[each]["below"]) for each in ("filed", "filed-in-time")] == [(2, 2), (1, 2)]
    assert (late["overrun"]["above"], late["overrun"]["below"]) == (1, 2)

    async def order(since: datetime, *steps: str) -> str:
        said = {"subject": cases[0], "problem": "未及时告知", "demand": "立即告知", "term": "1 day"}
        number = (await supervisor.open("rectification-order", at=since.isoformat(), **said))["number"]
        for step in steps:
            hand = officer if step == "report-rectification" else supervisor
            await hand.take(number, step, at=since + timedelta(hours=3), **SAID.get(step, {}))
        return number

    morning = YESTERDAY - timedelta(hours=4)
    await order(morning, "report-rectification")  # nobody has looked yet
    assert (await rates(head))["rectified"]["below"] == 0
    right = await order(morning, "report-rectification", "verify-rectification")
    again = await order(morning - timedelta(days=1), "report-rectification", "return-rectification")
    await order(morning - timedelta(days=1), "cancel-rectification")
    overdue = await order(morning - timedelta(days=1))
    # Taken back once it was late, which makes it no less late.
    late = await order(morning - timedelta(days=1))
    await supervisor.take(late, "cancel-rectification", reason="错发", at=morning + timedelta(hours=2))
    of = (await rates(head, to=f"{datetime.now(SHANGHAI):%Y-%m-%d}"))["rectified"]
    assert of["above"] == 1
    assert [each["matter"] for each in await listed(head, "rectified", "above")] == [right]
    assert {each["matter"] for each in await listed(head, "rectified", "missed")} == {again, overdue, late}


async def test_a_rate_opens_and_takes_away_exactly_as_many_as_it_says(bureau: World) -> None:
    await dispatched(bureau, 24, 400, 2000)
    await dispatched(bureau, 50)
    await accepted(bureau, at=(YESTERDAY - timedelta(days=5)).isoformat())
    head = await bureau.as_("zhouminghui")
    for unit in ("", "chengguan"):
        told = await rates(head, unit)
        narrowed = {"unit": unit, "alone": "true"} if unit else {}
        for figure in FIGURES:
            of = told[figure.id]
            for part, n in (("above", of["above"]), ("below", of["below"])):
                rows = await listed(head, figure.id, part, **narrowed)
                _, taken = await sheet(head, "supervision/counted", figure=figure.id, part=part, **DAY, **narrowed)
                assert (len(rows), len(taken)) == (n, n), (figure.id, part)
                assert [row["事项编号"] for row in taken] == [each["matter"] for each in rows]
    said, rows = await sheet(head, "supervision", **DAY)
    assert "期间：" in said
    totals = {row["指标"]: row for row in rows if row["单位"] == "合计"}
    told = await rates(head)
    for figure in FIGURES:
        of = told[figure.id]
        assert (totals[figure.zh]["分子"], totals[figure.zh]["分母"]) == (of["above"], of["below"])
        assert totals[figure.zh]["不计入的"] == figure.left_out


@pytest.mark.parametrize("username", ["zhouminghui", "wuhaoran", "fangzhengping"])
async def test_rates_of_a_large_bureau_are_read_from_tallies_sealed_files_respected(
    bureau: World, monkeypatch: pytest.MonkeyPatch, username: str
) -> None:
    await dispatched(bureau, 24, 400, 2000)
    await requested(bureau)
    await accepted(bureau, at=(YESTERDAY - timedelta(days=5)).isoformat())
    sealed = await dispatched(bureau, 50)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=sealed)
    hand = await bureau.as_(username)

    async def told() -> dict[str, Any]:
        board = await hand.read("/api/boards/supervision", **DAY)
        return {name: value for name, value in board.items() if name != "at"}

    live = await told()
    await tally(bureau.ctx.pool)
    monkeypatch.setattr(board_counts, "LARGE", -1)
    assert await told() == live
    # Written down once, and only what has changed after.
    await bureau.ask("UPDATE figure_tally SET n = 1000")
    await tally(bureau.ctx.pool)
    assert await told() == live


async def test_a_period_is_this_month_until_it_is_said_and_does_not_end_before_it_begins(bureau: World) -> None:
    await reported(bureau)
    head = await bureau.as_("zhouminghui")
    told = await head.read("/api/boards/supervision")
    today = datetime.now(SHANGHAI).date()
    assert (told["since"], told["until"]) == (f"{today.replace(day=1)}", f"{today}")
    before = datetime.fromisoformat(told["before_until"]) - datetime.fromisoformat(told["before_since"])
    assert before == datetime.fromisoformat(told["until"]) - datetime.fromisoformat(told["since"])
    refused = await head.get("/api/boards/supervision", **{"from": "2026-03-02", "to": "2026-03-01"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "to")
