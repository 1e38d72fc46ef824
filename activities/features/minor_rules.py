"""What is found of a suspect's age when who they are is set right, and what the case must then know."""

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.facts import Fact
from law.legal_fact import LegalFact
from models.matter import Kind
from models.messages import PendingCommand

feature = Feature(__name__, Concern.PEOPLE)


@feature.hook(Phase.COMMAND, kinds=[Kind.SUSPECT], facts=[Fact.PERSON_FOUND_MINOR])
async def tell_case_of_minor(draft: Draft) -> None:
    """Tell the case that a suspect in it was found to be a minor, so that its file is sealed too."""
    proposal = draft.proposal
    found = any(draft.list_brought(Fact.PERSON_FOUND_MINOR))
    if not (found and proposal.parent and proposal.seq):  # who is a minor when named was known to the case before
        return
    kinds = (Fact.CASE_CONCERNS_MINOR, Fact.FILE_SEALED)
    tell = PendingCommand(
        verb="tell",
        kind=proposal.parent_kind,
        number=proposal.parent,
        step=proposal.step,
        facts=tuple(LegalFact(kind, proposal.decided_at, proposal.parent) for kind in kinds),
    )
    draft.add_commands(tell)
