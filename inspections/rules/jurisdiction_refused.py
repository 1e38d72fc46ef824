"""A unit refuses what it has to take: what it was designated for, what it disputes without doing anything, or a caller sent from desk to desk."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.clock_findings import find_overdue
from inspections.evidence import Happened, Kin, Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.text.telling import find_crimes
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.facts import Fact
from law.instruments import RPT
from models.forms.incident import RaiseJurisdictionDispute
from models.matter import Kind

_IDLE = timedelta(hours=24)
_WEEK = timedelta(days=7)
# Where nobody has said yet what it is, or that it is somebody else's.
_UNTAKEN = ("received", "dispatched", "accepted", "on_scene", "fed_back", "told_not_ours", "transferred")


@inspection(
    "jurisdiction-refused",
    label="推诿",
    kinds=(Kind.JURISDICTION_DISPUTE, Kind.INCIDENT),
    basis=(RPT.article(7), RPT.article(13)),
    severity=Colour.ORANGE,
    demand="请核实是否推诿，督促依法受理并采取必要措施",
    remedy=("judge-shirking",),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds of a designation that is refused or not taken up, of a crime in dispute that nobody works on, and of several desks."""
    if matter.kind == Kind.JURISDICTION_DISPUTE:
        yield from _find_not_taken_up(matter)
        return
    disputed = [step for step in matter.list_steps(RaiseJurisdictionDispute) if matter.now - step.recorded_at >= _IDLE]
    idle = bool(disputed) and matter.steps[-1].seq == disputed[-1].seq and not matter.has_case
    told = find_crimes(read_texts(matter)) if idle else []
    if told:
        yield Finding((*quote_mentions(told), Missing("提出管辖争议以后的工作")))
    others = [each for each in matter.kin if each.unit != matter.unit and timedelta() <= matter.opened_at - each.opened_at <= _WEEK]
    if (
        others
        and not matter.happened(Fact.INCIDENT_REGISTERED)
        and all(_is_untaken(each.stage, each.classification) for each in others)
    ):
        desks = tuple(Kin(each.number, f"（{each.unit}，未登记受理）") for each in others)
        yield Finding((*desks, Missing("首次报案的接报案登记")), about="desks", severity=Colour.RED)


def _find_not_taken_up(dispute: Snapshot) -> Iterator[Finding]:
    refused = [each for each in dispute.facts if each.fact is Fact.DESIGNATION_REFUSED]
    if dispute.stage == "decided" and refused:
        yield Finding((Happened(refused[-1].fact.label, refused[-1].at),), severity=Colour.RED)
    elif late := list(find_overdue(dispute, ("dispute-accept",))):
        yield Finding(late[0].evidence, severity=Colour.RED)


def _is_untaken(stage: str, classification: str) -> bool:
    return not classification and stage in _UNTAKEN
