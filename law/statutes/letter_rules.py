"""群众来信: what a bureau promises besides to those who write, and to whoever passes a letter on. None of it is law, and every clock says so."""

from collections.abc import Callable
from datetime import date

from law.citations import Article
from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.history import History
from law.instruments import PROMISE, RULE
from law.legal_fact import LegalFact
from law.lengths import Length, days, hours, working_days
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
_NOT_LAW = ("这是公安机关公开的服务承诺，不是法定期限",)
_OWN_RULE = ("这是本局内部管理要求，不是法定期限",)
# By these it is somebody's, and by these somebody is done with it.
_TAKEN_UP = (Fact.LETTER_ASSIGNED, Fact.LETTER_HANDED_OVER, Fact.LETTER_REFUSED, Fact.LETTER_ROUTED)
_DONE = (Fact.LETTER_CONCLUDED, Fact.LETTER_HANDED_OVER, Fact.LETTER_REFUSED, Fact.LETTER_ROUTED)
# By these its writer is owed nothing any more.
_LET_GO = (Fact.LETTER_MERGED, Fact.LETTER_WITHDRAWN, Fact.LETTER_THANKS_CONVEYED)
_REACHED = (Fact.LETTER_WRITER_CONTACTED, Fact.LETTER_WRITER_UNREACHABLE)
When = Callable[[History, LegalFact], bool]


def _make_condition(item: str) -> When:
    return lambda _, fact: fact.item == item


def _make_promise(
    id: str,  # noqa: A002 - what a limit calls it
    zh: str,
    by: Article,
    length: Length,
    counting: Counting,
    *,
    starts: Fact = Fact.LETTER_ARRIVED,
    when: When | None = None,
    met: tuple[Fact, ...],
    ended: tuple[Fact, ...] = (),
    answerable: Office = Office.LETTER_OFFICER,
    decided: bool = False,
) -> TimeLimit:
    """What the bureau holds itself to over a letter, by a promise to the public or a rule of its own: nobody is late by law."""
    notes = _NOT_LAW if by.instrument is PROMISE else _OWN_RULE
    return TimeLimit(
        id=id,
        zh=zh,
        about=About.INCIDENT,
        starts_on=(starts,),
        when=when,
        met_by=met,
        ended_by=ended,
        decided=decided,
        any_unit=decided,
        editions=(edition(IN_FORCE, by, length, counting, notes=notes),),
        answerable=answerable,
        at_expiry=Consequence.ESCALATE_SERVICE,
    )


HOTLINE_CONCLUDE = _make_promise(
    "letter-hotline-conclude",
    "12345工单办结",
    PROMISE.section("12345工单"),
    working_days(5),
    Counting.WORKING_DAYS,
    when=_make_condition("hotline"),
    met=_DONE,
    ended=(Fact.LETTER_THANKS_CONVEYED, Fact.LETTER_WITHDRAWN),
    answerable=Office.CASE_OFFICER,
    # Whoever passes it on sets a shorter term where they want one, in hours as often as in days.
    decided=True,
)

EVALUATE = _make_promise(
    "letter-evaluate",
    "来信评价回访",
    PROMISE.section("来信评价"),
    days(7),
    Counting.PLAIN_DAYS,
    starts=Fact.LETTER_CONCLUDED,
    met=(Fact.LETTER_EVALUATED, Fact.LETTER_UNEVALUATED),
    ended=(Fact.TIP_SETTLED, Fact.TIP_REWARD_APPROVED),
)

DISSATISFIED_CALL = _make_promise(
    "letter-dissatisfied-call",
    "不满意来信回访",
    PROMISE.section("来信评价"),
    hours(24),
    Counting.HOURS,
    starts=Fact.LETTER_EVALUATED,
    when=_make_condition("dissatisfied"),
    met=_REACHED,
    answerable=Office.SUPERVISOR,
)

CONDUCT_ACCEPT = _make_promise(
    "letter-conduct-accept",
    "民警违纪投诉交办",
    RULE.section("民警违纪投诉"),
    hours(24),
    Counting.HOURS,
    when=_make_condition("conduct"),
    met=_TAKEN_UP,
    ended=_LET_GO,
    answerable=Office.SUPERVISOR,
)

CONDUCT_CONCLUDE = _make_promise(
    "letter-conduct-conclude",
    "民警违纪投诉办结",
    RULE.section("民警违纪投诉"),
    days(30),
    Counting.PLAIN_DAYS,
    when=_make_condition("conduct"),
    met=_DONE,
    ended=_LET_GO,
    answerable=Office.SUPERVISOR,
)

RATING_CALL = _make_promise(
    "letter-rating-call",
    "不满意评价回访",
    PROMISE.section("评警回访"),
    hours(24),
    Counting.HOURS,
    when=_make_condition("rating"),
    met=_REACHED,
    ended=(*_LET_GO, Fact.LETTER_HANDED_OVER),
)

# A letter that is done again was answered once, in whatever time was promised for that; its writer is not kept waiting for as long anew.
CONCLUDE_AGAIN = _make_promise(
    "letter-conclude-again",
    "重办来信办结",
    RULE.section("来信重办"),
    days(15),
    Counting.PLAIN_DAYS,
    starts=Fact.LETTER_REOPENED,
    met=_DONE,
    ended=(Fact.LETTER_WITHDRAWN,),
    answerable=Office.CASE_OFFICER,
)

TIP_ACCEPT = _make_promise(
    "letter-tip-accept",
    "举报线索交办",
    RULE.section("举报奖励"),
    hours(24),
    Counting.HOURS,
    starts=Fact.TIP_RECEIVED,
    met=_TAKEN_UP,
    ended=(Fact.LETTER_MERGED,),
)

TIP_VERIFY = _make_promise(
    "tip-verify",
    "举报线索核查",
    RULE.section("举报奖励"),
    days(30),
    Counting.PLAIN_DAYS,
    starts=Fact.TIP_RECEIVED,
    met=_DONE,
    ended=(Fact.LETTER_MERGED,),
    answerable=Office.CASE_OFFICER,
)

TIP_REWARD_COLLECT = _make_promise(
    "tip-reward-collect",
    "举报奖励领取",
    RULE.section("举报奖励"),
    days(60),
    Counting.PLAIN_DAYS,
    starts=Fact.TIP_REWARD_APPROVED,
    met=(Fact.TIP_REWARD_PAID,),
    ended=(Fact.TIP_REWARD_FORFEITED,),
)
