"""A letter was not signed for, answered or reported on as promised."""

from collections.abc import Iterator
from dataclasses import replace

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from models.matter import Kind

_LIMITS = (
    *("sla-mailbox-sign", "sla-mailbox-respond", "sla-mailbox-first-feedback", "letter-hotline-conclude"),
    *("letter-conduct-accept", "letter-conduct-conclude", "letter-rating-call", "letter-tip-accept", "tip-verify"),
    *("letter-evaluate", "letter-dissatisfied-call", "letter-conclude-again"),
)
# So many promises broken in one letter are no oversight.
_SEVERAL = 2


@inspection(
    "letter-promise-broken",
    label="来信承诺逾期",
    kinds=(Kind.INCIDENT, Kind.LETTER),
    basis=(RULE.section("局长信箱"),),
    severity=Colour.YELLOW,
    demand="请立即签收、联系来信人并反馈",
    edition=2,
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue; graver where several are."""
    for found in find_overdue(matter, _LIMITS):
        yield replace(found, severity=Colour.ORANGE) if len(found.evidence) >= _SEVERAL else found
