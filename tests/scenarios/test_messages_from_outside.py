"""Messages that are forged, late, doubled, out of order or contradictory: what is refused changes nothing, what is doubled happens once."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from api.access_reason import REASON
from operations.verify import verify
from runtime.settings import Partner
from tests.organ import Organ, organ
from tests.sandbox import SECRET, Sandbox
from tests.scenarios.fraud import Team, filed_case, team
from tests.scenarios.test_organs_decide import asked_for_arrest, now, sent_case
from tests.world import Hand, World, found, world
from watchdog.duties.report_stalled_messages import ReportStalledMessages

OTHER = SECRET.replace("dGhp", "dGhq")


class Stage:
    """A suspect whose arrest is asked for, and the procuratorate's system."""

    def __init__(self, county: World, people: Team, suspect: str, procuratorate: Organ) -> None:
        """These."""
        self.county, self.people, self.suspect, self.procuratorate = county, people, suspect, procuratorate

    async def seq(self) -> int:
        """How many steps the suspect has come."""
        return (await self.people.officer.card(self.suspect))["seq"]

    def body(self, step: str = "approve-arrest") -> bytes:
        """A decision about the suspect, as it travels."""
        said = {"type": step, "timestamp": now().isoformat(), "data": {"matter": self.suspect, "form": {}}}
        return json.dumps(said).encode()


@pytest.fixture
async def stage(county: World) -> Stage:
    """The request is with the procuratorate."""
    people = await team(county)
    suspect = await asked_for_arrest(people, now() - timedelta(hours=2))
    return Stage(county, people, suspect, await organ(county, "procuratorate"))


async def test_what_is_not_signed_or_signed_by_another_or_long_ago_is_refused_and_changes_nothing(stage: Stage) -> None:
    before, body, organ_ = await stage.seq(), stage.body(), stage.procuratorate
    genuine = organ_.headers(body, "one")
    bare = {name: value for name, value in genuine.items() if name != "webhook-signature"}
    tries = {
        "unsigned": (body, bare),
        "forged": (body, organ_.headers(body, "one", secret=OTHER)),
        "expired": (body, organ_.headers(body, "one", at=time.time() - 301)),
    }
    for reason, (sent, headers) in tries.items():
        answer = await organ_.post(sent, headers)
        assert (answer.status_code, answer.json()["reason"]) == (401, reason)
        assert answer.headers["content-type"] == "application/problem+json"
    ahead = await organ_.post(body, organ_.headers(body, "one", at=time.time() + 305))
    altered = await organ_.post(body.replace(b"approve", b"refuse."), genuine)
    assert [each.json()["reason"] for each in (ahead, altered)] == ["expired", "forged"]
    assert await stage.seq() == before


async def test_a_message_caught_and_sent_again_gets_the_first_answer_and_changes_nothing(stage: Stage) -> None:
    body = stage.body()
    headers = stage.procuratorate.headers(body, "one")
    first = await stage.procuratorate.post(body, headers)
    assert first.status_code == 200
    after = await stage.seq()
    again = await stage.procuratorate.post(body, headers)
    signed_anew = await stage.procuratorate.post(body, stage.procuratorate.headers(body, "one", at=time.time() - 60))
    assert again.json() == signed_anew.json() == first.json()
    assert await stage.seq() == after
    other = stage.body("refuse-arrest")
    reused = await stage.procuratorate.post(other, stage.procuratorate.headers(other, "one"))
    assert (reused.status_code, reused.json()["type"]) == (409, "/problems/key-reused")


