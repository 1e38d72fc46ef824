"""A suspect was named a month ago, and nobody has sent for them, questioned them, detained them or listed them as wanted."""

from collections.abc import Iterator

from inspections.evidence import Since
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from models.matter import Kind

_FETCHED = (
    Fact.PERSON_SUMMONED,
    Fact.PERSON_COMPELLED,
    Fact.PERSON_INTERROGATED,
    Fact.DETENTION_EXECUTED,
    Fact.ARREST_EXECUTED,
    Fact.BAIL_DECIDED,
    Fact.SURVEILLANCE_DECIDED,
    Fact.WANTED_ORDER_ISSUED,
    Fact.PERSON_DIED,
)
_LONG = Parameter("not-fetched-days", "确定嫌疑人后多少天未到案", 30, Measure.DAYS, 5, 180)


@inspection(
    "case-suspect-not-fetched",
    label="有嫌疑人未到案",
    kinds=(Kind.SUSPECT,),
    basis=(MPSC.article(191),),
    severity=Colour.YELLOW,
    demand="请传唤到案，去向不明的上网追逃",
    uses=(_LONG,),
)
def look(suspect: Snapshot) -> Iterator[Finding]:
    """Holds while the suspect is at liberty and none of it happened."""
    if (
        suspect.stage == "at_liberty"
        and not suspect.happened(*_FETCHED)
        and suspect.now - suspect.opened_at >= suspect.get_span(_LONG)
    ):
        yield Finding((Since("确定犯罪嫌疑人", suspect.opened_at),))
