"""What moves a case beside the steps of its course: work that is recorded, and other cases with which it agrees."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from seeds.acts import Act, build_ages, is_fraud, is_ordinary
from seeds.chapters.criminal_case import filed
from seeds.script import CASE, OTHER_CASE, Cast, Move
from seeds.spans import days, hours
from seeds.stories import Outcome


def investigated(s: Cast, at: datetime) -> Iterator[Move]:
    """Filed long ago; what was done at `at` has no step of its own, and shows that the case moves."""
    yield from filed(s, at - days(22))
    yield s.officer(
        CASE,
        "record-investigation",
        at,
        sort="canvass",
        place="案发地周边沿街商户",
        done="走访商户十二家，两人称当晚见过一辆白色面包车，已约定到所制作笔录。",
        concerned="商户二人",
        papers="走访记录2页",
    )


def agreeing(s: Cast, at: datetime) -> Iterator[Move]:
    """Two cases name one account: they are proposed as a series, on which nobody has decided yet."""
    yield from _of_one_account(s, at, "6217001234500000017")


def linked(s: Cast, at: datetime) -> Iterator[Move]:
    """Likewise, and the officer has said that they belong together."""
    yield from _of_one_account(s, at - hours(3), "6217001234500000025")
    reason = "两案涉案款项转入同一账户，作案手法相同，经研判系同一伙人所为。"
    yield s.officer(OTHER_CASE, "link-case", at, reason=reason).name_as(CASE, field="other")


def _of_one_account(s: Cast, at: datetime, account: str) -> Iterator[Move]:
    yield from filed(s, at - days(9))
    yield s.officer(
        CASE,
        "record-investigation",
        at - days(8),
        sort="collect",
        place="本所",
        done=f"调取被害人的转账记录，涉案款项转入账户{account}，已向开户行查询资金去向。",
        papers="转账记录3页",
    )
    yield s.officer(
        OTHER_CASE,
        "accept-case",
        at,
        charge=s.story.tale.charge,
        summary=f"另一被害人报案，涉案款项转入收款账户{account}。",
        injured=False,
    ).open_as(OTHER_CASE)


ACTS: Final = (
    Act("侦查工作有记录", investigated, Outcome.CRIMINAL, build_ages(days(2)), fits=is_ordinary),
    Act("串并案候选", agreeing, Outcome.CRIMINAL, build_ages(days(2)), fits=is_fraud),
    Act("已串案", linked, Outcome.CRIMINAL, build_ages(days(3)), fits=is_fraud),
)