async def test_of_two_contradictory_decisions_the_second_is_refused_now_and_for_ever(stage: Stage) -> None:
    assert (await stage.procuratorate.decide(stage.suspect, "approve-arrest")).status_code == 200
    said = {"key": "two", "at": now(), "grounds": "证据不足"}
    second = await stage.procuratorate.decide(stage.suspect, "refuse-arrest", **said)
    assert (second.status_code, second.json()["type"]) == (409, "/problems/step-not-open")
    assert "execute-arrest" in second.json()["open_steps"]
    # Released, the suspect could be refused arrest again; what was refused does not come back to life.
    await stage.people.officer.take(stage.suspect, "release", grounds="不需要继续羁押")
    await stage.people.chief.approve(stage.suspect, "release")
    again = await stage.procuratorate.decide(stage.suspect, "refuse-arrest", **said)
    assert again.json() == second.json()
    tried = (await stage.people.officer.read(f"/api/matters/{stage.suspect}/journal", limit=100))["items"]
    (attempt,) = [each for each in tried if each["sort"] == "refusal"]
    assert (attempt["step"], attempt["username"], attempt["content"]["problem"]) == (
        "refuse-arrest",
        "system:procuratorate",
        "step-not-open",
    )


async def test_what_nobody_knows_is_kept_and_reported(stage: Stage) -> None:
    more = {
        "priority": "high",
        "data": {"branch": "第二检察部", "matter": stage.suspect, "form": {"note": "同意", "prosecutor": "叶清衡"}},
    }
    answer = (await stage.procuratorate.decide(stage.suspect, "approve-arrest", key="more", more=more)).json()
    assert answer["ignored"] == ["data.branch", "data.form.prosecutor", "priority"]
    (kept,) = await stage.county.ask("SELECT body::jsonb AS body FROM inbound WHERE message_id = 'more'")
    assert kept.body["data"]["form"]["prosecutor"] == "叶清衡"
    assert kept.body["priority"] == "high"


async def test_what_comes_too_early_is_held_until_the_one_before_it_has_come(stage: Stage) -> None:
    token = await stage.procuratorate.token()
    machine = Hand(await stage.county.stranger({"Authorization": f"Bearer {token}"}), "system:procuratorate")
    at = now()
    early = await stage.procuratorate.decide(stage.suspect, "approve-arrest", key="second", after="first", at=at)
    assert (early.status_code, early.json()["state"], early.json()["after"]) == (202, "held", "first")
    assert (await machine.read("/api/inbound/procuratorate/second"))["state"] == "held"
    assert [each["id"] for each in await machine.read("/api/inbound/procuratorate")] == ["second"]
    assert (await stage.people.officer.card(stage.suspect))["stage"] == "arrest_review"

    assert (await stage.procuratorate.decide(stage.suspect, "receive-arrest-request", key="first")).status_code == 200
    asked = await machine.read("/api/inbound/procuratorate/second")
    assert (asked["state"], asked["answer"]["receipt"]["stage"]) == ("accepted", "arrest_approved")
    again = await stage.procuratorate.decide(stage.suspect, "approve-arrest", key="second", after="first", at=at)
    assert (again.status_code, again.json()) == (200, asked["answer"])
    assert await machine.read("/api/inbound/procuratorate") == []
    assert (await stage.people.officer.get("/api/inbound/procuratorate/second")).status_code == 404


async def test_what_waited_for_a_message_that_is_refused_is_judged_by_itself(stage: Stage) -> None:
    held = await stage.procuratorate.decide(stage.suspect, "approve-arrest", key="second", after="first")
    assert held.status_code == 202
    refused = await stage.procuratorate.decide(stage.suspect, "judge-case", key="first", outcome="guilty", judgment="有罪")
    assert refused.status_code == 409
    assert (await stage.people.officer.card(stage.suspect))["stage"] == "arrest_approved"


async def test_what_waits_too_long_becomes_somebodys_task_once_until_it_is_acted_on(stage: Stage) -> None:
    manager = await stage.county.as_("qinwanqing")
    at = now()
    await stage.procuratorate.decide(stage.suspect, "approve-arrest", key="second", after="first", at=at)
    watch = stage.county.watch()
    assert await watch.get_duty(ReportStalledMessages).do() == 0
    await stage.county.ask("UPDATE inbound SET received_at = received_at - interval '25 hours'")
    assert [await watch.get_duty(ReportStalledMessages).do(), await watch.get_duty(ReportStalledMessages).do()] == [1, 0]

    async def tasks() -> list[dict[str, Any]]:
        found = (await manager.read("/api/tasks"))["items"]
        return [each for each in found if each["sort"] == "held"]

    (task,) = await tasks()
    assert task["matter"] == stage.suspect
    assert all(word in task["words"] for word in ("检察业务应用系统", "second", "first"))
    entries = (await stage.people.officer.read(f"/api/matters/{stage.suspect}/journal", limit=100))["items"]
    (noted,) = [each["content"] for each in entries if each["sort"] == "inbound"]
    assert (noted["system"], noted["message"], noted["after"]) == ("system:procuratorate", "second", "first")

    assert (await stage.procuratorate.decide(stage.suspect, "receive-arrest-request", key="first")).status_code == 200
    assert (await stage.people.officer.card(stage.suspect))["stage"] == "arrest_approved"
    assert await tasks() == []
    assert verify(stage.county.settings).faults == []


