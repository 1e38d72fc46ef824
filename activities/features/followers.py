"""What follows a matter (随案): orders over it, supervisions of it and what a drive asks of it go to the unit, or under the case, where the matter goes."""

from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from models.matter import Kind
from models.messages import PendingCommand, Reparenting
from models.store.connection import Query, fetch_all

feature = Feature(__name__, Concern.BELONGING)
# Of reviews only what a drive goes through stands under its matter.
_FOLLOW = (Kind.RECTIFICATION_ORDER, Kind.SUPERVISION, Kind.CASE_REVIEW)


class _Follower(NamedTuple):
    """What follows a matter."""

    number: str
    kind: str


FOLLOWERS = Query[_Follower]("""
SELECT number, kind FROM matter WHERE parent = %(number)s AND kind = ANY(%(kinds)s) AND NOT final ORDER BY number
""")


@feature.hook(Phase.COMMAND)
async def take_along(draft: Draft) -> None:
    """Tell what follows a matter where it is from now on: at another unit, or under the case that takes it up."""
    proposal, moved = draft.proposal, draft.proposal.reparenting
    into = next((each.number for each in proposal.commands if each.reparenting and each.reparenting.adopted), "")
    if proposal.kind in _FOLLOW or not proposal.seq or not (into or (moved and moved.unit)):
        return
    if into:
        goes = Reparenting(under=into, under_kind=Kind.CRIMINAL_CASE)
    else:
        goes = Reparenting(unit=proposal.unit, officer=proposal.officer)
    found = await fetch_all(draft.connection, FOLLOWERS, {"number": proposal.number, "kinds": list(_FOLLOW)})
    draft.add_commands(
        *(PendingCommand(verb="tell", kind=each.kind, number=each.number, step=proposal.step, reparenting=goes) for each in found)
    )
