"""The words of what whoever wrote to the bureau is given (信访文书): by the number of their letter, so that no paper names them."""

from typing import Final

from seeds.documents.wording import BASIS, Letter

_WRITER: Final = "来信人（来信编号：{{案件编号}}）"
_GIVEN: Final = ("本告知书已收到。来信人（签名）：　　　　　　年　月　日", "经办人：{{经办人|可缺}}")
_ABOUT: Final = "你反映的“{{案件名称|可缺}}”的信访事项，"
_MAY_ASK: Final = "不服本意见的，可以自收到之日起三十日内向{whom}请求{what}。"


def _tell(title: str, *body: str) -> Letter:
    """What somebody who wrote is told in writing."""
    return Letter(title, body, to=_WRITER, receipt=_GIVEN)


OF_LETTERS: Final = {
    "信访事项受理告知书": _tell(
        "信访事项受理告知书", f"{_ABOUT}我局已经受理。{{{{告知内容|成句}}}}", "我局自受理之日起六十日内办结；需要延长的，另行告知。"
    ),
    "信访事项不予受理告知书": _tell(
        "信访事项不予受理告知书", f"{_ABOUT}{BASIS}，我局不予受理。原信访事项：{{{{原信访事项}}}}。", "{{告知内容|成句}}"
    ),
    "信访事项程序导入告知书": _tell(
        "信访事项程序导入告知书", f"{_ABOUT}{BASIS}，应当通过法定程序处理：{{{{导入的程序}}}}。", "{{告知内容|成句}}"
    ),
    "转送告知书": _tell("转送告知书", f"{_ABOUT}{BASIS}，已转送{{{{转往}}}}办理。", "{{告知来信人的内容|成句}}"),
    "延长办理期限告知书": _tell(
        "延长办理期限告知书", f"{_ABOUT}{BASIS}，因{{{{延长理由}}}}，办理期限{{{{延长期限}}}}。", "{{告知来信人的延长理由|成句}}"
    ),
    "信访处理意见书": _tell(
        "信访处理意见书",
        f"{_ABOUT}经调查，情况{{{{查明情况}}}}，处理结果为{{{{处理结果}}}}。",
        "{{答复内容|成句}}",
        "依据：{{依据|成句}}",
        _MAY_ASK.format(whom="我局的上一级公安机关", what="复查"),
    ),
    "信访事项复查意见书": _tell(
        "信访事项复查意见书",
        f"{_ABOUT}经复查，结论为{{{{结论}}}}。",
        "{{意见|成句}}",
        _MAY_ASK.format(whom="复查机关的上一级机关", what="复核"),
    ),
    "信访事项复核意见书": _tell(
        "信访事项复核意见书",
        f"{_ABOUT}经复核，结论为{{{{结论}}}}。",
        "{{意见|成句}}",
        "对本意见不服，仍然以同一事实和理由提出的，不再受理。",
    ),
    "举报奖励审批表": Letter(
        "举报奖励审批表",
        (
            "线索编号：{{案件编号}}",
            "举报人代号：{{举报人代号}}",
            "奖励金额：{{奖励金额}}元，领取方式：{{领取方式}}。",
            "线索作用和奖励理由：{{线索作用和奖励理由|成句}}",
        ),
        receipt=("呈请人：{{经办人|可缺}}", "批准人：{{批准人|可缺}}"),
    ),
}
