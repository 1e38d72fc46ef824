"""The pages at which a person at an organ outside decides."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.sandbox import Sandbox
from tests.sandbox import sandbox as serve_sandbox
from tests.scenarios.fraud import filed_case, named_suspect, opened, team
from tests.scenarios.passing import eventually
from tests.scenarios.test_organs_decide import asked_for_arrest, now
from tests.scenarios.test_s09_the_exhibits import LIST, SHELF
from tests.world import World, found, world


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The systems outside."""
    async with serve_sandbox() as one:
        yield one


@pytest.fixture
async def county(peopled: str, temporal_address: str, tmp_path: Path, sandbox: Sandbox) -> AsyncIterator[World]:
    """The county, to which they answer."""
    async with world(found(peopled, temporal_address, tmp_path, sandbox.settings)) as one:
        sandbox.answers_to(one.app)
        yield one


async def test_a_person_reads_what_has_come_and_refuses_the_arrest(county: World, sandbox: Sandbox) -> None:
    people = await team(county)
    suspect = await asked_for_arrest(people, now())
    async with httpx.AsyncClient(base_url=sandbox.address, follow_redirects=True, trust_env=False) as browser:

        async def came() -> str:
            page = (await browser.get("/procuratorate/desk")).text
            return page if "贺文涛" in page else ""

        page = await eventually(came)
        assert re.findall(r"https?://", page) == []
        (message,) = set(re.findall(r'name="message" value="([^"]+)"', page))
        assert {"事项编号", "犯罪嫌疑人", "意见、理由"} <= set(re.findall(r"<dt>([^<]+)</dt>", page))
        assert re.findall(r"<(?:dt|label)>[a-z_]+<", page) == []
        assert {"批准逮捕", "不批准逮捕", "收到提请批准逮捕书"} <= set(re.findall(r"<button>([^<]+)</button>", page))

        answered = await browser.post(
            "/procuratorate/desk",
            data={"message": message, "step": "refuse-arrest", "grounds": "证据不足", "reason": "insufficient-evidence"},
        )
        assert "refuse-arrest:200 accepted" in answered.text
        assert (await people.officer.card(suspect))["stage"] == "arrest_refused"

        again = await browser.post("/procuratorate/desk", data={"message": message, "step": "approve-arrest", "note": ""})
        assert "不能再次办理“批准逮捕”" in again.text, "what was asked has been answered"
        assert (await browser.post("/procuratorate/desk", data={"message": message, "step": "judge-case"})).status_code == 404
        assert "检察业务应用系统" in (await browser.get("/")).text


async def test_people_at_both_desks_confirm_what_goes_with_a_case_or_say_why_not(county: World, sandbox: Sandbox) -> None:
    people, manager = await team(county), await county.as_("qinwanqing")
    case = await filed_case(people, now() - timedelta(days=1))
    await people.officer.take(case, "seize-property", **LIST)
    phone, cash, bottles = (await people.head.approve(case, "seize-property"))["opened"]
    for thing in (phone, cash, bottles):
        await opened(people.officer, {"opened": [thing]})
        await manager.take(thing, "store-exhibit", **SHELF)
    await named_suspect(people, case)
    await people.officer.take(case, "close-investigation", report="事实清楚")
    await people.chief.approve(case, "close-investigation")
    await people.officer.take(case, "send-case", opinion="应当追究刑事责任", exhibits=[phone, cash])
    await people.chief.approve(case, "send-case")
    async with httpx.AsyncClient(base_url=sandbox.address, follow_redirects=True, trust_env=False) as browser:

        async def said(organ: str, about: str, step: str, **form: str) -> str:
            async def offered() -> str:
                page = (await browser.get(f"/{organ}/desk")).text
                articles = [each for each in page.split("<article>") if f"<dd>{about}</dd>" in each and f'value="{step}"' in each]
                return articles[0] if articles else ""

            article = await eventually(offered)
            assert re.findall(r"<(?:dt|label)>[a-z_]+<", article) == []
            shown = next(each for each in article.split("<form")[1:] if f'value="{step}"' in each)
            filled = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', shown))
            answer = await browser.post(f"/{organ}/desk", data=filled | form)
            assert f"{step}:200 accepted" in answer.text, answer.text
            return article

        for thing in (phone, cash):
            await said("procuratorate", thing, "receive-prosecution-exhibit")
        page = await said("procuratorate", case, "prosecute-case")
        assert {"随案移送的财物", "卷宗目录"} <= set(re.findall(r"<dt>([^<]+)</dt>", page))
        assert "扣押清单" in page and "瓶装液体" not in page
        await said("court", phone, "receive-trial-exhibit", receiver="莫公毅")
        await said("court", cash, "refuse-trial-exhibit", why="应当存入专户")
    stages = [(await people.officer.card(thing))["stage"] for thing in (phone, cash, bottles)]
    assert stages == ["at_court", "coming_back", "in_store"]


async def test_words_from_outside_are_shown_as_words(county: World, sandbox: Sandbox) -> None:
    people = await team(county)
    incident = (await people.desk.open("incident", kind="盗窃", place="河滨路", narrative="手机被盗", unit="chengguan", at=now()))[
        "number"
    ]
    await people.desk.take(incident, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await people.officer.take(
        incident, "ask-recording", wearer="<script>alert(1)</script>", since=now().isoformat(), until=now().isoformat()
    )
    async with httpx.AsyncClient(base_url=sandbox.address, trust_env=False) as browser:

        async def came() -> str:
            page = (await browser.get("/body-camera/desk")).text
            return page if incident in page else ""

        page = await eventually(came)
        assert "<script>" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def test_what_a_system_signs_with_another_secret_is_refused(county: World, sandbox: Sandbox) -> None:
    sandbox.decides("procuratorate", "script")
    sandbox.feels("procuratorate", "forge")
    assert await _steps(county, sandbox) == []
    assert [each["status"] for each in sandbox.said("procuratorate")] == [401, 401]


async def test_what_a_system_says_twice_and_backwards_happens_once_and_in_order(county: World, sandbox: Sandbox) -> None:
    sandbox.decides("procuratorate", "script")
    sandbox.feels("procuratorate", "duplicate", "reorder")
    assert await _steps(county, sandbox) == ["receive-arrest-request", "approve-arrest"]
    first, second = sandbox.said("procuratorate")
    assert (first["times"], second["times"]) == (2, 2)
    # The later decision came first, and was held.
    assert (first["status"], second["answer"]["state"]) == (200, "held")


async def _steps(county: World, sandbox: Sandbox) -> list[str]:
    """The steps that the procuratorate's system took, once it has said what it has to say about a request for arrest."""
    people = await team(county)
    suspect = await asked_for_arrest(people, now())

    async def said() -> bool:
        return len(sandbox.said("procuratorate")) == 2

    await eventually(said)
    await sandbox.all_said("procuratorate")
    journal = (await people.officer.read(f"/api/matters/{suspect}/journal", limit=100))["items"]
    return [each["step"] for each in journal if each["username"] == "system:procuratorate" and each["sort"] == "step"]
