"""The phases of a case (办案阶段) in which the limits are listed: found by the fact that starts each, with no list to keep."""

from enum import StrEnum
from functools import cache
from typing import Self

from law.instruments import PROMISE, RULE
from law.time_limits import TimeLimit, limits


class Phase(StrEnum):
    """A phase of a case; the value is its id, `zh` what people read, `begins_with` how the facts are called that belong to it."""

    zh: str
    begins_with: tuple[str, ...]

    def __new__(cls, value: str, zh: str, *begins_with: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.begins_with = begins_with
        return member

    INTAKE = "intake", "接报案、管辖与立案", "incident.", "criminal."
    QUESTIONING = "questioning", "盘问、传唤与询问", "stop.", "person.", "supervisory.brought-in"
    CUSTODY = (
        "custody",
        "拘留、逮捕与羁押",
        "detention.",
        "arrest.",
        "custody.",
        "person.measure-change",
        "person.foreigner",
        "person.found-deputy",
        "person.died",
        "person.notice-obstacle",
        "supervisory.",
    )
    BAIL = "bail", "取保候审与监视居住", "bail.", "surveillance.", "supervisory.waiting"
    DEFENCE = (
        "defence",
        "辩护、法律援助、回避与申诉",
        "defence.",
        "case.recusal",
        "case.complaint",
        "case.reappraisal",
    )
    PROSECUTION = (
        "prosecution",
        "侦查终结、起诉与审判",
        "investigation.",
        "case.",
        "prosecution.",
        "trial.",
        "sentence.",
        "tech.",
        "person.border-control",
        "person.medical",
        "person.found-not-responsible",
        "criminal.inquiry",
        "assistance.",
        "outside.household-certificate",
    )
    PROPERTY = "property", "涉案财物与证据保全", "exhibit.", "outside."
    ADMINISTRATIVE = (
        "administrative",
        "治安案件与行政案件",
        "admin.",
        "public-order.",
        "admin-detention.",
        "expedited.",
        "appraisal.",
        "hearing.",
        "penalty.",
        "fine.",
        "enforcement.",
        "foreigner.",
        "drug-isolation.",
        "decision.",
        "person.ban",
    )
    REMEDIES = "remedies", "复议、诉讼、信访与赔偿", "remedy.", "petition.", "compensation."
    OWN_RULES = "own-rules", "服务承诺与本局规定（非法定期限）"
    OTHER = "other", "其他"


@cache
def phase_of(limit: TimeLimit) -> Phase:
    """The phase by the longest beginning that the limit's starting fact has; promises and own rules stand apart from the law."""
    if any(article.instrument in (PROMISE, RULE) for article in limit.editions[0].basis):
        return Phase.OWN_RULES
    starts = (limit if limit.starts_on else limits()[limit.before_limit]).starts_on
    fitting = [(len(begins), phase) for phase in Phase for begins in phase.begins_with if starts[0].value.startswith(begins)]
    return max(fitting)[1] if fitting else Phase.OTHER
