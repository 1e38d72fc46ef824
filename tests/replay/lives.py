"""Lives that together pass through every stage of every kind of matter."""
# Long because every kind of matter is lived through here, one life after the other.

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from activities.rings import claim
from law.calendar import SHANGHAI
from models.matter import Kind
from models.readmodel.report_types import report_types
from models.reviews.checklists import get_checklists
from seeds.open_cases import build_workbook
from tests.api.matters import accepted
from tests.looking import looked
from tests.moving_in import case_with, entered, released
from tests.sandbox import Sandbox
from tests.scenarios.passing import eventually
from tests.scenarios.supervised import made
from tests.world import Answer, Hand, World
from watchdog.duties.draft_assessments import DraftAssessments
from watchdog.duties.draft_leads import DraftLeads

CALL = {"kind": "盗窃", "place": "青岚县城关镇人民路1号", "narrative": "电动自行车被盗", "unit": "chengguan"}
ROOM: dict[str, Any] = {"place": "执法办案中心讯问室", "grounds": "需要查证"}
THEFT = "za-58-1"


class Team:
    """Those who live through it, and the systems outside that are told of it."""

    def __init__(self, bureau: World, sandbox: Sandbox, **hands: Hand) -> None:
        """These, each signed in."""
        self.bureau, self.sandbox = bureau, sandbox
        self.desk, self.officer, self.head = hands["linxiaoyu"], hands["liusiyuan"], hands["zhaotiejun"]
        self.chief, self.legal, self.manager = hands["zhouminghui"], hands["fangzhengping"], hands["qinwanqing"]
        self.procurator, self.court, self.supervisor = hands["yeqingheng"], hands["mogongyi"], hands["leijianfeng"]
        self.above = hands["yanshouzheng"]

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

    async def sent(self) -> tuple[str, str]:
        """A case with the procuratorate, and its suspect, who is on bail."""
        case = await self.filed()
        suspect = await self.suspect(case)
        await self.approved(suspect, "decide-bail", surety="保证人", grounds="不致发生社会危险性")
        await self.approved(case, "close-investigation", report="事实清楚")
        await self.approved(case, "send-case", opinion="应当起诉")
        return case, suspect

    async def prosecuted(self) -> tuple[str, str]:
        """A case before the court, and its suspect, who is on bail."""
        case, suspect = await self.sent()
        await self.procurator.take(case, "prosecute-case", charge="盗窃罪")
        return case, suspect

    async def offence(self) -> str:
        """A public-order case that came of no call, its offender known."""
        number: str = (await self.officer.open(Kind.PUBLIC_ORDER_CASE, violation=THEFT, station=True))["number"]
        await self.officer.take(number, "name-offender", name="王某", minor=False)
        return number

    async def suspect(self, case: str, name: str = "王某") -> str:
        """A suspect of that case."""
        return await self.opened(await self.officer.take(case, "name-suspect", name=name))

    async def things(self, case: str, many: int) -> list[dict[str, Any]]:
        """The things of a case, once so many are there, in the order of their numbers."""

        async def there() -> list[dict[str, Any]]:
            found = (await self.chief.read("/api/matters", kind=Kind.EXHIBIT, parent=case))["items"]
            return sorted(found, key=lambda each: each["number"]) if len(found) == many else []

        return await eventually(there)

    async def undeliverable(self, many: int) -> list[str]:
        """Once so many deliveries have failed: their numbers."""

        async def there() -> list[str]:
            found = (await self.chief.read("/api/matters", kind=Kind.DELIVERY, stage="undeliverable"))["items"]
            return [each["number"] for each in found] if len(found) == many else []

        return await eventually(there)

    async def comes_to(self, number: str, stage: str) -> None:
        """Wait until a matter stands at that stage, to which it comes by itself."""

        async def there() -> bool:
            return (await self.chief.card(number))["stage"] == stage

        await eventually(there)

    async def alerts_of(self, number: str) -> list[str]:
        """The alerts over a matter."""
        listed = (await self.manager.read("/api/matters", kind=Kind.RISK_ALERT, limit=100))["items"]
        return [each["number"] for each in listed if each["parent"] == number]

    async def comes_under(self, number: str, above: str) -> None:
        """Wait until a matter belongs to that one."""

        async def there() -> bool:
            return (await self.chief.card(number))["links"]["parent"] == above

        await eventually(there)

    async def designated(self, number: str, step: str, **form: Any) -> Answer:
        """The officer asks; the head of the county bureau puts it to the police above, who decide."""
        await self.officer.take(number, step, **form)
        await self.chief.approve(number, step)
        return await self.above.approve(number, step)

    async def approved(self, number: str, step: str, by: Hand | None = None, /, **form: Any) -> Answer:
        """The officer asks; the head of the county bureau approves, or whoever else must."""
        await self.officer.take(number, step, **form)
        return await (by or self.chief).approve(number, step)

    async def opened(self, receipt: Answer) -> str:
        """The number of the matter that a step opened, once it has come into being."""
        (number,) = receipt["opened"]

        async def there() -> bool:
            return (await self.officer.get(f"/api/matters/{number}")).is_success

        await eventually(there)
        return str(number)


Life = Callable[[Team], Coroutine[Any, Any, list[str]]]
_POLICE = ("linxiaoyu", "liusiyuan", "zhaotiejun", "zhouminghui", "fangzhengping", "qinwanqing", "leijianfeng")
_BESIDE = ("yeqingheng", "mogongyi", "yanshouzheng")


async def team(bureau: World, sandbox: Sandbox) -> Team:
    """Everyone at their desks."""
    return Team(bureau, sandbox, **{name: await bureau.as_(name) for name in (*_POLICE, *_BESIDE)})


async def helped(people: Team) -> list[str]:
    """Somebody is helped; the incident is taken up again, closed again and archived."""
    number, officer = await people.incident(), people.officer
    help_ = {"classification": "help", "reason": "群众求助"}
    await officer.take(number, "handle-scene", measures="固定证据")
    await officer.take(number, "feed-back", result="settled", words="现场已处置")
    await officer.take(number, "classify-incident", **help_)
    await officer.take(number, "close-incident", outcome="已帮助解决")
    await officer.take(number, "reclassify-incident", **help_)
    await officer.take(number, "close-incident", outcome="已帮助解决")
    await officer.take(number, "archive")
    return [number]


