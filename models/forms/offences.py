"""Offences as officers name them on a form: by the code of the table, with near names where the code is unknown."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, Field

from law.offences import Charge, Violation, get_charges, get_violations
from models.forms.widget import Widget

# As many as a person compares at a glance.
_NEAR = 5


def _suggest_nearest(given: str, known: Mapping[str, Charge] | Mapping[str, Violation]) -> str:
    names = {each.zh: code for code, each in known.items()}
    by_code = [known[code].zh for code in get_close_matches(given, known, n=_NEAR, cutoff=0.7)]
    by_name = get_close_matches(given, names, n=_NEAR, cutoff=0.4)
    containing = [zh for zh in names if given in zh]
    found = list(dict.fromkeys((*by_code, *by_name, *containing)))[:_NEAR]
    return f"，相近的有：{'、'.join(f'{zh}（{names[zh]}）' for zh in found)}" if found else ""


def _check_known_charge(code: str) -> str:
    if code not in get_charges():
        raise ValueError(f"没有代码为“{code}”的罪名{_suggest_nearest(code, get_charges())}")
    return code


def _check_known_violation(code: str) -> str:
    if code not in get_violations():
        raise ValueError(f"没有代码为“{code}”的违反治安管理行为{_suggest_nearest(code, get_violations())}")
    return code


ChargeCode = Annotated[
    str, Field(max_length=20, description="罪名代码，例如 xf-266 为诈骗罪"), AfterValidator(_check_known_charge), Widget("charge")
]
ViolationCode = Annotated[
    str,
    Field(max_length=20, description="违反治安管理行为代码，例如 za-58-1"),
    AfterValidator(_check_known_violation),
    Widget("violation"),
]


def is_economic(charge: str) -> bool:
    """Whether the economic-crime police handle this charge (经济犯罪), so that a longer filing review applies."""
    found = get_charges()[charge]
    return charge in _ECONOMIC_ELSEWHERE or found.section.startswith(_ECONOMIC_SECTIONS)


# Chapter 3 from its third section on; counterfeit goods and smuggling, the first two, are others' to investigate.
_ECONOMIC_SECTIONS = (
    "第三节 妨害对公司",
    "第四节 破坏金融",
    "第五节 金融诈骗",
    "第六节 危害税收",
    "第七节 侵犯知识产权",
    "第八节 扰乱市场",
)
# Of the crimes against property, those committed from within a business.
_ECONOMIC_ELSEWHERE = frozenset({"xf-271", "xf-272", "xf-276-1a"})
