"""What the limits of a matter (期限) tell an inspection: which have run out."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta

from inspections.evidence import Expired
from inspections.inspection import Finding
from inspections.snapshot import Snapshot
from law.clock import Colour


def find_overdue(matter: Snapshot, limits: Collection[str], *, worse_after: timedelta | None = None) -> Iterator[Finding]:
    """A finding for each person or thing about whom one of these limits has run out and is not met.

    It is red once so much time has gone by since.
    """
    found = dict[str, Finding]()
    for clock in matter.clocks:
        if clock.limit not in limits or clock.due_at is None or not clock.overdue:
            continue
        known = found.get(clock.about, Finding((), clock.about))
        worse = worse_after is not None and matter.now - clock.due_at > worse_after
        severity = Colour.RED if worse else known.severity
        found[clock.about] = replace(known, evidence=(*known.evidence, Expired(clock.label, clock.due_at)), severity=severity)
    yield from found.values()
