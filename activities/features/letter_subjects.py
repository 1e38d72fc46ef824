"""From whom a letter is kept from its first (举报保护): whom it denounces, with their unit, and whom it says grave things about (信访工作条例 30, 46)."""

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.steps_taken import StepsTaken, read_steps_taken
from law.offices import Office
from models.access.kept_from import build_kept_person
from models.forms.letter import PROTECTED, ClassifyLetter, OpenLetter, list_flags
from models.matter import Kind
from models.store.connection import Query, fetch_first

feature = Feature(__name__, Concern.REVIEW)
_LETTERS = (Kind.LETTER,)
# Labels by which whoever reports is protected (P), or by which whom it is about may neither see nor handle it (X).
_PROTECTING = frozenset("PX")
KEEPS_LETTERS = Query[bool](f"SELECT true FROM holding WHERE username = %(officer)s AND office = '{Office.LETTER_OFFICER}' LIMIT 1")


class _Steps(StepsTaken):
    """The letter as it was opened."""


@feature.hook(Phase.CONCLUDE, kinds=_LETTERS, steps=(OpenLetter.rule.step,), type="step")
async def keep_from_whom_it_denounces(draft: Draft) -> None:
    """Keep a denunciation, and what its writer asks to be kept secret, from whom it is about; and any letter from an officer who keeps letters.

    Any other complaint lies before the unit that has to put things right: whom it is about decides nothing in it.
    """
    form = draft.proposal.form
    officer = form.get("subject_officer", "")
    if form.get("sort") == "thanks":  # the same fields name whom it thanks
        return
    if form.get("secrecy") or form.get("sort") in PROTECTED:
        _keep(draft, officer, form.get("subject_unit", ""))
    elif officer and await fetch_first(draft.connection, KEEPS_LETTERS, {"officer": officer}):
        _keep(draft, officer, "")


@feature.hook(Phase.CONCLUDE, kinds=_LETTERS, steps=(ClassifyLetter.rule.step,), type="step")
async def keep_from_whom_its_labels_are_about(draft: Draft) -> None:
    """Keep it from whom it is about once it is labelled as saying what they may not learn."""
    if not list_flags(draft.proposal.form.get("labels", ())).isdisjoint(_PROTECTING):
        opening = (await read_steps_taken(draft, _Steps)).opening
        if opening.get("sort") != "thanks":
            _keep(draft, opening.get("subject_officer", ""), opening.get("subject_unit", ""))


def _keep(draft: Draft, officer: str, unit: str) -> None:
    draft.keeps = (*draft.keeps, *([build_kept_person(officer)] if officer else ()), *([unit] if unit else ()))