async def test_a_manager_has_a_message_acted_on_whose_predecessor_never_comes(stage: Stage) -> None:
    manager, at = await stage.county.as_("qinwanqing"), now()
    await stage.procuratorate.decide(stage.suspect, "approve-arrest", key="second", after="first", at=at)
    await stage.county.ask("UPDATE inbound SET received_at = received_at - interval '25 hours'")
    await stage.county.watch().get_duty(ReportStalledMessages).do()
    path = "/api/inbound/procuratorate/second/release"
    assert (await stage.people.officer.post(path)).status_code == 404
    done = await manager.post(path)
    assert (done.status_code, done.json()["state"]) == (200, "accepted")
    assert (await stage.people.officer.card(stage.suspect))["stage"] == "arrest_approved"
    assert [each for each in (await manager.read("/api/tasks"))["items"] if each["sort"] == "held"] == []
    entries = (await stage.people.officer.read(f"/api/matters/{stage.suspect}/journal", limit=100))["items"]
    assert [each["username"] for each in entries if each["step"] == "release-message"] == ["qinwanqing"]
    assert (await manager.post(path)).json()["answer"] == done.json()["answer"]


async def test_a_message_about_a_matter_that_nobody_knows_becomes_the_administrators_task_once_it_has_waited(stage: Stage) -> None:
    assert (await stage.procuratorate.decide("RY209900000001", "approve-arrest", key="second", after="first")).status_code == 202
    watch = stage.county.watch()
    assert await watch.get_duty(ReportStalledMessages).do() == 0
    await stage.county.ask("UPDATE inbound SET received_at = received_at - interval '25 hours'")
    assert [await watch.get_duty(ReportStalledMessages).do(), await watch.get_duty(ReportStalledMessages).do()] == [1, 0]

    async def tasks(username: str) -> list[dict[str, Any]]:
        found = (await (await stage.county.as_(username)).read("/api/tasks"))["items"]
        return [each for each in found if each["sort"] == "held"]

    (task,) = await tasks("guanli")
    assert (task["matter"], task["office"], task["title"]) == ("", "administrator", "本局查无此事项")
    assert all(word in task["words"] for word in ("检察业务应用系统", "second", "first", "查无"))
    assert await tasks("qinwanqing") == await tasks("liusiyuan") == []
    done = await (await stage.county.as_("guanli")).post("/api/inbound/procuratorate/second/release")
    assert (done.status_code, done.json()["state"]) == (200, "refused")
    assert await tasks("guanli") == []
    assert verify(stage.county.settings).faults == []


async def test_a_message_is_seen_and_released_by_those_alone_who_manage_the_cases_of_the_unit_it_concerns(stage: Stage) -> None:
    await stage.county.ask("INSERT INTO holding VALUES ('wuhaoran', 'donghe', 'case-management-officer')")
    at, path = now(), "/api/inbound/procuratorate"
    await stage.procuratorate.decide(stage.suspect, "approve-arrest", key="second", after="first", at=at)
    await stage.procuratorate.decide("RY209900000001", "approve-arrest", key="unknown", after="first", at=at)

    async def sees(username: str) -> tuple[list[str], list[int]]:
        hand = await stage.county.as_(username)
        each = [(await hand.get(f"{path}/{key}")).status_code for key in ("second", "unknown")]
        return [found["id"] for found in await hand.read(path)], each

    assert await sees("qinwanqing") == (["second", "unknown"], [200, 200])
    # Whoever administers sees no case; of what is nobody's case they ask the other side.
    assert await sees("guanli") == (["unknown"], [404, 200])
    assert await sees("wuhaoran") == ([], [404, 404])
    for username, key in (("wuhaoran", "second"), ("wuhaoran", "unknown"), ("guanli", "second")):
        assert (await (await stage.county.as_(username)).post(f"{path}/{key}/release")).status_code == 404
    assert (await stage.people.officer.card(stage.suspect))["stage"] == "arrest_review"


