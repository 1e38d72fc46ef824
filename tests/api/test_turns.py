"""Whose turn it is: whoever must take the next step has a task for it, which comes, moves and goes by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from activities.recording import journal_rows, records
from operations.verify import verify
from tests.api.matters import THEFT, accepted, reported, requested
from tests.world import Hand, World
from watchdog.duties.give_turns import GiveTurns
from watchdog.duties.seal_journal import SealJournal
from watchdog.duties.urge_turns import UrgeTurns


async def turns(hand: Hand, number: str) -> list[tuple[str, str]]:
    """What of that matter is theirs to do next: the step and the queue it stands in."""
    items = (await hand.read("/api/tasks", order="due"))["items"]
    return [(each["step"], each["queue"]) for each in items if each["matter"] == number and each["sort"] == "turn"]


async def whose(hand: Hand, number: str) -> Any:
    """Whose turn the matter's card says it is: who, and which step."""
    turn = (await hand.read(f"/api/matters/{number}"))["turn"]
    return turn and ([each["person_zh"] or each["office_zh"] for each in turn["who"]], turn["step_zh"])


async def test_whoever_is_dispatched_is_told_so_and_signs_and_the_desk_is_rid_of_it(bureau: World) -> None:
    desk, officer = await bureau.as_("linxiaoyu"), await bureau.as_("liusiyuan")
    number = (await desk.open("incident", **THEFT))["number"]
    assert await turns(desk, number) == [("dispatch-incident", "turn")]
    assert await whose(desk, number) == (["接警员"], "派警")
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    assert (await turns(desk, number), await turns(officer, number)) == ([], [("accept-dispatch", "signing")])
    assert await whose(desk, number) == (["刘思源"], "签收警情")
    told = (await officer.read("/api/notices"))["items"]
    assert [(each["words"], each["type"]) for each in told if each["matter"] == number] == [("轮到办理：签收警情", "turn")]
    assert await turns(await bureau.as_("wuhaoran"), number) == []
    fed_back = {"result": "settled"}
    for step, following, said in (
        ("accept-dispatch", "arrive-on-scene", {}),
        ("arrive-on-scene", "feed-back", {}),
        ("feed-back", "classify-incident", fed_back),
    ):
        await officer.take(number, step, **said)
        assert await turns(officer, number) == [(following, "turn")]


async def test_a_dispatch_is_to_be_signed_for_within_thirty_seconds_and_the_list_says_until_when(bureau: World) -> None:
    number, officer = await reported(bureau)
    clocks = {each["limit"]: each for each in (await officer.read(f"/api/matters/{number}/clocks"))}
    (task,) = [each for each in (await officer.read("/api/tasks"))["items"] if each["matter"] == number]
    assert task["due_at"] == clocks["sla-dispatch-sign"]["due_at"]
    began, due = (datetime.fromisoformat(clocks["sla-dispatch-sign"][name]) for name in ("started_at", "due_at"))
    assert due - began == timedelta(seconds=30)
    assert (await officer.read(f"/api/matters/{number}"))["turn"]["due_at"] == task["due_at"]


async def test_another_who_is_sent_instead_has_the_turn_and_the_first_no_longer(bureau: World) -> None:
    number, officer = await reported(bureau)
    desk, other = await bureau.as_("linxiaoyu"), await bureau.as_("wuhaoran")
    await desk.take(number, "dispatch-incident", unit="donghe", officer="wuhaoran")
    assert (await turns(officer, number), await turns(other, number)) == ([], [("accept-dispatch", "signing")])


