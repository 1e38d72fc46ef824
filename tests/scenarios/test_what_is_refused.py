"""What the law or the division of duties refuses of a person who is held: named by field and article, journaled, and nothing changed."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from law.calendar import SHANGHAI
from tests.scenarios.fraud import FRAUD, SUSPECT, Team, call, detain, filed_case, named_suspect, opened, team
from tests.world import World

HOUR = timedelta(hours=1)


class Held:
    """A suspect who was detained two hours ago, and those who deal with them."""

    def __init__(self, people: Team, suspect: str, at: datetime) -> None:
        """By these people, since that instant."""
        self.people, self.suspect, self.at = people, suspect, at

    async def stands(self) -> tuple[Any, ...]:
        """What no refusal may change."""
        card = await self.people.officer.card(self.suspect)
        clocks = [(each["id"], each["state"], each["due_at"]) for each in card["clocks"]]
        return card["stage"], card["seq"], card["requests"], card["tasks"], clocks

    async def refuses(self, answer: httpx.Response, slug: str, step: str) -> dict[str, Any]:
        """The document of that refusal, which is the newest entry of the journal."""
        assert answer.json()["type"] == f"/problems/{slug}", answer.text
        journal = (await self.people.officer.read(f"/api/matters/{self.suspect}/journal", limit=100))["items"]
        assert (journal[-1]["sort"], journal[-1]["step"], journal[-1]["content"]["problem"]) == ("refusal", step, slug)
        return answer.json()


@pytest.fixture
async def held(county: World) -> Held:
    people = await team(county)
    at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - 2 * HOUR
    suspect = await named_suspect(people, await filed_case(people, at - 24 * HOUR))
    await detain(people, suspect, at)
    return Held(people, suspect, at)


async def test_an_extension_that_the_law_does_not_offer_is_refused_before_it_is_asked_of_anyone(held: Held) -> None:
    before = await held.stands()
    for extension, offered in (("+5 day", "延长1至4日"), ("to 31 day", "延长至30日"), ("+1 month", "延长1至4日")):
        answer = await held.people.officer.try_(held.suspect, "extend-detention", extension=extension, grounds="案情复杂")
        problem = await held.refuses(answer, "law-forbids", "extend-detention")
        assert (answer.status_code, problem["field"], problem["limit"]) == (
            409,
            "extension",
            "criminal-detention-submit-for-arrest",
        )
        assert "第九十一条" in problem["basis"]
        assert offered in problem["detail"]
    assert await held.stands() == before


async def test_an_extension_is_approved_by_nobody_but_the_county_head(held: Held) -> None:
    await held.people.officer.take(held.suspect, "extend-detention", extension="+4 day", grounds="案情复杂")
    before = await held.stands()
    for hand in (held.people.head, held.people.legal, held.people.officer):
        answer = await hand.try_(held.suspect, "approve", request="extend-detention")
        problem = await held.refuses(answer, "office-may-not-act", "approve")
        assert (answer.status_code, problem["required"]) == (403, ["county-head"])
        assert "第九十一条" in problem["basis"]
    assert await held.stands() == before


async def test_what_follows_a_detention_does_not_come_before_it(held: Held) -> None:
    before = await held.stands()
    answer = await held.people.officer.try_(held.suspect, "deliver-to-custody-centre", at=held.at - HOUR, centre="青岚县看守所")
    problem = await held.refuses(answer, "form-invalid", "deliver-to-custody-centre")
    assert [(each["field"], each["rule"]) for each in problem["errors"]] == [("at", "order")]
    assert "早于" in problem["errors"][0]["detail"]
    assert await held.stands() == before


async def test_no_suspect_is_named_before_the_case_is_filed(county: World) -> None:
    people = await team(county)
    at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - 3 * HOUR
    case = await opened(people.officer, await people.officer.take(await call(people, at), "classify-incident", **FRAUD))
    answer = await people.officer.try_(case, "name-suspect", **SUSPECT)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/step-not-open")
    assert "file-case" in answer.json()["open_steps"]
    assert (await people.officer.card(case))["links"]["children"] == []
    journal = (await people.officer.read(f"/api/matters/{case}/journal"))["items"]
    assert [(each["sort"], each["step"]) for each in journal][-1] == ("refusal", "name-suspect")


async def test_a_head_who_asked_as_an_officer_does_not_approve_as_a_head(county: World) -> None:
    people = await team(county)
    at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - 3 * HOUR
    suspect = await named_suspect(people, await filed_case(people, at))
    await county.ask("INSERT INTO holding (username, unit_id, office) VALUES ('machao', 'chengguan', 'station-head')")
    await people.head.take(suspect, "summon", place="城关派出所", grounds="经查有重大诈骗嫌疑")
    answer = await people.head.try_(suspect, "approve", request="summon")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/duties-not-separated")
    assert "第一百一十九条" in answer.json()["basis"]
    assert (await people.officer.card(suspect))["stage"] == "at_liberty"
