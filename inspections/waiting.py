"""Inspections that are wanted and wait for what they need (待建规则): facts, papers or matters that the record does not hold yet."""

from typing import NamedTuple

from law.citations import Article
from law.clock import Colour
from law.instruments import CPL, MPSA, MPSC, PSAPL, RPT, RULE


class Waiting(NamedTuple):
    """An inspection that waits: its id, its name, how grave its findings will be, by which rule, and what it waits for."""

    id: str
    label: str
    severity: Colour
    basis: Article
    why: str


_CENTRE = "办案中心出入区登记尚未接入"
_OTHERS = "需要比对其他事项的登记内容，每轮巡查只读取本事项及其上下级"
_ELSEWHERE = "由串并案承担：同一嫌疑人在“串并案”列出；跨单位的，不向看不到对方事项的单位提示"

WAITING = (
    Waiting("incident-auxiliary-alone", "辅警单独处警", Colour.ORANGE, MPSA.article(52), "巡查尚未读取每一步经办人当时的职务"),
    Waiting("filing-late-entry", "补录、倒录", Colour.YELLOW, RPT.article(3), "补录另有标记和统计，不重复提示"),
    Waiting("filing-acts-omitted", "同一嫌疑人多起未并处", Colour.YELLOW, MPSC.article(21), _ELSEWHERE),
    Waiting("case-separate-lost", "另案处理无下文", Colour.ORANGE, RULE.section("另案处理"), "没有决定另案处理的步骤"),
    Waiting("officer-in-two-places", "同一民警同时两地", Colour.ORANGE, CPL.article(118), _OTHERS),
    Waiting("custody-list-mismatch", "与看守所名单不符", Colour.RED, RULE.section("在押人员数据比对"), "看守所在押名单尚未接入"),
    Waiting("officer-should-stand-aside", "应当回避未回避", Colour.ORANGE, PSAPL.article(95), "没有民警亲属关系、利害关系的登记"),
    Waiting("visit-missing", "应入区未入区", Colour.RED, MPSC.article(198), _CENTRE),
    Waiting("visit-over-limit", "超8、12、24小时", Colour.RED, CPL.article(119), _CENTRE),
    Waiting("visit-no-search", "未安检、未体表检查", Colour.ORANGE, RULE.section("办案区使用管理"), _CENTRE),
    Waiting("visit-no-recording", "无同步录音录像", Colour.RED, CPL.article(123), _CENTRE),
    Waiting("visit-exit-open", "离区去向未登记", Colour.ORANGE, RULE.section("办案区使用管理"), _CENTRE),
    Waiting("visit-overnight", "过夜未报备", Colour.YELLOW, RULE.section("办案区使用管理"), _CENTRE),
    Waiting("visit-mixed-room", "混关", Colour.RED, CPL.article(280), _CENTRE),
    Waiting("visit-safety-open", "安全事件未处置", Colour.RED, RULE.section("办案区使用管理"), _CENTRE),
    Waiting("exhibit-changed", "数量特征前后不一", Colour.RED, CPL.article(141), "入库、移送、返还时不重复登记数量和特征"),
    Waiting(
        "paper-order",
        "文书时序矛盾",
        Colour.ORANGE,
        RULE.section("法律文书"),
        "文书由系统按事实发生的顺序编号，纸质文书没有落款日期的登记",
    ),
    Waiting("paper-unsigned", "未签名捺印、未注明拒签", Colour.YELLOW, MPSA.article(77), "没有签名、捺印的登记"),
    Waiting("dossier-late", "电子卷宗未随案扫描", Colour.BLUE, RULE.section("电子卷宗"), "没有纸质文书形成时间的登记"),
    Waiting("penalty-outlier", "裁量明显偏离", Colour.YELLOW, PSAPL.article(6), "没有本局同类处罚的分布统计"),
    Waiting(
        "problem-again", "屡纠屡犯", Colour.ORANGE, RULE.section("整改"), "由责任线索承担：同类问题第三次核实即拟登记，不另行提示"
    ),
    Waiting("alerts-dismissed-oddly", "异常排除", Colour.YELLOW, RULE.section("风险提示"), "尚无排除情况的统计"),
)
"""What waits, in the order of the catalogue."""
