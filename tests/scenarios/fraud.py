"""The fraud of the infrared thermometers, as far as several scenarios tell it."""

from datetime import datetime, timedelta
from typing import Any, Protocol

from httpx import codes

from tests.scenarios.passing import eventually
from tests.world import Answer, Hand

CALL: dict[str, Any] = {
    "kind": "经济纠纷",
    "place": "青岚县城关镇人民路88号",
    "narrative": "报警人称经微信向他人购买红外测温仪，已转账350000元，对方至今未发货，电话、微信均联系不上。",
    "reporter": "沈国梁",
    "reporter_phone": "13900000000",
    "unit": "chengguan",
}
FRAUD: dict[str, Any] = {
    "classification": "criminal",
    "charge": "xf-266",
    "reason": "收款后未发货且失联，虚构货源骗取货款，涉嫌诈骗",
}
SUSPECT: dict[str, Any] = {
    "name": "贺文涛",
    "sex": "男",
    "citizen_number": "330102198506121012",
    "grounds": "收款账户及微信均由其本人注册使用",
}


class SignsIn(Protocol):
    """A county, in whatever processes it runs."""

    async def as_(self, username: str) -> Hand:
        """That person, signed in."""
        ...


class Team:
    """Who carries it: desk, officer, heads, legal reviewer, supervisor, custody centre, procurator."""

    def __init__(self, **hands: Hand) -> None:
        """These, each signed in."""
        self.desk, self.officer, self.head = hands["linxiaoyu"], hands["liusiyuan"], hands["zhaotiejun"]
        self.chief, self.legal, self.supervisor = hands["zhouminghui"], hands["fangzhengping"], hands["leijianfeng"]
        self.custody, self.procurator = hands["niuguodong"], hands["yeqingheng"]


_NAMES = ("linxiaoyu", "liusiyuan", "zhaotiejun", "zhouminghui", "fangzhengping", "leijianfeng", "niuguodong", "yeqingheng")


async def team(county: SignsIn) -> Team:
    """Everyone at their desks."""
    return Team(**{name: await county.as_(name) for name in _NAMES})


async def opened(hand: Hand, receipt: Answer) -> str:
    """The number of the one matter that a step opened, once it is there to be read."""
    (number,) = receipt["opened"]

    async def there() -> bool:
        return (await hand.get(f"/api/matters/{number}")).status_code == codes.OK

    await eventually(there)
    return number


async def call(people: Team, at: datetime) -> str:
    """Somebody calls at that time, and an officer is sent and arrives; the incident."""
    number = (await people.desk.open("incident", at=at, **CALL))["number"]
    await people.desk.take(number, "dispatch-incident", at=at, unit="chengguan", officer="liusiyuan")
    await people.officer.take(number, "arrive-on-scene", at=at + timedelta(minutes=9))
    return number


async def filed_case(people: Team, at: datetime) -> str:
    """The fraud called in, recognised and filed at that time; the case."""
    incident = await call(people, at)
    receipt = await people.officer.take(incident, "classify-incident", at=at + timedelta(minutes=20), **FRAUD)
    case = await opened(people.officer, receipt)
    filed = {"at": at + timedelta(minutes=40), "charge": "xf-266", "grounds": "有犯罪事实，需要追究刑事责任"}
    await people.officer.take(case, "file-case", **filed)
    await people.chief.approve(case, "file-case")
    return case


async def named_suspect(people: Team, case: str, **who: Any) -> str:
    """The suspect of a filed case, still at liberty; `who` it is if not the one of the story."""
    return await opened(people.officer, await people.officer.take(case, "name-suspect", **(who or SUSPECT)))


async def scanned(hand: Hand, number: str, title: str) -> None:
    """Lay the scan of a paper into that matter's dossier."""
    place = (await hand.read(f"/api/matters/{number}/dossier"))["places"][0]["place"]
    scan = {"file": ("a.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")}
    answer = await hand.http.post(f"/api/matters/{number}/dossier", data={"place": place, "title": title}, files=scan)
    assert answer.is_success, answer.text


async def detain(people: Team, suspect: str, at: datetime) -> None:
    """Detain the suspect at that time, the county head approving, and say that a defender may be engaged."""
    await people.officer.take(suspect, "execute-detention", at=at, place="青岚县城关镇", grounds="有固定联络不上、可能逃跑的情形")
    await people.chief.approve(suspect, "execute-detention")
    await people.officer.take(suspect, "notify-defence-right", at=at)
