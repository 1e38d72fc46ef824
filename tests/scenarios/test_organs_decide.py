"""What the procuratorate, the court and those who are asked answer, each by a signed message of its own system."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from tests.organ import organ
from tests.sandbox import CLIENT_SECRET, Sandbox
from tests.scenarios.fraud import Team, call, detain, filed_case, named_suspect, team
from tests.scenarios.passing import Passing, eventually
from tests.world import Hand, World

ACCOUNT: dict[str, Any] = {
    "bank": "安澜农商银行",
    "account": "6217000000000000001",
    "amount": "350000",
    "grounds": "涉嫌诈骗的收款账户",
}


def now() -> datetime:
    """This minute, as officers write it down."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


async def asked_for_arrest(people: Team, at: datetime) -> str:
    """A suspect detained at that time, whose arrest the procuratorate has been asked for."""
    suspect = await named_suspect(people, await filed_case(people, at - timedelta(days=1)))
    await detain(people, suspect, at)
    await ask_for_arrest(people, suspect)
    return suspect


async def ask_for_arrest(people: Team, suspect: str) -> None:
    """Ask the procuratorate to approve the arrest of a detained suspect."""
    await people.officer.take(suspect, "request-arrest", grounds="有证据证明有犯罪事实，有逃跑危险")
    await people.chief.approve(suspect, "request-arrest")


async def sent_case(people: Team, at: datetime) -> str:
    """A case sent to the procuratorate for prosecution."""
    case = await filed_case(people, at)
    await named_suspect(people, case)
    for step, form in (("close-investigation", {"report": "事实清楚"}), ("send-case", {"opinion": "应当追究刑事责任"})):
        await people.officer.take(case, step, **form)
        await people.chief.approve(case, step)
    return case


async def _entries(hand: Hand, number: str) -> list[dict[str, Any]]:
    return (await hand.read(f"/api/matters/{number}/journal", limit=100))["items"]


async def test_the_procuratorate_is_told_whom_to_arrest_for_what_and_its_decision_is_a_step(
    county: World, sandbox: Sandbox
) -> None:
    people = await team(county)
    suspect = await asked_for_arrest(people, now() - timedelta(hours=2))

    async def told() -> list[dict[str, Any]]:
        return sandbox.received("procuratorate")

    (received,) = await eventually(told)
    data = received["message"]["data"]
    assert received["message"]["type"] == "arrest.requested"
    assert data["suspects"] == [{"matter": suspect, "name": "贺文涛", "citizen_id": "330102198506121012"}]
    assert (data["charge"], data["charge_zh"], data["opinion"]) == ("xf-266", "诈骗罪", "有证据证明有犯罪事实，有逃跑危险")
    assert data["case"].startswith("XA")

    procuratorate = await organ(county, "procuratorate")
    assert (await procuratorate.decide(suspect, "receive-arrest-request", note="")).status_code == 200
    answer = (await procuratorate.decide(suspect, "approve-arrest", note="事实清楚")).json()
    assert (answer["state"], answer["ignored"], answer["receipt"]["stage"]) == ("accepted", [], "arrest_approved")
    entry = (await _entries(people.officer, suspect))[-1]
    assert (entry["step"], entry["content"]["actor"]["person"], entry["content"]["actor"]["offices"]) == (
        "approve-arrest",
        "system:procuratorate",
        ["procuratorate"],
    )


async def test_a_case_goes_through_prosecution_and_trial_by_scripts_of_the_organs(county: World, sandbox: Sandbox) -> None:
    sandbox.answers_to(county.app)
    sandbox.decides("procuratorate", "script")
    sandbox.decides("court", "script")
    people = await team(county)
    case = await sent_case(people, now() - timedelta(days=2))

    async def judged() -> bool:
        return (await people.chief.card(case))["stage"] == "judged"

    assert await eventually(judged)
    steps = [entry["step"] for entry in await _entries(people.chief, case) if entry["username"] in _ORGANS]
    assert steps == [
        "receive-prosecution-case",
        "confirm-papers",
        "prosecute-case",
        "receive-trial-case",
        "confirm-papers",
        "accept-trial",
        "judge-case",
    ]
    (told,) = sandbox.received("court")
    assert told["message"]["data"]["accused"][0]["name"] == "贺文涛"


_ORGANS = {"system:procuratorate", "system:court"}


