"""What may be no target, score or ranking of a unit or a person (考核禁用指标), each with who forbids it. No setting of a bureau overrules it.

The figures may be shown; what is forbidden is that anything follows from them.
"""

from typing import NamedTuple

_REFORM = "公安部《关于改革完善受案立案制度的意见》二（二）3：坚决取消发案数、破案率等影响依法如实受案立案的考评指标"
_ORDER_137 = "《公安机关执法质量考核评议规定》（公安部令第137号）及其省级实施细则第七条：不得以刑事拘留数、行政拘留数、罚没款数额、发案数、退查率、破案率等作为考评指标"
_COMMISSION = "中央政法委2015年1月要求：取消刑事拘留数、批捕率、起诉率、有罪判决率、结案率等不合理的执法司法考核项目"


class Forbidden(NamedTuple):
    """A figure that nobody is measured by: its id, what people call it, and the source that forbids it."""

    id: str
    zh: str
    source: str


FORBIDDEN = (
    Forbidden("incidents-number", "发案数", _REFORM),
    Forbidden("cracked-rate", "破案率", _REFORM),
    Forbidden("criminal-detentions-number", "刑事拘留数", _ORDER_137),
    Forbidden("administrative-detentions-number", "行政拘留数", _ORDER_137),
    Forbidden("fines-amount", "罚没款数额", _ORDER_137),
    Forbidden("return-rate", "退查率", _ORDER_137),
    Forbidden("arrest-approval-rate", "批捕率", _COMMISSION),
    Forbidden("prosecution-rate", "起诉率", _COMMISSION),
    Forbidden("conviction-rate", "有罪判决率", _COMMISSION),
    Forbidden("closure-raw", "结案率（结案数除以受理数）", _COMMISSION),
)
"""In the order in which it is told."""

_CALLED = {name: each for each in FORBIDDEN for name in (each.id, each.zh)} | {"结案率": FORBIDDEN[-1]}


def find_forbidden(name: str) -> Forbidden | None:
    """What forbids it that the figure of that id, or called so, is weighed; None where nothing does."""
    return _CALLED.get(name)
