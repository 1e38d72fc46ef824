"""公安机关办理伤害案件规定 (2006): appraisal of injuries, and mediation after them; in article order."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import INJ
from law.lengths import days, hours, working_days
from law.offices import Office
from law.statutes.public_order_law_decision import CASE_LEFT
from law.time_limits import About, Base, Ground, TimeLimit, edition

IN_FORCE = date(2006, 2, 1)

APPRAISAL_COMMISSION = TimeLimit(
    id="injury-appraisal-commission",
    zh="伤情鉴定委托",
    about=About.CASE,
    starts_on=(Fact.INJURY_CASE_ACCEPTED,),
    met_by=(Fact.INJURY_APPRAISAL_COMMISSIONED,),
    # Taken up by an incident, the duty stays there until the appraisal is commissioned, in whatever case has come of it.
    ended_by=(Fact.CASE_NOT_FILED, Fact.CASE_TRANSFERRED, Fact.INCIDENT_TRANSFERRED, Fact.ADMIN_CASE_REFUSED, *CASE_LEFT),
    editions=(edition(IN_FORCE, INJ.article(18), hours(24), Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

APPRAISAL_OPINION = TimeLimit(
    id="injury-appraisal-opinion",
    zh="伤情鉴定意见",
    about=About.CASE,
    starts_on=(Fact.INJURY_APPRAISAL_COMMISSIONED,),
    met_by=(Fact.INJURY_APPRAISAL_ISSUED,),
    editions=(
        edition(
            IN_FORCE,
            INJ.article(19),
            hours(24),
            Counting.HOURS,
            Base(days(3), Counting.DAYS, "出具鉴定文书"),
            Base(days(7), Counting.DAYS, "伤情复杂"),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

FIRST_MEDIATION = TimeLimit(
    id="mediation-first-injury",
    zh="伤害案件首次调解",
    about=About.CASE,
    starts_on=(Fact.INJURY_FIT_FOR_MEDIATION,),
    met_by=(Fact.MEDIATION_TRIED, Fact.MEDIATION_AGREED, Fact.MEDIATION_FAILED),
    ended_by=(Fact.PUBLIC_ORDER_CASE_DECIDED, *CASE_LEFT),
    # Where the injury is appraised, the parties meet over the opinion: the days run from its document.
    restarts_on=Fact.INJURY_APPRAISAL_ISSUED,
    anew=(Ground(Fact.INJURY_APPRAISAL_ISSUED, (Fact.INJURY_APPRAISAL_COMMISSIONED,), "又一次委托的伤情鉴定", (INJ.article(36),)),),
    when=lambda history, fact: history.knows(Fact.INJURY_FIT_FOR_MEDIATION, fact.about, fact.at),
    editions=(edition(IN_FORCE, INJ.article(36), working_days(3), Counting.WORKING_DAYS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.DECIDE,
)
