"""Lives that together pass through every stage of every kind of matter."""

from collections.abc import Awaitable, Callable
from typing import Any

from models.matter import Kind
from tests.scenarios.passing import eventually
from tests.world import Answer, Hand, World

CALL = {"kind": "盗窃", "place": "青岚县城关镇人民路1号", "narrative": "电动自行车被盗", "unit": "chengguan"}
ROOM = {"place": "执法办案中心讯问室", "grounds": "需要查证"}


class Team:
    """Those who live through it: desk, officer, head of the station, head of the county bureau, procurator."""

    def __init__(self, **hands: Hand) -> None:
        """These, each signed in."""
        self.desk, self.officer, self.head = hands["linxiaoyu"], hands["liusiyuan"], hands["zhaotiejun"]
        self.chief, self.procurator = hands["zhouminghui"], hands["yeqingheng"]

    async def incident(self, *, arrived: bool = True) -> str:
        """An incident with a patrol on its scene, or as it was received."""
        number: str = (await self.desk.open(Kind.INCIDENT, **CALL))["number"]
        if arrived:
            await self.desk.take(number, "dispatch-incident", unit="chengguan", officer=self.officer.username)
            await self.officer.take(number, "arrive-on-scene")
        return number

    async def filed(self) -> str:
        """A case under investigation that came of no call."""
        number: str = (await self.officer.open(Kind.CRIMINAL_CASE, charge="xf-264", summary="电动自行车被盗"))["number"]
        await self.approved(number, "file-case", charge="xf-264", grounds="有犯罪事实")
        return number

    async def suspect(self, case: str) -> str:
        """A suspect of that case, who has heard of its filing."""
        return await self.opened(await self.officer.take(case, "name-suspect", name="王某"))

    async def approved(self, number: str, step: str, *, by: Hand | None = None, **form: Any) -> Answer:
        """The officer asks; the head of the county bureau approves, or whoever else must."""
        await self.officer.take(number, step, **form)
        return await (by or self.chief).approve(number, step)

    async def opened(self, receipt: Answer) -> str:
        """The number of the matter that a step opened, once it has come into being and heard where it comes from."""
        (number,) = receipt["opened"]

        async def heard() -> bool:
            answer = await self.officer.get(f"/api/matters/{number}")
            return answer.is_success and answer.json()["seq"] > 1

        await eventually(heard)
        return str(number)


async def team(bureau: World) -> Team:
    """Everyone at their desks."""
    return Team(**{name: await bureau.as_(name) for name in ("linxiaoyu", "liusiyuan", "zhaotiejun", "zhouminghui", "yeqingheng")})


async def helped(people: Team) -> list[str]:
    """Somebody is helped; the incident is taken up again, closed again and archived."""
    number, officer = await people.incident(), people.officer
    help_ = {"classification": "help", "reason": "群众求助"}
    await officer.take(number, "handle-scene", measures="固定证据")
    await officer.take(number, "classify-incident", **help_)
    await officer.take(number, "close-incident", outcome="已帮助解决")
    await officer.take(number, "reclassify-incident", **help_)
    await officer.take(number, "close-incident", outcome="已帮助解决")
    await officer.take(number, "archive")
    return [number]


async def mediated(people: Team) -> list[str]:
    """A quarrel is mediated, once its papers are there."""
    number, officer = await people.incident(arrived=False), people.officer
    await people.desk.take(number, "dispatch-incident", unit="chengguan", officer=officer.username)
    await officer.take(number, "classify-incident", classification="mediation", reason="邻里纠纷")
    assert not (await officer.try_(number, "close-incident", outcome="双方和解")).is_success
    await officer.take(number, "close-incident", outcome="双方和解", agreement=True, statements=True)
    return [number]


