"""What counts as work on a case (办案活动), so that one that stands still is seen: acts, not extensions, approvals, corrections or scans."""

from datetime import datetime

from inspections.snapshot import Snapshot
from law.facts import Fact

EFFORT = frozenset(
    {
        Fact.INVESTIGATION_ADVANCED,
        Fact.PERSON_NAMED,
        Fact.PERSON_SUMMONED,
        Fact.PERSON_COMPELLED,
        Fact.PERSON_INTERROGATED,
        Fact.PERSON_INQUIRED,
        Fact.PERSON_SUMMONED_ADMIN,
        Fact.PERSON_SUMMONED_OTHER_LAW,
        Fact.PERSON_STOPPED,
        Fact.VICTIM_INTERVIEWED,
        Fact.VICTIM_REINTERVIEWED,
        Fact.DETENTION_EXECUTED,
        Fact.ARREST_REQUESTED,
        Fact.ARREST_EXECUTED,
        Fact.BAIL_DECIDED,
        Fact.SURVEILLANCE_DECIDED,
        Fact.INJURY_APPRAISAL_COMMISSIONED,
        Fact.INJURY_APPRAISAL_ISSUED,
        Fact.APPRAISAL_ORDERED,
        Fact.APPRAISAL_RETURNED,
        Fact.EXHIBIT_TAKEN,
        Fact.EXHIBIT_EXAMINED,
        Fact.STOP_PAYMENT_REQUESTED,
        Fact.STOP_PAYMENT_ANSWERED,
        Fact.TRIP_ASKED,
        Fact.TRIP_ANSWERED,
        Fact.HOUSEHOLD_ASKED,
        Fact.HOUSEHOLD_ANSWERED,
        Fact.RECORDING_ASKED,
        Fact.RECORDING_ANSWERED,
        Fact.INQUIRY_RECEIVED,
        Fact.INQUIRY_ANSWERED,
        Fact.TECH_APPROVED,
        Fact.WANTED_ORDER_ISSUED,
        Fact.PENALTY_NOTIFIED,
        Fact.PENALTY_DECIDED,
        Fact.MEDIATION_TRIED,
        Fact.CASE_SENT_TO_PROCURATORATE,
        Fact.CASE_SENT_AGAIN,
    }
)

_HELD = {
    Fact.DETENTION_EXECUTED: True,
    Fact.ARREST_EXECUTED: True,
    Fact.PERSON_RECAPTURED: True,
    Fact.PERSON_RELEASED: False,
    Fact.BAIL_DECIDED: False,
    Fact.SURVEILLANCE_DECIDED: False,
    Fact.PERSON_ESCAPED: False,
    Fact.PERSON_DIED: False,
}


def find_last_effort(case: Snapshot, since: Fact) -> datetime | None:
    """When somebody last worked on the case, its suspects or its things; at least when `since` happened. None before that."""
    began = max((each.at for each in case.facts if each.fact is since), default=None)
    if began is None:
        return None
    return max((each.at for each in (*case.facts, *case.children_facts) if each.fact in EFFORT and each.at > began), default=began)


def somebody_is_held(case: Snapshot) -> bool:
    """Whether one of its suspects is in custody, as the facts have it."""
    held = dict[str, bool]()
    for each in sorted(case.children_facts, key=lambda fact: fact.order):
        if each.fact in _HELD:
            held[each.about] = _HELD[each.fact]
    return any(held.values())
