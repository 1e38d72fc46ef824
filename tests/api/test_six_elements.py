"""The case room's queues: each count opens just that list, each item says what ends first, and what is done takes it out."""

from typing import Any

from inspections.inspection import get_inspections
from law.time_limits import get_limits
from models.readmodel.pagination import MASKED
from models.readmodel.queues import BAILED, BY_ID, OF_PAPERS, OF_PLACES, PRESENT
from tests.api.matters import accepted, reported, requested
from tests.world import Hand, World


async def counts(hand: Hand, board: str = "six-elements", **asked: str) -> dict[str, int]:
    told = await hand.read(f"/api/boards/{board}", **asked)
    return {each["queue"]: each["count"] for element in told["elements"] for each in element["queues"]}


async def queued(hand: Hand, queue: str, **asked: Any) -> list[str]:
    return [each["matter"] for each in (await hand.read("/api/boards/six-elements/queued", which=queue, **asked))["items"]]


async def test_each_count_opens_just_its_list_and_what_is_done_leaves_it(bureau: World) -> None:
    case, officer = await requested(bureau)
    await accepted(bureau)
    incident, _ = await reported(bureau, at="2026-01-05T10:00:00+08:00")
    head, centre, other = [await bureau.as_(name) for name in ("zhaotiejun", "qinwanqing", "sunjiawei")]
    board = await head.read("/api/boards/six-elements")
    assert [each["zh"] for each in board["elements"]] == ["警情", "案件", "人员", "财物", "卷宗", "场所"]
    assert all(each["act"] for element in board["elements"] for each in element["queues"])
    seen = await counts(head)
    assert (seen["case-requests"], seen["case-new"], seen["incident-undecided"]) == (1, 2, 1)
    for queue, many in (seen | await counts(head, "agenda")).items():
        assert len(await queued(head, queue, limit=100)) == many, queue
    assert await queued(head, "case-requests") == [case]
    (first, second) = await queued(head, "case-new")
    page = await head.read("/api/boards/six-elements/queued", which="case-new", limit=1)
    rest = await head.read("/api/boards/six-elements/queued", which="case-new", limit=1, cursor=page["next"])
    assert [page["items"][0]["matter"], rest["items"][0]["matter"]] == [first, second]
    assert (page["items"][0]["limit_zh"], rest["next"]) == ("刑事案件立案审查", None), "what ends first"
    # A centre has its stations side by side; another station has none of it.
    (unit,) = (await centre.read("/api/boards/six-elements"))["units"]
    assert (unit["unit"], sum(unit["counts"])) == ("chengguan", sum(seen.values()))
    assert sum((await counts(other)).values()) == 0
    assert (await head.get("/api/boards/six-elements/queued", which="nothing")).status_code == 422
    await (await bureau.as_("zhouminghui")).take(case, "approve", request="file-case")
    await officer.take(incident, "arrive-on-scene")
    await officer.take(incident, "classify-incident", classification="mediation", reason="邻里纠纷，自愿调解")
    left = await counts(head)
    assert (left["case-requests"], left["incident-undecided"], left["incident-unfinished"]) == (0, 0, 1)


async def test_the_agenda_has_what_comes_before_those_who_supervise(bureau: World) -> None:
    case, _ = await accepted(bureau)
    chief = await bureau.as_("zhouminghui")
    assert await counts(chief, "agenda") == dict.fromkeys(await counts(chief, "agenda"), 0)
    await chief.take(case, "mark-sensitive", criteria=["designated"], situation="社会关注", measures="每日续报")
    assert await queued(chief, "agenda-sensitive") == await queued(chief, "case-sensitive") == [case]


async def test_what_is_sealed_stands_in_the_queues_of_those_alone_who_may_open_it(bureau: World) -> None:
    case, _ = await requested(bureau)
    chief, keeper = await bureau.as_("zhouminghui"), await bureau.as_("qinwanqing")
    await chief.take(case, "mark-sensitive", criteria=["designated"], situation="社会关注", measures="每日续报")
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=case)
    for board in ("six-elements", "agenda"):
        assert set((await counts(keeper, board)).values()) == {0}
    for queue in BY_ID:
        assert await queued(keeper, queue) == [], queue
    assert (await counts(chief))["case-requests"] == len(await queued(chief, "case-requests")) == 1
    unsaid = await bureau.as_("zhouminghui", reason="")
    (item,) = (await unsaid.read("/api/boards/six-elements/queued", which="case-sensitive"))["items"]
    assert (item["matter"], item["title"]) == (case, MASKED)


def test_the_limits_and_inspections_by_which_queues_are_made_exist() -> None:
    assert set(PRESENT) | set(BAILED) <= set(get_limits())
    assert set(OF_PAPERS) | set(OF_PLACES) <= set(get_inspections())
