"""Late entries (补录): the mark that a step bears, and the words by which papers tell of it."""

from collections.abc import Sequence

from law.calendar import SHANGHAI
from law.instants import read
from law.late_entry import Figures, concerns_liberty, is_late
from models.documents import format_clock_time
from models.forms.approval import Approve
from models.forms.form import get_forms
from models.messages import LateEntry, Proposal


def mark_late_entries(proposal: Proposal, figures: Figures) -> Proposal:
    """The proposal with the marks of what is entered late: the step itself, and of a request that ends with it how that was asked for."""
    own = _mark(proposal, figures)
    seq = proposal.seq + 1
    requests = tuple(each.model_copy(update={"late": own}) if each.seq == seq else each for each in proposal.requests)
    earlier = proposal.ended.late if proposal.ended and proposal.facts else ()
    return proposal.model_copy(update={"late": (*earlier, *own), "requests": requests})


def _mark(proposal: Proposal, figures: Figures) -> tuple[LateEntry, ...]:
    entered = proposal.form.get("at")
    # What is brought over was written down in its time, and bears a mark of its own.
    if proposal.type != "step" or proposal.brought or not proposal.actor or not isinstance(entered, str):
        return ()
    at, now = read(entered), proposal.decided_at
    form = get_forms().get(proposal.form.get("request") or proposal.step)
    liberty = form is not None and concerns_liberty(*form.rule.may_bring)
    if not is_late(at, now, liberty=liberty, figures=figures):
        return ()
    return (
        LateEntry(
            step=proposal.step,
            at=at.astimezone(SHANGHAI),
            recorded_at=now.astimezone(SHANGHAI),
            minutes=int((now - at).total_seconds()) // 60,
            liberty=liberty,
            paper=proposal.form.get("paper_number", "") if proposal.step == Approve.rule.step else "",
        ),
    )


def describe_late_entries(late: Sequence[LateEntry]) -> str:
    """What a paper says at its foot; empty where nothing was entered late."""
    return "；".join(
        f"补录：{'审批' if each.step == Approve.rule.step else '发生'}时间{format_clock_time(each.at)}，录入时间{format_clock_time(each.recorded_at)}"
        + (f"，纸质审批{each.paper}" if each.paper else "")
        for each in late
    )
