"""Links between matters (关联): what a step links exists; whoever hears of a fact of this matter is told of it with the step that brings it."""

from psycopg.types.json import Jsonb

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from models.messages import PendingCommand, Refusal
from models.store.connection import fetch_all
from models.store.links import LINK, LINKED

feature = Feature(__name__, Concern.BELONGING)


@feature.hook(Phase.CHECK, type="step")
async def check_links(draft: Draft) -> Refusal | None:
    """Refuse a link with the matter itself, and one with what is none; whether whoever acts may know of it was asked before."""
    links = draft.proposal.links
    if not links:
        return None
    for each in links:
        if each.number == draft.proposal.number:
            return refuse_field(each.field, "not-itself", "关联的应当是另一事项")
    numbers = sorted({each.number for each in links})
    found = await fetch_all(draft.connection, LINKED, {"numbers": numbers})
    missing = next((each for each in links if each.number not in found), None)
    return refuse_field(missing.field, "unknown-matter", f"没有编号为“{missing.number}”的事项") if missing else None


@feature.hook(Phase.COMMAND)
async def tell_hearers(draft: Draft) -> None:
    """Tell each matter that is linked with this one the facts it hears; what this one was told by others it does not pass on."""
    for each in draft.known.hearers:
        if heard := tuple(draft.list_brought(*each["hears"])):
            draft.add_commands(
                PendingCommand(verb="tell", kind=each["kind"], number=each["number"], step=draft.proposal.step, facts=heard)
            )


@feature.hook(Phase.CONCLUDE, type="step")
async def keep_links(draft: Draft) -> None:
    """The journal keeps what is linked, by which the table is held against it."""
    if draft.proposal.links:
        draft.kept["links"] = [each.model_dump(mode="json", exclude={"field"}) for each in draft.proposal.links]


@feature.hook(Phase.WRITE, type="step")
async def write_links(draft: Draft) -> None:
    """The row of each link, beside the entry."""
    if "links" in draft.kept:
        arguments = {"matter": draft.proposal.number, "seq": draft.proposal.seq + 1, "links": Jsonb(draft.kept["links"])}
        await draft.connection.execute(LINK, arguments)
