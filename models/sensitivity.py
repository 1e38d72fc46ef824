"""What makes a case sensitive (敏感情形), as data: a criterion is a line here and a word in `CriterionId`.

The names of these criteria are kept for ever. What follows from facts an inspection proposes (`inspections/rules/case_sensitive_unmarked.py`);
that a case is sensitive only people say.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from models.matter import Kind

CriterionId = Literal[
    "death",
    "minor",
    "foreign",
    "official",
    "group",
    "money",
    "attention",
    "police",
    "supervised",
    "enterprise",
    "unanswered",
    "designated",
]

CRITERIA: Mapping[CriterionId, str] = {
    "death": "有人死亡或者重伤",
    "minor": "未成年人受侵害或者涉嫌严重犯罪",
    "foreign": "涉外或者涉民族宗教",
    "official": "涉公职人员或者人大代表政协委员",
    "group": "群体性或者涉欠薪征迁学校医院",
    "money": "涉案百万元以上或者受害三十人以上",
    "attention": "媒体网络关注或者赴省进京信访",
    "police": "民警被投诉或者使用武器或者抓捕致伤",
    "supervised": "检察机关法院监督或者决定被撤销",
    "enterprise": "冻结企业财产五百万元以上或者致其停产",
    "unanswered": "红色提示逾期未处置或者调解后第三次报警",
    "designated": "局领导或者执法监督管理委员会指定",
}
CRITERION = "、".join(f"{each} {zh}" for each, zh in CRITERIA.items())
"""How a form tells them: each as `code 中文`."""
MOST = len(get_args(CriterionId))

MARKABLE = (Kind.INCIDENT, Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE)
"""What may be sensitive; what belongs to such a matter is with it."""
