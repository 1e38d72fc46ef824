"""Supervision on real processes: the worker, the database or the API dies between finding and alert, between order and report, over a batch; each happens once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.amounts import amount
from tests.faults.rush import patiently
from tests.sandbox import Sandbox
from tests.scenarios.fraud import Team, opened, team
from tests.scenarios.processes import Processes, processes
from tests.scenarios.test_s07_missing import LOOKED, asked, reported
from tests.world import Hand

FIGHT = {"kind": "打架", "place": "青岚县城关镇", "narrative": "在烧烤店门口被打，有人流血", "unit": "chengguan"}
SAID = {"problem": "打架警情按调解处理", "demand": "询问当事人，依法审查定性"}
# What dies between finding and alert, and what between order and report.
DEATHS = (("postgres", "worker"), ("worker", "api"), ("api", "postgres"))[: amount(1, 3)]

ALERTS = "SELECT number FROM matter WHERE kind = 'risk-alert' AND parent = %(incident)s"
# How often each was told of, ordered and reported.
COUNTED = """
SELECT (SELECT count(*) FROM matter WHERE kind = 'risk-alert' AND parent = %(incident)s) AS alerts,
    (SELECT count(*) FROM notice n JOIN matter a ON a.number = n.matter WHERE a.parent = %(incident)s AND n.username = 'liusiyuan'
        AND a.kind = 'risk-alert') AS told,
    (SELECT count(*) FROM matter WHERE kind = 'rectification-order' AND parent = %(incident)s) AS orders,
    (SELECT count(*) FROM entry e JOIN matter o ON o.number = e.chain WHERE o.kind = 'rectification-order' AND o.parent = %(incident)s
        AND e.step = 'report-rectification' AND e.sort = 'step') AS reports
"""


ORDERED = "SELECT parent AS subject FROM matter WHERE kind = 'rectification-order' AND parent = ANY(%(subjects)s)"


@pytest.fixture
async def county(tmp_path: Path, temporal_address: str, sandbox: Sandbox) -> AsyncIterator[Processes]:
    async with processes(tmp_path, temporal_address, sandbox.settings) as running:
        yield running


async def mediated(people: Team) -> str:
    """A fight that is settled by mediation."""
    number = (await people.desk.open("incident", **FIGHT))["number"]
    await people.desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await people.officer.take(number, "classify-incident", classification="mediation", reason="双方愿意调解")
    return number


async def raised(county: Processes, manager: Hand, incident: str) -> str:
    """The alert over that incident, once its own journal has it."""

    async def there() -> str:
        for row in county.ask(ALERTS, incident=incident):
            if (await manager.get(f"/api/matters/{row.number}")).is_success:
                return row.number
        return ""

    return await patiently(there)


@pytest.mark.long
async def test_each_finding_is_one_alert_each_order_one_and_each_report_one_whatever_dies_between(county: Processes) -> None:
    people, manager = await team(county), await county.as_("qinwanqing")
    for before_alert, before_report in DEATHS:
        incident = await mediated(people)
        county.kill(before_alert)
        await county.start(before_alert)
        alert = await raised(county, manager, incident)
        await manager.take(alert, "acknowledge-alert")
        order = await opened(manager, await manager.take(alert, "issue-order", **SAID))
        await people.head.take(order, "sign-rectification")
        reporting = asyncio.create_task(people.head.take(order, "report-rectification", done="已询问双方当事人，正在审查定性"))
        county.kill(before_report)
        await county.start(before_report)
        assert (await reporting)["stage"] == "reported"
        (counted,) = county.ask(COUNTED, incident=incident)
        assert tuple(counted) == (1, 1, 1, 1), f"{before_alert}, {before_report}"
    await finished_when_sent_again(county, people, manager)


async def finished_when_sent_again(county: Processes, people: Team, manager: Hand) -> None:
    """The API dies over a batch of orders; sent again under its key, the batch is finished, and no order is there twice."""
    rows = [{"subject": (await people.desk.open("incident", **FIGHT))["number"]} for _ in range(6)]
    subjects = [each["subject"] for each in rows]

    async def send() -> httpx.Response:
        return await manager.post("/api/rectification-orders/batch", {"Idempotency-Key": "d06"}, template=SAID, rows=rows)

    async def begun() -> bool:
        return bool(county.ask(ORDERED, subjects=subjects))

    sending = asyncio.create_task(send())
    await patiently(begun)
    county.kill("api")
    await county.start("api")
    with suppress(httpx.HTTPError):
        await sending
    told = (await send()).json()
    assert [[each["row"] for each in told[part]] for part in ("opened", "joined", "refused")] == [[1, 2, 3, 4, 5, 6], [], []]
    assert sorted(row.subject for row in county.ask(ORDERED, subjects=subjects)) == sorted(subjects)


RUNG = """
SELECT clock_id, office, count(*)::int AS times FROM notice
WHERE matter = %(number)s AND clock_id LIKE 'missing-review@%%' AND colour = 'overdue' GROUP BY clock_id, office
"""


@pytest.mark.long
async def test_reviews_missed_in_a_row_ring_up_to_the_head_of_the_bureau_once_each_whatever_dies(county: Processes) -> None:
    officer, commander = await county.as_("liusiyuan"), await county.as_("panzhiheng")
    at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=13)
    number = await reported(officer, at)

    async def missed(many: int) -> bool:
        return len({row.clock_id for row in county.ask(RUNG, number=number) if row.office == "county-head"}) == many

    for turn, (dying, step, form, hours) in enumerate(
        (
            ("worker", "start-search", {"tasks": asked("patrol", "video")}, 0),
            ("api", "review-search", LOOKED, 3),
            ("watch", "review-search", LOOKED, 6),
        ),
        start=1,
    ):
        hand = officer if step == "start-search" else commander
        taking = asyncio.create_task(hand.take(number, step, **form, at=at + timedelta(hours=hours, minutes=8)))
        county.kill(dying)
        await county.start(dying)
        await taking

        async def rung(many: int = turn) -> bool:
            return await missed(many)

        await patiently(rung)
    told = county.ask(RUNG, number=number)
    assert {row.office for row in told} >= {"duty-commander", "county-head"}
    assert {row.times for row in told} == {1}, "each ring is told to each once"