async def mediated(people: Team) -> list[str]:
    """A patrol signs for its dispatch; the quarrel is mediated, once its papers are there."""
    number, officer = await people.incident(arrived=False), people.officer
    await people.desk.take(number, "dispatch-incident", unit="chengguan", officer=officer.username)
    await officer.take(number, "accept-dispatch")
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


async def of_the_city(people: Team) -> list[str]:
    """A street lamp goes to the city's line, which gives it back; and what was closed is taken up again by another unit."""
    lamp, closed = await people.incident(arrived=False), await people.incident()
    said = {"concern": "city", "narrative": "小区路灯不亮", "place": "人民路1号", "told": "已转12345热线"}
    await people.desk.take(lamp, "hand-to-hotline", **said)
    await people.desk.take(lamp, "receive-hotline-order", order_number="HX1")
    await people.desk.take(lamp, "report-order-result", result="under-way")
    await people.desk.take(lamp, "return-order", why="不属政务服务诉求")
    await people.desk.take(lamp, "dispatch-incident", unit="chengguan", officer=people.officer.username)
    await people.officer.take(lamp, "hand-incident", unit="donghe", reason="发生地在界河以东")
    await people.officer.take(lamp, "withdraw-handover", reason="继续办理")
    await people.officer.take(closed, "handle-scene", measures="劝离", cameras=["JLY-01"], force="hands")
    await people.officer.take(closed, "classify-incident", classification="help", reason="群众求助")
    await people.officer.take(closed, "close-incident", outcome="已帮助解决", told_how="phone")
    await people.officer.take(closed, "reopen-incident", ground="new-fact", reason="出现新情况")
    await people.head.approve(closed, "reopen-incident")
    return [lamp, closed]


async def reported_twice(people: Team) -> list[str]:
    """What is reported again belongs to what was reported first, until new facts are."""
    first, again = await people.incident(), await people.incident(arrived=False)
    await people.desk.take(again, "explain-duplicate", original=first, told="已告知报案人")
    await people.officer.take(again, "reclassify-incident", classification="help", reason="报案人另有求助")
    return [again]


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
    await officer.take(suspect, "receive-sentence-papers", sentence="有期徒刑六个月")
    await officer.take(suspect, "execute-sentence", way="custody-centre")
    await people.approved(case, "close-case", people.head, outcome="判决有罪")
    await officer.take(case, "archive")
    return [incident, case, suspect]


async def measures(people: Team) -> list[str]:
    """A suspect under every measure in turn, then under none, another compelled to appear; the case is cancelled."""
    officer, case = people.officer, await people.filed()
    suspect, compelled = await people.suspect(case), await people.suspect(case, "李某")
    await people.approved(compelled, "compel", **ROOM)
    await officer.take(compelled, "end-compelled")
    await people.approved(suspect, "summon", people.head, **ROOM)
    await people.approved(suspect, "execute-detention", **ROOM)
    await people.approved(suspect, "request-arrest", grounds="有证据证明有犯罪事实")
    await people.procurator.take(suspect, "receive-arrest-request")
    await people.procurator.take(suspect, "refuse-arrest", grounds="证据不足")
    await people.approved(suspect, "decide-bail", surety="保证人", grounds="不致发生社会危险性")
    await people.approved(suspect, "lift-bail", grounds="不应追究刑事责任")
    await people.approved(suspect, "decide-surveillance", place="住处", grounds="唯一扶养人")
    await people.approved(suspect, "lift-surveillance", grounds="不应追究刑事责任")
    await people.approved(suspect, "terminate-investigation", grounds="没有犯罪事实")
    await officer.take(suspect, "notify-termination", means="当面告知")
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
    suspect = await people.suspect(transferred)
    await people.approved(suspect, "execute-detention", **ROOM)
    lists = {"officers": ["liusiyuan", "xuyating"], "witness": "桑晓梅", "place": "城关镇", "grounds": "需要作为证据"}
    await people.approved(transferred, "seize-property", people.head, items=[{"name": "手机", "quantity": "1件"}], **lists)
    (thing,) = await people.things(transferred, 1)
    await people.approved(transferred, "transfer-case", to="邻县公安局", grounds="管辖", materials="卷宗")
    gone = {"to": "邻县公安局", "receiver": "孙某"}

    async def handed_over() -> bool:
        return (await officer.try_(suspect, "hand-over-suspect", standing="刑事拘留，已羁押1日", **gone)).is_success

    await eventually(handed_over)
    await officer.take(thing["number"], "hand-over-exhibit", **gone)
    return [not_filed, transferred, suspect, thing["number"]]


async def changed_hands(people: Team) -> list[str]:
    """One case is taken up by another with its suspect; a third goes to other police and comes back, and moves to another unit."""
    into, merged, wandering = [await people.filed() for _ in range(3)]
    suspect = await people.suspect(merged)
    await people.approved(merged, "merge-case", into=into, ground="connected", grounds="同一人所为")
    await people.comes_under(suspect, into)
    await people.officer.take(merged, "archive")
    designated = {"grounds": "管辖有争议"}
    await people.designated(wandering, "designate-case-jurisdiction", handler="elsewhere", police="邻县公安局", **designated)
    await people.designated(wandering, "retake-case", resumes="investigation", **designated)
    await people.designated(wandering, "designate-case-jurisdiction", handler="unit", unit="criminal", **designated)
    return [into, merged, wandering, suspect]