async def test_whoever_is_sent_instead_has_the_whole_time_and_does_not_answer_for_the_firsts(bureau: World) -> None:
    desk, ago = await bureau.as_("linxiaoyu"), (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    number = (await desk.open("incident", **THEFT, at=ago))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan", at=ago)
    await desk.take(number, "dispatch-incident", unit="donghe", officer="wuhaoran")
    clocks = [each for each in await desk.read(f"/api/matters/{number}/clocks") if each["limit"] == "sla-dispatch-sign"]
    (running,) = [each for each in clocks if each["state"] == "running"]
    began, due = (datetime.fromisoformat(running[name]) for name in ("started_at", "due_at"))
    assert (due - began, len(clocks)) == (timedelta(seconds=30), 2)
    assert (await desk.card(number))["turn"]["due_at"] == running["due_at"]


async def test_of_a_unit_in_which_nobody_is_named_everybody_there_has_the_turn(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    number = (await desk.open("incident", **THEFT))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan")
    assert await turns(await bureau.as_("liusiyuan"), number) == [("accept-dispatch", "signing")]
    assert await whose(desk, number) == (["办案民警"], "签收警情")


async def test_while_a_request_awaits_approval_it_is_the_approvers_turn_and_once_returned_the_askers(bureau: World) -> None:
    number, officer = await requested(bureau)
    head = await bureau.as_("zhouminghui")
    assert (await turns(officer, number), await whose(officer, number)) == ([], (["县级以上公安机关负责人"], "立案"))
    await head.take(number, "return", request="file-case", reason="请补充报案材料")
    card = await officer.read(f"/api/matters/{number}")
    assert (card["turn"]["sort"], card["turn"]["who"][0]["person_zh"]) == ("returned", "刘思源")
    (back,) = [each for each in card["tasks"] if each["sort"] == "returned"]
    assert "请补充报案材料" in back["words"]
    assert back["form"] == {"charge": "xf-264", "grounds": "有犯罪事实，需要追究刑事责任"}
    first = (await officer.read("/api/tasks", order="due"))["items"][0]
    assert (first["matter"], first["queue"]) == (number, "returned")


async def test_a_turn_that_nobody_takes_is_urged_and_then_goes_up_to_whoever_heads_them(bureau: World) -> None:
    number, officer = await reported(bureau)
    head = await bureau.as_("zhaotiejun")
    urge = bureau.watch().get_duty(UrgeTurns)
    now = datetime.now(UTC)
    assert await urge.do(now) == 0
    assert await urge.do(now + timedelta(seconds=30)) == 1
    assert [
        each["words"]
        for each in (await officer.read("/api/notices"))["items"]
        if each["matter"] == number and each["type"] == "turn"
    ] == [
        "催办：轮到办理：签收警情",
        "轮到办理：签收警情",
    ]
    assert await urge.do(now + timedelta(seconds=90)) == 1
    assert await urge.do(now + timedelta(hours=1)) == 0
    heard = [
        each["words"] for each in (await head.read("/api/notices"))["items"] if each["matter"] == number and each["type"] == "turn"
    ]
    assert heard == ["无人办理，已上报：轮到办理：签收警情"]
    await bureau.ask("UPDATE task SET goes_up_at = now() WHERE matter = %(number)s AND done_at IS NULL RETURNING id", number=number)
    assert await turns(head, number) == [("accept-dispatch", "signing")]
    assert (await head.read(f"/api/matters/{number}"))["turn"]["gone_up"]
    await officer.take(number, "accept-dispatch")
    assert await turns(head, number) == []


async def test_tasks_are_counted_searched_and_read_by_what_is_due_first(bureau: World) -> None:
    number, officer = await reported(bureau)
    case, _ = await accepted(bureau)
    counts = await officer.read("/api/tasks/counts")
    assert (counts["signing"], counts["turn"]) == (1, 1)
    assert [each["matter"] for each in (await officer.read("/api/tasks", queue="signing"))["items"]] == [number]
    assert [each["matter"] for each in (await officer.find("/api/tasks/find", q=case))["items"]] == [case]
    assert (await officer.find("/api/tasks/find", q="没有这样的事项"))["items"] == []
    first = await officer.read("/api/tasks", order="due", limit=1)
    second = await officer.read("/api/tasks", order="due", limit=1, cursor=first["next"])
    assert [each["matter"] for each in first["items"] + second["items"]] == [number, case]
    assert second["next"] is None


def as_before_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Record as a release did that knew of no turns."""

    def without(*said: Any) -> dict[str, Any]:
        return {name: value for name, value in journal_rows.build_content(*said).items() if name != "turn"}

    monkeypatch.setattr(records, "build_content", without)
    monkeypatch.setattr(journal_rows, "turn", lambda *_: None)


async def test_a_matter_that_was_under_way_before_turns_were_kept_has_its_turn_at_once(
    bureau: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        as_before_turns(before)
        number, officer = await reported(bureau)
        waiting, _ = await requested(bureau)
    assert await turns(officer, number) == []
    give = bureau.watch().get_duty(GiveTurns)
    # What awaits approval is the approver's already.
    assert await give.do() == 1
    assert (await turns(officer, number), await turns(officer, waiting)) == ([("accept-dispatch", "signing")], [])
    (entry,) = [each for each in (await officer.read(f"/api/matters/{number}/journal"))["items"] if each["sort"] == "turn"]
    assert entry["content"]["turn"]["username"] == "liusiyuan"
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []
    assert (await give.do(), await bureau.watch().get_duty(GiveTurns).do()) == (0, 0)
    await officer.take(number, "accept-dispatch")
    assert await turns(officer, number) == [("arrive-on-scene", "turn")]
