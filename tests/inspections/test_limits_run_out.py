"""A limit that ran out is found by the inspection that looks after it, once for each person, and no more once it was met."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

from inspections.inspection import Inspection, get_inspections
from inspections.snapshot import KnownClock, Snapshot
from law.clock import Colour
from law.time_limits import get_limits
from models.matter import Kind
from tests.inspections.test_rules import AT
from tests.tables import table

# The inspections that look after limits, by the kind of matter and a limit of each.
LOOKS = {
    "incident-accepted-not-filed": (Kind.INCIDENT, "admin-case-filing-immediate"),
    "incident-injury-not-appraised": (Kind.PUBLIC_ORDER_CASE, "injury-appraisal-commission"),
    "filing-notice-unserved": (Kind.CRIMINAL_CASE, "no-filing-notice-service"),
    "case-bail-not-lifted": (Kind.SUSPECT, "bail-max"),
    "case-handling-overdue": (Kind.PUBLIC_ORDER_CASE, "public-order-case-handling"),
    "person-not-interrogated": (Kind.SUSPECT, "arrest-first-interrogation"),
    "person-family-not-told": (Kind.SUSPECT, "criminal-detention-family-notice"),
    "person-not-delivered": (Kind.SUSPECT, "criminal-detention-deliver-to-custody-centre"),
    "rights-not-told": (Kind.SUSPECT, "defence-right-notice"),
    "exhibit-not-stored": (Kind.EXHIBIT, "property-handover"),
    "exhibit-loan-late": (Kind.EXHIBIT, "exhibit-loan-return"),
    "exhibit-left-behind": (Kind.EXHIBIT, "exhibit-disposal"),
    "exhibit-irrelevant-kept": (Kind.EXHIBIT, "criminal-property-irrelevant-return"),
    "exhibit-seizure-lapsing": (Kind.EXHIBIT, "criminal-freeze-funds"),
    "exhibit-not-confirmed": (Kind.EXHIBIT, "exhibit-transfer-receipt"),
    "paper-unserved": (Kind.PUBLIC_ORDER_CASE, "penalty-decision-service"),
    "letter-promise-broken": (Kind.INCIDENT, "sla-mailbox-respond"),
    "order-overdue": (Kind.RECTIFICATION_ORDER, "rectification-report"),
}


def matter(kind: Kind, *clocks: KnownClock) -> Snapshot:
    known = {"unit": "chengguan", "officer": "liusiyuan", "stage": "open", "stage_since": AT, "opened_at": AT, "now": AT}
    return Snapshot(number="N1", kind=kind, clocks=clocks, **known)


def limit_of(id_: str, about: str = "", *, late: timedelta = timedelta(hours=1), overdue: bool = True) -> KnownClock:
    return KnownClock(id_, get_limits()[id_].zh, about, AT - late, overdue)


def rule(id_: str) -> Inspection:
    return get_inspections()[id_]


@table("id_", LOOKS)
def test_each_finds_its_limit_overdue_and_neither_met_nor_to_come_nor_another(id_: str) -> None:
    kind, limit = LOOKS[id_]
    assert kind in rule(id_).kinds
    (finding,) = rule(id_).look(matter(kind, limit_of(limit)))
    assert f"“{get_limits()[limit].zh}”已于2026-03-02 19:00届满" in rule(id_).describe_finding(finding)
    others = [limit_of("canary"), limit_of(limit, overdue=False), replace(limit_of(limit), due_at=None)]
    assert [*rule(id_).look(matter(kind, *others))] == []


def test_each_limit_that_is_looked_after_exists() -> None:
    modules = [import_module(f"inspections.rules.{id_.replace('-', '_')}") for id_ in LOOKS]
    assert {limit for module in modules for limit in module._LIMITS} <= set(get_limits())


def test_two_people_whose_limits_ran_out_are_two_findings_and_two_limits_of_one_are_one() -> None:
    clocks = [
        limit_of("criminal-detention-family-notice", "p1"),
        limit_of("arrest-family-notice", "p1"),
        limit_of("arrest-family-notice", "p2"),
    ]
    found = [*rule("person-family-not-told").look(matter(Kind.SUSPECT, *clocks))]
    assert [(each.about, len(each.evidence)) for each in found] == [("p1", 2), ("p2", 1)]


def test_the_longer_a_case_is_overdue_the_graver() -> None:
    def severity(late: timedelta) -> Colour | None:
        (finding,) = rule("case-handling-overdue").look(
            matter(Kind.PUBLIC_ORDER_CASE, limit_of("public-order-case-handling", late=late))
        )
        return finding.severity

    assert (severity(timedelta(days=29)), severity(timedelta(days=31))) == (None, Colour.RED)