async def sentenced(people: Team) -> list[str]:
    """A case comes back for investigation, is tried, adjourned, judged, appealed and in effect; its suspect serves the sentence."""
    officer, court = people.officer, people.court
    case, suspect = await people.prosecuted()
    await court.take(case, "return-trial-case", explanation="材料不全")
    await people.procurator.take(case, "return-for-investigation", outline="查清数额")
    await people.approved(case, "send-case-again", outcome="supplemented", report="已查清")
    await people.procurator.take(case, "prosecute-case", charge="盗窃罪")
    await court.take(case, "accept-trial", procedure="ordinary")
    await court.take(case, "adjourn-for-investigation", explanation="补充证据")
    await people.procurator.take(case, "send-again-to-court")
    await court.take(case, "judge-case", outcome="guilty", judgment="有期徒刑六个月")
    await court.take(case, "file-appeal", appellant="被告人")
    await court.take(case, "judge-on-appeal", outcome="upheld", judgment="驳回上诉")
    await court.take(case, "take-effect")
    await officer.take(suspect, "receive-sentence-papers", sentence="有期徒刑六个月")
    await officer.take(suspect, "execute-sentence", way="prison")
    await people.approved(case, "close-case", people.head, outcome="判决有罪")
    await officer.take(suspect, "archive")
    return [case, suspect]


async def not_prosecuted(people: Team) -> list[str]:
    """One case is not prosecuted, another punished otherwise, which opens a case of its own."""
    given_up, turned = await people.filed(), await people.filed()
    await people.suspect(given_up)
    await people.approved(given_up, "close-investigation", report="事实清楚")
    await people.approved(given_up, "send-case", opinion="应当起诉")
    await people.procurator.take(given_up, "decide-not-to-prosecute", kind="discretionary", explanation="情节轻微")
    await people.approved(turned, "turn-administrative", explanation="情节显著轻微", violation=THEFT)
    return [given_up, turned]


async def punished(people: Team) -> list[str]:
    """An offender is told, heard, reviewed and discussed, fined, and the case closed; the reviewer sent it back once."""
    officer, legal, now = people.officer, people.legal, datetime.now(UTC)
    case = await people.offence()
    told = {"penalty": "罚款五百元", "grounds": "盗窃", "minor": False}
    await officer.take(case, "notify-penalty", **told, hearing=False)
    await officer.take(case, "send-for-legal-review", opinion="拟罚款")
    await legal.take(case, "reject-in-legal-review", opinion="缺告知听证")
    await officer.take(case, "notify-penalty", **told, hearing=True)
    await officer.take(case, "request-hearing")
    await legal.take(case, "accept-hearing", presiding="江若兰")
    await legal.take(case, "appoint-hearing", hearing_at=now + timedelta(days=20), place="听证室")
    await legal.take(case, "serve-hearing-notice", recipients="王某")
    await legal.take(case, "hold-hearing", record="双方质证")
    await officer.take(case, "send-for-legal-review", opinion="拟罚款")
    await legal.take(case, "pass-legal-review", opinion="同意")
    await people.chief.take(case, "discuss-penalty", taking_part="局领导三人", conclusion="同意")
    penalty = {"violation": THEFT, "penalty": "fine", "fine_yuan": 500, "victim": True, "grounds": "盗窃"}
    penalty |= dict.fromkeys(("hearing_due", "review_due", "discussion_due"), False)
    await people.approved(case, "decide-penalty", **penalty)
    await officer.take(case, "serve-penalty", fine=True)
    await officer.take(case, "serve-victim", recipient="失主")
    await officer.take(case, "pay-fine")
    await officer.take(case, "close-public-order-case", outcome="罚款缴清")
    await officer.take(case, "archive")
    return [case]


async def let_off(people: Team) -> list[str]:
    """One case is mediated, another proves a crime, a third is another unit's, and in the fourth there is nothing to punish."""
    settled, crime, foreign, nothing = [await people.offence() for _ in range(4)]
    parties = {"offender": "王某", "victim": "李某", "both_willing": True, "excluded": False}
    quarrel = {"act": "故意损毁财物", "ground": "亲友、邻里、同事、同学之间因琐事引起", "dispute": "邻里纠纷"}
    await people.approved(settled, "permit-mediation", **quarrel, **parties)
    await people.officer.take(settled, "agree-mediation", dispute="邻里纠纷", terms="赔偿五百元")
    await people.officer.take(settled, "perform-mediation", evidence="收条")
    await people.approved(crime, "turn-criminal", charge="xf-264", reason="数额较大")
    await people.approved(foreign, "transfer-public-order-case", to="邻县公安局", materials="案卷")
    await people.approved(nothing, "terminate-public-order-case", people.head, cause="没有违法事实", grounds="监控证实没有违法事实")
    return [settled, crime, foreign, nothing]


async def put_right(people: Team) -> list[str]:
    """One order is signed for, reported on, sent back, reported on again and verified; another taken back."""
    supervisor, officer, subject = people.supervisor, people.officer, await people.incident()
    said = {"subject": subject, "problem": "未登记接报案", "demand": "补录登记"}
    order, mistaken = [(await supervisor.open(Kind.RECTIFICATION_ORDER, **said))["number"] for _ in range(2)]
    await officer.take(order, "sign-rectification")
    await officer.take(order, "report-rectification", done="已补录")
    await supervisor.take(order, "return-rectification", reason="没有回执")
    await officer.take(order, "report-rectification", done="已补录并出具回执")
    await supervisor.take(order, "verify-rectification")
    await supervisor.take(mistaken, "cancel-rectification", reason="已经登记")
    return [order, mistaken]


async def objected_to(people: Team) -> list[str]:
    """One order is objected to, changed, sent back, extended and closed; of another nothing can be put right any more."""
    supervisor, officer, subject = people.supervisor, people.officer, await people.incident()
    said = {"subject": subject, "problem": "视音频缺失", "demand": "补传视音频", "severity": "orange"}
    order, gone = [(await supervisor.open(Kind.RECTIFICATION_ORDER, **said))["number"] for _ in range(2)]
    await people.head.take(order, "appeal-rectification", ground="facts", statement="已经上传")
    await people.legal.take(order, "decide-appeal", result="changed", reasons="部分已上传", demand="补传其余视音频")
    await officer.take(order, "sign-rectification")
    await people.approved(order, "report-grave-rectification", people.head, done="已补传")
    await supervisor.take(order, "return-rectification", reason="补传的不完整")
    await people.approved(order, "extend-rectification", people.legal, extension="+1 day", reason="需要恢复数据")
    await people.head.take(order, "report-rectification", done="已补齐")
    await supervisor.take(order, "verify-rectification")
    await officer.take(gone, "sign-rectification")
    await officer.take(gone, "declare-unrectifiable", why="已被覆盖", consequence="不作为依据")
    await people.legal.approve(gone, "declare-unrectifiable")
    await people.chief.approve(gone, "declare-unrectifiable")
    return [order, gone]


