"""The rates of the supervision board (执法监督指标), each with the definition that is shown beside it.

A rate is neither a mark nor a ranking; it opens the list of what it counted. A limit counts as kept by the date of the act. Acts that were
entered only after the limit had ended (补录) are counted, and their number is shown.
"""

from typing import Literal, NamedTuple

_SETTLED = "期间内办结或者届满的{}（办结在先的按办结之日，届满在先的按届满之日计入）"
_LEFT_OUT = "尚未届满、也未办结的，以及依法不再计算的（移送、转出、撤销等）"
_RESPONSE = "期间内完成或者届满的{}承诺时限（一次派警计一次）"
_NO_RESPONSE = "尚未届满的，以及未经这一环节即已到场、定性、移送或者办结的"


FigureId = Literal[
    "filed",
    "filed-in-time",
    "closed-in-time",
    "rectified",
    "overrun",
    "dispatch-signed",
    "dispatch-arrived",
    "dispatch-reported",
]


class Figure(NamedTuple):
    """A rate: the limits whose clocks it counts, and in words its numerator, its denominator and what is left out."""

    id: FigureId
    zh: str
    above: str
    below: str
    left_out: str
    limits: tuple[str, ...] = ()
    # A percentage of the denominator, or a number per hundred of it.
    measure: Literal["share", "per-hundred"] = "share"
    # Whether the median duration is shown too.
    timed: bool = False


_FILING = ("criminal-filing-review", "criminal-filing-review-economic", "admin-case-filing-immediate")
_HANDLING = ("public-order-case-handling", "admin-case-handling-general", "investigative-custody")

FILED = Figure(
    "filed",
    "受立案率",
    above="其中已经立案的（刑事立案、行政立案）",
    below=_SETTLED.format("刑事立案审查和行政立案期限，即受理后应当决定是否立案的案件"),
    left_out=f"{_LEFT_OUT}；不予立案、不予处理、移送管辖有法定理由的计入分母，此项不作高低评价",
    limits=_FILING,
)
FILED_IN_TIME = Figure(
    "filed-in-time",
    "受立案及时率",
    above="其中在期限内作出决定的（立案、不予立案、移送）",
    below=_SETTLED.format("刑事立案审查和行政立案期限"),
    left_out=_LEFT_OUT,
    limits=_FILING,
)
CLOSED_IN_TIME = Figure(
    "closed-in-time",
    "按期办结率",
    above="其中在期限内办结的；依法延长、扣除的按延长、扣除以后的期限",
    below=_SETTLED.format("办案期限（治安案件、其他行政案件办案期限和侦查羁押期限）"),
    left_out=_LEFT_OUT,
    limits=_HANDLING,
)
RECTIFIED = Figure(
    "rectified",
    "整改率",
    above="其中按期反馈并经核查通过的",
    below="期间内反馈或者届满的整改指令单（退回重新整改的按最后一次期限，一单计一次）",
    left_out="已按期反馈、尚待核查的，尚未届满的，届满以前撤销的，经异议审查撤销的",
    limits=("rectification-report",),
)
SIGNED = Figure(
    "dispatch-signed",
    "按时签收率",
    above="其中在派警时有效的签收时限内签收的；单位没有另行设定的为30秒",
    below=_RESPONSE.format("签收"),
    left_out=_NO_RESPONSE,
    limits=("sla-dispatch-sign",),
    timed=True,
)
ARRIVED = Figure(
    "dispatch-arrived",
    "按时到场率",
    above="其中在派警时有效的到场时限内到场的；单位没有另行设定的为5分钟",
    below=_RESPONSE.format("到场"),
    left_out=_NO_RESPONSE,
    limits=("sla-dispatch-arrive",),
    timed=True,
)
REPORTED = Figure(
    "dispatch-reported",
    "按时反馈率",
    above="其中在派警时有效的反馈时限内反馈处置情况或者定性的；单位没有另行设定的为到场后30分钟",
    below=_RESPONSE.format("反馈"),
    left_out=_NO_RESPONSE,
    limits=("sla-dispatch-feedback",),
    timed=True,
)
OVERRUN = Figure(
    "overrun",
    "每百件超期",
    above="期间内届满而没有按期完成的期限（警情、案件和犯罪嫌疑人的法定期限、本局管理期限），乘以100",
    below="期间内新增的警情、案件和犯罪嫌疑人",
    left_out="公开承诺的时限，当事人逾期不行使的权利",
    measure="per-hundred",
)
OPENED = "opened"
"""The id under which the denominator of rates per hundred, newly opened matters, is counted."""

FIGURES = (FILED, FILED_IN_TIME, CLOSED_IN_TIME, RECTIFIED, OVERRUN, SIGNED, ARRIVED, REPORTED)
BY_ID = {each.id: each for each in FIGURES}
