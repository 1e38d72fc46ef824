"""Inspections that are wanted and wait for what they need (待建规则): facts, papers or matters that the record does not hold yet."""

from typing import NamedTuple


class Waiting(NamedTuple):
    """An inspection that waits: its id, its name, and what it waits for."""

    id: str
    label: str
    why: str


_CENTRE = "办案中心出入区登记尚未接入"
_RECORDING = "没有关联执法视音频的步骤和期限"
_OTHERS = "需要比对其他事项的登记内容，每轮巡查只读取本事项及其上下级"

WAITING = (
    Waiting("incident-no-recording", "执法记录仪未关联", _RECORDING),
    Waiting("incident-recording-gap", "视音频有断点", _RECORDING),
    Waiting("incident-caller-not-told", "未回告报警人", "没有回告报警人的步骤和期限"),
    Waiting("incident-auxiliary-alone", "辅警单独处警", "巡查尚未读取每一步经办人当时的职务"),
    Waiting("filing-late-entry", "补录、倒录", "补录另有标记和统计，不重复提示"),
    Waiting("filing-acts-omitted", "同一嫌疑人多起未并处", _OTHERS),
    Waiting("case-separate-lost", "另案处理无下文", "没有决定另案处理的步骤"),
    Waiting("case-link-candidate", "串并案候选", "没有串案的步骤和特征比对"),
    Waiting("officer-in-two-places", "同一民警同时两地", _OTHERS),
    Waiting("custody-list-mismatch", "与看守所名单不符", "看守所在押名单尚未接入"),
    Waiting("officer-should-stand-aside", "应当回避未回避", "没有民警亲属关系、利害关系的登记"),
    Waiting("visit-missing", "应入区未入区", _CENTRE),
    Waiting("visit-over-limit", "超8、12、24小时", _CENTRE),
    Waiting("visit-no-search", "未安检、未体表检查", _CENTRE),
    Waiting("visit-no-recording", "无同步录音录像", _CENTRE),
    Waiting("visit-exit-open", "离区去向未登记", _CENTRE),
    Waiting("visit-overnight", "过夜未报备", _CENTRE),
    Waiting("visit-mixed-room", "混关", _CENTRE),
    Waiting("visit-safety-open", "安全事件未处置", _CENTRE),
    Waiting("exhibit-changed", "数量特征前后不一", "入库、移送、返还时不重复登记数量和特征"),
    Waiting("paper-order", "文书时序矛盾", "文书由系统按事实发生的顺序编号，纸质文书没有落款日期的登记"),
    Waiting("paper-unsigned", "未签名捺印、未注明拒签", "没有签名、捺印的登记"),
    Waiting("dossier-late", "电子卷宗未随案扫描", "没有纸质文书形成时间的登记"),
    Waiting("penalty-outlier", "裁量明显偏离", "没有本局同类处罚的分布统计"),
    Waiting("letter-answered-by-accused", "被投诉人自办自答", "来信没有被投诉民警的登记"),
    Waiting("letter-cluster", "同类诉求集中", "来信没有诉求分类"),
    Waiting("problem-again", "屡纠屡犯", "整改指令没有问题分类"),
    Waiting("alerts-dismissed-oddly", "异常排除", "尚无排除情况的统计"),
    Waiting("jurisdiction-refused", "推诿", "没有管辖争议这一事项"),
)
"""What waits, in the order of the catalogue."""
