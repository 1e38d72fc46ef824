"""A case was cancelled though somebody had been arrested in it, or because the parties came to terms, or while it was under supervision or gone through in a drive."""

from collections.abc import Iterator

from inspections.evidence import Happened, Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.supervised import find_supervision
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from models.forms.criminal_case import CancelCase
from models.matter import Kind

_TERMS = ("谅解", "赔偿", "和解")


@inspection(
    "case-cancelled-doubtful",
    label="撤案存疑",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(
        MPSC.article(186),
        MPSC.article(187),
    ),
    severity=Colour.ORANGE,
    demand="请法制部门复核撤案的依据，必要时重新立案侦查",
    edition=3,
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds once it is cancelled: of a case that was watched or gone through always, and red where the grounds are doubtful besides."""
    cancelled = [*case.list_steps(CancelCase)]
    if case.stage != "cancelled" or not cancelled:
        return
    words = [word for word in _TERMS if word in str(cancelled[-1].values.get("grounds", ""))]
    arrested = [each for each in case.children_facts if each.fact is Fact.ARREST_EXECUTED]
    ended = next((each.at for each in reversed(case.facts) if each.fact is Fact.CASE_CANCELLED), case.stage_since)
    watched = find_supervision(case, ended)
    if words or arrested or watched:
        said = tuple(Stepped(cancelled[-1].seq, f"以“{word}”为撤案理由") for word in words)
        doubts = (*said, *(Happened(each.fact.label, each.at) for each in arrested[:1]))
        yield Finding((*doubts, *filter(None, (watched,))), severity=Colour.RED if watched and doubts else Colour.ORANGE)
