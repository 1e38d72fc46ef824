"""What happens to a criminal case (刑事案件)."""

from collections.abc import Iterator
from datetime import datetime

from seeds.chapters.incident import registered, walked_in
from seeds.script import CASE, INCIDENT, OTHER_CASE, Move, Scene, approved
from seeds.spans import days, hours, minutes


def accepted(s: Scene, at: datetime) -> Iterator[Move]:
    """Accepted as a criminal case, whether to file it not yet decided (three days, economic crime seven)."""
    yield from (walked_in if s.walks_in else registered)(s, at - minutes(30))
    yield s.officer(
        INCIDENT,
        "classify-incident",
        at,
        opens=CASE,
        classification="criminal",
        charge=s.story.tale.charge,
        summary=s.story.told(at),
        reason="有犯罪事实发生的可能，需要立案审查。",
        injured=False,
    )


def review_extended(s: Scene, at: datetime) -> Iterator[Move]:
    """The review is lengthened to thirty days in all, from `at`, when the case was accepted."""
    yield from accepted(s, at)
    yield from approved(
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


def filing_asked(s: Scene, at: datetime) -> Iterator[Move]:
    """Filing is asked for, and awaits the county head."""
    yield from accepted(s, at - hours(20))
    yield s.officer(CASE, "file-case", at, charge=s.story.tale.charge, grounds=_CRIME)


def filed(s: Scene, at: datetime) -> Iterator[Move]:
    """Filed; who did it is not yet known."""
    yield from accepted(s, at - hours(20))
    yield from approved(s.officer(CASE, "file-case", at, charge=s.story.tale.charge, grounds=_CRIME), s.county_head, at)


def not_filed(s: Scene, at: datetime) -> Iterator[Move]:
    """Not filed; the complainant is still to be told (three days)."""
    yield from accepted(s, at - hours(44))
    yield from approved(s.officer(CASE, "refuse-filing", at, grounds="经审查没有犯罪事实，属经济往来纠纷。"), s.county_head, at)


def handed_over(s: Scene, at: datetime) -> Iterator[Move]:
    """Another police unit's case: handed over; the reporter is still to be told (three days)."""
    yield from accepted(s, at - hours(30))
    yield s.officer(CASE, "find-case-foreign", at - hours(9), grounds="主要犯罪地在邻县。", competent="邻县公安局")
    handing_over = s.officer(
        CASE, "transfer-case", at, to="邻县公安局", grounds="由主要犯罪地公安机关管辖更为适宜。", materials="案卷一册、证据清单"
    )
    yield from approved(handing_over, s.county_head, at)


def merged(s: Scene, at: datetime) -> Iterator[Move]:
    """Another case of the same hands, merged into this one."""
    other, charge = OTHER_CASE, s.story.tale.charge
    yield from filed(s, at - days(9))
    yield s.officer(
        other,
        "accept-case",
        at - days(5),
        opens=other,
        charge=charge,
        summary="另一被害人报案，作案手法、使用的账户均相同。",
        injured=False,
    )
    yield from approved(s.officer(other, "file-case", at - days(4), charge=charge, grounds=_CRIME), s.county_head, at - days(4))
    grounds = "经比对两案系同一伙人所为，并案有利于查明犯罪事实。"
    merging = s.officer(other, "merge-case", at, subject=CASE, names="into", ground="connected", grounds=grounds)
    yield from approved(merging, s.county_head, at)


def cancelled(s: Scene, at: datetime) -> Iterator[Move]:
    """Cancelled: no crime after all."""
    yield from filed(s, at - days(17))
    yield from approved(s.officer(CASE, "cancel-case", at, grounds="经查明不构成犯罪，应当撤销案件。"), s.county_head, at)
    yield s.officer(CASE, "notify-cancellation", at + hours(7), told="原犯罪嫌疑人、被害人，均已当面告知。")


def turned_administrative(s: Scene, at: datetime) -> Iterator[Move]:
    """No crime, but to be punished as an administrative offence."""
    yield from filed(s, at - days(12))
    turning = s.officer(
        CASE, "turn-administrative", at, explanation="情节显著轻微、危害不大，不认为是犯罪，应当给予行政处罚。", to="市场监督管理局"
    )
    yield from approved(turning, s.county_head, at)


_CRIME = "有犯罪事实，需要追究刑事责任，属本单位管辖。"