async def looked_into(people: Team) -> list[str]:
    """Of four alerts the officer is reminded of one, one is dismissed, one asked to be, and one is answered by an order that is put right."""
    supervisor, manager, officer, subject = people.supervisor, people.manager, people.officer, await people.incident()
    said = {"subject": subject, "topic": "未登记接报案", "what": "第3步后没有登记"}
    yellow = [(await supervisor.open(Kind.RISK_ALERT, severity="yellow", **said))["number"] for _ in range(2)]
    red = [(await supervisor.open(Kind.RISK_ALERT, severity="red", **said))["number"] for _ in range(2)]
    for alert in (*yellow, *red):
        await manager.take(alert, "acknowledge-alert")
    why = {"ground": "误报·数据", "explanation": "受案登记表已于当日填写，回执存根在派出所内勤处。", "relied_on": "受案登记表"}
    await manager.take(yellow[0], "remind-officer", words="请补录", expected="补录登记")
    await manager.take(yellow[0], "close-alert", result="已补录")
    await manager.take(yellow[1], "dismiss-alert", **why)
    await manager.take(red[0], "dismiss-grave-alert", **why)
    await people.legal.approve(red[0], "dismiss-grave-alert")
    receipt = await manager.take(red[1], "issue-order", problem="未登记接报案", demand="补录登记", officer=officer.username)
    (order,) = receipt["opened"]
    await people.comes_to(order, "ordered")
    await people.approved(order, "report-grave-rectification", people.head, done="已补录")
    await supervisor.take(order, "verify-urgent-rectification")
    await people.legal.approve(order, "verify-urgent-rectification")
    await people.comes_to(red[1], "closed")
    stolen = await people.incident()
    await officer.take(stolen, "classify-incident", classification="dispute", reason="双方互不相识")
    await looked(people.bureau)
    found = await eventually(lambda: people.alerts_of(stolen))
    await officer.take(stolen, "handle-scene", measures="监控显示有人撬锁，电动自行车被盗走")
    await looked(people.bureau)
    await officer.take(stolen, "reclassify-incident", classification="administrative", violation=THEFT, reason="构成盗窃")
    await looked(people.bureau)
    for alert in found:
        await people.comes_to(alert, "cleared")
    return [*yellow, *red, order, *found]


async def watched_over(people: Team) -> list[str]:
    """One supervision is proposed, signed, reported on, refused its end, raised and lifted; another is not taken up."""
    officer, legal, manager, subject = people.officer, people.legal, people.manager, await people.incident()
    said = {
        "subject": subject,
        "level": "station",
        "reason": "久未登记",
        "members": ["case-management-officer", "legal-reviewer"],
        "lead": "case-management-officer",
        "conditions": ["not-overdue"],
    }
    watched, idle = [(await manager.open(Kind.SUPERVISION, **said))["number"] for _ in range(2)]
    await legal.take(idle, "decide-supervision", adopted=False, reason="已经登记")
    await legal.take(watched, "decide-supervision", adopted=True, reason="确有必要")
    await manager.take(watched, "lead-supervision", office="case-management-officer", words="登记")
    await legal.take(watched, "join-supervision", office="legal-reviewer", words="受案")
    await officer.take(watched, "report-progress", done="已联系", why_none="报案人次日到所")
    await manager.take(watched, "comment-progress", rating="fair", words="抓紧登记")
    await officer.take(watched, "ask-to-lift", conditions=["not-overdue"], proof="已登记")
    await manager.take(watched, "refuse-lift", reason="回执未送达")
    await manager.take(watched, "raise-level", level="county", joining=["county-head"], reason="久拖不决")
    await manager.take(watched, "lead-supervision", office="case-management-officer", words="回执")
    await officer.take(watched, "ask-to-lift", conditions=["not-overdue"], proof="回执已送达")
    await manager.take(watched, "lift-supervision", result="已登记并送达", unproved="以回执为准")
    await legal.take(watched, "confirm-lift")
    return [watched, idle]


async def answered_for(people: Team) -> list[str]:
    """One lead ends in a talk that is objected to in vain, one is referred and revoked, one let be; a drafted one is dropped, and one confirmed."""
    supervisor, legal, head, officer = people.supervisor, people.legal, people.head, people.officer
    said = {"person": officer.username, "unit": "chengguan", "problem": "三次未如实登记"}
    talked, referred, idle = [(await supervisor.open(Kind.ACCOUNTABILITY, way="talk", **said))["number"] for _ in range(3)]
    for lead, opinion in ((talked, "flaw"), (referred, "fault"), (idle, "none")):
        part = {} if opinion == "none" else {"extent": "full", "role": "direct"}
        await head.take(lead, "hear-person", place="城关派出所", statement="属实")
        await legal.take(lead, "opine-fault", opinion=opinion, reasons="已经查明", **part)
    talk = {"place": "城关派出所", "facts_put": "三次未如实登记", "promises": "当场登记", "review_on": "2027-01-31"}
    await head.take(talked, "hold-talk", talkers=[head.username, supervisor.username], **talk)
    await supervisor.take(referred, "refer-lead", organ="inspection", name="督察大队", materials=["整改指令单"])
    for lead, result in ((talked, "maintained"), (referred, "revoked")):
        await officer.take(lead, "appeal-accountability", statement="系统中断")
        await people.chief.take(lead, "decide-lead-appeal", result=result, reasons="已经查明")
    await head.take(idle, "find-no-fault", reasons="没有过错")
    for lead in (talked, referred, idle):
        await head.take(lead, "close-accountability", outcome="none", decided_on="2026-11-30", organ="县局")
    late = (datetime.now(UTC) - timedelta(days=9)).isoformat()
    subject = await people.incident()
    for _ in range(2):
        order = {"subject": subject, "problem": "未登记接报案", "demand": "补录登记", "term": "1 day"}
        await supervisor.open(Kind.RECTIFICATION_ORDER, at=late, **order)
    await people.bureau.watch().get_duty(DraftLeads).do()

    async def drafted() -> list[str]:
        found = (await people.chief.read("/api/matters", kind=Kind.ACCOUNTABILITY, stage="drafted"))["items"]
        return [each["number"] for each in found] if len(found) > 1 else []

    dropped, confirmed = await eventually(drafted)
    await people.chief.take(dropped, "drop-lead", reason="已经说明")
    await people.chief.take(confirmed, "confirm-lead", reason="逾期三日")
    return [talked, referred, idle, dropped, confirmed]


