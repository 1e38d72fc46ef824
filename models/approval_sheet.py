"""The sheet of approval (呈请审批表): what was asked for, by whom, and what each approver said of it and when. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from law.offices import Office
from models.answers import build_answers
from models.documents import format_clock_time
from models.forms.approval import Approve
from models.forms.form import Form
from models.instants import AS_STORED

_AN_APPROVER = "审批人"


class Signed(NamedTuple):
    """An approval as the journal has it: by whom, in which offices, with which words, and when."""

    by: str
    offices: Sequence[str]
    form: Mapping[str, Any]
    at: datetime


def build_sheet_words(
    form: Form, names: Mapping[str, str], asked_by: str, asked_at: datetime, signed: Iterable[Signed]
) -> dict[str, Any]:
    """What the sheet of that request says; `names` are those of the people and units that the form names by id."""
    said = build_answers(form, names)
    answers = [{"题": each.title, "答": "\n".join(each.lines)} for each in said.said]
    if said.denied:
        answers.append({"题": "否定的事项", "答": "、".join(said.denied)})
    return {
        "呈请人": asked_by,
        "呈请时间": format_clock_time(asked_at),
        "呈请内容": answers,
        "审批经过": [_build_opinion(each, form.rule.approved_by) for each in signed],
    }


def _build_opinion(signed: Signed, wanted: Sequence[Office]) -> dict[str, str]:
    held = (office for office in wanted if office in signed.offices)
    office = next(held, None)
    return {
        "职务": office.label if office else _AN_APPROVER,
        "意见": Approve.model_validate(signed.form, context=AS_STORED).opinion,
        "姓名": signed.by,
        "时间": format_clock_time(signed.at),
    }
