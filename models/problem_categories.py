"""Categories of what is found wrong in the bureau's own work (执法问题分类): alerts, rectification orders and reviews call it by them.

A bureau's own list, not law. A code is kept for ever; a further one is one line.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Final

from pydantic import AfterValidator, Field
from pydantic.config import JsonDict

from law.clock import Colour


@dataclass(frozen=True, slots=True)
class Category:
    """One category: its code, what people call it, its group, and the colour that an order over it usually has."""

    code: str
    zh: str
    group: str
    colour: Colour


_R, _O, _Y = Colour.RED, Colour.ORANGE, Colour.YELLOW
_GROUPS: Final = (
    (
        "接处警",
        ("101", "有警不接、拒绝推诿", _R),
        ("102", "出警迟缓", _O),
        ("103", "未到场即办结", _O),
        ("104", "分流定性不准", _O),
        ("105", "降格处理", _R),
        ("106", "体外循环", _R),
        ("107", "未如实登记反馈", _Y),
        ("108", "未回告", _Y),
        ("109", "视音频缺失", _O),
    ),
    (
        "受立案",
        ("201", "应立不立", _R),
        ("202", "不应立而立、插手经济纠纷", _R),
        ("203", "超期审查", _O),
        ("204", "未送达、未告知", _O),
        ("205", "先办后立", _R),
        ("206", "三个当场未落实", _O),
    ),
    (
        "办案",
        ("301", "停滞、久拖", _O),
        ("302", "挂案", _O),
        ("303", "取证不全", _Y),
        ("304", "非法取证", _R),
        ("305", "一保了之", _O),
        ("306", "另案、在逃失管", _O),
        ("307", "撤案终止不当", _R),
        ("308", "以罚代刑", _R),
        ("309", "调解不当", _O),
    ),
    (
        "强制措施",
        ("401", "超期", _R),
        ("402", "未讯问", _R),
        ("403", "未通知家属", _R),
        ("404", "未送所、所外讯问", _R),
        ("405", "延长不当", _O),
        ("406", "手续补办", _O),
        ("407", "连续传唤", _R),
    ),
    (
        "权利保障",
        ("501", "未告知权利", _O),
        ("502", "未成年人程序", _R),
        ("503", "法律援助", _O),
        ("504", "律师会见", _O),
        ("505", "回避", _O),
    ),
    (
        "场所",
        ("601", "未入区", _R),
        ("602", "超时", _R),
        ("603", "未安检", _O),
        ("604", "无同步录音录像", _R),
        ("605", "安全事件", _R),
    ),
    (
        "财物",
        ("701", "未入库", _O),
        ("702", "清单手续", _O),
        ("703", "调用超期", _Y),
        ("704", "未及时返还处理", _O),
        ("705", "账物不符", _R),
    ),
    (
        "文书卷宗",
        ("801", "缺失", _Y),
        ("802", "倒签补签", _R),
        ("803", "未签名", _Y),
        ("804", "电子卷宗滞后", _Y),
        ("805", "身份信息错误", _O),
    ),
    (
        "审核审批",
        ("901", "自办自审", _R),
        ("902", "应审未审", _R),
        ("903", "审批拖延", _O),
        ("904", "裁量失当", _O),
        ("905", "越权", _R),
    ),
    (
        "服务监督",
        ("A01", "信箱逾期", _Y),
        ("A02", "态度作风", _O),
        ("A03", "管辖推诿", _R),
        ("A04", "整改不力", _O),
        ("A05", "屡犯", _O),
    ),
)


@cache
def get_categories() -> dict[str, Category]:
    """Every category by its code, in the order of the groups."""
    return {code: Category(code, zh, group, colour) for group, *each in _GROUPS for code, zh, colour in each}


def _check_known(code: str) -> str:
    if code and code not in get_categories():
        raise ValueError(f"没有代码为“{code}”的执法问题类别")
    return code


def _offer_categories(schema: JsonDict) -> None:
    """Let pages offer the categories by what people call them."""
    names: JsonDict = {"": "未分类"}
    names.update({each.code: f"{each.code} {each.zh}" for each in get_categories().values()})
    schema.update({"enum": [*names], "x-names": names})


# The code of a category, or nothing where none was said.
CategoryCode = Annotated[str, AfterValidator(_check_known), Field(max_length=3, json_schema_extra=_offer_categories)]
