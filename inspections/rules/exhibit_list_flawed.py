"""A list of what was seized has no witness, fewer than two officers, or things of which nobody says whose they are."""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import CPL, MPSC, PSAPL
from models.forms.seizure import SeizeAtScene, SeizeEvidence, SeizeEvidenceOnTheSpot, SeizeProperty, SeizeValuableProperty
from models.matter import Kind

_NOBODY = ("", "无", "没有", "无见证人", "不详")
_TWO = 2


@inspection(
    "exhibit-list-flawed",
    label="扣押清单不规范",
    kinds=(
        Kind.CRIMINAL_CASE,
        Kind.PUBLIC_ORDER_CASE,
    ),
    basis=(
        CPL.article(142),
        MPSC.article(230),
        PSAPL.article(105),
    ),
    severity=Colour.ORANGE,
    demand="请补正扣押清单，无见证人的注明原因并录像",
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds of each such list."""
    for step in case.list_steps(SeizeProperty, SeizeValuableProperty, SeizeAtScene, SeizeEvidence, SeizeEvidenceOnTheSpot):
        items = [item for item in step.values.get("items", ()) if isinstance(item, dict)]
        flaws = (
            ["没有见证人"] * (str(step.values.get("witness", "")).strip() in _NOBODY)
            + ["参加人员不足二人"] * (len(step.values.get("officers", ())) < _TWO)
            + ["没有写明所有人、持有人"] * any(not (item.get("holder") or item.get("owner")) for item in items)
        )
        if flaws:
            yield Finding((Stepped(step.seq, f"的扣押清单{'、'.join(flaws)}"),), str(step.seq))
