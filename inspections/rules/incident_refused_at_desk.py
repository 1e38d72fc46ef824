"""Somebody wrote that a desk would not take their report, and no incident of theirs was registered in those days."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from inspections.text.lexicon import Group
from inspections.text.reading import Mention
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.instruments import RPT
from models.matter import Kind

_WRITTEN = ("letter", "mailbox", "online")
_DAYS = Parameter("refused-at-desk-days", "来信前后多少天内没有登记", 3, Measure.DAYS, 1, 30)


@inspection(
    "incident-refused-at-desk",
    label="群众反映不接警、不受案",
    kinds=(Kind.INCIDENT, Kind.LETTER),
    basis=(RPT.article(7),),
    severity=Colour.RED,
    demand="请登记受理并告知，核查当日接待情况",
    edition=2,
    uses=(_DAYS,),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while nothing of that person is on record within three days."""
    is_written = matter.kind is Kind.LETTER or matter.channel in _WRITTEN
    if not is_written or any(abs(each.opened_at - matter.opened_at) <= matter.get_span(_DAYS) for each in matter.kin):
        return
    said = [text for text in read_texts(matter) if text.said_by == "caller"]
    police, refused = ([Mention(text, hit) for text in said for hit in text.of(group)] for group in (Group.POLICE, Group.BRUSHOFF))
    if police and refused:
        yield Finding((*quote_mentions(police), *quote_mentions(refused), Missing("该报案人的接报案登记")))