async def _drawn(people: Team, *reviewers: Hand) -> tuple[str, str, list[Answer]]:
    """A plan that is taken back, a round of two incidents that is drawn twice, and its files."""
    legal, today = people.legal, datetime.now(UTC).astimezone(SHANGHAI).date().isoformat()
    for _ in range(2):
        number = await people.incident()
        await people.officer.take(number, "classify-incident", classification="help", reason="群众求助")
        await people.officer.take(number, "close-incident", outcome="已帮助解决")
    plan = {"topic": "接处警抽查", "checklist": "incident", "method": "all", "since": today, "until": today}
    names = [each.username for each in reviewers]
    idle, round_ = [(await legal.open(Kind.REVIEW_ROUND, **plan, reviewers=names))["number"] for _ in range(2)]
    await legal.take(idle, "cancel-review-round", reason="重复")
    await legal.take(round_, "draw-files")
    await legal.take(round_, "redraw-files", reason="遗漏")
    await people.chief.approve(round_, "redraw-files")

    async def files() -> list[Answer]:
        rows = (await legal.read("/api/review-files", round=round_))["items"]
        return rows if len(rows) == 2 else []

    return idle, round_, await eventually(files)


async def _sheets(hand: Hand, many: int) -> list[str]:
    """The sheets that somebody has to fill in, once there are so many."""

    async def there() -> list[str]:
        found = [each["number"] for each in (await hand.read("/api/review-sheets", open=True))["items"]]
        return found if len(found) == many else []

    return await eventually(there)


async def _scored(people: Team, round_: str, files: list[Answer], *reviewers: Hand) -> str:
    """Both files are scored, one by somebody who came for another and finds fault; which file that is."""
    first, second, third = reviewers
    given = [{"file": each["subject"], "first": first.username, "second": second.username} for each in files]
    await people.legal.take(round_, "assign-reviewers", assignments=given)
    (left, _), ours = await _sheets(second, 2), await _sheets(first, 2)
    await second.take(left, "recuse-reviewer", reason="与当事人相识")
    of_sheet = "SELECT r.subject, s.seat FROM review_sheet s JOIN case_review r ON r.number = s.review WHERE s.number = %(left)s"
    ((file, seat),) = await people.bureau.ask(of_sheet, left=left)
    await people.legal.take(round_, "replace-reviewer", file=file, seat=seat, reviewer=third.username, reason="回避")
    met = [{"item": each.number, "verdict": "met", "points": each.points} for each in get_checklists()["incident"].items]
    poor = [{"item": 10, "verdict": "not", "points": 0, "note": "降格处理"}, *(each for each in met if each["item"] != 10)]
    theirs, more = await _sheets(third, 1), await _sheets(second, 1)
    found = [*((first, each, met) for each in ours), (third, theirs[0], poor), (second, more[0], met)]
    for hand, sheet, items in found:
        await hand.take(sheet, "accept-review", unrelated=True)
        await hand.take(sheet, "score-file", items=items)
    return str(file)


async def _objected(people: Team, review: str, file: str) -> None:
    """A file on which two differ is ruled on, objected to, rechecked, sent back and put right."""
    legal, ruling = people.legal, {"rulings": [{"item": 10, "verdict": "partly", "points": 5, "note": "定性不准"}]}
    await people.comes_to(review, "arbitration")
    await legal.take(review, "arbitrate-score", **ruling)
    await legal.take(review, "tell-unit")
    await people.head.take(review, "object-to-review", objections=[{"item": 10, "grounds": "定性准确"}])
    await (await people.bureau.as_("jiangruolan")).take(review, "recheck-review", reasons="维持", **ruling)
    await people.chief.approve(review, "recheck-review")
    await legal.take(review, "send-file-back", defects=[{"item": 10, "problem": "定性不准", "demand": "依法审查定性"}])

    async def orders() -> list[str]:
        listed = (await people.chief.read("/api/matters", kind=Kind.RECTIFICATION_ORDER))["items"]
        return [each["number"] for each in listed if each["parent"] == file]

    (order,) = await eventually(orders)
    await people.head.take(order, "sign-rectification")
    await people.head.take(order, "report-rectification", done="已重新审查")
    await people.supervisor.take(order, "verify-rectification")
    await people.comes_to(review, "closed")


async def reviewed(people: Team) -> list[str]:
    """One file is drawn, drawn anew, scored twice, ruled on, rechecked and sent back; another is agreed on; a plan is taken back."""
    legal, bureau = people.legal, people.bureau
    reviewers = [await bureau.as_(name) for name in ("wuhaoran", "kongfanlin", "tangzhiyuan")]
    idle, round_, files = await _drawn(people, *reviewers)
    file = await _scored(people, round_, files, *reviewers)
    (disputed,) = [each["number"] for each in files if each["subject"] == file]
    (agreed,) = [each["number"] for each in files if each["subject"] != file]
    await _objected(people, disputed, file)
    await people.comes_to(agreed, "settling")
    await legal.take(agreed, "settle-score")
    await legal.take(agreed, "tell-unit")
    later = datetime.now(UTC) + timedelta(days=4)
    async with bureau.ctx.pool.connection() as connection:
        await claim(connection, later, later, "test", agreed)
    await legal.take(agreed, "close-review")
    await legal.take(round_, "publish-results", summary="总体较好")
    await legal.take(round_, "close-review-round")
    rows = await bureau.ask("SELECT number FROM matter WHERE kind IN ('case-review', 'review-sheet') ORDER BY number")
    return [idle, round_, *(row.number for row in rows)]


