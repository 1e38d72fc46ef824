"""What a form says that somebody will search by later: what happened, in words; telephones and number plates."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.folding import fold_number, fold_telephone

# The fields that tell what happened; what was decided about it and why is read in the journal, not searched.
NARRATING = ("narrative", "summary", "found", "circumstances")
_PHONE, _PLATE = "phone", "plate"
_FOLD = {_PHONE: fold_telephone, _PLATE: fold_number}


def get_narrative(form: Mapping[str, Any]) -> str:
    """What the form tells of what happened; empty: nothing."""
    return "\n".join(text for name in NARRATING if isinstance(text := form.get(name), str) and text)


def find_mentions(form: Mapping[str, Any], parties: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The telephones and plates in the form, as `sort` (which of the two) and `value`, but for the telephones that its people are recorded with."""
    known = {fold_telephone(each.get(_PHONE, "")) for each in parties}
    found = {
        (what, fold(value))
        for name, value in form.items()
        for what, fold in _FOLD.items()
        if (name == what or name.endswith(f"_{what}")) and isinstance(value, str) and fold(value)
    }
    return [{"sort": what, "value": value} for what, value in sorted(found) if value not in known]