async def test_a_message_about_a_sealed_file_is_for_whoever_reviews_it_and_says_why(stage: Stage) -> None:
    at, path = now(), "/api/inbound/procuratorate"
    await stage.people.officer.take(stage.suspect, "seal-file", grounds="涉及个人隐私")
    await stage.people.head.approve(stage.suspect, "seal-file")
    await stage.procuratorate.decide(stage.suspect, "approve-arrest", key="second", after="first", at=at)
    await stage.county.ask("UPDATE inbound SET received_at = received_at - interval '25 hours'")
    assert await stage.county.watch().get_duty(ReportStalledMessages).do() == 1
    for username in ("guanli", "qinwanqing", "douyiming", "leijianfeng"):
        hand = await stage.county.as_(username)
        answers = [await hand.get(f"{path}/second"), await hand.post(f"{path}/second/release")]
        assert [each.status_code for each in answers] == [404, 404], username
        assert not any(stage.suspect in each.text for each in answers)
        assert [each for each in (await hand.read("/api/tasks"))["items"] if each["sort"] == "held"] == []
    legal = await stage.county.as_("jiangruolan")
    (task,) = [each for each in (await legal.read("/api/tasks"))["items"] if each["sort"] == "held"]
    assert (task["matter"], task["office"]) == (stage.suspect, "legal-reviewer")
    unsaid = await legal.http.get(f"{path}/second", headers={REASON: ""})
    assert unsaid.json()["type"] == "/problems/reading-reason-missing"
    assert (await legal.read(f"{path}/second"))["state"] == "held"
    await stage.county.ctx.access_log.flush()
    told = await stage.county.ask("SELECT matter FROM reading_trace WHERE username = 'jiangruolan' AND sort = 'deliveries'")
    assert stage.suspect in [row.matter for row in told]
    assert (await legal.post(f"{path}/second/release")).json()["state"] == "accepted"


async def test_a_time_that_is_no_time_is_refused_by_its_form(stage: Stage) -> None:
    body, http = stage.body(), stage.procuratorate.http
    for timestamp in ("9" * 5000, "-1", "1e9", "", "1790560800.0", "１７９０５６０８００"):
        headers = stage.procuratorate.headers(body, "one") | {"webhook-timestamp": timestamp}
        signed = {name.encode(): value.encode() for name, value in headers.items()}
        answer = await http.post("/api/inbound/procuratorate", content=body, headers=signed)
        assert (answer.status_code, answer.json()["reason"]) == (401, "unsigned"), timestamp[:20]


async def test_ten_copies_at_once_are_one_step_and_get_one_answer(stage: Stage) -> None:
    body, before = stage.body(), await stage.seq()
    headers = stage.procuratorate.headers(body, "one")
    answers = await asyncio.gather(*(stage.procuratorate.post(body, headers) for _ in range(10)))
    assert [each.status_code for each in answers] == [200] * 10
    assert len({each.text for each in answers}) == 1
    assert await stage.seq() == before + 1


async def test_two_messages_that_come_at_once_are_acted_on_in_their_order(stage: Stage) -> None:
    later, earlier = await asyncio.gather(
        stage.procuratorate.decide(stage.suspect, "approve-arrest", key="second", after="first"),
        stage.procuratorate.decide(stage.suspect, "receive-arrest-request", key="first"),
    )
    assert earlier.status_code == 200
    assert later.status_code in (200, 202)
    journal = (await stage.people.officer.read(f"/api/matters/{stage.suspect}/journal", limit=100))["items"]
    assert [each["step"] for each in journal][-2:] == ["receive-arrest-request", "approve-arrest"]


