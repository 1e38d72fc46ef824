"""A limit on somebody's liberty that ran out is not cured in silence by what is entered afterwards."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from operations.verify import verify
from tests.scenarios.fraud import scanned
from tests.world import Answer, Hand, World, found, until, world

SUBMIT = "criminal-detention-submit-for-arrest"
GROUNDS = {"grounds": "有犯罪事实，需要追究刑事责任"}
PAPER = {"paper_number": "城公刑延〔2026〕9号", "paper_scan": "延长拘留期限呈批表"}


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county, with a worker."""
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


def ago(**span: float) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) - timedelta(**span)


async def held(bureau: World, hours: float) -> tuple[str, str, Hand, Hand]:
    """A suspect detained so many hours ago, their case, its officer, and the county head."""
    officer, head = await bureau.as_("liusiyuan"), await bureau.as_("zhouminghui")
    case = (await officer.open("criminal-case", charge="xf-266", summary="被骗三万元", at=ago(hours=hours + 3)))["number"]
    await officer.take(case, "file-case", charge="xf-266", **GROUNDS, at=ago(hours=hours + 2))
    await head.approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", name="测试甲", at=ago(hours=hours + 1)))["opened"]
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="现行犯", at=ago(hours=hours))
    await head.approve(suspect, "execute-detention")
    return suspect, case, officer, head


async def cured(bureau: World) -> tuple[str, Hand, Hand]:
    """A suspect whose limit ran out two hours ago, and whose extension, asked and approved since, is dated an hour before that."""
    suspect, _, officer, head = await held(bureau, 74)
    await until(lambda: head.clock(suspect, SUBMIT), lambda each: each["colour"] == "overdue")
    await officer.take(suspect, "extend-detention", extension="+4 day", grounds="案情复杂", at=ago(hours=3))
    await scanned(officer, suspect, PAPER["paper_scan"])
    await head.approve(suspect, "extend-detention", at=ago(hours=2.5), **PAPER)
    return suspect, officer, head


async def test_an_extension_that_is_dated_back_and_approved_after_the_end_comes_too_late(bureau: World) -> None:
    suspect, _, officer, head = await held(bureau, 74)
    await until(lambda: head.clock(suspect, SUBMIT), lambda each: each["colour"] == "overdue")
    await officer.take(suspect, "extend-detention", extension="+4 day", grounds="案情复杂", at=ago(hours=3))
    refused = await head.try_(suspect, "approve", request="extend-detention")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/time-limit-expired")
    assert (await head.clock(suspect, SUBMIT))["colour"] == "overdue"


async def red_cards(hand: Hand, matter: str) -> list[dict[str, object]]:
    return [
        each for each in (await hand.read("/api/boards/red-cards"))["items"] if each["matter"] == matter and each["limit"] == SUBMIT
    ]


async def test_an_extension_entered_after_the_end_leaves_the_red_card_and_asks_for_a_supervisor(bureau: World) -> None:
    suspect, _, head = await cured(bureau)
    clock = await head.clock(suspect, SUBMIT)
    assert clock["colour"] != "overdue"
    assert clock["overrun"]["entered_at"]
    assert clock["overrun"]["acknowledged_at"] is None
    (card,) = await red_cards(head, suspect)
    assert (card["standing"], card["acknowledged_at"]) == ("entered-late", None)
    late = [each for each in (await head.card(suspect))["late"] if each["step"] == "extend-detention"]
    assert late
    assert all(each["liberty"] for each in late)

    supervisor = await bureau.as_("leijianfeng")
    tasks = [each for each in (await supervisor.read("/api/tasks"))["items"] if each["sort"] == "overrun"]
    assert [(each["matter"], each["step"]) for each in tasks] == [(suspect, "acknowledge-overrun")]
    assert any("补录" in each["words"] for each in (await supervisor.read("/api/notices"))["items"])
    (step,) = [each for each in await supervisor.steps(suspect) if each["step"] == "acknowledge-overrun"]
    asked = step["form"]["properties"]["clock"]
    assert asked["enum"] == list(asked["x-names"]) == ["", *(each["clock"] for each in await red_cards(head, suspect))]
    assert asked["x-names"][clock["id"]].startswith(f"{clock['zh']}（")
    await supervisor.take(suspect, "acknowledge-overrun", clock=clock["id"], finding="已核对纸质审批，责令说明")
    (card,) = await red_cards(head, suspect)
    assert card["acknowledged_at"]
    assert [each for each in (await supervisor.read("/api/tasks"))["items"] if each["sort"] == "overrun"] == []
    again = await supervisor.try_(suspect, "acknowledge-overrun", clock=clock["id"], finding="再确认")
    assert again.json()["errors"][0]["rule"] == "acknowledged"


