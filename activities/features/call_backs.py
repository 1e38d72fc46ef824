"""Call-backs (警情回访): only whom the lot drew, by nobody who took the call; who is dissatisfied is heard as whoever writes is."""

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.steps_taken import StepsTaken, read_steps_taken, refuse_who_took
from models.forms.call_back import BASIS, RecordCallBack, RecordNoAnswer
from models.forms.dispatching import ArriveOnScene, DispatchIncident, FeedBack, HandleScene
from models.forms.incident import ClassifyIncident, CloseIncident, OpenIncident, ReclassifyIncident
from models.forms.letter import OpenLetter
from models.matter import Kind
from models.messages import PendingCommand, Refusal
from models.problems import LawForbids
from models.store.call_backs import CALL_MADE, IS_DUE
from models.store.connection import fetch_first

feature = Feature(__name__, Concern.REVIEW)
_INCIDENTS = (Kind.INCIDENT,)
_CALLED, _UNANSWERED = RecordCallBack.rule.step, RecordNoAnswer.rule.step
_TRIES = 2


# Who did one of these is asked about: they do not ask.
_WORK = tuple(
    form.rule.step
    for form in (
        OpenIncident,
        DispatchIncident,
        ArriveOnScene,
        HandleScene,
        FeedBack,
        ClassifyIncident,
        ReclassifyIncident,
        CloseIncident,
    )
)


class _Incident(StepsTaken):
    """An incident by what was done with it so far."""

    @property
    def tries(self) -> int:
        """How often nobody answered since it was closed last."""
        closed = self.find_last(CloseIncident.rule.step)
        return sum(closed is None or each.seq > closed.seq for each in self.of(_UNANSWERED))


@feature.hook(Phase.CHECK, kinds=_INCIDENTS, steps=(_CALLED, _UNANSWERED), type="step")
async def check_drawn(draft: Draft) -> Refusal | None:
    """Refuse to call whom nobody drew, and to ask about one's own work."""
    if not await fetch_first(draft.connection, IS_DUE, {"number": draft.proposal.number}):
        return LawForbids("本警情没有待办的回访：回访对象随机抽取，不由个人选定", basis=str(BASIS)).to_refusal()
    own = (await read_steps_taken(draft, _Incident)).of(*_WORK)
    return refuse_who_took(draft, own, "接警、派警、处警的人不得回访自己经办的警情", BASIS)


@feature.hook(Phase.COMMAND, kinds=_INCIDENTS, steps=(_CALLED,), type="step")
async def open_letter(draft: Draft) -> None:
    """Let who is dissatisfied be heard: as a letter, which is called back within the day and answered."""
    proposal = draft.proposal
    said = RecordCallBack.model_validate(proposal.form)
    if not said.dissatisfied:
        return
    opening = (await read_steps_taken(draft, _Incident)).opening
    marks = f"出警速度{said.speed}分，民警态度{said.attitude}分，处理结果{said.result}分" + ("" if said.came else "，称无人到场")
    form = {
        "channel": "call-back",
        "sort": "complaint",
        "narrative": f"警情{proposal.number}回访不满意：{marks}。{said.words}"[:8000],
        "about": [proposal.number],
        "subject_unit": proposal.unit,
        "writer_name": opening.get("reporter", ""),
        "writer_phone": opening.get("reporter_phone", ""),
    }
    step, kind = OpenLetter.rule.step, Kind.LETTER
    draft.add_commands(PendingCommand(verb="open", kind=kind, step=step, form=form, actor=proposal.actor))


@feature.hook(Phase.WRITE, kinds=_INCIDENTS, steps=(_CALLED, _UNANSWERED), type="step")
async def close_call(draft: Draft) -> None:
    """Have done with it once somebody answered, or after two tries."""
    tries = 1 + (await read_steps_taken(draft, _Incident)).tries
    if draft.proposal.step == _CALLED or tries >= _TRIES:
        await draft.connection.execute(CALL_MADE, {"number": draft.proposal.number, "now": draft.now})
