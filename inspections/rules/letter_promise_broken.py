"""A letter to the head of the bureau was not signed for, answered or reported on as promised."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from models.matter import Kind

_LIMITS = (
    "sla-mailbox-sign",
    "sla-mailbox-respond",
    "sla-mailbox-first-feedback",
)


@inspection(
    "letter-promise-broken",
    label="信箱承诺逾期",
    kinds=(Kind.INCIDENT, Kind.LETTER),
    basis=(RULE.section("局长信箱"),),
    severity=Colour.YELLOW,
    demand="请立即签收、联系来信人并反馈",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
