"""失联人员查找: how soon a search begins, how often it is looked at again, and what a child, a death and a notice ask for. Not law, as every clock says.

The articles on help and on taking reports (警察法 21, 接报案与立案工作规定 4) say that the police help and look at once, and name no figure.
When a child's disappearance is filed as a crime, an opinion of four organs of 2010 says, whose text is not at hand: it is a rule of the house here.
"""

from datetime import date

from law.clock import Colour, Consequence
from law.counting import Counting
from law.facts import Fact
from law.history import History
from law.instruments import RULE
from law.ladders import AT_ONCE
from law.legal_fact import LegalFact
from law.lengths import days, hours, minutes
from law.offices import Office
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
SEARCH = RULE.section("失联人员查找")
_NOT_LAW = ("这是本局内部管理要求，不是法定期限",)
_NEVER_WAIT = ("二十四小时是内部检查点，不是等待期：接报即应查找", *_NOT_LAW)
_OVER = (Fact.MISSING_FOUND, Fact.MISSING_FALSE)
_STEERS = (Office.DUTY_COMMANDER, Office.CASE_OFFICER)
SOON, USUAL = minutes(5), minutes(15)


def _is_searched(history: History, fact: LegalFact) -> bool:
    """Whether the search goes on by then: a grade that is found before it begins asks for no review."""
    return fact.fact is not Fact.MISSING_GRADED or _has_before(history, fact, Fact.MISSING_SEARCH_STARTED, Fact.MISSING_REOPENED)


def _has_before(history: History, fact: LegalFact, *kinds: Fact) -> bool:
    return any(each.fact in kinds and each.order < fact.order for each in history.facts)


def _is_gone_unfiled(history: History, fact: LegalFact) -> bool:
    """Whether a child is missing by it, for the first time or again, for whom no case was opened yet."""
    return fact.fact is Fact.MISSING_CHILD_REPORTED or (
        _has_before(history, fact, Fact.MISSING_CHILD_REPORTED) and not _has_before(history, fact, Fact.MISSING_CRIME_SUSPECTED)
    )


def _is_unlooked_into(history: History, fact: LegalFact) -> bool:
    """Whether nobody has said yet whether they were harmed: of a child that is asked at once, and by another limit."""
    is_child = any(each.fact is Fact.MISSING_CHILD_REPORTED for each in history.facts)
    return not is_child and not _has_before(history, fact, Fact.MISSING_CRIME_SUSPECTED)


def _is_excluded_open(history: History, fact: LegalFact) -> bool:
    """Whether no case was opened before that was excluded."""
    return not _has_before(history, fact, Fact.MISSING_CRIME_SUSPECTED)


def _is_gone_unsampled(history: History, fact: LegalFact) -> bool:
    """Whether a child is missing by it, for the first time or again, of whose family no sample was taken yet."""
    return fact.fact is Fact.MISSING_CHILD_REPORTED or (
        _has_before(history, fact, Fact.MISSING_CHILD_REPORTED) and not _has_before(history, fact, Fact.MISSING_SAMPLED)
    )


def _is_published(history: History, found: LegalFact) -> bool:
    """Whether a notice to the public stands when nobody is missing any more."""
    last = next((each for each in reversed(history.facts) if each.fact in _NOTICE and each.order < found.order), None)
    return last is not None and last.fact is Fact.MISSING_PUBLISHED


_NOTICE = (Fact.MISSING_PUBLISHED, Fact.MISSING_TAKEN_DOWN)

