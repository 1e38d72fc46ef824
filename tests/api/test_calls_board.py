"""Incidents by their groups: counted for each unit beside the period before, opened as the list that was counted, and taken away."""

from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from models.readmodel.board_calls import GROUPS
from operations.verify import verify
from tests.api.matters import THEFT
from tests.api.test_exports import sheet
from tests.world import Hand, World
from watchdog.duties.seal_journal import SealJournal

YESTERDAY = datetime.now(SHANGHAI).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=1)
DAY = {"from": f"{YESTERDAY:%Y-%m-%d}", "to": f"{YESTERDAY:%Y-%m-%d}"}
# The same incident so many times again, a day earlier.
THE_DAY_BEFORE = """
INSERT INTO matter SELECT (jsonb_populate_record(m, jsonb_build_object('number', 'JQ1999' || lpad(n::text, 8, '0'),
    'opened_at', m.opened_at - interval '1 day'))).* FROM matter m, generate_series(1, %(times)s) n WHERE m.number = %(number)s
"""


async def called(bureau: World, **said: Any) -> str:
    desk = await bureau.as_("linxiaoyu")
    return (await desk.open("incident", at=YESTERDAY.isoformat(), **(THEFT | said)))["number"]


async def counts(hand: Hand, unit: str = "", **filters: str) -> dict[str, tuple[int, int, float | None]]:
    """What was received now and before of each group of which anything was, and the change."""
    told = await hand.read("/api/boards/calls", **(DAY | filters))
    of = next(each["counts"] for each in told["units"] if each["unit"] == unit) if unit else told["totals"]
    return {each["category"]: (each["count"], each["before"], each["change"]) for each in of if each["count"] or each["before"]}


async def test_calls_are_counted_by_group_beside_the_day_before_and_open_as_the_list_that_was_counted(bureau: World) -> None:
    quarrel = await called(bureau, category="dispute", unit="chengguan")
    await called(bureau, category="dispute", unit="donghe")
    await called(bureau, category="help", unit="chengguan")
    unsorted = await called(bureau, unit="chengguan")
    await bureau.ask(THE_DAY_BEFORE, number=quarrel, times=10)
    head = await bureau.as_("zhouminghui")
    assert await counts(head) == {"": (4, 10, -60.0), "dispute": (2, 10, -80.0), "help": (1, 0, None), "none": (1, 0, None)}
    assert await counts(head, "chengguan") == {
        "": (3, 10, -70.0),
        "dispute": (1, 10, -90.0),
        "help": (1, 0, None),
        "none": (1, 0, None),
    }
    since = YESTERDAY.replace(hour=0)
    period = {"opened_after": since.isoformat(), "opened_before": (since + timedelta(days=1)).isoformat()}
    for category, found in (("dispute", [quarrel]), ("none", [unsorted])):
        narrowed = {**period, "category": category, "unit": "chengguan", "alone": "true"}
        assert [each["number"] for each in (await head.read("/api/matters", **narrowed))["items"]] == found
        said, rows = await sheet(head, "matters", **narrowed)
        assert [row["编号"] for row in rows] == found
        assert f"警情大类：{GROUPS[category]}" in said
    _, rows = await sheet(head, "calls", **DAY)
    assert {row["警情大类"]: row["本期"] for row in rows if row["单位"] == "合计"} == {
        "全部警情": 4,
        "纠纷": 2,
        "求助": 1,
        "未分类": 1,
    }
    # A station's own see their own.
    assert set(await counts(await bureau.as_("zhaotiejun"))) == {"", "dispute", "help", "none"}
    assert (await (await bureau.as_("zhaotiejun")).read("/api/boards/calls", **DAY))["units"][0]["unit"] == "chengguan"


async def test_which_group_a_call_is_counted_in_is_held_against_the_journal(bureau: World) -> None:
    number = await called(bureau, category="dispute")
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []
    await bureau.ask("UPDATE matter SET category = 'help' WHERE number = %(n)s", n=number)
    (fault,) = verify(bureau.settings).faults
    assert (fault.chain, "category" in fault.words) == (number, True)
