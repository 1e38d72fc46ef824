"""Taking steps, and the many ways in which a step is refused."""

import asyncio
from itertools import pairwise

import httpx
import pytest

from models.journal import BUREAU, GENESIS, link
from tests.api.matters import accepted, refusals, reported, requested
from tests.world import World


async def test_a_step_moves_the_matter_and_its_receipt_says_where(bureau: World) -> None:
    number, officer = await reported(bureau)
    answer = await officer.try_(number, "arrive-on-scene", found="门锁被撬")
    receipt = answer.json()
    assert (receipt["stage"], receipt["seq"], receipt["standing"]) == ("on_scene", 3, "done")
    assert answer.headers["ETag"] == '"3"'


async def test_whoever_has_the_receipt_finds_the_matter_that_the_step_opened_however_slowly_that_comes(bureau: World) -> None:
    number, officer = await reported(bureau)
    await officer.take(number, "arrive-on-scene")
    # The record takes its time over the case.
    await bureau.ask(
        "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.4); RETURN new; END $$"
    )
    await bureau.ask(
        "CREATE TRIGGER dawdles BEFORE INSERT ON matter FOR EACH ROW WHEN (new.kind = 'criminal-case') EXECUTE FUNCTION dawdle()"
    )
    receipt = await officer.take(number, "classify-incident", classification="criminal", charge="xf-264", reason="价值较大")
    assert (await officer.get(f"/api/matters/{receipt['opened'][0]}")).status_code == 200


async def test_a_repeat_under_the_key_gets_the_first_receipt_without_a_second_step(bureau: World) -> None:
    number, officer = await reported(bureau)
    key = {"Idempotency-Key": "arrived"}
    answers = await asyncio.gather(*(officer.try_(number, "arrive-on-scene", key) for _ in range(5)))
    answers.append(await officer.try_(number, "arrive-on-scene", key))
    assert {(each.status_code, each.text) for each in answers} == {(200, answers[0].text)}
    assert (await officer.card(number))["seq"] == 3


async def test_a_key_serves_one_submission_only_on_this_matter_or_another(bureau: World) -> None:
    number, officer = await reported(bureau)
    other, _ = await reported(bureau)
    key = {"Idempotency-Key": "arrived"}
    await officer.try_(number, "arrive-on-scene", key)
    for where, form in ((number, {"found": "别的"}), (other, {})):
        answer = await officer.try_(where, "arrive-on-scene", key, **form)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/key-reused")
    assert (await officer.card(other))["seq"] == 2


@pytest.mark.parametrize("key", ["", "钥匙", "x" * 201, "a\tb"])
async def test_a_key_that_cannot_be_one_is_refused(bureau: World, key: str) -> None:
    number, officer = await reported(bureau)
    answer = await officer.try_(number, "arrive-on-scene", httpx.Headers([(b"Idempotency-Key", key.encode())]))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")


@pytest.mark.parametrize("match", ["1", '"1"', 'W/"1"'])
async def test_a_matter_that_moved_on_since_the_caller_looked_is_not_acted_upon(bureau: World, match: str) -> None:
    number, officer = await reported(bureau)
    answer = await officer.try_(number, "arrive-on-scene", {"If-Match": match})
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/superseded")
    assert (problem["seen_seq"], problem["seq"]) == (1, 2)
    assert (await officer.try_(number, "arrive-on-scene", {"If-Match": '"2"'})).status_code == 200


async def test_a_step_that_is_not_open_names_those_that_are(bureau: World) -> None:
    number, officer = await reported(bureau)
    answer = await officer.try_(number, "file-case", charge="xf-264", grounds="有犯罪事实")
    problem = answer.json()
    assert (answer.status_code, problem["type"], problem["stage"]) == (409, "/problems/step-not-open", "dispatched")
    assert "arrive-on-scene" in problem["open_steps"]


async def test_an_unknown_step_names_its_neighbours(bureau: World) -> None:
    number, officer = await reported(bureau)
    answer = await officer.try_(number, "arrive-on-scenes")
    assert (answer.status_code, answer.json()["near"][0]) == (404, "arrive-on-scene")


async def test_an_auxiliary_officer_may_record_but_not_decide(bureau: World) -> None:
    number, _ = await reported(bureau)
    auxiliary = await bureau.as_("dongxiaodong")
    answer = await auxiliary.try_(number, "classify-incident", classification="help", reason="求助")
    assert (answer.status_code, answer.json()["required"]) == (403, ["case-officer"])
    assert (await auxiliary.try_(number, "arrive-on-scene")).status_code == 200


