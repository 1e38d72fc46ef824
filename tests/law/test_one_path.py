"""The calculator and the clocks are one: what a fact arms ends when, and for the reasons, that the calculator says."""

from datetime import datetime

from law.calculator import answer_question
from law.calendar import SHANGHAI, Calendar
from law.clock import Clock
from law.clocks import compute_clocks
from law.facts import Fact
from law.legal_fact import LegalFact
from law.time_limits import Extension, TimeLimit, get_limits
from tests.tables import table

ABOUT = "suspect/1"
# The eve of the National Day holiday, so that it matters who is held and what moves off a rest day.
BEGAN = datetime(2026, 9, 28, 10, tzinfo=SHANGHAI)
ARMED = [
    limit
    for limit in get_limits().values()
    if limit.armed and limit.starts_on and not (limit.when or limit.for_each) and not limit.editions[0].bases[0].counting.backward
]


def armed_by(limit: TimeLimit, facts: list[LegalFact], calendar: Calendar) -> Clock:
    (clock,) = [each for each in compute_clocks(facts, calendar) if each.limit == limit.id]
    return clock


def told(clock: Clock) -> dict[str, object]:
    return {
        "due": clock.due_at.isoformat() if clock.due_at else None,
        "edition": clock.edition,
        "basis": clock.basis,
        "calendar": clock.calendar,
        "reasons": list(clock.reasons),
    }


def asked(limit: TimeLimit, **more: object) -> dict[str, object]:
    return {"limit": limit.id, "start": BEGAN.isoformat(), **more}


@table("held", [True, False], ids=["held", "not held"])
@table("limit", ARMED, ids=lambda limit: limit.id)
def test_a_clock_ends_when_and_why_the_calculator_says(limit: TimeLimit, held: bool, calendar: Calendar) -> None:
    began = LegalFact(limit.starts_on[0], BEGAN, ABOUT, 1, in_custody=held)
    assert told(armed_by(limit, [began], calendar)) == answer_question(asked(limit, in_custody=held), calendar)


def figure_of(limit: TimeLimit, offer: Extension) -> str:
    """The figure that an extension lengthens: months are added to months only."""
    figures = [base.length for base in limit.editions[0].bases if base.length]
    fitting = (each for each in figures if each.months or not (offer.plus and offer.plus.months))
    return str(offer.of_base or next(fitting, ""))  # of what sets each its own term there is none


@table("limit", [each for each in ARMED if each.editions[0].extensions], ids=lambda limit: limit.id)
def test_an_extended_clock_ends_when_and_why_the_calculator_says(limit: TimeLimit, calendar: Calendar) -> None:
    offer = limit.editions[0].extensions[0]
    base, step = figure_of(limit, offer), f"to {offer.total}" if offer.total else f"+{offer.plus}"
    term = "" if base else "30 day"
    extended_by = limit.extended_by
    assert extended_by is not None
    facts = [
        LegalFact(limit.starts_on[0], BEGAN, ABOUT, 1, base=base, term=term),
        LegalFact(extended_by, BEGAN, ABOUT, 2, limit=limit.follows or limit.id, extension=step),
    ]
    answer = answer_question(asked(limit, base=base, term=term, extensions=[step]), calendar)
    assert told(armed_by(limit, facts, calendar)) == answer
    assert any(offer.grounds in reason for reason in answer["reasons"])


def test_time_left_out_is_left_out_of_both(calendar: Calendar) -> None:
    limit = get_limits()["investigative-custody"]
    begun, over = datetime(2026, 10, 12, 9, tzinfo=SHANGHAI), datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)
    facts = [
        LegalFact(Fact.ARREST_EXECUTED, BEGAN, ABOUT, 1),
        LegalFact(Fact.EVALUATION_STARTED, begun, ABOUT, 2),
        LegalFact(Fact.EVALUATION_ENDED, over, ABOUT, 3),
    ]
    excluded = {"reason": "精神病鉴定", "from": begun.isoformat(), "to": over.isoformat()}
    assert told(armed_by(limit, facts, calendar)) == answer_question(asked(limit, exclusions=[excluded]), calendar)


def test_a_limit_counted_back_is_the_same_from_the_clock_it_looks_to(calendar: Calendar) -> None:
    request = get_limits()["investigative-custody-extension-request"]
    arrested = [LegalFact(Fact.ARREST_EXECUTED, BEGAN, ABOUT, 1)]
    expiry = armed_by(get_limits()["investigative-custody"], arrested, calendar).due_at
    assert expiry is not None
    clock = armed_by(request, arrested, calendar)
    answer = answer_question({"limit": request.id, "start": expiry.isoformat()}, calendar)
    assert (clock.due_at.isoformat() if clock.due_at else None, list(clock.reasons)) == (answer["due"], answer["reasons"])
