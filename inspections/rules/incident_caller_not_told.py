"""An incident was closed, and a day later whoever called has not been told how it came out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from inspections.evidence import Missing, Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.calendar import SHANGHAI
from law.clock import Colour
from law.facts import Fact
from law.instruments import RPT
from models.forms.incident import CloseIncident, OpenIncident
from models.matter import Kind

_A_DAY = timedelta(hours=24)
# Before that day no form asked.
_ASKED_SINCE = datetime(2026, 12, 1, tzinfo=SHANGHAI)


@inspection(
    "incident-caller-not-told",
    label="未回告报警人",
    kinds=(Kind.INCIDENT,),
    basis=(RPT.article(15),),
    severity=Colour.YELLOW,
    demand="请将处理结果回告报警人",
    remedy=("tell-caller",),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds from a day after it was closed until the caller is told; not where nobody left a name or number, or a call may harm them."""
    closed = next((each for each in incident.list_steps(CloseIncident) if each.recorded_at >= _ASKED_SINCE), None)
    called = next(incident.list_steps(OpenIncident), None)
    if closed is None or called is None or incident.happened(Fact.CALLER_TOLD) or incident.now - closed.recorded_at < _A_DAY:
        return
    if called.values.get("no_call_back"):
        return
    if called.values.get("reporter") or called.values.get("reporter_phone"):
        yield Finding((Stepped(closed.seq, "已办结"), Missing("回告报警人的登记")))
