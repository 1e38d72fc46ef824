"""Who is there when history is made (在任): whoever handed in a verb judged by who was there a moment ago, and this is called anew here."""

from models.access import succession
from models.access.request_hands import replace_departed
from models.access.succession import Reaching
from models.messages import Proposal, Refusal
from models.problems import FormInvalid, Superseded
from models.store.connection import Connection


async def replace_successors(connection: Connection, proposal: Proposal) -> Proposal | Refusal:
    """The proposal with whoever is answerable now in the place of those who have left; a refusal where somebody left meanwhile.

    The workflow learns of it by what is recorded, as it does of an officer's successor.
    """
    if not (proposal.requests or proposal.named or proposal.participants):
        return proposal
    matter = await succession.load_reaching(connection, proposal.number) or Reaching(proposal.kind, proposal.unit)
    if proposal.participants and await _has_changed(connection, matter, proposal):
        return Superseded("审批人员刚有变动，请刷新后重新办理", seq=proposal.seq).to_refusal()
    there = matter._replace(unit=proposal.unit, officer=proposal.officer)
    if refusal := await _check_able(connection, there, proposal):
        return refusal
    participants = await succession.find_participants_of(connection, there, proposal.requests)
    return proposal.model_copy(update={"requests": tuple(replace_departed(each, participants) for each in proposal.requests)})


async def _has_changed(connection: Connection, matter: Reaching, proposal: Proposal) -> bool:
    now = await succession.find_participants(connection, matter, {each.person for each in proposal.participants})
    return any(each.person not in now or now[each.person].participant != each for each in proposal.participants)


async def _check_able(connection: Connection, there: Reaching, proposal: Proposal) -> Refusal | None:
    """What speaks against a request now approved that names somebody who could do it when it was asked for, and no longer can."""
    if not proposal.named:
        return None
    there = there._replace(handlers=(*there.handlers, *proposal.admits))
    found = await succession.find_participants(connection, there, {each.person for each in proposal.named})
    units = await succession.read_names(connection, (), {proposal.unit})
    errors = succession.check_named(proposal.named, found, units.get(("unit", proposal.unit), proposal.unit))
    if not errors:
        return None
    detail = f"{'；'.join(each['detail'] for each in errors)}。请退回，由呈请人另行呈请"
    return FormInvalid(detail, errors=[each | {"field": "request"} for each in errors]).to_refusal()