async def test_a_bank_answers_in_its_receipt_and_the_answer_is_a_step_of_the_incident(county: World, sandbox: Sandbox) -> None:
    sandbox.decides("bank", "receipt")
    people = await team(county)
    incident = await _stop_payment(people)

    async def answered() -> list[dict[str, Any]]:
        return [each for each in await _entries(people.officer, incident) if each["step"] == "answer-stop-payment"]

    (entry,) = await eventually(answered)
    said = {"outcome": "partly", "stopped": "120000", "onward": "余款已转出", "reference": "bank-000001"}
    assert entry["content"]["form"] == said
    assert entry["username"] == "system:bank"
    asked = sandbox.received("bank")[0]["message"]["data"]
    assert (asked["account"], asked["amount"]) == (ACCOUNT["account"], "350000")
    assert "grounds" not in asked and "reporter" not in str(asked) and "沈国梁" not in str(asked)


async def test_a_bank_may_answer_later_and_only_where_it_was_asked(county: World, sandbox: Sandbox) -> None:
    people = await team(county)
    incident, other = await _stop_payment(people), await call(people, now() - timedelta(hours=1))

    async def told() -> list[dict[str, Any]]:
        return sandbox.received("bank")

    await eventually(told)
    bank = await organ(county, "bank")
    assert (await bank.decide(other, "answer-stop-payment", outcome="gone")).status_code == 404
    assert (await bank.decide(incident, "close-incident", outcome="已办结")).status_code == 404
    answer = await bank.decide(incident, "answer-stop-payment", outcome="gone", onward="已转至境外")
    assert answer.status_code == 200, answer.text
    assert [each["step"] for each in await _entries(people.officer, other) if each["sort"] == "step"][-1] == "arrive-on-scene"