GRADE = TimeLimit(
    id="missing-grade",
    zh="失联人员定级",
    about=About.CASE,
    starts_on=(Fact.MISSING_REPORTED,),
    met_by=(Fact.MISSING_GRADED,),
    ended_by=_OVER,
    editions=(edition(IN_FORCE, SEARCH, SOON, Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

START = TimeLimit(
    id="missing-start",
    zh="启动查找",
    about=About.CASE,
    starts_on=(Fact.MISSING_REPORTED,),
    met_by=(Fact.MISSING_SEARCH_STARTED,),
    ended_by=_OVER,
    editions=(edition(IN_FORCE, SEARCH, USUAL, Counting.HOURS, Base(SOON, Counting.HOURS, "特急、紧急"), notes=_NEVER_WAIT),),
    heard_by={Colour.OVERDUE: (Office.DUTY_COMMANDER, Office.STATION_HEAD)},
    answerable=Office.REPORTING_DESK,
    at_expiry=Consequence.ESCALATE,
)

REVIEW = TimeLimit(
    id="missing-review",
    zh="查找检查",
    about=About.CASE,
    # Each review begins the time to the next; so does another grade.
    starts_on=(
        Fact.MISSING_SEARCH_STARTED,
        Fact.MISSING_REVIEWED,
        Fact.MISSING_GRADED,
        Fact.MISSING_REOPENED,
        Fact.MISSING_LONG_TERM,
    ),
    when=_is_searched,
    met_by=(Fact.MISSING_REVIEWED,),
    ended_by=(*_OVER, Fact.MISSING_SEARCH_STARTED, Fact.MISSING_GRADED, Fact.MISSING_LONG_TERM),
    editions=(
        edition(
            IN_FORCE,
            SEARCH,
            hours(1),
            Counting.HOURS,
            Base(minutes(30), Counting.HOURS, "特急，二十四小时以内"),
            Base(hours(2), Counting.HOURS, "一般，六小时以后"),
            Base(hours(24), Counting.HOURS, "二十四小时以后"),
            Base(days(7), Counting.PLAIN_DAYS, "七日以后"),
            Base(days(30), Counting.PLAIN_DAYS, "三十日以后"),
            Base(days(90), Counting.PLAIN_DAYS, "长期查找"),
            notes=_NEVER_WAIT,
        ),
    ),
    # Both may look at it; where nobody commands tonight, its officer alone does.
    heard_by={
        Colour.BLUE: _STEERS,
        Colour.YELLOW: _STEERS,
        Colour.OVERDUE: (*_STEERS, Office.COUNTY_HEAD),
    },
    answerable=Office.DUTY_COMMANDER,
    at_expiry=Consequence.ESCALATE,
)

FILE_CHILD = TimeLimit(
    id="missing-file-case",
    zh="儿童、少女失联立案审查",
    about=About.CASE,
    # Also a child who is gone again.
    starts_on=(Fact.MISSING_CHILD_REPORTED, Fact.MISSING_REOPENED),
    when=_is_gone_unfiled,
    met_by=(Fact.MISSING_CRIME_SUSPECTED, Fact.MISSING_CRIME_EXCLUDED),
    ended_by=_OVER,
    editions=(
        edition(
            IN_FORCE,
            SEARCH,
            None,
            Counting.HOURS,
            notes=("立即立案审查的依据待法制部门核对原文，核对以前按本局要求", *_NOT_LAW),
        ),
    ),
    ladder=AT_ONCE,
    # It is there from the first minute, and so is whoever can do something about it.
    heard_by={Colour.YELLOW: (Office.STATION_HEAD, *_STEERS)},
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.ESCALATE,
)

_UNREAD = "疑似被侵害失踪人员的查找规定待法制部门核对原文，核对以前按本局要求"
_LOOKED_INTO = (Fact.MISSING_CRIME_SUSPECTED, Fact.MISSING_CRIME_EXCLUDED)

HARM = TimeLimit(
    id="missing-48h-check",
    zh="疑似被侵害审查",
    about=About.CASE,
    starts_on=(Fact.MISSING_REPORTED, Fact.MISSING_REOPENED),
    when=_is_unlooked_into,
    met_by=_LOOKED_INTO,
    ended_by=_OVER,
    editions=(edition(IN_FORCE, SEARCH, hours(48), Counting.HOURS, notes=(_UNREAD, *_NOT_LAW)),),
    # Whoever searches knows the signs; whether they make a case is for the legal reviewer to see to.
    heard_by={
        Colour.BLUE: (Office.CASE_OFFICER, Office.LEGAL_REVIEWER),
        Colour.YELLOW: (Office.CASE_OFFICER, Office.LEGAL_REVIEWER),
    },
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)

HARM_AGAIN = TimeLimit(
    id="missing-three-month-check",
    zh="原因不明满三个月再审查",
    about=About.CASE,
    # Whoever is not found three months after harm was excluded may have been harmed all the same; each exclusion begins the time to the next.
    starts_on=(Fact.MISSING_CRIME_EXCLUDED,),
    when=_is_excluded_open,
    met_by=_LOOKED_INTO,
    ended_by=_OVER,
    editions=(edition(IN_FORCE, SEARCH, days(90), Counting.PLAIN_DAYS, notes=(_UNREAD, *_NOT_LAW)),),
    answerable=Office.LEGAL_REVIEWER,
    at_expiry=Consequence.ESCALATE,
)

_DECLARED = "民法典第四十条、第四十一条、第四十六条规定的期间自失去音讯之日起计算，转入长期查找时已满一个月，故从转入之日起算到二年、四年以前；原文待法制部门核对"

ABSENCE = TimeLimit(
    id="missing-absence-notice",
    zh="告知家属可以申请宣告失踪",
    about=About.CASE,
    starts_on=(Fact.MISSING_LONG_TERM,),
    met_by=(Fact.MISSING_TOLD_OF_ABSENCE,),
    ended_by=_OVER,
    editions=(edition(IN_FORCE, SEARCH, days(700), Counting.PLAIN_DAYS, notes=(_DECLARED, *_NOT_LAW)),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DECLARED_DEATH = TimeLimit(
    id="missing-declared-death-notice",
    zh="告知家属可以申请宣告死亡",
    about=About.CASE,
    starts_on=(Fact.MISSING_LONG_TERM,),
    met_by=(Fact.MISSING_TOLD_OF_DECLARED_DEATH,),
    ended_by=_OVER,
    editions=(edition(IN_FORCE, SEARCH, days(1430), Counting.PLAIN_DAYS, notes=(_DECLARED, *_NOT_LAW)),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

LOCATION = TimeLimit(
    id="missing-location-answer",
    zh="紧急定位答复",
    about=About.CASE,
    starts_on=(Fact.MISSING_LOCATION_ASKED,),
    met_by=(Fact.MISSING_LOCATION_ANSWERED,),
    ended_by=_OVER,
    editions=(edition(IN_FORCE, SEARCH, USUAL, Counting.HOURS, notes=("逾期没有答复的，电话联系协查单位值班人员", *_NOT_LAW)),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

SAMPLE = TimeLimit(
    id="missing-sample",
    zh="采集亲属DNA",
    about=About.CASE,
    starts_on=(Fact.MISSING_CHILD_REPORTED, Fact.MISSING_REOPENED),
    when=_is_gone_unsampled,
    met_by=(Fact.MISSING_SAMPLED,),
    ended_by=_OVER,
    editions=(edition(IN_FORCE, SEARCH, hours(24), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

TELL_FAMILY = TimeLimit(
    id="missing-family-told-of-death",
    zh="死亡告知家属",
    about=About.CASE,
    starts_on=(Fact.MISSING_DEATH_CONFIRMED,),
    met_by=(Fact.MISSING_FAMILY_TOLD_OF_DEATH,),
    editions=(edition(IN_FORCE, SEARCH, hours(4), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.STATION_HEAD,
    at_expiry=Consequence.ESCALATE,
)

TAKE_DOWN = TimeLimit(
    id="missing-take-down",
    zh="撤下寻人启事",
    about=About.CASE,
    starts_on=_OVER,
    when=_is_published,
    met_by=(Fact.MISSING_TAKEN_DOWN,),
    # Whoever is searched for again is asked for again.
    ended_by=(Fact.MISSING_REOPENED,),
    editions=(edition(IN_FORCE, SEARCH, hours(24), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