async def gone_through(people: Team) -> list[str]:
    """A drive goes through an unsolved homicide, which is answered for twice, since the first answer was sent back."""
    officer, legal = people.officer, people.legal
    case: str = (await officer.open(Kind.CRIMINAL_CASE, charge="xf-264", summary="失踪人家中财物被盗"))["number"]
    await people.approved(case, "file-case", charge="xf-232", grounds="有犯罪事实")
    ends = (datetime.now(UTC).astimezone(SHANGHAI) + timedelta(days=28)).date().isoformat()
    plan = {"topic": "积案清查", "purpose": "backlog", "selections": ["homicide"], "ends_on": ends}
    drive: str = (await legal.open(Kind.REVIEW_ROUND, **plan))["number"]
    await legal.take(drive, "launch-drive")

    async def begun() -> list[str]:
        return [each["number"] for each in (await legal.read("/api/drive-items", drive=drive))["items"]]

    (item,) = await eventually(begun)
    asked = ("paper_found", "catalogue_complete", "exhibits_found", "samples_usable", "suspect_known", "measure_checked")
    ticks = dict.fromkeys((*asked, "within_limitation", "witnesses_reachable"), "yes")
    answer = ticks | {"result": "continue", "next_act": "重新比对", "owner": officer.username, "by_day": ends, "words": "卷宗在位"}
    await officer.take(item, "answer-backlog-item", **answer)
    await people.manager.take(item, "return-drive-item", reason="未写检材")
    await officer.take(item, "answer-backlog-item", **answer)
    await people.manager.take(item, "verify-drive-item")
    await legal.take(drive, "conclude-drive", summary="一件继续侦查")
    return [drive, item]


async def disputed_over(people: Team) -> list[str]:
    """Three calls are disputed: one is agreed on at the second attempt, one designated, one kept by whoever had it first."""
    officer, head, other = people.officer, people.head, await people.bureau.as_("sunjiawei")
    said = {"other": "东河派出所", "units": ["donghe"], "reason": "案发地在界河"}
    incidents = [await people.incident() for _ in range(3)]
    receipts = [await officer.take(each, "raise-jurisdiction-dispute", **said) for each in incidents]
    agreed, decided, kept = [await people.opened(each) for each in receipts]
    consulted = {"position": "theirs", "spoke_with": "孙家伟", "words": "核对地界"}
    await head.take(kept, "handle-ourselves", reason="先行办理")
    for each in (agreed, decided):
        await head.take(each, "consult-jurisdiction", **consulted)
    for signs in ("decline-agreement", "confirm-agreement"):
        await other.take(agreed, "agree-jurisdiction", unit="donghe", reason="案发地在东河")
        await head.take(agreed, signs, **({"reason": "尚未核对"} if signs == "decline-agreement" else {}))
    told = {"case_facts": "被盗", "dispute": "两所不一致", "consultation": "二次", "reasons": "跨辖区"}
    await people.legal.take(decided, "submit-dispute", **told)
    await people.chief.take(decided, "decide-jurisdiction", unit="donghe", reason="案发地在东河")
    await other.take(decided, "accept-designation", officer="wuhaoran")
    return [agreed, decided, kept]


async def wrote_to_us(people: Team) -> list[str]:
    """Four write: one is dissatisfied and then hears no more of us, one thanks, one repeats the first, one is another's business."""
    letters, first, second = await people.bureau.as_("mengxiaolan"), people.officer, await people.bureau.as_("machao")
    said = {"narrative": "报案以后一直没有回音", "writer_name": "程守正"}
    answer = "您反映的案件正在办理，进展和下一步安排已经当面告知。"
    leading, thanks, repeat, other, referred = [
        (await letters.open("letter", **said | {"sort": sort, "channel": channel}))["number"]
        for sort, channel in (
            ("complaint", "chief-mailbox"),
            ("thanks", "post"),
            ("complaint", "wechat"),
            ("help", "hotline-12345"),
            ("complaint", "superior"),
        )
    ]
    for each in (leading, thanks, repeat, other, referred):
        await letters.take(each, "sign-letter")
    await letters.take(other, "hand-over-letter", to="住建局", why="物业纠纷", told="已转住建局")
    await letters.take(referred, "object-referral", reason="案件不归本局管辖", competent="邻县公安局")
    await people.chief.approve(other, "hand-over-letter")
    await people.chief.approve(referred, "object-referral")
    await letters.take(thanks, "convey-thanks", to_unit="chengguan", words="感谢民警")
    await letters.take(repeat, "merge-letter", into=leading, reason="同一事由")
    await letters.take(leading, "contact-writer", outcome="已联系")
    await letters.take(leading, "classify-letter", labels=["1.03.01"])
    for officer, score in ((first, "dissatisfied"), (second, "satisfied")):
        await letters.take(leading, "assign-letter", unit="chengguan", officer=officer.username)
        if score == "dissatisfied":
            await officer.take(leading, "answer-letter", answer=answer)
        step, more = ("conclude-letter", {}) if score == "dissatisfied" else ("conclude-petition", {"articles": "信访工作条例"})
        if more:
            await officer.take(leading, "accept-petition", told="已经受理")
        await officer.take(leading, step, finding="partly", result="explained", answer=answer, **more)
        await people.head.approve(leading, step)
        await letters.take(leading, "evaluate-letter", score=score)
    for each in (leading, thanks, repeat, other, referred):
        await people.manager.take(each, "archive")
    return [leading, thanks, repeat, other, referred]


