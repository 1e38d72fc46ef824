"""What somebody left in a car (乘客遗忘物): missed, sought through whoever runs the car, in our hands, given back, announced; and calls that change hands."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.forms.lost_property import CONSENT, PHOTOGRAPH
from seeds.acts import Act, build_ages
from seeds.chapters.incident import dispatched, handled, helped
from seeds.script import INCIDENT, Cast, Move, approve_request
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome, Tale

_TABLET: Final = {"name": "平板电脑", "features": "银色，背面贴有卡通贴纸", "serial": "DMP0001", "value": "3200", "has_data": True}


def _fits(tale: Tale) -> bool:
    return tale.kind == "丢失物品"


def missed(s: Cast, at: datetime) -> Iterator[Move]:
    """A tablet is missed, and the platform has yet to be asked."""
    yield from dispatched(s, at - minutes(4))
    said = {"vehicle": "ride-hailing", "boarded_place": "城南客运站", "left_place": s.story.place, "order_number": "XC20261201"}
    times = {"boarded_at": (at - hours(15)).isoformat(), "left_at": (at - hours(14)).isoformat()}
    yield s.desk(INCIDENT, "report-lost-property", at, items=[_TABLET], **said, **times)


def asked(s: Cast, at: datetime) -> Iterator[Move]:
    """The platform is asked for the trip, as its traveller has agreed in writing."""
    yield from missed(s, at - minutes(15))
    span = {"since": (at - hours(17)).isoformat(), "until": (at - hours(13)).isoformat()}
    who = {"passenger_phone": s.story.caller.phone, "consented_by": s.story.caller.name}
    asking = s.officer(INCIDENT, "ask-own-trip", at, purpose="查找遗忘在车内的平板电脑", **span, **who)
    yield asking.scan_first(CONSENT)


def received(s: Cast, at: datetime) -> Iterator[Move]:
    """The driver brought it, and its owner has yet to hear."""
    yield from asked(s, at - hours(3))
    words = "称在后排发现平板电脑，下午送到派出所。"
    yield s.officer(INCIDENT, "contact-holder", at - hours(2), reached=True, says_has="yes", words=words)
    said = {"given_by": "郝师傅", "second": s.companion.zh, "place": "遗失物专柜 3-02"}
    yield s.officer(INCIDENT, "receive-property", at, items=[_TABLET], **said).scan_first(PHOTOGRAPH)


def returned(s: Cast, at: datetime) -> Iterator[Move]:
    """It went back to whose it is, who unlocked it."""
    yield from received(s, at - hours(2))
    yield s.officer(INCIDENT, "tell-owner", at - hours(1), told="请带身份证到派出所领取。")
    said = {"items": ["平板电脑"], "who": s.story.caller.name, "proof": ["unlocks", "serial"], "signed": True}
    yield s.officer(INCIDENT, "return-property", at - minutes(20), **said)
    yield s.officer(INCIDENT, "classify-incident", at - minutes(10), classification="help", reason="乘客遗忘物品，请求帮助查找。")
    yield s.officer(INCIDENT, "close-incident", at, outcome="平板电脑已归还失主。", told_how="in-person")


def announced(s: Cast, at: datetime) -> Iterator[Move]:
    """Nobody knows whose it is: a notice stands for a year."""
    yield from received(s, at - hours(20))
    content = "在网约车内拾得平板电脑一台。"
    shown = f"{at + days(60):%Y-%m-%d}"
    yield s.unit_head(INCIDENT, "announce-found", at, where="派出所公告栏", content=content, shown_until=shown)


def not_found(s: Cast, at: datetime) -> Iterator[Move]:
    """A taxi is looked for by its track, and nobody has it."""
    yield from missed(s, at - days(1))
    span = {"since": (at - days(1) - hours(16)).isoformat(), "until": (at - days(1) - hours(13)).isoformat()}
    said = {"company": "青岚出租汽车公司", "route": "城南客运站至青岚医院", "purpose": "查找遗失物"}
    asking = s.officer(INCIDENT, "ask-track", at - hours(20), **said, **span)
    yield from approve_request(asking, s.unit_head, at - hours(19))
    findings, told = "运营单位、驾驶员均答复未见。", "已告知失主查找情况。"
    yield s.officer(INCIDENT, "end-property-search", at, result="not-found", findings=findings, told=told)


def offered(s: Cast, at: datetime) -> Iterator[Move]:
    """Another unit is asked to take a call over, and has yet to answer."""
    yield from handled(s, at - minutes(6))
    other = "donghe" if s.unit_id != "donghe" else "baita"
    yield s.officer(INCIDENT, "hand-incident", at, unit=other, reason="经核实发生地在对方辖区。", done="已到场并询问报警人。")


def reopened(s: Cast, at: datetime) -> Iterator[Move]:
    """What was closed is taken up again."""
    yield from helped(s, at - days(1))
    asking = s.officer(INCIDENT, "reopen-incident", at - hours(1), ground="new-fact", reason="报警人补充了新的情况。")
    yield from approve_request(asking, s.unit_head, at)


def with_hotline(s: Cast, at: datetime) -> Iterator[Move]:
    """What is no matter for the police went to the city's line."""
    yield from dispatched(s, at - minutes(5))
    said = {"concern": "city", "narrative": "小区路灯不亮，请求维修。", "place": s.story.place}
    yield s.desk(INCIDENT, "hand-to-hotline", at, told="已转12345热线，可以凭工单编号查询。", **said)


ACTS: Final = (
    Act("遗失物待查询行程", missed, Outcome.HELP, build_ages(minutes(20)), fits=_fits),
    Act("遗失物已查询行程", asked, Outcome.HELP, build_ages(hours(1)), fits=_fits),
    Act("遗失物在我处", received, Outcome.HELP, build_ages(hours(3)), fits=_fits),
    Act("遗失物已归还", returned, Outcome.HELP, build_ages(days(1)), fits=_fits),
    Act("遗失物招领中", announced, Outcome.HELP, build_ages(days(20)), fits=_fits),
    Act("遗失物未找到", not_found, Outcome.HELP, build_ages(hours(4)), fits=_fits),
    Act("警情待接手", offered, Outcome.DISPUTE, build_ages(minutes(8))),
    Act("警情重新办理", reopened, Outcome.HELP, build_ages(hours(2))),
    Act("已转12345", with_hotline, Outcome.NOT_OURS, build_ages(minutes(12))),
)
