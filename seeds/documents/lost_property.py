"""The words of the papers on what somebody left behind (遗失物文书): that it came in, that it went back, that its owner is looked for."""

from typing import Final

from seeds.documents.wording import BASIS, Letter

_OFFICER: Final = "经办人：{{经办人|可缺}}　　　　办案单位：{{办案单位|可缺}}"

OF_LOST_PROPERTY: Final = {
    "遗失物接收凭证": Letter(
        "遗失物接收凭证",
        (
            "警情编号：{{案件编号}}",
            "{{发生时间}}，我单位接收{{交付人}}交付的下列物品：",
            "{%p for 物 in 物品 %}",
            "{{loop.index}}．{{物.名称}}{% if 物.特征 %}，{{物.特征}}{% endif %}{% if 物.序列号 %}，序列号{{物.序列号}}{% endif %}",
            "{%p endfor %}",
            "存放位置：{{存放位置}}。{% if 封装袋编号 %}封装袋编号：{{封装袋编号}}。{% endif %}",
            f"{BASIS}，由我单位妥善保管，通知失主领取或者发布招领公告。",
        ),
        receipt=("交付人（签名）：　　　　　　年　月　日", "在场人：{{在场的另一人|可缺}}", _OFFICER),
    ),
    "遗失物归还凭证": Letter(
        "遗失物归还凭证",
        (
            "警情编号：{{案件编号}}",
            "{{发生时间}}，{{领取人姓名}}（{{领取人}}）领取下列物品：",
            "{%p for 物 in 归还的物品 %}",
            "{{loop.index}}．{{物}}",
            "{%p endfor %}",
            "{%p for 证 in 权利凭证 %}",
            "权利凭证：{{证}}",
            "{%p endfor %}",
            "{% if 收取的必要费用 %}收取必要费用{{收取的必要费用}}元。{% else %}未收取费用。{% endif %}",
        ),
        receipt=("领取人（签名）：　　　　　　年　月　日", _OFFICER),
    ),
    "招领公告": Letter(
        "招领公告",
        (
            "{{公告内容|成句}}",
            f"请失主持有效凭证到{{{{办案单位|可缺}}}}认领。{BASIS}，自本公告发布之日起一年内无人认领的，归国家所有。",
        ),
    ),
}
