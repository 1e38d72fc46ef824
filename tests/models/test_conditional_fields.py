"""A field that means something only where another says so is asked for there, and taken nowhere else."""

from typing import Any

from pydantic import ValidationError

from models.forms.form import NOTHING, Form, OnlyWhere, get_forms
from models.forms.incident import ClassifyIncident
from models.forms.public_order_case import NameOffender
from models.forms.public_order_penalty import DecidePenalty
from models.instants import AS_STORED
from tests.tables import table

CLASSIFIED = {"reason": "互殴，双方均有轻微伤"}
DECIDED = {
    "violation": "za-51-1",
    "grounds": "殴打他人",
    "hearing_due": False,
    "review_due": False,
    "discussion_due": False,
    "victim": True,
}


def _conditions() -> list[tuple[type[Form], str, OnlyWhere]]:
    return [
        (form, name, mark)
        for form in get_forms().values()
        for name, field in form.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, OnlyWhere)
    ]


def _offered(field: dict[str, Any]) -> set[Any]:
    """What a field can say, as far as it offers a choice; else that it may be left open."""
    ways = field.get("anyOf", [field])
    told = {each for way in ways for each in way.get("enum", ())}
    return told or ({True, False} if any(way.get("type") == "boolean" for way in ways) else set(NOTHING))


def _refused(form: type[Form], values: dict[str, Any]) -> dict[str, str]:
    try:
        form.model_validate(values)
    except ValidationError as error:
        return {str(each["loc"][0]): each["msg"].removeprefix("Value error, ") for each in error.errors()}
    return {}


@table(
    ("form", "said", "refused"),
    [
        (ClassifyIncident, {**CLASSIFIED, "classification": "help"}, {}),
        (
            ClassifyIncident,
            {**CLASSIFIED, "classification": "help", "charge": "xf-266"},
            {"charge": "按前面所填，不应填写此项"},
        ),
        (
            ClassifyIncident,
            {**CLASSIFIED, "classification": "criminal", "injured": False},
            {"charge": "定为刑事案件的，须填写涉嫌罪名"},
        ),
        (
            ClassifyIncident,
            {**CLASSIFIED, "classification": "administrative", "injured": False},
            {"violation": "定为行政案件的，须填写违反治安管理行为"},
        ),
        (DecidePenalty, {**DECIDED, "penalty": "warning"}, {}),
        (DecidePenalty, {**DECIDED, "penalty": "warning", "foreigner": False}, {}),
        (DecidePenalty, {**DECIDED, "penalty": "warning", "fine_yuan": 200}, {"fine_yuan": "按前面所填，不应填写此项"}),
        (DecidePenalty, {**DECIDED, "penalty": "fine"}, {"fine_yuan": "处以罚款的，须填写罚款数额"}),
        (
            DecidePenalty,
            {**DECIDED, "penalty": "detention", "foreigner": False},
            {"detention_days": "处以行政拘留的，须填写日数"},
        ),
        (NameOffender, {"name": "王某", "citizen_number": "11010519491231002X"}, {}),
    ],
)
def test_what_means_nothing_there_is_refused_and_what_is_needed_is_asked_for(
    form: type[Form], said: dict[str, Any], refused: dict[str, str]
) -> None:
    assert _refused(form, said) == refused


def test_whether_somebody_is_a_minor_is_asked_of_whoever_has_no_number():
    assert set(_refused(NameOffender, {"name": "王某"})) == {"minor"}


def test_what_was_taken_before_there_was_a_condition_is_read_as_it_was():
    said = {**CLASSIFIED, "classification": "help", "charge": "xf-266"}
    assert ClassifyIncident.model_validate(said, context=AS_STORED).charge == "xf-266"


@table(("form", "name", "mark"), _conditions())
def test_a_condition_names_fields_that_are_asked_before_it_and_what_they_can_say(
    form: type[Form], name: str, mark: OnlyWhere
) -> None:
    fields = form.model_json_schema()["properties"]
    before = list(fields)[: list(fields).index(name)]
    for asked, values in mark.says.items():
        assert asked in before
        assert set(values) <= _offered(fields[asked])
    assert fields[name]["x-only-where"] == {asked: list(values) for asked, values in mark.says.items()}
    # What must be said is missed only where the default is looked at.
    assert not mark.needed or form.model_fields[name].validate_default or form.model_fields[name].is_required()