async def test_a_fact_before_the_one_it_follows_is_refused_and_changes_nothing(bureau: World) -> None:
    number, officer = await reported(bureau)
    answer = await officer.try_(number, "arrive-on-scene", at="2020-01-01T00:00:00+08:00")
    assert answer.status_code in (409, 422), answer.text
    assert (await officer.card(number))["seq"] == 2


async def test_a_unit_or_an_officer_that_does_not_exist_is_given_nothing(bureau: World) -> None:
    number, _ = await reported(bureau)
    desk = await bureau.as_("linxiaoyu")
    for form, field in (
        ({"unit": "atlantis"}, "unit"),
        ({"unit": "qinglan-court"}, "unit"),
        ({"unit": "baita", "officer": "x"}, "officer"),
    ):
        answer = await desk.try_(number, "dispatch-incident", **form)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_what_was_tried_and_refused_is_journaled_without_what_was_filled_in(bureau: World) -> None:
    number, officer = await reported(bureau)
    await officer.try_(number, "arrive-on-scene", secret="张三的电话")
    await officer.try_(number, "file-case", charge="xf-264", grounds="张三的电话")
    await officer.try_(number, "nonsense")
    await (await bureau.as_("wuhaoran")).try_(number, "arrive-on-scene")
    assert await refusals(bureau, number) == ["form-invalid", "step-not-open", "not-found", "matter-not-found"]
    await officer.try_("JQ202600000000", "arrive-on-scene")
    assert await refusals(bureau, BUREAU) == ["matter-not-found"]
    entries = await bureau.ask(
        "SELECT content, previous, hash, username FROM entry WHERE chain = %(n)s ORDER BY position", n=number
    )
    assert not any("张三" in entry.content for entry in entries)
    assert [entry.username for entry in entries] == ["linxiaoyu", "linxiaoyu", "liusiyuan", "liusiyuan", "liusiyuan", "wuhaoran"]
    assert entries[0].previous == GENESIS
    assert all(later.previous == earlier.hash for earlier, later in pairwise(entries))
    assert all(link(entry.previous, entry.content) == entry.hash for entry in entries)


async def test_a_matter_goes_on_after_a_refusal_was_journaled(bureau: World) -> None:
    number, officer = await reported(bureau)
    await officer.try_(number, "nonsense")
    await officer.take(number, "arrive-on-scene")
    assert [each["sort"] for each in (await officer.read(f"/api/matters/{number}/journal"))["items"]] == [
        "step",
        "step",
        "refusal",
        "step",
    ]


async def test_many_at_once_on_one_matter_are_all_answered_in_some_order(bureau: World) -> None:
    number, officer = await requested(bureau)
    answers = await asyncio.gather(*(officer.try_(number, "urge", request="file-case", words=f"第{n}次催办") for n in range(20)))
    assert [each.status_code for each in answers] == [200] * 20
    assert sorted(each.json()["seq"] for each in answers) == list(range(3, 23))


# Approval


async def test_what_needs_approval_waits_for_it_and_then_happens(bureau: World) -> None:
    number, officer = await requested(bureau)
    (request,) = (await officer.card(number))["requests"]
    assert (request["step"], request["asked_by"]["person"]) == ("file-case", "liusiyuan")
    assert request["form"]["grounds"] == "有犯罪事实，需要追究刑事责任"
    head = await bureau.as_("zhouminghui")
    assert [each["step"] for each in (await head.read("/api/tasks"))["items"]] == ["file-case"]
    receipt = await head.approve(number, "file-case")
    assert receipt["stage"] == "investigation"
    assert (await head.read("/api/tasks"))["items"] == []
    assert (await officer.card(number))["requests"] == []


async def test_each_sees_only_what_they_may_do_about_a_request(bureau: World) -> None:
    number, officer = await requested(bureau)
    head, colleague = await bureau.as_("zhouminghui"), await bureau.as_("xuyating")
    verbs = [each["step"] for each in await officer.steps(number)]
    assert verbs[-3:] == ["withdraw", "urge", "copy-to"]
    assert "file-case" not in verbs
    signing = ["approve", "return", "transfer", "delegate", "add-signer", "countersign", "copy-to"]
    offered = await head.steps(number)
    assert [each["step"] for each in offered] == ["mark-sensitive", *signing]
    assert not {*signing, "withdraw", "urge"} & {each["step"] for each in await colleague.steps(number)}
    approval = offered[1]
    assert approval["title"] == "同意：立案"
    assert approval["form"]["properties"]["request"]["const"] == "file-case"


