"""The indicators of a unit's month (考评指标): what each counts, in words, which way is good, and what it usually weighs.

What the supervision board counts too is the board's own figure. An indicator whose facts the record does not hold yet says what it waits for,
and is neither shown as nought nor scored.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from law.clock import PROMISES, Consequence
from law.instruments import PROMISE, RULE
from law.offices import Office
from law.time_limits import About, TimeLimit, get_limits
from models.access.read_rights import is_outside
from models.readmodel import figures
from models.readmodel.figures import Figure

# Of fewer no share is told and none is scored.
FEW = 5
_SETTLED = "当月办结或者届满的{}（办结在先的按办结之日，届满在先的按届满之日计入）"
_LEFT_OUT = "尚未届满、也未办结的，以及依法不再计算的；封存案卷不计"
_REVIEWED = "当月定分生效（已反馈且异议期满或者已复核）的{}案卷"

Better = Literal["more", "less"]


class Indicator(NamedTuple):
    """An indicator: how it is numbered and called, what stands above and below the line, and what is left out.

    `line`: from which figure it is reached in full (`better` more), or at which nothing is left of it (less), in `per` (100: per cent).
    `usual`: what it weighs where a bureau has set nothing; 0: it is shown and never scored. `limits`: of whose clocks it is a share.
    """

    no: str
    id: str
    zh: str
    above: str
    below: str
    left_out: str = _LEFT_OUT
    usual: float = 0
    line: float = 95
    better: Better = "more"
    per: int = 100
    limits: tuple[str, ...] = ()
    waits: str = ""
    # What is more than nought caps the band.
    star: bool = False
    # Its rate is the mean of the marks of what it counts, not what is above the line by what is below.
    mean: bool = False


def _of_board(no: str, figure: Figure, usual: float, line: float, *, zh: str = "", above: str = "") -> Indicator:
    """An indicator that counts what a figure of the supervision board counts."""
    above, below = above or figure.above, figure.below
    return Indicator(no, figure.id, zh or figure.zh, above, below, figure.left_out, usual, line, limits=figure.limits)


def _build_in_time_indicator(no: str, id_: str, zh: str, what: str, usual: float, *of: str, line: float = 95) -> Indicator:
    """The share of clocks of these limits that were met in time."""
    return Indicator(no, id_, zh, "其中按期完成的", _SETTLED.format(what), usual=usual, line=line, limits=of)


def _is_statutory(limit: TimeLimit) -> bool:
    """Whether a law or the ministry sets it, and the police are answerable for it."""
    instrument = limit.editions[0].basis[0].instrument
    nobody = limit.at_expiry in (Consequence.RIGHT_LAPSES, *PROMISES) or limit.about is About.RIGHT
    outside = limit.answerable is Office.PARTY or is_outside(limit.answerable)
    return instrument not in (RULE, PROMISE) and not nobody and not outside


STATUTORY = tuple(each.id for each in get_limits().values() if _is_statutory(each) and not each.liberty)
LIBERTY = tuple(each.id for each in get_limits().values() if _is_statutory(each) and each.liberty)
"""The limits that the law sets the police: those on somebody's liberty, and before them the others."""

LAWFUL_CLOSURE = _of_board(
    "1",
    figures.CLOSED_IN_TIME,
    12,
    95,
    zh="结案率（依法按期）",
    above=f"{figures.CLOSED_IN_TIME.above}；经核查认定撤案终止、以罚代刑、调解不当的不计入",
)
CLOSURE_RAW = Indicator(
    "1对照",
    "closure-raw",
    "结案率（结案数÷受理数）",
    "当月办结的刑事案件和行政案件",
    "当月受理的刑事案件和行政案件",
    "只作对照，不计分、不排名",
)
RETURN_RATE = Indicator(
    "16",
    "return-rate",
    "退查率",
    "当月退回补充侦查的",
    "当月移送、再次移送审查起诉的",
    "只作工作清单，不计分、不排名",
    better="less",
)