async def not_ours(people: Team) -> list[str]:
    """One caller is told where to turn, the call of another handed to other police."""
    told, transferred = await people.incident(arrived=False), await people.incident()
    await people.desk.take(told, "dispatch-incident", unit="chengguan", officer=people.officer.username)
    await people.officer.take(told, "tell-not-ours", competent="人民法院", told="已口头告知")
    await people.officer.take(transferred, "find-foreign", reason="犯罪地在邻县", competent="邻县公安局")
    await people.officer.take(transferred, "transfer-incident", to="邻县公安局", materials="接报案登记")
    return [told, transferred]


async def prosecuted(people: Team) -> list[str]:
    """A call becomes a case with a suspect in custody, goes to the procuratorate, and is decided."""
    officer, incident = people.officer, await people.incident()
    crime = await officer.take(incident, "classify-incident", classification="criminal", reason="涉嫌盗窃", charge="xf-264")
    case = await people.opened(crime)
    await people.approved(case, "file-case", charge="xf-264", grounds="有犯罪事实")
    suspect = await people.suspect(case)
    await people.approved(suspect, "execute-detention", **ROOM)
    await people.approved(suspect, "request-arrest", grounds="有证据证明有犯罪事实")
    await people.procurator.take(suspect, "receive-arrest-request")
    await people.procurator.take(suspect, "approve-arrest")
    await officer.take(suspect, "execute-arrest", place="青岚县看守所")
    await people.approved(case, "close-investigation", report="事实清楚")
    await people.approved(case, "send-case", opinion="应当起诉")
    await people.approved(case, "close-case", by=people.head, outcome="判决有罪")
    await officer.take(case, "archive")
    return [incident, case, suspect]


async def measures(people: Team) -> list[str]:
    """A suspect under every measure in turn, then under none, another compelled to appear; the case is cancelled."""
    officer, case = people.officer, await people.filed()
    suspect, compelled = await people.suspect(case), await people.suspect(case)
    await people.approved(compelled, "compel", **ROOM)
    await officer.take(compelled, "end-compelled")
    await people.approved(suspect, "summon", by=people.head, **ROOM)
    await people.approved(suspect, "execute-detention", **ROOM)
    await people.approved(suspect, "request-arrest", grounds="有证据证明有犯罪事实")
    await people.procurator.take(suspect, "receive-arrest-request")
    await people.procurator.take(suspect, "refuse-arrest", grounds="证据不足")
    await people.approved(suspect, "decide-bail", surety="保证人", grounds="不致发生社会危险性")
    await people.approved(suspect, "lift-bail", grounds="不应追究刑事责任")
    await people.approved(suspect, "decide-surveillance", place="住处", grounds="唯一扶养人")
    await people.approved(suspect, "lift-surveillance", grounds="不应追究刑事责任")
    await people.approved(suspect, "terminate-investigation", grounds="没有犯罪事实")
    await people.approved(case, "cancel-case", grounds="没有犯罪事实")
    await officer.take(suspect, "archive")
    return [case, suspect, compelled]


async def elsewhere(people: Team) -> list[str]:
    """One case is not filed, another handed to other police; requests are returned, urged and withdrawn."""
    officer = people.officer
    transferred = await people.filed()
    not_filed: str = (await officer.open(Kind.CRIMINAL_CASE, charge="xf-264", summary="电动自行车被盗"))["number"]
    await officer.take(not_filed, "refuse-filing", grounds="没有犯罪事实")
    await people.chief.take(not_filed, "return", request="refuse-filing", reason="补充证据")
    await officer.take(not_filed, "refuse-filing", grounds="没有犯罪事实")
    await officer.take(not_filed, "urge", request="refuse-filing")
    await officer.take(not_filed, "withdraw", request="refuse-filing", reason="补充证据")
    await people.approved(not_filed, "refuse-filing", grounds="没有犯罪事实")
    await people.approved(transferred, "transfer-case", to="邻县公安局", grounds="管辖", materials="卷宗")
    return [not_filed, transferred]


LIVES: tuple[Callable[[Team], Awaitable[list[str]]], ...] = (helped, mediated, not_ours, prosecuted, measures, elsewhere)