async def test_a_decision_on_a_case_that_was_never_sent_finds_no_such_case(stage: Stage) -> None:
    case = await filed_case(stage.people, now() - timedelta(days=1))
    answer = await stage.procuratorate.decide(case, "prosecute-case", charge="诈骗罪")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/matter-not-found")
    unknown = await stage.procuratorate.decide("XA209900000001", "prosecute-case", charge="诈骗罪")
    assert {**unknown.json(), "ignored": 0} == {**answer.json(), "ignored": 0}


async def test_a_judgment_before_the_prosecution_is_refused(county: World) -> None:
    people = await team(county)
    case = await sent_case(people, now() - timedelta(days=2))
    procuratorate, court = await organ(county, "procuratorate"), await organ(county, "court")
    judgment: dict[str, Any] = {"outcome": "guilty", "judgment": "被告人犯诈骗罪"}
    # Nothing has been prosecuted before the court: for it there is no such case.
    assert (await court.decide(case, "judge-case", **judgment)).status_code == 404
    assert (await procuratorate.decide(case, "receive-prosecution-case")).status_code == 200
    assert (await procuratorate.decide(case, "prosecute-case", charge="诈骗罪")).status_code == 200
    assert (await court.decide(case, "receive-trial-case")).status_code == 200
    assert (await court.decide(case, "return-trial-case", explanation="不属本院管辖")).status_code == 200
    answer = await court.decide(case, "judge-case", **judgment)
    assert (answer.status_code, answer.json()["type"], answer.json()["stage"]) == (
        409,
        "/problems/step-not-open",
        "prosecution_review",
    )


async def test_a_form_that_is_not_filled_in_as_it_must_be_is_refused_by_field(stage: Stage) -> None:
    answer = await stage.procuratorate.decide(stage.suspect, "refuse-arrest", grounds="")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "grounds")
    body = b'{"type": "approve-arrest"}'
    shapeless = await stage.procuratorate.post(body, stage.procuratorate.headers(body, "three"))
    assert {each["field"] for each in shapeless.json()["errors"]} == {"timestamp", "data"}
    itself = await stage.procuratorate.decide(stage.suspect, "approve-arrest", key="me", after="me")
    assert itself.json()["errors"][0]["rule"] == "not-itself"
    nobody = Organ("nobody", stage.procuratorate.http)
    assert (await nobody.decide(stage.suspect, "approve-arrest")).status_code == 404


@pytest.fixture
async def rotating(peopled: str, temporal_address: str, tmp_path: Path, sandbox: Sandbox) -> AsyncIterator[World]:
    """The county, while the procuratorate changes its secret: two are accepted, neither of which is the one we sign with."""
    partner = sandbox.settings["procuratorate"]
    accepted = [SecretStr(OTHER), SecretStr(SECRET)]
    changing = Partner(address=partner.address, secret=SecretStr(SECRET[:-4] + "aaa="), accepts=accepted)
    settings = found(peopled, temporal_address, tmp_path, {**sandbox.settings, "procuratorate": changing})
    async with world(settings) as one:
        yield one


async def test_while_a_secret_is_changed_both_are_accepted_and_no_third(rotating: World) -> None:
    people = await team(rotating)
    suspect = await asked_for_arrest(people, now() - timedelta(hours=2))
    one = Stage(rotating, people, suspect, await organ(rotating, "procuratorate"))
    received, approved = one.body("receive-arrest-request"), one.body()
    third = SECRET[:-4] + "aaa="
    send, sign = one.procuratorate.post, one.procuratorate.headers
    assert (await send(received, sign(received, "old", secret=SECRET))).status_code == 200
    assert (await send(approved, sign(approved, "new", secret=third))).status_code == 401
    both = sign(approved, "new", secret=OTHER)
    both["webhook-signature"] = (
        f"v1a,unknown {sign(approved, 'new', secret=third)['webhook-signature']} {both['webhook-signature']}"
    )
    assert (await send(approved, both)).status_code == 200