async def test_an_answer_that_the_matter_cannot_take_is_kept_and_left_to_a_person(
    county: World, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partners.sandbox.fill_decision", lambda decision, receipt: {"outcome": "perhaps"})
    sandbox.decides("bank", "receipt")
    people = await team(county)
    incident, manager = await _stop_payment(people), await county.as_("qinwanqing")

    async def left() -> list[dict[str, Any]]:
        return [each for each in (await manager.read("/api/tasks"))["items"] if each["kind"] == "delivery" and each["mandatory"]]

    (task,) = await eventually(left)

    async def kept() -> dict[str, Any]:
        last = (await _entries(manager, task["matter"]))[-1]
        return last["content"]["form"] if last["step"] == "confirm-delivery" else {}

    form = await eventually(kept)
    assert "perhaps" in form["receipt"]
    assert form["unrecorded"] == "表单填写有误"
    assert "answer-stop-payment" not in [each["step"] for each in await _entries(people.officer, incident)]


ASKED: dict[str, dict[str, Any]] = {
    "body-camera": {"wearer": "刘思源", "since": "2026-09-28T10:00:00+08:00", "until": "2026-09-28T11:00:00+08:00"},
    "household-registry": {"name": "贺文涛", "citizen_number": "330102198506121012", "purpose": "核实身份"},
    "vehicle-platform": {
        "passenger_phone": "13900000000",
        "since": "2026-09-28T10:00:00+08:00",
        "until": "2026-09-28T11:00:00+08:00",
        "purpose": "查找遗失的平板电脑",
    },
}
STEPS = {
    "body-camera": ("ask-recording", "answer-recording"),
    "household-registry": ("ask-household", "answer-household"),
    "vehicle-platform": ("ask-trip", "answer-trip"),
}


@pytest.mark.parametrize("system", ASKED)
async def test_a_platform_is_told_what_is_looked_for_and_answers(county: World, sandbox: Sandbox, system: str) -> None:
    sandbox.decides(system, "receipt")
    people = await team(county)
    incident, (ask, answer) = await call(people, now() - timedelta(hours=1)), STEPS[system]
    receipt = await people.officer.take(incident, ask, **ASKED[system])
    if receipt["standing"] == "awaiting-approval":
        await people.head.approve(incident, ask)

    async def answered() -> bool:
        return (await _entries(people.officer, incident))[-1]["step"] == answer

    assert await eventually(answered)
    (received,) = sandbox.received(system)
    told = {name: value for name, value in received["message"]["data"].items() if name in ASKED[system]}
    # What it is wanted for is the bureau's business.
    assert told == {name: value for name, value in ASKED[system].items() if name != "purpose"}


async def test_the_legal_aid_centre_is_asked_and_assigns_a_lawyer(county: World, sandbox: Sandbox) -> None:
    sandbox.answers_to(county.app)
    sandbox.decides("justice-bureau", "script")
    people = await team(county)
    suspect = await named_suspect(people, await filed_case(people, now() - timedelta(days=1)))
    await detain(people, suspect, now() - timedelta(hours=3))
    await people.officer.take(suspect, "find-legal-aid-duty", situation="juvenile")
    await people.officer.take(suspect, "notify-legal-aid-centre", centre="青岚县法律援助中心")

    async def assigned() -> bool:
        return (await _entries(people.officer, suspect))[-1]["step"] == "assign-legal-aid-lawyer"

    assert await eventually(assigned)
    (asked,) = sandbox.received("justice-bureau")
    data = asked["message"]["data"]
    assert (data["centre"], data["charge_zh"], data["suspects"][0]["name"]) == ("青岚县法律援助中心", "诈骗罪", "贺文涛")


async def _stop_payment(people: Team) -> str:
    """An incident over which a payment is to be stopped."""
    at = now() - timedelta(hours=1)
    incident = await call(people, at)
    await people.officer.take(incident, "request-stop-payment", transferred_at=(at - timedelta(hours=3)).isoformat(), **ACCOUNT)
    await people.head.approve(incident, "request-stop-payment")
    return incident


async def test_a_procuratorate_that_never_answers_is_rung_for_and_one_that_answers_late_is_accepted_as_late(
    passing: Passing, sandbox: Sandbox
) -> None:
    people = await team(passing.county)
    suspect = await asked_for_arrest(people, await passing.now() - timedelta(hours=2))
    procuratorate = await organ(passing.county, "procuratorate")
    received_at = await passing.now()
    assert (await procuratorate.decide(suspect, "receive-arrest-request", at=received_at)).status_code == 200
    assert sandbox.said("procuratorate") == []

    await passing.until(received_at + timedelta(days=8))
    clock = await people.officer.clock(suspect, "procuratorate-arrest-review-detained")
    assert (clock["state"], clock["colour"]) == ("running", "overdue")
    rung = (await people.officer.read(f"/api/clocks/{clock['id']}"))["rings"]
    assert [each["colour"] for each in rung][-1] == "overdue"

    answer = await procuratorate.decide(suspect, "approve-arrest", at=await passing.now())
    assert answer.status_code == 200, answer.text
    assert (await people.officer.clock(suspect, "procuratorate-arrest-review-detained"))["state"] == "met-late"


async def test_a_script_decides_in_the_time_that_a_rehearsal_has_come_to(passing: Passing, sandbox: Sandbox) -> None:
    sandbox.answers_to(passing.county.app)
    sandbox.decides("procuratorate", "script")
    people = await team(passing.county)
    suspect = await named_suspect(people, await filed_case(people, await passing.now() - timedelta(days=1)))
    await passing.until(await passing.now() + timedelta(days=30))
    # Nobody's clock is finer than a minute, nor may a decision come before what is decided.
    sandbox.lives_at(await passing.now() + timedelta(minutes=1))
    await detain(people, suspect, await passing.now() - timedelta(hours=2))
    await ask_for_arrest(people, suspect)

    async def approved() -> bool:
        return (await people.officer.card(suspect))["stage"] == "arrest_approved"

    assert await eventually(approved)


async def test_a_system_with_a_token_sees_what_was_shared_with_it_and_nothing_else(county: World) -> None:
    people = await team(county)
    suspect = await asked_for_arrest(people, now() - timedelta(hours=2))
    other = await call(people, now() - timedelta(hours=1))
    procuratorate = await organ(county, "procuratorate")
    machine = Hand(await county.stranger({"Authorization": f"Bearer {await procuratorate.token()}"}), "system:procuratorate")
    assert [each["number"] for each in (await machine.read("/api/matters"))["items"]] == [suspect]
    assert (await machine.get(f"/api/matters/{other}")).status_code == 404
    await machine.take(suspect, "receive-arrest-request")


async def test_what_a_system_fetched_dies_with_its_secret_and_it_is_told_that_it_has_no_password(county: World) -> None:
    court = await organ(county, "court")
    token = await court.token()

    async def me(bearer: str) -> httpx.Response:
        return await (await county.stranger({"Authorization": f"Bearer {bearer}"})).get("/api/me")

    told = (await me(token)).json()
    assert (told["username"], told["own_password"]) == ("system:court", False)
    partner = county.settings.partners["court"]
    changed = partner.model_copy(update={"client_secret": SecretStr("another secret of twenty-four letters")})
    county.settings.partners["court"] = changed
    county.ctx.directory.forget()
    answer = await me(token)
    assert (answer.status_code, answer.json()["detail"]) == (401, "密钥已经更换，请以新的密钥重新取得令牌")
    county.settings.partners["court"] = partner
    county.ctx.directory.forget()
    assert (await me(token)).status_code == 200
    del county.settings.partners["court"]
    county.ctx.directory.forget()
    assert (await me(token)).status_code == 401


async def test_a_system_with_a_wrong_secret_gets_no_token(county: World) -> None:
    stranger = await county.stranger()

    async def asked(**said: str) -> httpx.Response:
        return await stranger.post("/api/auth/token", data={"grant_type": "client_credentials", **said})

    assert (await asked(client_id="court", client_secret="wrong")).status_code == 401
    assert (await asked(client_id="nobody", client_secret=CLIENT_SECRET)).status_code == 401
    assert (await asked(client_id="court")).status_code == 422
