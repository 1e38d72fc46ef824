"""Refusals that features have in common: of one field of a form, and of whoever holds none of the offices that may act."""

from collections.abc import Iterable

from law.citations import Article
from models.messages import Actor, Refusal
from models.problems import FormInvalid, OfficeMayNotAct


def refuse_field(field: str, rule: str, detail: str, *, basis: Article | None = None) -> Refusal:
    """The refusal of a form for one of its fields: by which rule, in what words, and on what basis if that is said."""
    members = {"basis": str(basis)} if basis else {}
    return FormInvalid(errors=[{"field": field, "rule": rule, "detail": detail}], **members).to_refusal()


def refuse_office(detail: str, offices: Iterable[str], actor: Actor, *, basis: Article) -> Refusal:
    """The refusal of somebody who holds none of these offices."""
    return OfficeMayNotAct(detail, required=sorted(map(str, offices)), held=list(actor.offices), basis=str(basis)).to_refusal()