async def turned_away(people: Team) -> list[str]:
    """Two write whom we do not answer ourselves: what was finally reviewed is not taken up again, what has a procedure goes there."""
    letters = await people.bureau.as_("mengxiaolan")
    said = {"sort": "complaint", "channel": "chief-mailbox", "narrative": "报案以后一直没有回音", "writer_name": "程守正"}
    refused, routed = [(await letters.open("letter", **said))["number"] for _ in range(2)]
    for each in (refused, routed):
        await letters.take(each, "sign-letter")
    told = "同一事项已经复核，不再受理，可以向信访局查询"
    await letters.take(refused, "refuse-petition", way="finally-reviewed", earlier="LX202500000017", told=told)
    await people.chief.approve(refused, "refuse-petition")
    told = "对不予立案不服的，可以自收到通知之日起七日内向本局申请复议"
    await people.legal.take(routed, "route-into-procedure", procedure="filing-remedy", told=told)
    for each in (refused, routed):
        await people.manager.take(each, "archive")
    return [refused, routed]


async def assessed(people: Team) -> list[str]:
    """A month is published, an objection to it is upheld and another not; then it is final."""
    at = report_types()["monthly-close"].times.find_due(datetime.now(UTC)).at - timedelta(days=12)
    for day in range(6):
        await accepted(people.bureau, at=(at + timedelta(days=day)).isoformat())
    bureau = people.bureau
    await made(bureau, "monthly-close")
    await bureau.watch().get_duty(DraftAssessments).do()

    async def drafted() -> list[str]:
        return [
            each["number"] for each in (await people.legal.read("/api/matters", kind=Kind.ASSESSMENT, unit="chengguan"))["items"]
        ]

    (number,) = await eventually(drafted)
    await people.legal.take(number, "publish-assessment", comment="受案及时。")
    sheet = await people.head.read("/api/assessment/sheet", unit="chengguan", month=f"{at:%Y-%m}")
    scored = [each["indicator"] for each in sheet["indicators"] if each["points"] is not None]
    for indicator, upheld in zip(scored, (True, False), strict=False):
        await people.head.take(number, "object-to-indicator", indicator=indicator, grounds="所计有误")
        await people.supervisor.take(number, "decide-assessment-objection", upheld=upheld, reason="已经核对")
    ended = "UPDATE clock SET due_at = now() - interval '1 hour' WHERE matter = %(number)s AND limit_id = 'assessment-objection'"
    await bureau.ask(ended, number=number)
    await people.legal.take(number, "finalise-assessment", words="定案")
    await people.chief.approve(number, "finalise-assessment")
    return [number]


async def asked_of_others(people: Team) -> list[str]:
    """One unit is asked four times: it answers and is sent back once, refuses, is told that it is needed no more, and what is left ends with the incident."""
    desk, doer = people.desk, await people.bureau.as_("luochang")
    incident = await people.incident()
    said = {"subject": incident, "sort": "patrol", "unit": "traffic", "what": "查找白色面包车", "term": "4 hour"}
    answered, refused, taken_back, left = [(await desk.open(Kind.JOINT_TASK, **said))["number"] for _ in range(4)]
    await doer.take(answered, "sign-joint-task")
    await doer.take(answered, "update-joint-task", said="正在查找")
    await doer.take(answered, "report-joint-task", outcome="nothing", said="未发现")
    await desk.take(answered, "return-joint-task", reason="继续查找", term="1 hour")
    await doer.take(answered, "report-joint-task", outcome="found", said="已找到")
    await desk.take(answered, "accept-joint-task")
    await doer.take(refused, "decline-joint-task", why="no-people")
    await desk.take(taken_back, "cancel-joint-task", reason="已经找到")
    await people.officer.take(incident, "tell-not-ours", competent="县城管局", told="已告知")
    await people.comes_to(left, "cancelled")
    return [answered, refused, taken_back, left]


async def went_missing(people: Team) -> list[str]:
    """Four are missing: one is found and closed, one is a case and dead, one is nobody, one is gone for so long that the search goes on in longer steps."""
    officer, commander, now = people.officer, await people.bureau.as_("panzhiheng"), datetime.now(UTC)
    said = {"sex": "女", "age": 34, "reporter": "张海", "relation": "丈夫", "reporter_phone": "13900007001", "health": ["none"]}
    said |= {
        "last_seen_place": "人民路",
        "circumstances": "电话不通",
        "appearance": "身高一米六，短发，红色外套",
        "unit": "chengguan",
    }
    begun = now - timedelta(days=31)

    async def missing(name: str) -> str:
        form = said | {"name": name, "last_seen_at": begun - timedelta(hours=2), "at": begun}
        return (await officer.open(Kind.MISSING_PERSON, **form))["number"]

    closed, dead, nobody, long = [await missing(each) for each in ("龙佳怡", "何有田", "苏某", "石某")]
    tasks = [{"sort": sort, "unit": "traffic"} for sort in ("patrol", "video")]
    for each in (closed, long):
        await officer.take(each, "start-search", tasks=tasks, at=begun + timedelta(minutes=5))
    await commander.take(closed, "review-search", done="已查监控", next="继续查找", people_out=2)
    found = {"place": "东河", "how": "patrol", "identity_by": "papers"}
    await officer.take(closed, "find-person", state="well", wishes="consents", **found)
    await officer.take(closed, "reopen-search", findings="认错了人")
    await officer.take(closed, "find-person", state="well", wishes="consents", **found)
    await officer.take(closed, "tell-reporter", told="人已找到")
    await officer.take(closed, "confirm-closure", by="family", means="当面", cause="quarrel")
    await officer.take(dead, "find-suspected-crime", ground="traces", charge="xf-232", summary="现场有血迹", injured=False)
    await officer.take(dead, "find-person", state="dead", **found)
    await people.approved(dead, "record-missing-death", people.head, doctor="陶医生", cause="crime", identity_by="dna")
    await officer.take(dead, "tell-family-of-death", told="儿子", officers="刘思源、马朝", words="当面告知")
    await officer.take(dead, "confirm-closure", by="family", means="当面", cause="death")
    await people.approved(nobody, "report-false", people.head, findings="债权人查找债务人")
    await commander.take(long, "declare-long-term", findings="已查遍", plan="比对救助信息")
    for each in (closed, dead, nobody):
        await people.manager.take(each, "archive")
    return [closed, dead, nobody, long]


