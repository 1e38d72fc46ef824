"""The table at which a request is passed round: an officer who asks, and all who may have a hand in the approval."""

from datetime import UTC, datetime
from typing import Any

from law.offices import Office
from models.matter import Kind
from models.messages import Actor, Opening, Participant, Refusal, Request, State, Submission
from workflows.decision import Decision, decide
from workflows.lifecycle import Lifecycle
from workflows.registry import get_lifecycles

NOON = datetime(2026, 9, 28, 4, tzinfo=UTC)
ASSESS, EXTEND = "assess-necessity", "extend-detention"


def someone(name: str, *offices: Office, seats: tuple[str, ...] = ()) -> Actor:
    """A person of the station in those offices."""
    return Actor(person=name, unit="chengguan", offices=offices, seats=seats)


LI = someone("li", Office.CASE_OFFICER)
STATION = someone("station", Office.STATION_HEAD)
DEPUTY = someone("deputy", Office.STATION_HEAD)
LEGAL = someone("legal", Office.LEGAL_REVIEWER)
LAWYER = someone("lawyer", Office.LEGAL_REVIEWER)
CHIEF = someone("chief", Office.COUNTY_HEAD)
VICE = someone("vice", Office.COUNTY_HEAD)
CLERK = someone("clerk", Office.CASE_MANAGEMENT_OFFICER)
XU = someone("xu", Office.CASE_OFFICER)
EVERYBODY = (LI, XU, STATION, DEPUTY, LEGAL, LAWYER, CHIEF, VICE, CLERK)


class Table:
    """A suspect in detention, on whose matter everything said is applied as the record would give it back."""

    def __init__(self) -> None:
        """Held, and nothing asked yet."""
        state = State(stage="detained", unit="chengguan", seq=7)
        # Nobody has left, unless a test says who is there.
        self.participants: tuple[Participant, ...] = ()
        self.matter: Lifecycle = get_lifecycles()[Kind.SUSPECT](Opening(number="RY1", unit="chengguan", parent="XA1", state=state))

    def tries(self, who: Actor, step: str, **form: Any) -> Decision:
        """What comes of it; nothing is applied."""
        key = f"{self.matter.state.seq}/{who.person}/{step}"
        submission = Submission(key=key, body_hash="", step=step, form=form, actor=who, participants=self.participants)
        return decide(self.matter, submission, NOON, trusted=False)

    def is_left_by(self, who: Actor, successor: Actor | None = None) -> None:
        """That person leaves, and somebody takes over from them; all the others are there."""
        gone = {each.person: each.successor for each in self.participants if not each.seats}
        gone[who.person] = successor.person if successor else ""
        held = {each.person: tuple(f"{office}@{each.unit}" for office in each.offices) for each in EVERYBODY}
        self.participants = tuple(
            Participant(person=name, seats=() if name in gone else seats, successor=gone.get(name, ""))
            for name, seats in held.items()
        )

    def says(self, who: Actor, step: str, request: str = ASSESS, **form: Any) -> Decision:
        """A verb, and what came of it."""
        return self.does(who, step, request=request, **form)

    def does(self, who: Actor, step: str, **form: Any) -> Decision:
        """A step, and what came of it."""
        decision = self.tries(who, step, **form)
        assert decision.refusal is None, decision.refusal
        said = {"seq": self.matter.state.seq + 1, "stage": decision.stage, "requests": decision.requests}
        self.matter.state = self.matter.state.model_copy(update=said)
        return decision

    def asks(self, step: str = ASSESS) -> None:
        """The officer asks."""
        form = {"assessment": "无继续羁押必要"} if step == ASSESS else {"extension": "+4 day", "grounds": "案情复杂"}
        self.does(LI, step, **form)

    def refuses(self, who: Actor, step: str, request: str = ASSESS, **form: Any) -> str:
        """The slug of the refusal."""
        return self.refusal(who, step, request, **form).slug

    def refusal(self, who: Actor, step: str, request: str = ASSESS, **form: Any) -> Refusal:
        """The refusal, by which nothing was changed."""
        before = self.matter.state
        refusal = self.tries(who, step, request=request, **form).refusal
        assert refusal is not None
        assert self.matter.state == before
        return refusal

    @property
    def request(self) -> Request:
        """The one request that awaits approval."""
        (request,) = self.matter.state.requests
        return request

    @property
    def awaited(self) -> list[str]:
        """Whose approval is awaited now."""
        return [each.person or each.office for each in self.request.present]
