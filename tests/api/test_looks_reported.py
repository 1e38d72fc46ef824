"""The weekly report on looks: the head of a unit learns who of its people looked at how much, and nobody else there does."""

from datetime import UTC, datetime, timedelta

from activities.upkeep.report_unusual_looks import report
from api.boards import read_names
from models.readmodel.report_types import read_report, report_types
from models.reports import Due
from tests.api.matters import THEFT, reported
from tests.scenarios.supervised import made
from tests.world import World

LOOKS = report_types()["weekly-looks"]


async def test_a_head_reads_who_looked_at_how_much_and_who_was_refused(bureau: World) -> None:
    number, officer = await reported(bureau)
    await officer.card(number)
    stranger = await bureau.as_("wuhaoran")
    assert (await stranger.get(f"/api/matters/{number}")).status_code == 404
    assert await bureau.ctx.access_log.flush()
    now, names = datetime.now(UTC), await read_names(bureau.ctx)
    due = Due(now - timedelta(days=7), now + timedelta(minutes=1))
    shown = {}
    for unit in ("chengguan", "donghe"):
        async with bureau.ctx.pool.connection() as connection:
            told = await read_report(connection, LOOKS, due, names.tree[unit], names)
        shown[unit] = {row[0]: row[2:] for row in told.sections[0].rows}
    assert shown["chengguan"]["刘思源"] == [1, 1, 0, 0, 0, 1, ""]
    assert shown["donghe"]["吴昊然"] == [1, 1, 1, 0, 0, 1, ""]
    assert "吴昊然" not in shown["chengguan"], "each head reads of their own people"


async def test_who_looked_is_read_by_who_answers_for_a_unit_and_not_by_their_colleagues(bureau: World) -> None:
    await made(bureau, LOOKS.id)
    head, officer = await bureau.as_("zhaotiejun"), await bureau.as_("liusiyuan")
    (listed,) = (await head.read("/api/reports", unit="chengguan", type=LOOKS.id))["items"]
    assert listed["type_zh"] == "查阅周报"
    assert (await head.read(f"/api/reports/{listed['id']}"))["content"]["sections"][0]["id"] == "looks"
    assert (await officer.read("/api/reports", type=LOOKS.id))["items"] == []
    assert (await officer.get(f"/api/reports/{listed['id']}")).status_code == 403


async def test_who_leafs_through_what_they_do_not_handle_is_told_to_who_supervises_once(bureau: World) -> None:
    desk, clerk, supervisor = [await bureau.as_(name) for name in ("linxiaoyu", "xuyating", "leijianfeng")]
    opened = [await desk.open("incident", **THEFT | {"place": f"东街{n}号"}) for n in range(30)]
    for each in opened:
        await desk.take(each["number"], "dispatch-incident", unit="chengguan", officer="liusiyuan")
        await clerk.card(each["number"])
    officer = await bureau.as_("liusiyuan")
    for each in opened:
        await officer.card(each["number"])
    assert await bureau.ctx.access_log.flush()
    now = datetime.now(UTC)
    assert [await report(bureau.ctx.pool, now + timedelta(seconds=n)) for n in range(2)] == [1, 0]
    words = [each["words"] for each in (await supervisor.read("/api/notices"))["items"]]
    assert [each for each in words if "查阅异常" in each] == [
        "查阅异常：许雅婷（xuyating）一小时内查阅非本人承办的事项30件，请在查阅记录中核实"
    ]