async def test_nobody_approves_in_an_office_they_do_not_hold_nor_their_own_request(bureau: World) -> None:
    number, officer = await accepted(bureau)
    await officer.take(number, "check-facts", measures="询问、调取监控")
    head = await bureau.as_("zhaotiejun")  # heads the station, and is an officer there too
    answer = await officer.try_(number, "approve", request="check-facts")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/office-may-not-act")
    await head.approve(number, "check-facts")
    await bureau.ask("INSERT INTO holding (username, unit_id, office) VALUES ('machao', 'chengguan', 'station-head')")
    await head.take(number, "check-facts", measures="再次询问")
    answer = await head.try_(number, "approve", request="check-facts")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/duties-not-separated")
    assert answer.json()["conflicting_entry"] == 4


async def test_what_only_the_asker_could_approve_is_not_asked_at_all_but_by_somebody_else(bureau: World) -> None:
    number, officer = await accepted(bureau)
    head = await bureau.as_("zhaotiejun")  # the only head of the station
    answer = await head.try_(number, "check-facts", measures="询问")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/duties-not-separated")
    assert (answer.json()["required"], "办案部门负责人" in answer.json()["detail"]) == (["station-head"], True)
    await officer.take(number, "check-facts", measures="询问")
    assert (await head.approve(number, "check-facts"))["standing"] == "done"


async def test_what_nobody_in_reach_could_approve_is_refused_when_it_is_asked_with_the_office_that_is_vacant(bureau: World) -> None:
    number, officer = await accepted(bureau)
    await bureau.ask("DELETE FROM holding WHERE office = 'county-head'")
    answer = await officer.try_(number, "file-case", charge="xf-264", grounds="有犯罪事实")
    assert (answer.status_code, answer.json()["type"], answer.json()["required"]) == (
        403,
        "/problems/office-may-not-act",
        ["county-head"],
    )
    assert "县级以上公安机关负责人" in answer.json()["detail"]
    assert (await officer.card(number))["requests"] == []
    assert await refusals(bureau, number) == ["office-may-not-act"]


async def test_what_is_returned_may_be_asked_again(bureau: World) -> None:
    number, officer = await requested(bureau)
    await (await bureau.as_("zhouminghui")).take(number, "return", request="file-case", reason="请补充价格认定")
    assert "file-case" in [each["step"] for each in await officer.steps(number)]


async def test_the_steps_tell_office_basis_and_form_in_chinese(bureau: World) -> None:
    number, officer = await accepted(bureau)
    step = next(each for each in await officer.steps(number) if each["step"] == "file-case")
    assert (step["title"], step["office"], step["standing"]) == ("立案", "case-officer", "awaiting-approval")
    assert step["approved_by"] == ["county-head"]
    assert "《刑事诉讼法》" in step["basis"]
    assert step["form"]["properties"]["grounds"]["title"] == "立案理由"


async def test_what_the_stage_waits_for_is_told_from_what_may_come_meanwhile(bureau: World) -> None:
    number, officer = await accepted(bureau)
    awaited = {each["step"]: each["awaited"] for each in await officer.steps(number)}
    assert awaited["file-case"] and awaited["refuse-filing"]
    assert not awaited["ask-household"]


async def test_a_matter_that_a_receipt_names_is_not_said_to_be_unknown_while_it_is_being_opened(bureau: World) -> None:
    incident, officer = await reported(bureau)
    case = "XA202600000099"
    await bureau.ask(
        "INSERT INTO outbox (id, matter, verb, target, promised_at, rouse_at) VALUES (%(id)s, %(n)s, 'open', %(case)s, now(), now() + interval '1 hour')",
        id=f"{incident}/2/0",
        n=incident,
        case=case,
    )
    for answer in (
        await officer.get(f"/api/matters/{case}"),
        await officer.get(f"/api/matters/{case}/steps"),
        await officer.try_(case, "file-case", charge="xf-264", grounds="有犯罪事实"),
    ):
        problem = answer.json()
        assert (answer.status_code, problem["type"], answer.headers["Retry-After"]) == (
            503,
            "/problems/orchestrator-unavailable",
            "1",
        )
        assert problem["detail"] == "该事项已经登记，正在创建，请稍候再查"
    # Whoever may not know of the incident learns nothing.
    assert (await (await bureau.as_("wuhaoran")).get(f"/api/matters/{case}")).status_code == 404
