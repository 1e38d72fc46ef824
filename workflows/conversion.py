"""Conversion of a case (转刑事、转行政处理): it goes on as a case of another kind."""

from models.forms.form import Form
from models.matter import Kind
from models.messages import Reparenting
from workflows.lifecycle import Lifecycle


def convert_case(case: Lifecycle, kind: Kind, opening: Form) -> None:
    """Open the case that goes on in the place of this one, and notify its exhibits (涉案财物), which belong to the new one from then on."""
    exhibits = case.list_children(Kind.EXHIBIT)
    kinds = dict.fromkeys(exhibits, Kind.EXHIBIT.value)
    case.open(kind, opening, Reparenting(adopted=exhibits, kinds=kinds) if exhibits else None)
    case.notify_children(*exhibits, reparenting=Reparenting(under_opened=True))
