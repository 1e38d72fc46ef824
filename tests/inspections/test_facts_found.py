"""What happened, or did not, in a matter is found by the inspection that looks for it, and no longer once it is put right."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from inspections.inspection import Finding, get_inspections
from inspections.snapshot import RecordedStep, Snapshot
from law.clock import Colour
from law.facts import Fact
from law.legal_fact import LegalFact
from models.matter import Kind
from tests.inspections.test_rules import AT
from tests.tables import table

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def happened(fact: Fact, ago: timedelta, about: str = "") -> LegalFact:
    return LegalFact(fact, AT - ago, about)


def matter(
    kind: Kind, stage: str, *facts: LegalFact, opened: timedelta = DAY, children: tuple[LegalFact, ...] = (), **known: Any
) -> Snapshot:
    snapshot = Snapshot("N1", kind, "chengguan", "liusiyuan", stage, AT - opened, opened_at=AT - opened, now=AT)
    return replace(snapshot, facts=facts, children_facts=children, **known)


def call(stage: str, *steps: tuple[str, dict[str, Any]], opened: timedelta = DAY, facts: tuple[LegalFact, ...] = ()) -> Snapshot:
    recorded = tuple(RecordedStep(step, seq, AT, "liusiyuan", values) for seq, (step, values) in enumerate(steps, 1))
    return matter(Kind.INCIDENT, stage, *facts, opened=opened, steps=recorded)


def found(rule: str, snapshot: Snapshot) -> list[Finding]:
    return [*get_inspections()[rule].look(snapshot)]


def severities(rule: str, snapshot: Snapshot) -> list[Colour]:
    return [each.severity or get_inspections()[rule].severity for each in found(rule, snapshot)]


def otherwise_read(snapshot: Snapshot) -> Snapshot:
    """The same matter as a database might tell it as well: whatever is of one instant, or of none, the other way round."""

    def turned(facts: Iterable[LegalFact]) -> tuple[LegalFact, ...]:
        last_first = list(facts)
        last_first.reverse()
        return tuple(sorted(last_first, key=lambda each: each.at))

    return replace(
        snapshot,
        children_facts=turned(snapshot.children_facts),
        parent_facts=turned(snapshot.parent_facts),
        children=snapshot.children[::-1],
        papers=snapshot.papers[::-1],
        clocks=snapshot.clocks[::-1],
        kin=snapshot.kin[::-1],
    )


BY_PHONE = ("open-incident", {"channel": "110", "narrative": "在店里被打"})
IN_PERSON = ("open-incident", {"channel": "walk-in", "narrative": "手机丢失"})
CLOSED = ("close-incident", {"outcome": "双方已经和解，民警当场教育后离开"})
ARRIVED = happened(Fact.INCIDENT_ARRIVED, 2 * HOUR)
FILED = happened(Fact.CASE_FILED, 40 * DAY)
NAMED = happened(Fact.PERSON_INTERROGATED, 25 * DAY)


def case(*facts: LegalFact, stage: str = "investigation", children: tuple[LegalFact, ...] = ()) -> Snapshot:
    return matter(Kind.CRIMINAL_CASE, stage, *facts, opened=50 * DAY, children=children)


@table(
    ("rule", "snapshot", "graveness"),
    [
        ("incident-not-dispatched", call("received", BY_PHONE, opened=6 * MINUTE), [Colour.YELLOW]),
        ("incident-not-dispatched", call("received", BY_PHONE, opened=16 * MINUTE), [Colour.RED]),
        ("incident-not-dispatched", call("received", BY_PHONE, opened=4 * MINUTE), []),
        ("incident-not-dispatched", call("received", IN_PERSON), []),
        ("incident-not-arrived", call("dispatched", BY_PHONE, facts=(happened(Fact.INCIDENT_DISPATCHED, 31 * MINUTE),)), [Colour.ORANGE]),
        ("incident-not-arrived", call("dispatched", BY_PHONE, facts=(happened(Fact.INCIDENT_DISPATCHED, 29 * MINUTE),)), []),
        ("incident-not-arrived", call("on_scene", BY_PHONE, facts=(happened(Fact.INCIDENT_DISPATCHED, 2 * HOUR),)), []),
        ("incident-closed-unseen", call("closed", BY_PHONE, CLOSED), [Colour.ORANGE]),
        ("incident-closed-unseen", call("closed", BY_PHONE, CLOSED, facts=(ARRIVED,)), []),
        ("incident-closed-in-minutes", call("closed", BY_PHONE, CLOSED, facts=(ARRIVED, happened(Fact.INCIDENT_CLOSED, 2 * HOUR - 9 * MINUTE))), [Colour.YELLOW]),
        ("incident-closed-in-minutes", call("closed", BY_PHONE, CLOSED, facts=(ARRIVED, happened(Fact.INCIDENT_CLOSED, HOUR))), []),
        ("incident-three-on-the-spot", call("received", IN_PERSON, ("register-report", {"receipt": False})), [Colour.ORANGE]),
        ("incident-three-on-the-spot", call("received", IN_PERSON, ("register-report", {"receipt": True})), []),
        ("incident-boilerplate", call("closed", BY_PHONE, ("close-incident", {"outcome": "已处理"})), [Colour.BLUE]),
        ("incident-boilerplate", call("closed", BY_PHONE, CLOSED), []),
        ("filing-measures-first", case(FILED, children=(happened(Fact.DETENTION_EXECUTED, 41 * DAY, "p1"),)), [Colour.RED]),
        ("filing-measures-first", case(children=(happened(Fact.BAIL_DECIDED, DAY, "p1"),)), [Colour.RED]),
        ("filing-measures-first", case(FILED, children=(happened(Fact.DETENTION_EXECUTED, 39 * DAY, "p1"),)), []),
        ("case-standing-still", case(FILED, children=(NAMED,)), [Colour.YELLOW]),
        ("case-standing-still", case(FILED), [Colour.ORANGE]),
        ("case-standing-still", case(FILED, children=(happened(Fact.PERSON_INTERROGATED, 19 * DAY),)), []),
        ("case-standing-still", case(FILED, children=(happened(Fact.DETENTION_EXECUTED, 11 * DAY, "p1"),)), [Colour.YELLOW]),
        ("case-standing-still", case(FILED, children=(happened(Fact.DETENTION_EXECUTED, 11 * DAY, "p1"), happened(Fact.PERSON_RELEASED, 5 * DAY, "p1"))), []),
        ("case-standing-still", case(FILED, stage="trial"), []),
        ("case-standing-still", case(FILED, happened(Fact.INVESTIGATION_ADVANCED, 19 * DAY)), []),
        ("case-no-first-step", case(FILED, happened(Fact.INVESTIGATION_ADVANCED, 39 * DAY)), []),
        ("case-no-first-step", case(happened(Fact.CASE_FILED, 8 * DAY)), [Colour.YELLOW]),
        ("case-no-first-step", case(FILED), [Colour.ORANGE]),
        ("case-no-first-step", case(FILED, children=(NAMED,)), []),
        ("case-suspect-not-fetched", matter(Kind.SUSPECT, "at_liberty", opened=31 * DAY), [Colour.YELLOW]),
        ("case-suspect-not-fetched", matter(Kind.SUSPECT, "at_liberty", NAMED, opened=31 * DAY), []),
        ("case-return-idle", case(FILED, happened(Fact.CASE_RETURNED, 16 * DAY), stage="supplementary_investigation"), [Colour.ORANGE]),
        ("case-return-idle", case(FILED, happened(Fact.CASE_RETURNED, 16 * DAY), stage="supplementary_investigation", children=(happened(Fact.PERSON_INTERROGATED, DAY),)), []),
    ],
)  # fmt: skip
def test_it_is_found_as_gravely_as_it_stands(rule: str, snapshot: Snapshot, graveness: list[Colour]) -> None:
    assert severities(rule, snapshot) == graveness
    assert severities(rule, otherwise_read(snapshot)) == graveness


def test_a_case_that_stands_still_says_since_when() -> None:
    still = found("case-standing-still", case(FILED, children=(NAMED,)))[0]
    assert str(still.evidence[0]) == "自2026-02-05 20:00最近一次办案活动以来没有新的办案活动"
