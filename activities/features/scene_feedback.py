"""Feedback from the scene (处警反馈): whoever sent the patrol reads how it came out."""

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from models.forms.dispatching import DispatchIncident, FeedBack
from models.forms.form import describe_code
from models.forms.incident import OpenIncident
from models.messages import Notice
from models.store.connection import Query, fetch_first

feature = Feature(__name__, Concern.REVIEW)

# Whoever sent somebody last; where nobody was sent, whoever took the call.
SENT_BY = Query[str | None]("""
SELECT username FROM entry WHERE chain = %(number)s AND step = ANY(%(steps)s) AND username IS NOT NULL ORDER BY position DESC LIMIT 1
""")


@feature.hook(Phase.NOTIFY, steps=[FeedBack.rule.step], type="step")
async def tell_the_desk(draft: Draft) -> None:
    """Tell whoever sent the patrol, unless they went themselves."""
    proposal = draft.proposal
    steps = [DispatchIncident.rule.step, OpenIncident.rule.step]
    sender = await fetch_first(draft.connection, SENT_BY, {"number": proposal.number, "steps": steps})
    if sender and not (proposal.actor and proposal.actor.person == sender):
        said = describe_code(FeedBack.model_fields["result"], proposal.form["result"])
        words = f"处警反馈：{said}" + (f"。{proposal.form['words']}" if proposal.form.get("words") else "")
        draft.add_notices(Notice(words=words[:500], person=sender))