async def test_an_overrun_is_acknowledged_by_nobody_but_a_supervisor_who_had_no_hand_in_it(bureau: World) -> None:
    suspect, officer, head = await cured(bureau)
    clock = (await head.clock(suspect, SUBMIT))["id"]
    for hand in (officer, head):
        assert (await hand.try_(suspect, "acknowledge-overrun", clock=clock, finding="无误")).status_code == 403
    await bureau.ask("INSERT INTO holding (username, office, unit_id) VALUES ('zhouminghui', 'supervisor', 'qinglan')")
    bureau.ctx.directory.forget()
    both = await bureau.as_("zhouminghui")
    refused = await both.try_(suspect, "acknowledge-overrun", clock=clock, finding="无误")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/duties-not-separated")


async def test_the_procuratorate_sees_a_late_cure_where_the_matter_is_shared(bureau: World) -> None:
    suspect, _, _ = await cured(bureau)
    procurator = await bureau.as_("yeqingheng")
    assert (await procurator.get(f"/api/matters/{suspect}")).status_code == 404
    await bureau.ask("UPDATE matter SET shared_with = '{procuratorate}' WHERE number = %(n)s", n=suspect)
    assert (await procurator.clock(suspect, SUBMIT))["overrun"]["entered_at"]
    (card,) = await red_cards(procurator, suspect)
    assert card["standing"] == "entered-late"
    assert any("补录" in each["words"] for each in (await procurator.read("/api/notices"))["items"])


async def test_those_who_supervise_acknowledge_an_overrun_in_a_file_that_is_sealed_and_not_open_to_them(bureau: World) -> None:
    suspect, officer, head = await cured(bureau)
    await officer.take(suspect, "seal-file", grounds="涉及个人隐私")
    await (await bureau.as_("zhaotiejun")).approve(suspect, "seal-file")
    supervisor, clock = await bureau.as_("leijianfeng"), await head.clock(suspect, SUBMIT)
    (card,) = await red_cards(supervisor, suspect)
    assert (card["title"], card["standing"], card["acknowledged_at"]) == ("封存案卷", "entered-late", None)
    assert (await supervisor.get(f"/api/matters/{suspect}")).status_code == 404
    (step,) = await supervisor.steps(suspect)
    assert step["step"] == "acknowledge-overrun"
    assert "测试甲" not in str(step)
    assert (await supervisor.try_(suspect, "release", grounds="期满")).status_code == 404
    (task,) = [each for each in (await supervisor.read("/api/tasks"))["items"] if each["sort"] == "overrun"]
    assert (task["matter"], task["title"]) == (suspect, "封存案卷")
    await supervisor.take(suspect, "acknowledge-overrun", clock=clock["id"], finding="已核对纸质审批，责令说明")
    (card,) = await red_cards(supervisor, suspect)
    assert card["acknowledged_by_zh"] == "雷剑锋"
    assert [each for each in (await supervisor.read("/api/tasks"))["items"] if each["sort"] == "overrun"] == []


async def test_sealing_the_file_of_somebody_held_beyond_a_limit_leaves_their_red_cards_to_those_who_supervise(
    bureau: World,
) -> None:
    suspect, _, officer, head = await held(bureau, 80)
    supervisor = await bureau.as_("leijianfeng")
    before = await until(lambda: red_cards(supervisor, suspect), lambda cards: bool(cards))
    await officer.take(suspect, "seal-file", grounds="涉及个人隐私")
    await (await bureau.as_("zhaotiejun")).approve(suspect, "seal-file")
    after = await red_cards(supervisor, suspect)
    assert [each["clock"] for each in after] == [each["clock"] for each in before]
    assert {(each["standing"], each["title"]) for each in after} == {("running", "封存案卷")}
    await officer.take(suspect, "release", grounds="羁押期限届满")
    await head.approve(suspect, "release")
    assert {each["standing"] for each in await red_cards(supervisor, suspect)} == {"ended"}
    await supervisor.take(suspect, "acknowledge-overrun", finding="已责令说明")
    assert all(each["acknowledged_by_zh"] == "雷剑锋" for each in await red_cards(supervisor, suspect))