INDICATORS = (
    LAWFUL_CLOSURE,
    CLOSURE_RAW,
    _of_board("2", figures.FILED_IN_TIME, 9, 98),
    Indicator(
        "3",
        "not-filed-found",
        "应立未立发现率",
        "当月经核查认定应立不立（201）的",
        "当月转为案件的警情，每千件",
        usual=5,
        line=5,
        better="less",
        per=1000,
    ),
    _build_in_time_indicator("4", "on-the-spot", "三个当场落实率", "当面报案登记期限", 3, "incident-onsite-registration"),
    Indicator(
        "5",
        "statutory-overdue",
        "超期率（法定）",
        "其中逾期完成或者届满未完成的",
        _SETTLED.format("法定期限（人身自由的除外）"),
        usual=7,
        line=10,
        better="less",
        limits=STATUTORY,
    ),
    Indicator(
        "6",
        "liberty-overdue",
        "超期羁押、超期措施数",
        "其中逾期完成或者届满未完成的",
        _SETTLED.format("人身自由的法定期限"),
        better="less",
        limits=LIBERTY,
        star=True,
    ),
    Indicator(
        "7",
        "standing-still",
        "案件停滞率",
        "其中巡查发现停滞、尚未消除的",
        "统计时正在侦查的刑事案件",
        usual=4,
        line=20,
        better="less",
    ),
    Indicator("8", "hanging-cleared", "挂案清理率", "其中当月依法了结的", "月初在册的挂案", usual=3, line=20),
    Indicator(
        "9",
        "review-mean",
        "评查均分",
        "其中优秀的（90分以上、没有否决项）；均分为全部案卷定分的平均数",
        _REVIEWED.format("月度抽查"),
        "尚可提出异议、尚未复核的，作废的；专项、定向评查和自查的案卷；封存案卷不计",
        usual=13,
        line=90,
        mean=True,
    ),
    Indicator(
        "10",
        "review-failed",
        "不合格卷数",
        "其中不合格的（不足60分或者有否决项）",
        _REVIEWED.format("评查"),
        "尚可提出异议、尚未复核的，作废的；自查的案卷；封存案卷不计。只展示，不计分",
        better="less",
    ),
    _of_board("11", figures.RECTIFIED, 7, 95),
    Indicator("12", "first-pass", "一次整改通过率", "其中没有退回过的", "当月核查通过的整改指令单", usual=2, line=90),
    Indicator(
        "13",
        "again",
        "屡犯率",
        "其中此前九十日内本单位已有同类问题的",
        "当月核查认定、分了类的问题",
        usual=2,
        line=50,
        better="less",
    ),
    Indicator("14", "revoked", "复议撤销、变更率", "", "", usual=4, line=5, better="less", waits="行政复议、诉讼结果尚无登记步骤"),
    Indicator(
        "15",
        "corrected-by-procuratorate",
        "检察监督纠正数",
        "当月收到的通知立案、通知撤销案件",
        "当月受理的刑事案件，每百件",
        usual=2,
        line=5,
        better="less",
    ),
    RETURN_RATE,
    Indicator(
        "17",
        "satisfied",
        "群众满意率",
        "其中各项均在3分以上、称民警到过现场的",
        "当月随机回访接通的警情",
        "没有抽中的、两次未接通的；封存案卷不计",
        usual=7,
        line=90,
    ),
    Indicator(
        "18",
        "caller-told",
        "回告率",
        "其中已经回告报警人的",
        "当月办结的警情",
        "封存案卷不计",
        usual=2,
        line=95,
    ),
    _of_board("19", figures.ARRIVED, 2, 90, zh="出警及时率"),
    _build_in_time_indicator("20", "recording-linked", "视音频关联及时率", "执法视音频关联期限", 3, "recording-hand-in"),
    Indicator("21", "visits-in-order", "办案区规范率", "", "", usual=2, waits="办案中心出入区登记尚未接入"),
    _build_in_time_indicator("22", "handed-over", "财物入库及时率", "涉案财物移交保管期限", 2, "property-handover"),
    _build_in_time_indicator("23", "disposed", "案结物清率", "涉案财物处理期限", 1, "exhibit-disposal", line=90),
    Indicator("24", "scanned", "电子卷宗随案率", "", "", usual=2, waits="纸质文书形成时间尚无登记"),
    _build_in_time_indicator("25", "alerts-handled", "风险提示处置及时率", "风险提示处置期限", 2, "alert-handling"),
    Indicator(
        "26",
        "called-again",
        "重复报警率",
        "当月巡查发现调解后再次报警的",
        "当月达成调解协议的",
        "只供掌握情况，不计分",
        better="less",
    ),
    Indicator(
        "27",
        "minors-protected",
        "未成年人程序规范率",
        "其中没有核查认定未成年人程序问题（502）的",
        "当月讯问、询问未成年人的事项",
        usual=2,
        line=100,
        star=True,
    ),
    _build_in_time_indicator(
        "28",
        "letters-answered",
        "信访、信箱按期率",
        "信访、局长信箱、12345工单、民警违纪投诉、评警回访和举报线索的期限",
        2,
        *("petition-acceptance-notice", "petition-conclude"),
        *("sla-mailbox-sign", "sla-mailbox-respond", "sla-mailbox-first-feedback", "letter-hotline-conclude", "letter-rating-call"),
        *("letter-conduct-accept", "letter-conduct-conclude", "letter-conclude-again", "letter-dissatisfied-call", "tip-verify"),
    ),
)
"""The indicators in the order of the sheet."""

BY_ID: Mapping[str, Indicator] = MappingProxyType({each.id: each for each in INDICATORS})
USUAL: Mapping[str, float] = MappingProxyType({each.id: each.usual for each in INDICATORS if each.usual})
"""What weighs how much where a bureau has set nothing; together a hundred."""
