"""看守所条例 (1990): what is owed when somebody dies in custody."""

from datetime import date

from law.clock import Consequence
from law.counting import Counting
from law.facts import Fact
from law.history import History
from law.instruments import CUST
from law.legal_fact import LegalFact
from law.lengths import IMMEDIATE
from law.offices import Office
from law.time_limits import About, TimeLimit, edition

IN_FORCE = date(1990, 3, 17)


def _in_custody_until_then(history: History, fact: LegalFact) -> bool:
    return history.in_custody_before(fact)


DEATH_IN_CUSTODY_NOTICE = TimeLimit(
    id="death-in-custody-notice",
    zh="在押死亡报告检察院并通知家属",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.PERSON_DIED,),
    when=_in_custody_until_then,
    met_by=(Fact.DEATH_NOTIFIED,),
    editions=(edition(IN_FORCE, CUST.article(27), IMMEDIATE, Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
