"""What a step told of what happened, set right (更正): the words that hold instead, and those that stood there before."""

from datetime import datetime
from typing import Any, NamedTuple

from pydantic import ValidationError

from models.forms.form import get_forms
from models.instants import build_submission_context
from models.messages import Correction
from models.problems import FormInvalid
from models.readmodel.summary import CORRECTED, get_summary_fields
from models.store.connection import Connection, Query, fetch_first


class _FilledForm(NamedTuple):
    """A step and its form, and the words that hold instead of what was filled into the field, where it was corrected before."""

    step: str
    form: dict[str, Any]
    corrected: str | None


FILLED_FORM = Query[_FilledForm](f"""
WITH fixed AS ({CORRECTED})
SELECT e.step, e.content::json -> 'form' AS form,
    (SELECT f.new FROM fixed f WHERE f.seq = e.seq AND f.field = %(field)s ORDER BY f.position DESC LIMIT 1) AS corrected
FROM entry e WHERE e.chain = %(number)s AND e.seq = %(seq)s AND e.position >= %(seq)s AND e.sort = 'step'
""")


class NewWords(NamedTuple):
    """What the journal keeps of words that are set right, the words for whoever searches, and how the title changes, if it bears them."""

    kept: dict[str, Any]
    names: tuple[dict[str, str], ...] = ()


async def build_new_words(connection: Connection, number: str, correction: Correction, now: datetime) -> NewWords:
    """What a correction of words comes to; FormInvalid where the matter has no such words, or these may not stand there."""
    arguments = {"number": number, "matters": [number], "seq": correction.seq, "field": correction.field}
    told = await fetch_first(connection, FILLED_FORM, arguments)
    if told is None or correction.field not in get_summary_fields().get(told.step, ()):
        raise _build_form_invalid("told_seq", "unknown-words", "本事项没有这一项可以更正的内容，请从基本情况中选择")
    before = told.form.get(correction.field)
    old = told.corrected if told.corrected is not None else before if isinstance(before, str) else ""
    if old == correction.text:
        raise _build_form_invalid("told_text", "nothing-to-correct", "所填内容与现有记录一致，无须更正")
    form = get_forms()[told.step]
    try:
        said = form.model_validate({**told.form, correction.field: correction.text}, context=build_submission_context(now))
    except ValidationError as error:
        wrong = [each["msg"] for each in error.errors() if each["loc"][:1] == (correction.field,)]
        if wrong:
            raise _build_form_invalid("told_text", "words", f"“{correction.text[:40]}”不能填在这一项") from None
        said = None
    renames = bool(said and old and correction.text in said.get_heading())
    kept = {"of": "words", "seq": correction.seq, "step": told.step, "field": correction.field, "old": old, "new": correction.text}
    names = ({"old": old, "new": correction.text},) if renames else ()
    return NewWords({**kept, **({"renames": True} if renames else {})}, names)


def _build_form_invalid(field: str, rule: str, detail: str) -> FormInvalid:
    return FormInvalid(errors=[{"field": field, "rule": rule, "detail": detail}])
