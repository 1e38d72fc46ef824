"""What the procuratorate and the court make of a case (审查起诉 · 审判), and what becomes of the person accused in it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from seeds.acts import Act, build_ages
from seeds.chapters.suspect import sent
from seeds.script import AGREED, CASE, SUSPECT, Cast, Move, approve_request
from seeds.spans import days, hours
from seeds.stories import Outcome


def under_review(s: Cast, at: datetime) -> Iterator[Move]:
    """The procuratorate received the case at `at` (one month)."""
    yield from sent(s, at - days(2))
    yield s.procuratorate(CASE, "receive-prosecution-case", at)
    yield s.procuratorate(CASE, "notify-defence-right", at + hours(5), note="已书面告知，本人签名。")


def returned(s: Cast, at: datetime) -> Iterator[Move]:
    """Back with the police since `at` for more investigation (one month)."""
    yield from under_review(s, at - days(19))
    yield s.procuratorate(CASE, "return-for-investigation", at, outline="补充调取被害人陈述，查清赃款去向。")


def not_prosecuted(s: Cast, at: datetime) -> Iterator[Move]:
    """Not prosecuted; the police may ask the procuratorate to think again (seven days)."""
    yield from under_review(s, at - days(23))
    yield s.procuratorate(
        CASE, "decide-not-to-prosecute", at, kind="discretionary", explanation="犯罪情节轻微，已退赔并取得谅解，不需要判处刑罚。"
    )
    lifted = s.officer(SUSPECT, "lift-bail", at + hours(2), grounds="检察院决定不起诉，解除取保候审。")
    yield from approve_request(lifted, s.county_head, at + hours(3))


def prosecuted(s: Cast, at: datetime) -> Iterator[Move]:
    """Prosecuted at `at`; the court looks whether it must take the case (seven days)."""
    yield from under_review(s, at - days(21))
    yield s.procuratorate(CASE, "prosecute-case", at, charge="以起诉书指控的罪名", court="青岚县人民法院")


def tried(s: Cast, at: datetime) -> Iterator[Move]:
    """Before the court since `at`, by the ordinary procedure (two months)."""
    yield from prosecuted(s, at - days(5))
    yield s.court(CASE, "receive-trial-case", at - days(4))
    yield s.court(CASE, "accept-trial", at, procedure="ordinary")
    yield s.court(CASE, "notify-defence-right", at + hours(3), note="随起诉书副本一并送达。")


def adjourned(s: Cast, at: datetime) -> Iterator[Move]:
    """Adjourned at `at`, so that the procuratorate can investigate more (one month)."""
    yield from tried(s, at - days(16))
    yield s.court(CASE, "adjourn-for-investigation", at, explanation="公诉人建议补充侦查涉案数额。")


def judged(s: Cast, at: datetime) -> Iterator[Move]:
    """Judged at `at`, the judgment served; it may be appealed (ten days)."""
    yield from tried(s, at - days(20))
    yield s.court(CASE, "judge-case", at, outcome="guilty", judgment="判处有期徒刑六个月，缓刑一年。")
    yield s.court(CASE, "serve-judgment", at + hours(1), recipient="被告人及其辩护人")


def appealed(s: Cast, at: datetime) -> Iterator[Move]:
    """Appealed at `at` to the court above."""
    yield from judged(s, at - days(8))
    yield s.court(CASE, "file-appeal", at, appellant="被告人")


def in_effect(s: Cast, at: datetime) -> Iterator[Move]:
    """In effect since the day before `at`, when the police received the papers (one month)."""
    # The time to appeal may end in the longest of holidays, and then ends after it.
    yield from judged(s, at - days(25))
    yield s.court(CASE, "take-effect", at - days(1))
    yield s.officer(SUSPECT, "receive-sentence-papers", at, sentence="有期徒刑六个月，缓刑一年")


def decided(s: Cast, at: datetime) -> Iterator[Move]:
    """The sentence is being carried out, and the case closed."""
    yield from in_effect(s, at - days(12))
    yield s.officer(SUSPECT, "execute-sentence", at - days(3), way="community-correction", place="城关街道司法所")
    yield s.officer(SUSPECT, "lift-bail", at - days(2), grounds="判决已经生效并交付执行。")
    yield s.county_head(SUSPECT, "approve", at - days(2), request="lift-bail", opinion=AGREED)
    yield from approve_request(s.officer(CASE, "close-case", at, outcome="判处有期徒刑六个月，缓刑一年。"), s.unit_head, at)


ACTS: Final = (
    Act("移送审查起诉", under_review, Outcome.CRIMINAL, build_ages(days(8))),
    Act("退回补充侦查", returned, Outcome.CRIMINAL, build_ages(days(11))),
    Act("不起诉", not_prosecuted, Outcome.CRIMINAL, build_ages(days(2))),
    Act("法院审查受理", prosecuted, Outcome.CRIMINAL, build_ages(days(3))),
    Act("一审", tried, Outcome.CRIMINAL, build_ages(days(17))),
    Act("延期审理", adjourned, Outcome.CRIMINAL, build_ages(days(7))),
    Act("一审宣判", judged, Outcome.CRIMINAL, build_ages(days(4))),
    Act("二审", appealed, Outcome.CRIMINAL, build_ages(days(9))),
    Act("待交付执行", in_effect, Outcome.CRIMINAL, build_ages(days(3))),
    Act("已结案", decided, Outcome.CRIMINAL, build_ages(days(5))),
)
