"""Whether somebody was hurt (有人受伤): asked without a preset, for an examination of the injury must be commissioned within a day."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationInfo

from law.instruments import INJ
from models.duties import may_injure, suggest_duties
from models.forms.form import OnlyWhere
from models.instants import is_stored

_OPENS_CASE = ("administrative", "criminal")
_HANGS_ON = f"关系到受理后24小时以内委托伤情鉴定（{INJ.article(18)}）"


def describe_left_open(values: Mapping[str, Any], reported: str = "") -> str:
    """What is told whoever left the question open in a form that says this, of a report in these words; empty: it may be left open."""
    if values.get("injured") is not None or values.get("classification", _OPENS_CASE[0]) not in _OPENS_CASE:
        return ""
    told = "\n".join((*(str(values[name]) for name in ("reason", "summary", "explanation") if values.get(name)), reported))
    word = suggest_duties(told).get("injured")
    why = (
        f"案情写有“{word}”"
        if word
        else "该行为可能致人受伤"
        if may_injure(values.get("charge") or values.get("violation") or "")
        else ""
    )
    return f"{why}，须回答是否有人受伤：{_HANGS_ON}" if why else ""


def _is_answered(injured: bool | None, info: ValidationInfo) -> bool | None:
    if not is_stored(info) and (why := describe_left_open({**info.data, "injured": injured})):
        raise ValueError(why)
    return injured


Injured = Annotated[bool | None, AfterValidator(_is_answered)]
MEDIATION_ASKED = f"有人受伤的，须回答能否调解处理：可以调解的应当在3个工作日以内首次调解（{INJ.article(36)}）"
Mediable = Annotated[bool | None, OnlyWhere({"injured": (True,)}, MEDIATION_ASKED)]


def declare_injuries_field() -> Any:
    """The field; it stays open only where neither the offence nor the words suggest an injury, and what was answered before goes on."""
    described = f"可能致人受伤的案件必须回答。{_HANGS_ON}"
    return Field(default=None, title="有人受伤，需伤情鉴定", description=described, validate_default=True)


def declare_known_injuries_field() -> Any:
    """The field in a step of a matter that may know: what it knows is carried on, and asked only where it does not."""
    return Field(default=None, title="有人受伤，需伤情鉴定", description=f"此前已回答的不必再填；{_HANGS_ON}")


def declare_mediation_field() -> Any:
    """Whether a case of injury may be mediated: a first mediation is due within three working days then."""
    described = f"有人受伤的必须回答：可以调解的应当在3个工作日以内首次调解（{INJ.article(36)}）"
    return Field(default=None, title="伤害案件可以调解处理", description=described, validate_default=True)
