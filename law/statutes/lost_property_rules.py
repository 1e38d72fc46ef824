"""乘客遗忘物、遗失物: how soon a trip is asked for, whoever has the thing is called, its owner told; and the year of the Civil Code (民法典 314-318).

The Code says 及时 and names no figure but the year, which counts as its periods do: the hours are the house's own.
"""

from datetime import date, timedelta

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.history import History
from law.instruments import CC, RULE
from law.ladders import after
from law.legal_fact import LegalFact
from law.lengths import hours, years
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(2021, 1, 1)
LOST = RULE.section("遗失物查找")
_NOT_LAW = ("这是本局内部管理要求，不是法定期限",)
_IN_HAND = (Fact.PROPERTY_RECEIVED, Fact.PROPERTY_SEARCH_ENDED)
# Whoever runs these knows which of them drove where; of a bus or an underground train its own desk of lost property does.
ASKED = ("ride-hailing", "taxi")


def _is_asked(_: History, reported: LegalFact) -> bool:
    return reported.item in ASKED


def _is_of_lost_property(history: History, fact: LegalFact) -> bool:
    return any(each.fact is Fact.PROPERTY_REPORTED and each.order < fact.order for each in history.facts)


def _is_found(history: History, answered: LegalFact) -> bool:
    # Nobody is called about what came in meanwhile.
    before = [
        each
        for each in history.facts
        if each.fact in (Fact.PROPERTY_REPORTED, Fact.PROPERTY_RECEIVED) and each.order < answered.order
    ]
    last = max(before, key=lambda each: each.order, default=None)
    return answered.item != "none" and last is not None and last.fact is Fact.PROPERTY_REPORTED


TRIP_ASK = TimeLimit(
    id="lost-trip-ask",
    zh="遗失物 查询行程",
    about=About.INCIDENT,
    starts_on=(Fact.PROPERTY_REPORTED,),
    when=_is_asked,
    met_by=(Fact.TRIP_ASKED, Fact.TRACK_ASKED),
    ended_by=(Fact.HOLDER_CONTACTED, *_IN_HAND),
    editions=(edition(IN_FORCE, LOST, hours(2), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

PLATFORM_ANSWER = TimeLimit(
    id="lost-platform-answer",
    zh="遗失物 平台答复",
    about=About.INCIDENT,
    starts_on=(Fact.TRIP_ASKED, Fact.TRACK_ASKED),
    when=_is_of_lost_property,
    met_by=(Fact.TRIP_ANSWERED, Fact.TRACK_ANSWERED),
    ended_by=(Fact.HOLDER_CONTACTED, *_IN_HAND),
    editions=(
        edition(
            IN_FORCE,
            LOST,
            hours(24),
            Counting.HOURS,
            notes=("平台两小时没有答复的，由民警致电运营单位查询，并手工登记答复", *_NOT_LAW),
        ),
    ),
    # After two hours the officer telephones; the end is when somebody above has to hear of it.
    ladder=after(blue=timedelta(hours=2), yellow=timedelta(hours=12), orange=timedelta(hours=20)),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

HOLDER_CONTACT = TimeLimit(
    id="lost-holder-contact",
    zh="遗失物 联系持有人",
    about=About.INCIDENT,
    starts_on=(Fact.TRIP_ANSWERED, Fact.TRACK_ANSWERED),
    when=_is_found,
    met_by=(Fact.HOLDER_CONTACTED,),
    # Who asks anew waits for another answer.
    ended_by=(Fact.TRIP_ASKED, Fact.TRACK_ASKED, *_IN_HAND),
    editions=(edition(IN_FORCE, LOST, hours(4), Counting.HOURS, notes=_NOT_LAW),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

OWNER_TOLD = TimeLimit(
    id="lost-owner-told",
    zh="通知失主领取",
    about=About.INCIDENT,
    starts_on=(Fact.PROPERTY_RECEIVED,),
    # Whose it is may not be known: then a notice tells everybody.
    met_by=(Fact.OWNER_TOLD, Fact.PROPERTY_RETURNED, Fact.PROPERTY_ANNOUNCED),
    editions=(
        edition(
            IN_FORCE,
            (CC.article(315), LOST),
            hours(24),
            Counting.HOURS,
            notes=("法律规定及时通知、及时发布招领公告，没有数额；二十四小时是本局内部管理要求",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

FOUND_YEAR = TimeLimit(
    id="found-year",
    zh="招领公告一年",
    about=About.INCIDENT,
    starts_on=(Fact.PROPERTY_ANNOUNCED,),
    met_by=(Fact.PROPERTY_ALL_RETURNED, Fact.PROPERTY_FORFEITED),
    ended_by=(Fact.PROPERTY_ANNOUNCED,),
    editions=(
        edition(
            IN_FORCE, CC.article(318), years(1), Counting.MONTHS, notes=("届满不自动收归国家：由县局负责人批准，此前失主仍可认领",)
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)
