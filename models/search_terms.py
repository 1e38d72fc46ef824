"""What a form says that somebody will search by later: what happened, in words; telephones and number plates."""

from collections.abc import Iterable, Mapping
from typing import Any

# The fields that tell what happened; what was decided about it and why is read in the journal, not searched.
NARRATING = ("narrative", "summary", "found", "circumstances")
_PHONE, _PLATE = "phone", "plate"
# What people put between the parts of a number or leave out.
_BETWEEN = str.maketrans("", "", " -·.—")


def plain(number: str) -> str:
    """A telephone, citizen's or plate number as it is compared: without what stands between its parts, in capitals."""
    return number.translate(_BETWEEN).upper()


def narrated(form: Mapping[str, Any]) -> str:
    """What the form tells of what happened; empty: nothing."""
    return "\n".join(text for name in NARRATING if isinstance(text := form.get(name), str) and text)


def mentioned(form: Mapping[str, Any], parties: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The telephones and plates in the form, as `sort` (which of the two) and `value`, but for the telephones that its people are recorded with."""
    known = {plain(each.get(_PHONE, "")) for each in parties}
    found = {
        (what, plain(value))
        for name, value in form.items()
        for what in (_PHONE, _PLATE)
        if (name == what or name.endswith(f"_{what}")) and isinstance(value, str) and plain(value)
    }
    return [{"sort": what, "value": value} for what, value in sorted(found) if value not in known]