async def told_others(people: Team) -> list[str]:
    """What a system outside refuses is sent again, and received; another message is sent no more."""
    centre = "custody-centre"
    people.sandbox.feels(centre, "refusing")
    suspects = [await people.suspect(await people.filed()) for _ in range(2)]
    for suspect in suspects:
        await people.approved(suspect, "execute-detention", **ROOM)
    received, handed_over = await people.undeliverable(2)
    people.sandbox.feels(centre, "well")
    await people.manager.take(received, "repeat-delivery", remark="对方已修复")
    await people.manager.take(handed_over, "abandon-delivery", reason="已当面交付")
    await people.comes_to(received, "delivered")
    return [received, handed_over]


async def went_from_hand_to_hand(people: Team) -> list[str]:
    """Things pass through every hand there is: stored, lent, examined, sent on, sent back, given back, handed in, destroyed, unfrozen."""
    officer, manager, court = people.officer, people.manager, people.court
    case = await people.filed()
    lists = {"officers": ["liusiyuan", "xuyating"], "witness": "桑晓梅", "place": "城关镇", "grounds": "需要作为证据"}
    items = [{"name": name, "quantity": "1件"} for name in ("手机", "现金", "刀具", "钥匙", "账本")]
    await people.approved(case, "seize-property", people.head, items=items, **lists)
    await people.approved(case, "seal-property", items=[{"name": "房屋", "quantity": "1套"}], **lists)
    asset = {"name": "存款", "institution": "安澜农商银行", "account": "6217000000000000001", "quantity": "100元"}
    await people.approved(case, "freeze-funds", assets=[asset], grounds="涉案资金")
    phone, cash, knife, key, book, house, money = [each["number"] for each in await people.things(case, 7)]
    shelf = {"keeper": "qinwanqing", "place": "A-03"}
    await people.approved(knife, "examine-exhibit-first", people.head, examiner="市局理化实验室", purpose="血迹检验")
    await officer.take(knife, "finish-examination", received_by="liusiyuan")
    for thing in (phone, cash, knife, book):
        await manager.take(thing, "store-exhibit", **shelf)
    await people.approved(phone, "lend-exhibit", people.head, borrower="xuyating", place="实验室", purpose="提取数据")
    await manager.take(phone, "return-loan", **shelf)
    for thing in (phone, cash, book):
        await officer.take(thing, "send-exhibit")
    await people.procurator.take(book, "refuse-prosecution-exhibit", why="不宜移送")
    for thing in (phone, cash):
        await people.procurator.take(thing, "receive-prosecution-exhibit")
        await people.procurator.take(thing, "forward-exhibit")
    await court.take(phone, "receive-trial-exhibit")
    await court.take(phone, "dispose-by-organ", way="returned", receiver="失主")
    await court.take(cash, "refuse-trial-exhibit", why="应当存入专户")
    await manager.take(cash, "take-back-exhibit", **shelf)
    for thing in (cash, knife):
        await people.officer.take(thing, "order-disposal", decision="判决没收")
    await people.approved(cash, "hand-to-treasury", reason="judgment", voucher="1号")
    watched = {"first_watcher": "liusiyuan", "second_watcher": "xuyating"}
    await people.approved(knife, "destroy-exhibit", way="熔毁", **watched)
    await people.approved(key, "return-exhibit", receiver="失主", explanation="与案件无关")
    await people.approved(house, "return-exhibit", receiver="房主", explanation="与案件无关")
    await people.approved(money, "unfreeze", explanation="与案件无关")
    return [phone, cash, knife, book, house, money]


async def got_away(people: Team) -> list[str]:
    """One suspect flees from bail and comes back; another breaks out, is recaptured, and dies."""
    officer = people.officer
    fled, held = [await people.suspect(await people.filed()) for _ in range(2)]
    await people.approved(fled, "decide-bail", surety="保证人", grounds="不致发生社会危险性")
    await officer.take(fled, "record-flight", circumstances="传讯不到案")
    await people.approved(fled, "issue-wanted-order", grounds="应当逮捕", features="身高一米七", scope="青岚县")
    await officer.take(fled, "record-return", circumstances="自动投案", reason="取保候审")
    await people.approved(fled, "lift-wanted-order", grounds="已经归案")
    await people.approved(held, "execute-detention", **ROOM)
    await officer.take(held, "record-escape", place="县医院", circumstances="就医途中脱逃")
    await officer.take(held, "recapture", place="邻县", reason="刑事拘留")
    await officer.take(held, "record-death", place="看守所", cause="突发疾病")
    await officer.take(held, "notify-death", relative="父亲", procuratorate="青岚县人民检察院")
    await people.approved(held, "terminate-investigation", reason="犯罪嫌疑人死亡", grounds="已经死亡")
    return [fled, held]


async def moved_in(people: Team) -> list[str]:
    """A case was brought over with its suspect, who had been arrested before it was kept here."""
    digest, trial = await released(people.manager, people.supervisor, build_workbook(datetime.now(UTC)))
    told = await entered(people.manager, digest, case_with(trial, "arrested")["row"])
    return [told["number"], *told["suspects"]]


LIVES: tuple[Life, ...] = (
    helped,
    mediated,
    not_ours,
    reported_twice,
    of_the_city,
    prosecuted,
    measures,
    elsewhere,
    changed_hands,
    sentenced,
    not_prosecuted,
    punished,
    let_off,
    put_right,
    objected_to,
    looked_into,
    watched_over,
    answered_for,
    reviewed,
    gone_through,
    disputed_over,
    assessed,
    wrote_to_us,
    turned_away,
    asked_of_others,
    went_missing,
    told_others,
    went_from_hand_to_hand,
    got_away,
    moved_in,
)