async def test_a_sealed_file_in_which_nothing_ran_out_does_not_exist_for_those_who_supervise(bureau: World) -> None:
    suspect, _, officer, _ = await held(bureau, 2)
    await officer.take(suspect, "seal-file", grounds="涉及个人隐私")
    await (await bureau.as_("zhaotiejun")).approve(suspect, "seal-file")
    supervisor = await bureau.as_("leijianfeng")
    assert (await supervisor.try_(suspect, "acknowledge-overrun", finding="无误")).status_code == 404
    assert (await supervisor.get(f"/api/matters/{suspect}/steps")).status_code == 404
    assert await red_cards(supervisor, suspect) == []


async def test_what_never_ran_out_cannot_be_acknowledged(bureau: World) -> None:
    suspect, _, _, head = await held(bureau, 2)
    supervisor, clock = await bureau.as_("leijianfeng"), (await head.clock(suspect, SUBMIT))["id"]
    refused = await supervisor.try_(suspect, "acknowledge-overrun", clock=clock, finding="无误")
    assert refused.json()["errors"][0]["rule"] == "no-overrun"
    assert "acknowledge-overrun" not in {each["step"] for each in await supervisor.steps(suspect)}


async def detention_fact(hand: Hand, suspect: str) -> dict[str, int]:
    """Where the journal has the detention."""
    journal = (await hand.read(f"/api/matters/{suspect}/journal", limit=100))["items"]
    return next(
        {"fact_seq": each["seq"], "fact_n": n}
        for each in journal
        for n, fact in enumerate(each["content"].get("facts", ()))
        if fact["fact"] == "detention.executed"
    )


async def test_a_correction_that_cures_a_limit_on_liberty_needs_the_county_head_and_leaves_the_red_card(bureau: World) -> None:
    suspect, _, officer, head = await held(bureau, 80)
    before = await until(lambda: head.clock(suspect, SUBMIT), lambda each: each["colour"] == "overdue")
    place = await detention_fact(officer, suspect)
    asked = await officer.take(suspect, "correct-record", **place, happened_at=ago(hours=20), reason="笔误")
    assert asked["standing"] == "awaiting-approval"
    await (await bureau.as_("zhaotiejun")).approve(suspect, "correct-record")
    assert (await head.clock(suspect, SUBMIT))["colour"] == "overdue", "nothing is set right before the county head has approved"
    await head.approve(suspect, "correct-record")
    clock = await head.clock(suspect, SUBMIT)
    assert clock["colour"] != "overdue"
    assert (clock["overrun"]["due_at"], clock["overrun"]["acknowledged_at"]) == (before["due_at"], None)
    assert clock["overrun"]["entered_at"]

    supervisor = await bureau.as_("leijianfeng")
    (card,) = await red_cards(supervisor, suspect)
    assert (card["standing"], card["due_at"]) == ("entered-late", before["due_at"])
    tasks = [each for each in (await supervisor.read("/api/tasks"))["items"] if each["sort"] == "overrun"]
    assert (suspect, "acknowledge-overrun") in {(each["matter"], each["step"]) for each in tasks}
    assert any(each["words"].startswith("更正：") for each in tasks)
    kept = clock["overrun"]
    await officer.take(suspect, "extend-detention", extension="+4 day", grounds="案情复杂")
    await head.approve(suspect, "extend-detention")
    assert (await head.clock(suspect, SUBMIT))["overrun"] == kept, "the next step does not wash it off"
    await supervisor.take(suspect, "acknowledge-overrun", clock=clock["id"], finding="已核对拘留证")
    (card,) = await red_cards(supervisor, suspect)
    assert card["acknowledged_at"]
    assert verify(bureau.settings).faults == []


