"""The weekly report on looks: the head of a unit learns who of its people looked at how much, and nobody else there does."""

from datetime import UTC, datetime, timedelta

from api.boards import read_names
from models.readmodel.report_types import read_report, report_types
from models.reports import Due
from tests.api.matters import reported
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
