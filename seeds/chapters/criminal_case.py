"""What happens to a criminal case (刑事案件)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from seeds.acts import THREE_DAYS, Act, Length, build_ages, build_calendar_ages, is_economic, is_ordinary, of_a_station
from seeds.chapters.incident import registered, walked_in
from seeds.script import CASE, INCIDENT, OTHER_CASE, Cast, Move, approve_request
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome


def accepted(s: Cast, at: datetime) -> Iterator[Move]:
    """Accepted as a criminal case, whether to file it not yet decided (three days, economic crime seven)."""
    yield from (walked_in if s.walks_in else registered)(s, at - minutes(30))
    yield s.officer(
        INCIDENT,
        "classify-incident",
        at,
        classification="criminal",
        charge=s.story.tale.charge,
        summary=s.story.tell_story(at),
        reason="有犯罪事实发生的可能，需要立案审查。",
        injured=False,
    ).open_as(CASE)


def review_extended(s: Cast, at: datetime) -> Iterator[Move]:
    """The review is lengthened to thirty days in all, from `at`, when the case was accepted."""
    yield from accepted(s, at)
    yield from approve_request(
        s.officer(
            CASE,
            "extend-filing-review",
            at + hours(50),
            extension="to 30 day",
            grounds="涉案人员多、资金流向复杂，属重大疑难复杂案件。",
        ),
        s.county_head,
        at + hours(53),
    )


def filing_asked(s: Cast, at: datetime) -> Iterator[Move]:
    """Filing is asked for, and awaits the county head."""
    yield from accepted(s, at - hours(20))
    yield s.officer(CASE, "file-case", at, charge=s.story.tale.charge, grounds=_CRIME)


def filed(s: Cast, at: datetime) -> Iterator[Move]:
    """Filed; who did it is not yet known."""
    yield from accepted(s, at - hours(20))
    yield from approve_request(s.officer(CASE, "file-case", at, charge=s.story.tale.charge, grounds=_CRIME), s.county_head, at)


def not_filed(s: Cast, at: datetime) -> Iterator[Move]:
    """Not filed; the complainant is still to be told (three days)."""
    yield from accepted(s, at - hours(44))
    yield from approve_request(
        s.officer(CASE, "refuse-filing", at, grounds="经审查没有犯罪事实，属经济往来纠纷。"), s.county_head, at
    )


def handed_over(s: Cast, at: datetime) -> Iterator[Move]:
    """Another police unit's case: handed over; the reporter is still to be told (three days)."""
    yield from accepted(s, at - hours(30))
    yield s.officer(CASE, "find-case-foreign", at - hours(9), grounds="主要犯罪地在邻县。", competent="邻县公安局")
    handing_over = s.officer(
        CASE, "transfer-case", at, to="邻县公安局", grounds="由主要犯罪地公安机关管辖更为适宜。", materials="案卷一册、证据清单"
    )
    yield from approve_request(handing_over, s.county_head, at)


def merged(s: Cast, at: datetime) -> Iterator[Move]:
    """Another case of the same hands, merged into this one."""
    other, charge = OTHER_CASE, s.story.tale.charge
    yield from filed(s, at - days(9))
    yield s.officer(
        other,
        "accept-case",
        at - days(5),
        charge=charge,
        summary="另一被害人报案，作案手法、使用的账户均相同。",
        injured=False,
    ).open_as(other)
    yield from approve_request(
        s.officer(other, "file-case", at - days(4), charge=charge, grounds=_CRIME), s.county_head, at - days(4)
    )
    grounds = "经比对两案系同一伙人所为，并案有利于查明犯罪事实。"
    merging = s.officer(other, "merge-case", at, ground="connected", grounds=grounds).name_as(CASE, field="into")
    yield from approve_request(merging, s.county_head, at)


def cancelled(s: Cast, at: datetime) -> Iterator[Move]:
    """Cancelled: no crime after all."""
    yield from filed(s, at - days(17))
    yield from approve_request(s.officer(CASE, "cancel-case", at, grounds="经查明不构成犯罪，应当撤销案件。"), s.county_head, at)
    yield s.officer(CASE, "notify-cancellation", at + hours(7), told="原犯罪嫌疑人、被害人，均已当面告知。")


def turned_administrative(s: Cast, at: datetime) -> Iterator[Move]:
    """No crime, but to be punished as an administrative offence."""
    yield from filed(s, at - days(12))
    turning = s.officer(
        CASE, "turn-administrative", at, explanation="情节显著轻微、危害不大，不认为是犯罪，应当给予行政处罚。", to="市场监督管理局"
    )
    yield from approve_request(turning, s.county_head, at)


_CRIME = "有犯罪事实，需要追究刑事责任，属本单位管辖。"


ACTS: Final = (
    Act("立案审查", accepted, Outcome.CRIMINAL, THREE_DAYS, Length(days(3)), is_ordinary),
    Act("经济犯罪立案审查", accepted, Outcome.CRIMINAL, build_calendar_ages(days(5), days(0)), Length(days(7)), is_economic),
    Act("呈请立案", filing_asked, Outcome.CRIMINAL, build_calendar_ages(-hours(4)), fits=is_ordinary),
    Act(
        "呈请立案",
        filing_asked,
        Outcome.CRIMINAL,
        build_calendar_ages(-hours(2)),
        fits=of_a_station,
        unit_id="chengguan",
    ),
    Act(
        "延长立案审查",
        review_extended,
        Outcome.CRIMINAL,
        build_calendar_ages(days(20), hours(60), -days(1)),
        Length(days(30)),
        is_ordinary,
    ),
    Act("不予立案待送达", not_filed, Outcome.CRIMINAL, build_calendar_ages(days(3), days(1)), Length(days(3)), is_ordinary),
    Act("移送管辖待通知", handed_over, Outcome.CRIMINAL, build_calendar_ages(days(2)), Length(days(3)), of_a_station),
    Act("已立案侦查", filed, Outcome.CRIMINAL, build_ages(hours(7), days(24)), fits=is_ordinary),
    Act("已并案", merged, Outcome.CRIMINAL, build_ages(days(2)), fits=is_ordinary),
    Act("已撤销案件", cancelled, Outcome.CRIMINAL, build_ages(days(4)), fits=is_ordinary),
    Act("已转行政处理", turned_administrative, Outcome.CRIMINAL, build_ages(days(6)), fits=is_ordinary),
)
