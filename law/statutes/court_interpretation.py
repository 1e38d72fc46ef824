"""最高人民法院关于适用刑事诉讼法的解释 (2021): what the court does with a case it receives."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.instruments import SPC
from law.lengths import days
from law.offices import Office
from law.statutes.criminal_procedure_law_trial import EVALUATION
from law.time_limits import About, Base, TimeLimit, edition

IN_FORCE = date(2021, 3, 1)

COURT_ACCEPTANCE_REVIEW = TimeLimit(
    id="court-acceptance-review",
    handling=EVALUATION,
    zh="法院收案审查",
    about=About.CASE,
    starts_on=(Fact.TRIAL_CASE_RECEIVED,),
    met_by=(Fact.TRIAL_ACCEPTED, Fact.TRIAL_NOT_ACCEPTED),
    ended_by=(Fact.PROSECUTION_WITHDRAWN,),
    editions=(edition(IN_FORCE, SPC.article(219), days(7), Counting.DAYS, Base(days(3), Counting.DAYS, "检察院补送材料")),),
    answerable=Office.COURT,
    at_expiry=Consequence.DECIDE,
)
