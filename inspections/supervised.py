"""Whether a case came to its end while several offices watched it, or a drive went through it (督办、清查期间结案): then how it ended is worth a look."""

from datetime import datetime

from inspections.evidence import Happened
from inspections.snapshot import Snapshot
from law.facts import Fact

_BEGINS = (Fact.SUPERVISION_OPENED, Fact.DRIVE_ITEM_BEGUN)
_ENDS = (Fact.SUPERVISION_LIFTED, Fact.DRIVE_ITEM_VERIFIED)


def find_supervision(case: Snapshot, at: datetime) -> Happened | None:
    """The opening of the supervision or drive under which the case stood at that time, as evidence; None: it stood under none.

    Of several the one that was opened last; each is known by whom its facts are about.
    """
    lifted = {each.about: each.at for each in case.children_facts if each.fact in _ENDS}
    opened = [
        each
        for each in case.children_facts
        if each.fact in _BEGINS and each.at <= at < lifted.get(each.about, datetime.max.replace(tzinfo=at.tzinfo))
    ]
    last = max(opened, key=lambda each: each.at, default=None)
    return last and Happened(last.fact.label, last.at)
