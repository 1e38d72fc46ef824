"""Things that go with a case (随案财物): each must be where it can leave from, and stands on the list that goes along."""

from collections.abc import Iterable
from typing import Any

from models import exhibits
from models.documents import words_of_form
from models.forms.exhibit_opening import OpenExhibit
from models.forms.exhibit_transfer import ForwardExhibit, SendExhibit
from models.forms.form import Form, forms
from models.messages import Proposal, Refusal

# From where a thing may leave; what is on its way to the procuratorate has evidently come there once that sends it on.
_LEAVES_FROM = {SendExhibit.rule.step: ("in_store",), ForwardExhibit.rule.step: ("to_procuratorate", "at_procuratorate")}


async def going_along(connection: Any, form: Form) -> dict[str, Any] | Refusal:
    """What a list of the things that go with this step says, nothing where none go; a refusal where one of them cannot leave."""
    return await _list(connection, [(number, step.rule.step) for number, step in form.has_taken()])


async def unready(connection: Any, proposal: Proposal) -> Refusal | None:
    """Why a step may not take effect by which things leave: one of them is elsewhere."""
    found = await _list(connection, [(each.number, each.step) for each in proposal.intentions if each.verb == "take"])
    return found if isinstance(found, Refusal) else None


async def _list(connection: Any, leaving: Iterable[tuple[str, str]]) -> dict[str, Any] | Refusal:
    steps = {number: step for number, step in leaving if step in _LEAVES_FROM}
    if not steps:
        return {}
    found = await exhibits.things(connection, list(steps))
    ready = {each["number"] for each in found if each["stage"] in _LEAVES_FROM[steps[each["number"]]]}
    if away := [number for number in steps if number not in ready]:
        names = {each["number"]: f"{each['thing']['name']}（{each['number']}）" for each in found}
        detail = f"不在可以随案移送之处：{'、'.join(names.get(each, each) for each in away)}"
        basis = "、".join(str(article) for article in forms()[steps[away[0]]].rule.basis)
        return Refusal(slug="law-forbids", detail=detail, members={"field": "exhibits", "basis": basis})
    return {"随案财物": [words_of_form(OpenExhibit.model_validate(each["thing"])) | {"编号": each["number"]} for each in found]}
