"""What is wrong with a form, field by field, in words that an officer reads; never the value, which may be a name or a number."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

# Marks a question on which a duty hangs: whoever leaves it open is told what.
DUTY = "x-duty"

# A field is called by whoever fills in the form, who may call it anything.
_LONGEST_FIELD = 100

# By the rule's name in the validation library; `{…}` is what the rule itself says of its bounds.
_WORDS = {
    "missing": "必须填写",
    "extra_forbidden": "表单没有这一项",
    "string_type": "须为文字",
    "string_too_short": "至少{min_length}个字符",
    "string_too_long": "至多{max_length}个字符",
    "string_pattern_mismatch": "格式不符",
    "int_parsing": "须为整数",
    "int_type": "须为整数",
    "greater_than": "须大于{gt}",
    "greater_than_equal": "不得小于{ge}",
    "less_than": "须小于{lt}",
    "less_than_equal": "不得大于{le}",
    "bool_type": "须为是或者否",
    "bool_parsing": "须为是或者否",
    "list_type": "须为列表",
    "too_short": "至少{min_length}项",
    "too_long": "至多{max_length}项",
    "enum": "须为以下之一：{expected}",
    "literal_error": "须为以下之一：{expected}",
    "timezone_aware": "须写明时区，例如2026-09-28T10:00:00+08:00",
    "datetime_type": "须为时刻，例如2026-09-28T10:00:00+08:00",
    "datetime_parsing": "须为时刻，例如2026-09-28T10:00:00+08:00",
    "datetime_from_date_parsing": "须为时刻，例如2026-09-28T10:00:00+08:00",
    "date_type": "须为日期，例如2026-09-28",
    "date_parsing": "须为日期，例如2026-09-28",
    "date_from_datetime_parsing": "须为日期，例如2026-09-28",
    "model_type": "须为JSON对象",
    "model_attributes_type": "须为JSON对象",
    "json_invalid": "不是JSON",
}


def list_faults(errors: Iterable[Mapping[str, Any]], skip: int = 0, model: type[BaseModel] | None = None) -> list[dict[str, str]]:
    """Each fault as `field`, `rule` and `detail`; the first `skip` parts of a place say only where the form came in.

    Of a question that `model` leaves without a preset because a duty hangs on it, the detail says which.
    """
    found = []
    for each in errors:
        field = ".".join(str(part) for part in each["loc"][skip:])
        asked = model.model_fields.get(field) if model and each["type"] == "missing" else None
        found.append(
            {"field": field[:_LONGEST_FIELD], "rule": each["type"], "detail": _get_dependence(asked) or _describe_error(each)}
        )
    return found


def _get_dependence(field: FieldInfo | None) -> str:
    return (field.description or "") if field and is_duty(field) else ""


def is_duty(field: FieldInfo) -> bool:
    """Whether a duty hangs on what this field asks."""
    return isinstance(field.json_schema_extra, dict) and DUTY in field.json_schema_extra


def _describe_error(error: Mapping[str, Any]) -> str:
    words = _WORDS.get(error["type"])
    return words.format_map(error.get("ctx", {})) if words else error["msg"].removeprefix("Value error, ")
