"""A suspect is a minor, and was interrogated without an adult, or without a woman, or without a lawyer being asked for."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import CPL
from models.matter import Kind

_LIMITS = ("legal-aid-mandatory-notice",)


@inspection(
    "minor-unprotected",
    label="未成年人程序缺失",
    kinds=(Kind.SUSPECT,),
    basis=(
        CPL.article(278),
        CPL.article(281),
    ),
    severity=Colour.RED,
    demand="请补正程序：通知法定代理人、法律援助机构，封存案卷",
)
def look(suspect: Snapshot) -> Iterator[Finding]:
    """Holds of each such interrogation, and while the notice to the legal aid centre is overdue."""
    facts = {each.fact for each in suspect.facts}
    if Fact.PERSON_FOUND_MINOR not in facts or Fact.PERSON_FOUND_ADULT in facts:
        return
    asked = [each.seq for each in suspect.facts if each.fact is Fact.PERSON_INTERROGATED]
    by_seq = {(each.fact, each.seq) for each in suspect.facts}
    for seq in asked:
        if (Fact.ADULT_ATTENDED, seq) not in by_seq:
            yield Finding((Stepped(seq, "讯问未成年人，没有法定代理人或者合适成年人到场的记录"),), f"{seq}/adult")
        if Fact.PERSON_FOUND_FEMALE_MINOR in facts and (Fact.FEMALE_OFFICER_ATTENDED, seq) not in by_seq:
            yield Finding((Stepped(seq, "讯问女性未成年人，没有女工作人员到场的记录"),), f"{seq}/woman")
    yield from find_overdue(suspect, _LIMITS)
