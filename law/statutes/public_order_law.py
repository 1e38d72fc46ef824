"""治安管理处罚法 (2025, and 2012 before 2026): restraint, limitation, no-contact orders, summons, family notice; in article order."""

from datetime import date, timedelta

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import APL, MPSA, PSAPL
from law.ladders import MONTH_OR_MORE, after
from law.lengths import IMMEDIATE, hours, months, years
from law.offices import Office
from law.statutes.criminal_procedure_law_investigation import QUESTIONING_ENDS
from law.time_limits import About, Base, Extension, Ground, NotCounted, TimeLimit, edition

IN_FORCE = date(2026, 1, 1)
IN_FORCE_2012 = date(2013, 1, 1)
SOBERING = NotCounted(
    "约束醒酒",
    Fact.SOBERING_STARTED,
    Fact.SOBERING_ENDED,
    also_called=("醉酒约束", "醒酒"),
    again=Ground(
        Fact.SOBERING_STARTED,
        (Fact.PERSON_SUMMONED_ADMIN, Fact.PERSON_SUMMONED_OTHER_LAW, Fact.PERSON_STOPPED, Fact.VULNERABLE_PERSON_STOPPED),
        "又一次传唤或者继续盘问",
        (PSAPL.article(15), MPSA.article(58)),
    ),
)
MAY_BE_DETAINED = Extension("情况复杂，可能适用行政拘留", total=hours(24), approver=Office.STATION_HEAD)
MANY_OR_UNKNOWN = Extension("涉案人数众多或者身份不明", total=hours(12), approver=Office.STATION_HEAD)
_EDITION_2012 = edition(
    IN_FORCE_2012,
    (PSAPL.article(83), MPSA.article(69)),
    hours(8),
    Counting.HOURS,
    extensions=(MAY_BE_DETAINED,),
    not_counted=(SOBERING,),
    until=IN_FORCE,
)

DRUNK_RESTRAINT = TimeLimit(
    id="admin-drunk-restraint",
    zh="醉酒约束",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.SOBERING_STARTED,),
    met_by=(Fact.SOBERING_ENDED,),
    ended_by=QUESTIONING_ENDS,
    editions=(
        edition(IN_FORCE, (PSAPL.article(15), MPSA.article(58)), None, Counting.HOURS),
        edition(IN_FORCE_2012, (PSAPL.article(15), MPSA.article(58)), None, Counting.HOURS),
    ),
    # No figure: until sober. Somebody must look in while questioning time stands still; by twelve hours anybody is sober.
    ladder=after(blue=timedelta(hours=2), yellow=timedelta(hours=6), red=timedelta(hours=12)),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

LIMITATION = TimeLimit(
    id="public-order-limitation",
    zh="治安追究时效",
    about=About.CASE,
    starts_on=(Fact.PUBLIC_ORDER_ACT_ENDED, Fact.OTHER_ACT_ENDED, Fact.HARMFUL_ACT_ENDED),
    # It is discovery that saves the penalty; once discovered, a case may take longer.
    met_by=(Fact.ADMIN_CASE_ACCEPTED, Fact.PUBLIC_ORDER_CASE_FILED, Fact.OTHER_LAW_CASE_FILED),
    editions=tuple(
        edition(
            in_force,
            (PSAPL.article(article), MPSA.article(154), APL.article(36)),
            months(6),
            Counting.FIXED_MONTHS,
            Base(years(2), Counting.FIXED_MONTHS, "其他违法行为", started_by=(Fact.OTHER_ACT_ENDED,)),
            Base(
                years(5),
                Counting.FIXED_MONTHS,
                "涉及公民生命健康安全、金融安全且有危害后果的其他违法行为",
                started_by=(Fact.HARMFUL_ACT_ENDED,),
            ),
            notes=("违法行为连续、继续的，自终了之日起算；被侵害人在时效内控告而公安机关应当受理未受理的，不受时效限制",),
        )
        for in_force, article in ((IN_FORCE, 25), (IN_FORCE_2012, 22))
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RIGHT_LAPSES,
)

NO_CONTACT_ORDER = TimeLimit(
    id="admin-no-contact-order",
    zh="责令禁止接触",
    about=About.PERSON,
    starts_on=(Fact.NO_CONTACT_ORDERED,),
    met_by=(Fact.NO_CONTACT_LIFTED,),
    editions=(edition(IN_FORCE, PSAPL.article(50, paragraph=2), None, Counting.PLAIN_DAYS),),
    decided=True,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

BAN_ORDER = TimeLimit(
    id="public-order-ban",
    zh="责令不得进入场所、举办活动",
    about=About.PERSON,
    starts_on=(Fact.BAN_ORDERED,),
    met_by=(Fact.BAN_ENDED,),
    editions=(
        edition(
            IN_FORCE,
            (PSAPL.article(28, paragraph=2), PSAPL.article(44), PSAPL.article(84, paragraph=3)),
            years(1),
            Counting.FIXED_MONTHS,
            notes=("决定的期限在六个月以上、一年以下；违反责令的，依各该条另行处理",),
        ),
    ),
    decided=True,
    ladder=MONTH_OR_MORE,
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.MEASURE_LAPSES,
)

QUESTIONING = TimeLimit(
    id="admin-summons-questioning",
    zh="治安传唤询问查证",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PERSON_SUMMONED_ADMIN,),
    met_by=(Fact.ADMIN_SUMMONS_ENDED, *QUESTIONING_ENDS),
    extended_by=Fact.ADMIN_SUMMONS_EXTENDED,
    # A transferred case is questioned anew by the receiving unit, whose own summons starts a new clock (MPSA 62).
    editions=(
        edition(
            IN_FORCE,
            (PSAPL.article(97), PSAPL.article(96), PSAPL.article(139)),
            hours(8),
            Counting.HOURS,
            extensions=(MANY_OR_UNKNOWN, MAY_BE_DETAINED),
            not_counted=(SOBERING,),
        ),
        _EDITION_2012,
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

QUESTIONING_2012 = TimeLimit(
    id="admin-summons-questioning-2012",
    zh="治安传唤询问查证（2012法）",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PERSON_SUMMONED_ADMIN,),
    met_by=(Fact.ADMIN_SUMMONS_ENDED, *QUESTIONING_ENDS),
    extended_by=Fact.ADMIN_SUMMONS_EXTENDED,
    editions=(_EDITION_2012,),
    # The 2012 text is an earlier edition of the same limit; the log arms it under the limit's present id.
    armed=False,
    armed_as="admin-summons-questioning",
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE_OR_CHANGE,
)

SUMMONS_FAMILY_NOTICE = TimeLimit(
    id="admin-summons-family-notice",
    zh="传唤通知家属",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PERSON_SUMMONED_ADMIN, Fact.PERSON_SUMMONED_OTHER_LAW),
    met_by=(Fact.FAMILY_NOTIFIED,),
    ended_by=(Fact.FAMILY_NOTICE_EXCUSED, Fact.ADMIN_SUMMONS_ENDED),
    editions=(
        edition(IN_FORCE, (PSAPL.article(97), MPSA.article(55), MPSA.article(67)), IMMEDIATE, Counting.HOURS),
        edition(IN_FORCE_2012, (PSAPL.article(83), MPSA.article(55), MPSA.article(67)), IMMEDIATE, Counting.HOURS),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
