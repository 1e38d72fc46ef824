"""What happens to a thing (涉案财物), from the list on which it stands to whose it is."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from seeds.acts import Act, Length, build_ages, build_calendar_ages, build_ladder_ages, is_economic, is_ordinary
from seeds.chapters import criminal_case, public_order_case
from seeds.script import CASE, EXHIBIT, OFFENCE, Cast, Move, approve_request
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome


def taken(s: Cast, at: datetime) -> Iterator[Move]:
    """A phone seized at `at`, which the officer is still to hand over (24 hours)."""
    yield from criminal_case.filed(s, at - hours(5))
    seizing = s.officer(CASE, "seize-property", at, **_list(s, _PHONE))
    yield from approve_request(seizing, s.unit_head, at, opens=EXHIBIT)


def stored(s: Cast, at: datetime) -> Iterator[Move]:
    """In the store since `at`, supervision told."""
    yield from taken(s, at - hours(6))
    yield s.custodian(EXHIBIT, "store-exhibit", at, condition="完好，已封装", **_get_shelf(s))
    yield s.custodian(EXHIBIT, "file-with-supervision", at + hours(1))


def lent(s: Cast, at: datetime) -> Iterator[Move]:
    """Lent at `at` for two days, so that its contents can be read."""
    yield from stored(s, at - days(3))
    values = {"borrower": s.companion.username, "place": "电子物证实验室", "purpose": "提取即时通讯记录", "term": "2 day"}
    yield from approve_request(s.officer(EXHIBIT, "lend-exhibit", at, **values), s.unit_head, at)


def sent(s: Cast, at: datetime) -> Iterator[Move]:
    """On its way to the procuratorate since `at`, which is still to confirm it (three days)."""
    yield from stored(s, at - days(9))
    yield s.officer(EXHIBIT, "send-exhibit", at, note="建议依法判决")


def at_procuratorate(s: Cast, at: datetime) -> Iterator[Move]:
    """With the procuratorate since `at`."""
    yield from sent(s, at - hours(20))
    yield s.procuratorate(EXHIBIT, "receive-prosecution-exhibit", at, receiver=s.procuratorate.zh, place="案管中心财物室")


def at_court(s: Cast, at: datetime) -> Iterator[Move]:
    """With the court since `at`."""
    yield from at_procuratorate(s, at - days(15))
    yield s.procuratorate(EXHIBIT, "forward-exhibit", at - hours(18))
    yield s.court(EXHIBIT, "receive-trial-exhibit", at, receiver=s.court.zh)


def returned(s: Cast, at: datetime) -> Iterator[Move]:
    """Nothing to do with the case, and given back at `at`."""
    yield from stored(s, at - days(5))
    yield s.officer(EXHIBIT, "find-irrelevant", at - days(1), finding="经核查系他人合法财物，与案件无关。")
    giving = s.officer(EXHIBIT, "return-exhibit", at, receiver=s.story.caller.name, explanation="经查明与案件无关，权属明确")
    yield from approve_request(giving, s.county_head, at)


def frozen(s: Cast, at: datetime) -> Iterator[Move]:
    """A bank account frozen since `at` (six months)."""
    yield from criminal_case.filed(s, at - hours(4))
    account = {"name": "银行存款", "institution": "安澜农商银行", "account": "6217000000000000001", "quantity": "86000元"}
    freezing = s.officer(CASE, "freeze-funds", at, assets=[account], grounds="系涉案资金，防止转移。")
    yield from approve_request(freezing, s.county_head, at, opens=EXHIBIT)
    yield s.custodian(EXHIBIT, "register-exhibit", at + hours(2), papers="协助冻结财产通知书复印件")
    yield s.custodian(EXHIBIT, "file-with-supervision", at + hours(3))


def seized_admin(s: Cast, at: datetime) -> Iterator[Move]:
    """A knife seized in a public-order case at `at`, and stored (thirty days)."""
    yield from public_order_case.filed(s, at - hours(2))
    seizing = s.officer(OFFENCE, "seize-evidence", at, **_list(s, _KNIFE))
    yield from approve_request(seizing, s.county_head, at, opens=EXHIBIT)
    yield s.custodian(EXHIBIT, "store-exhibit", at + hours(4), **_get_shelf(s))
    yield s.custodian(EXHIBIT, "file-with-supervision", at + hours(5))


def registered(s: Cast, at: datetime) -> Iterator[Move]:
    """Evidence registered and left where it is since `at` (seven days)."""
    yield from public_order_case.filed(s, at - hours(3))
    registering = s.officer(OFFENCE, "register-evidence", at, **_list(s, _RECORDER))
    yield from approve_request(registering, s.unit_head, at, opens=EXHIBIT)
    yield s.custodian(EXHIBIT, "register-exhibit", at + minutes(50), papers="证据保全决定书复印件")
    yield s.custodian(EXHIBIT, "file-with-supervision", at + hours(1))


_PHONE: Final = {"name": "手机", "quantity": "1部", "features": "黑色，屏幕有裂纹"}
_KNIFE: Final = {"name": "折叠刀", "quantity": "1把", "features": "刃长9厘米"}
_RECORDER: Final = {"name": "监控硬盘录像机", "quantity": "1台", "features": "八路", "holder": "店铺经营者"}


def _list(s: Cast, item: dict[str, str]) -> dict[str, Any]:
    officers = [s.officer.username, s.companion.username]
    values = {"officers": officers, "witness": "社区工作者 桑晓梅", "place": s.story.place, "items": [item]}
    return values | {"grounds": "可用以证明案件事实，需要作为证据。"}


def _get_shelf(s: Cast) -> dict[str, str]:
    return {"keeper": s.custodian.username, "place": "涉案财物保管中心 B区-07架"}


# A thing lent is to be back when it was promised to be; a freeze lapses unless it is renewed.
ACTS: Final = (
    Act(
        "财物待入库", taken, Outcome.CRIMINAL, build_ladder_ages(none=hours(17), orange=minutes(40)), Length(hours(24)), is_ordinary
    ),
    Act("财物在库", stored, Outcome.CRIMINAL, build_ages(days(4)), fits=is_ordinary),
    Act("财物调用", lent, Outcome.CRIMINAL, build_ladder_ages(overdue=-hours(9)), Length(days(2)), is_ordinary),
    Act("财物移送途中", sent, Outcome.CRIMINAL, build_ladder_ages(none=hours(60)), Length(days(3)), is_ordinary),
    Act("财物在检察院", at_procuratorate, Outcome.CRIMINAL, build_ages(days(5)), fits=is_ordinary),
    Act("财物在法院", at_court, Outcome.CRIMINAL, build_ages(days(3)), fits=is_ordinary),
    Act("财物已发还", returned, Outcome.CRIMINAL, build_ages(days(2)), fits=is_ordinary),
    Act("冻结存款", frozen, Outcome.CRIMINAL, build_ladder_ages(yellow=days(20)), Length(months=6), is_economic),
    Act("行政扣押", seized_admin, Outcome.ADMIN, build_calendar_ages(days(12)), Length(days(30))),
    Act("先行登记保存", registered, Outcome.ADMIN, build_calendar_ages(days(5)), Length(days(7))),
)
