"""Things of a case (涉案财物): what goes with it stands where it can leave from, and no officer receives what is given back."""

from collections.abc import Iterable
from typing import Any

from activities.recording.draft import DocumentWords, Draft
from activities.recording.features import Concern, Feature, Phase
from law.instruments import MPSC
from models.documents import build_form_words
from models.forms.exhibit import ClaimExhibit, ReturnExhibit
from models.forms.exhibit_measures import LiftSeizure
from models.forms.exhibit_opening import OpenExhibit
from models.forms.exhibit_transfer import ForwardExhibit, SendExhibit
from models.forms.form import Take, get_forms
from models.messages import Refusal
from models.problems import LawForbids
from models.readmodel import exhibits
from models.store.connection import Connection, Query, fetch_first

feature = Feature(__name__, Concern.THINGS)

# From where a thing may leave; what is on its way to the procuratorate has evidently come there once that sends it on.
_LEAVES_FROM = {SendExhibit.rule.step: ("in_store",), ForwardExhibit.rule.step: ("to_procuratorate", "at_procuratorate")}

# By these a thing is given back to whose it is.
_GIVES_BACK = (ReturnExhibit.rule.step, LiftSeizure.rule.step)
# An officer may bear the name of whose it is: that the thing is theirs is said by the list of what was taken, or by a claim with its proof.
OFFICER_OF_THAT_NAME = Query[str]("""
SELECT zh FROM person WHERE %(receiver)s IN (username, zh) AND NOT EXISTS (
    SELECT FROM entry e CROSS JOIN LATERAL (SELECT e.content::json -> 'form' AS said) f
    WHERE e.chain = %(number)s AND e.sort = 'step' AND %(receiver)s <> username AND (
        e.position = 1 AND %(receiver)s IN (f.said ->> 'owner', f.said ->> 'holder')
        OR e.step = %(claim)s AND f.said ->> 'claimant' = %(receiver)s)) LIMIT 1
""")


@feature.hook(Phase.CHECK)
async def check_exhibits_ready(draft: Draft) -> Refusal | None:
    """Why a step may not take effect by which things leave: one of them is elsewhere."""
    found = await _list(draft.connection, [(each.number, each.step) for each in draft.proposal.commands if each.verb == "take"])
    return found if isinstance(found, Refusal) else None


@feature.hook(Phase.CHECK, steps=_GIVES_BACK, type="step")
async def check_receiver_is_no_officer(draft: Draft) -> Refusal | None:
    """Why a thing is not given back to somebody: an officer does not receive it in the owner's stead, by whatever name."""
    proposal = draft.proposal
    receiver = str(proposal.form["receiver"]).strip()
    arguments = {"number": proposal.number, "receiver": receiver, "claim": ClaimExhibit.rule.step}
    name = await fetch_first(draft.connection, OFFICER_OF_THAT_NAME, arguments)
    if name is None:
        return None
    detail = f"{name}是公安民警，侦查人员和公安机关其他工作人员不得代为领取；领取人确系同名的权利人的，请先登记认领并写明权属证明"
    return LawForbids(detail, field="receiver", basis=str(MPSC.article(234))).to_refusal()


@feature.hook(Phase.DOCUMENT)
async def list_exhibits(draft: Draft) -> Refusal | None:
    """Let a document list the things that go with its step; a refusal where one of them cannot leave."""
    if words := draft.find_own(DocumentWords):
        leaving = [(each.number, each.form.rule.step) for each in words.form.build_commands() if isinstance(each, Take)]
        found = await _list(draft.connection, leaving)
        if isinstance(found, Refusal):
            return found
        words.values |= found
    return None


async def _list(connection: Connection, leaving: Iterable[tuple[str, str]]) -> dict[str, Any] | Refusal:
    steps = {number: step for number, step in leaving if step in _LEAVES_FROM}
    if not steps:
        return {}
    found = await exhibits.list_things(connection, list(steps))
    ready = {each["number"] for each in found if each["stage"] in _LEAVES_FROM[steps[each["number"]]]}
    if away := [number for number in steps if number not in ready]:
        names = {each["number"]: f"{each['thing']['name']}（{each['number']}）" for each in found}
        detail = f"不在可以随案移送之处：{'、'.join(names.get(each, each) for each in away)}"
        basis = "、".join(str(article) for article in get_forms()[steps[away[0]]].rule.basis)
        return Refusal(slug="law-forbids", detail=detail, members={"field": "exhibits", "basis": basis})
    return {"随案财物": [build_form_words(OpenExhibit.model_validate(each["thing"])) | {"编号": each["number"]} for each in found]}
