"""Inspection on entry (逐条巡查): a matter in which something was recorded waits to be inspected, and so does the one above it."""

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from models.matter import HANDLED, Kind
from models.store.findings import ASK_TO_INSPECT

feature = Feature(__name__, Concern.REVIEW)


@feature.hook(Phase.WRITE_LAST, kinds=HANDLED - {Kind.RISK_ALERT, Kind.ACCOUNTABILITY})
async def ask_to_inspect(draft: Draft) -> None:
    """Leave word in the step's own transaction, so that it is lost with it or not at all."""
    proposal = draft.proposal
    await draft.connection.execute(ASK_TO_INSPECT, {"matters": [proposal.number, proposal.parent]})
