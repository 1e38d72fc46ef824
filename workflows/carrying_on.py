"""When a case goes on as a case of another kind, what was taken in it goes along."""

from models.forms.form import Form
from models.matter import Kind
from models.messages import Reparenting
from workflows.lifecycle import Lifecycle


def carry_on(case: Lifecycle, kind: Kind, form: Form) -> None:
    """Open the case that goes on in the place of this one; its things (涉案财物) come under that one, and hear it."""
    things = tuple(number for number in case.state.children if number.startswith(Kind.EXHIBIT.prefix))
    case.open(kind, form, Reparenting(adopted=things) if things else None)
    for number in things:
        case.tell(number, Reparenting(under_opened=True))
