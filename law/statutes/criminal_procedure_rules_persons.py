"""公安机关办理刑事案件程序规定 (2020): deputies and members of the consultative conference, and wanted orders, in article order."""

from law.clock import Consequence
from law.counting import Counting
from law.facts import BAIL_BEGINS, SURVEILLANCE_BEGINS, Fact
from law.history import History
from law.instruments import MPSC
from law.legal_fact import LegalFact
from law.lengths import IMMEDIATE
from law.measures import under_a_measure
from law.offices import Office
from law.statutes.criminal_procedure_rules import IN_FORCE
from law.time_limits import About, TimeLimit, edition

IN_THE_ACT = "现行犯"
EXECUTED = (
    Fact.DETENTION_EXECUTED,
    Fact.PRIOR_DETENTION_EXECUTED,
    Fact.ARREST_EXECUTED,
    Fact.PERSON_COMPELLED,
    Fact.BAIL_DECIDED,
    Fact.SURVEILLANCE_DECIDED,
)
# By these a wanted person is found, or is sought no longer.
FOUND = (
    Fact.PERSON_DIED,
    Fact.PERSON_RECAPTURED,
    Fact.PERSON_RETURNED,
    Fact.DETENTION_EXECUTED,
    Fact.PRIOR_DETENTION_EXECUTED,
    Fact.ARREST_EXECUTED,
)


def is_deputy(history: History, fact: LegalFact) -> bool:
    """Whether the person is known, at that fact, to be a deputy of a people's congress of a county or above."""
    return history.knows(Fact.FOUND_DEPUTY, fact.about, fact.at)


def permitted(history: History, fact: LegalFact) -> bool:
    """Whether the congress has permitted measures against this deputy."""
    return history.knows(Fact.DEPUTY_PERMISSION_GRANTED, fact.about, fact.at)


def _detained_in_the_act(history: History, fact: LegalFact) -> bool:
    """A deputy detained when caught in the act, or somebody so detained who turns out to be one."""
    detained = history.find_latest(
        (Fact.DETENTION_EXECUTED, Fact.PRIOR_DETENTION_EXECUTED, Fact.ARREST_EXECUTED), fact.about, fact.at
    )
    caught = (
        detained is not None
        and detained.fact is Fact.DETENTION_EXECUTED
        and detained.reason == IN_THE_ACT
        and history.in_custody(fact.about, fact.at)
    )
    return caught and is_deputy(history, fact)


def _under_a_measure_without_leave(history: History, fact: LegalFact) -> bool:
    """A deputy who turns out to be one under a measure, or comes under one though known as such."""
    under = is_deputy(history, fact) and under_a_measure(history, fact.about, fact.at)
    return under and not permitted(history, fact) and not _detained_in_the_act(history, fact)


def _of_a_township(history: History, fact: LegalFact) -> bool:
    known = history.knows(Fact.FOUND_TOWNSHIP_DEPUTY, fact.about, fact.at)
    return known and (fact.fact in EXECUTED or under_a_measure(history, fact.about, fact.at))


def _of_the_conference(history: History, fact: LegalFact) -> bool:
    known = history.knows(Fact.FOUND_CONSULTATIVE_MEMBER, fact.about, fact.at)
    return known and (fact.fact in EXECUTED or under_a_measure(history, fact.about, fact.at))


def _wanted(history: History, fact: LegalFact) -> bool:
    last = history.find_latest((Fact.WANTED_ORDER_ISSUED, Fact.WANTED_ORDER_LIFTED), fact.about, fact.at)
    return last is not None and last.fact is Fact.WANTED_ORDER_ISSUED


DEPUTY_IN_THE_ACT_REPORT = TimeLimit(
    id="deputy-detention-report",
    zh="现行犯系人大代表的报告",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.DETENTION_EXECUTED, Fact.FOUND_DEPUTY),
    when=_detained_in_the_act,
    met_by=(Fact.DEPUTY_MEASURE_REPORTED,),
    ended_by=(Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER),
    editions=(edition(IN_FORCE, MPSC.article(165), IMMEDIATE, Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

DEPUTY_MEASURE_LIFT = TimeLimit(
    id="deputy-measure-lift",
    zh="执行后发现系人大代表的解除",
    about=About.PERSON,
    liberty=True,
    starts_on=(Fact.FOUND_DEPUTY, *EXECUTED, *BAIL_BEGINS[1:], *SURVEILLANCE_BEGINS[1:]),
    when=_under_a_measure_without_leave,
    met_by=(Fact.PERSON_RELEASED, Fact.BAIL_LIFTED, Fact.SURVEILLANCE_LIFTED, Fact.COMPELLED_ENDED),
    ended_by=(Fact.DEPUTY_PERMISSION_GRANTED, Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER, Fact.CASE_CANCELLED),
    editions=(edition(IN_FORCE, MPSC.article(165, paragraph=2), IMMEDIATE, Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.RELEASE,
)

TOWNSHIP_DEPUTY_REPORT = TimeLimit(
    id="township-deputy-measure-report",
    zh="对乡镇人大代表采取措施的报告",
    about=About.PERSON,
    liberty=True,
    starts_on=(*EXECUTED, Fact.FOUND_TOWNSHIP_DEPUTY),
    when=_of_a_township,
    met_by=(Fact.DEPUTY_MEASURE_REPORTED,),
    ended_by=(Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER),
    editions=(edition(IN_FORCE, MPSC.article(166), IMMEDIATE, Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

CONSULTATIVE_MEMBER_NOTICE = TimeLimit(
    id="consultative-member-notice",
    zh="对政协委员采取措施的通报",
    about=About.PERSON,
    liberty=True,
    starts_on=(*EXECUTED, Fact.FOUND_CONSULTATIVE_MEMBER),
    when=_of_the_conference,
    met_by=(Fact.CONSULTATIVE_BODY_INFORMED,),
    ended_by=(Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER),
    editions=(
        edition(
            IN_FORCE,
            (MPSC.article(167), MPSC.article(168)),
            IMMEDIATE,
            Counting.HOURS,
            notes=("拘留、逮捕应当在执行以前通报，情况紧急的可以在执行的同时或者执行以后及时通报",),
        ),
    ),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)

WANTED_ORDER_LIFT = TimeLimit(
    id="wanted-order-lift",
    zh="撤销通缉令",
    about=About.PERSON,
    starts_on=FOUND,
    when=_wanted,
    met_by=(Fact.WANTED_ORDER_LIFTED,),
    editions=(edition(IN_FORCE, MPSC.article(281), IMMEDIATE, Counting.HOURS),),
    answerable=Office.CASE_OFFICER,
    at_expiry=Consequence.ESCALATE,
)