async def test_a_correction_by_which_a_limit_on_liberty_ends_sooner_is_the_station_heads_and_later_the_county_heads_too(
    bureau: World,
) -> None:
    suspect, _, officer, head = await held(bureau, 20)
    place = await detention_fact(officer, suspect)
    station = await bureau.as_("zhaotiejun")
    await officer.take(suspect, "correct-record", **place, happened_at=ago(hours=20.5), reason="笔误")
    await station.approve(suspect, "correct-record")
    assert (await head.clock(suspect, SUBMIT))["overrun"] is None, "what ends sooner is the station head's to approve"
    await officer.take(suspect, "correct-record", **place, happened_at=ago(hours=10), reason="笔误")
    await station.approve(suspect, "correct-record")
    journal = (await officer.read(f"/api/matters/{suspect}/journal", limit=100))["items"]
    assert sum(bool(each["content"].get("corrected")) for each in journal) == 1


async def test_a_correction_that_shortens_an_overrun_leaves_its_mark_and_is_acknowledged_anew(bureau: World) -> None:
    suspect, _, officer, head = await held(bureau, 80)
    before = await until(lambda: head.clock(suspect, SUBMIT), lambda each: each["colour"] == "overdue")
    place, supervisor = await detention_fact(officer, suspect), await bureau.as_("leijianfeng")
    station = await bureau.as_("zhaotiejun")
    for hours in (76, 74):
        await officer.take(suspect, "correct-record", **place, happened_at=ago(hours=hours), reason="笔误")
        await station.approve(suspect, "correct-record")
        await head.approve(suspect, "correct-record")
        clock = await head.clock(suspect, SUBMIT)
        assert clock["colour"] == "overdue"
        assert (clock["overrun"]["due_at"], clock["overrun"]["acknowledged_at"]) == (before["due_at"], None)
        tasks = (await supervisor.read("/api/tasks"))["items"]
        assert any((each["matter"], each["sort"]) == (suspect, "overrun") for each in tasks)
        await supervisor.take(suspect, "acknowledge-overrun", clock=clock["id"], finding="已核对拘留证")
    journal = (await officer.read(f"/api/matters/{suspect}/journal", limit=100))["items"]
    kept = [each for entry in journal for each in entry["content"].get("corrected", ()) if each["of"] == "clock"]
    submits = [each for each in kept if each["id"] == clock["id"]]
    assert [each["old"]["overrun_since"] for each in submits] == [before["due_at"]] * 2
    assert verify(bureau.settings).faults == []


async def test_a_correction_in_the_case_that_moves_the_limits_of_somebody_in_it_needs_the_county_head(bureau: World) -> None:
    suspect, case, officer, head = await held(bureau, 60)
    await officer.take(case, "cancel-case", reason="没有犯罪事实", grounds="查明没有犯罪事实", at=ago(hours=50))
    await scanned(officer, case, PAPER["paper_scan"])
    await head.approve(case, "cancel-case", at=ago(hours=50), **PAPER)

    async def released_at_once() -> Answer | None:
        shown = await head.read(f"/api/matters/{suspect}/clocks")
        return next((each for each in shown if each["limit"] == "case-over-release"), None)

    over = await until(released_at_once, lambda each: each is not None and each["colour"] == "overdue")
    assert over
    journal = (await officer.read(f"/api/matters/{case}/journal", limit=100))["items"]
    seq, n = next(
        (entry["seq"], n)
        for entry in journal
        for n, fact in enumerate(entry["content"].get("facts", ()))
        if fact["fact"] == "case.cancelled"
    )
    await officer.take(case, "correct-record", fact_seq=seq, fact_n=n, happened_at=ago(minutes=2), reason="笔误")
    await (await bureau.as_("zhaotiejun")).approve(case, "correct-record")
    assert (await head.clock(suspect, over["limit"]))["overrun"] is None, "nothing is set right before the county head has approved"
    await head.approve(case, "correct-record")
    clock = await until(lambda: head.clock(suspect, over["limit"]), lambda each: each["overrun"] is not None)
    assert clock["overrun"]["acknowledged_at"] is None
    # What is due at once is overrun an hour later.
    assert datetime.fromisoformat(clock["overrun"]["due_at"]) == datetime.fromisoformat(over["due_at"]) + timedelta(hours=1)
