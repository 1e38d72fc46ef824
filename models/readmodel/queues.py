"""The queues (工作队列) of a station's case room, by the six elements (六要素), and the agenda of who supervises the bureau: data, a line each.

A queue holds matters, or running limits with their matters. Nothing is ticked off: what is done to a matter takes it out.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Literal, LiteralString, NamedTuple, get_args

from models.readmodel.board_tallies import RUNNING
from models.readmodel.letter_repeats import REPEATS
from models.store.marks import SENSITIVE

QueueId = Literal[
    "incident-undecided",
    "incident-unfinished",
    "incident-limits",
    "incident-alerts",
    "case-no-officer",
    "case-new",
    "case-limits",
    "case-requests",
    "case-sensitive",
    "case-alerts",
    "person-held",
    "person-bailed",
    "person-minor",
    "person-alerts",
    "thing-in-hand",
    "thing-lent",
    "thing-left",
    "thing-alerts",
    "file-undeclared",
    "file-to-archive",
    "file-alerts",
    "place-present",
    "place-alerts",
    "agenda-alerts",
    "agenda-sensitive",
    "agenda-supervisions",
    "agenda-disputes",
    "agenda-leads",
    "agenda-orders",
    "agenda-reviews",
    "search-unbegun",
    "search-under-way",
    "search-unreviewed",
    "search-found",
    "search-long",
    "task-unsigned",
    "task-under-way",
    "task-reported",
    "letter-unsigned",
    "letter-unanswered",
    "letter-unassigned",
    "letter-unlabelled",
    "letter-promises",
    "letter-referred",
    "letter-repeats",
    "letter-reviews",
    "letter-to-evaluate",
    "letter-dissatisfied",
    "letter-rewards",
]


class Element(StrEnum):
    """What a queue is about: one of the six elements of a station's work, what comes before those who supervise the bureau, a search for people, or letters from the public."""

    INCIDENT = "incident"
    CASE = "case"
    PERSON = "person"
    THING = "thing"
    FILE = "file"
    PLACE = "place"
    AGENDA = "agenda"
    SEARCH = "search"
    TASK = "task"
    LETTER = "letter"


SIX = frozenset({Element.INCIDENT, Element.CASE, Element.PERSON, Element.THING, Element.FILE, Element.PLACE})
"""The six elements (六要素) of a station's case room."""
ELEMENTS = MappingProxyType(
    {
        Element.INCIDENT: "警情",
        Element.CASE: "案件",
        Element.PERSON: "人员",
        Element.THING: "财物",
        Element.FILE: "卷宗",
        Element.PLACE: "场所",
        Element.AGENDA: "议程",
        Element.SEARCH: "查找",
        Element.TASK: "协同任务",
        Element.LETTER: "群众来信",
    }
)


class Queue(NamedTuple):
    """A queue: its name, what is to be done now with what stands in it, and which matters `m`, or running limits `c`, do."""

    id: QueueId
    element: Element
    zh: str
    act: str
    which: LiteralString
    of: Literal["matters", "limits"] = "matters"


_CASES = "m.kind IN ('criminal-case', 'public-order-case')"
_CASE_CLOCKS = "c.kind IN ('criminal-case', 'public-order-case')"
_OPEN = "NOT m.final AND m.kind || '/' || m.stage <> ALL(%(settled)s)"
_SETTLED = "NOT m.final AND m.kind || '/' || m.stage = ANY(%(settled)s)"
# Limits by which somebody is in the rooms of the station now.
PRESENT = (
    "criminal-summons",
    "admin-summons-questioning",
    "admin-summons-questioning-other",
    "stop-question-extended",
    "stop-question-vulnerable",
)
BAILED = ("bail-max", "residential-surveillance-max")
# Inspections whose findings are about papers, or about where and with whom somebody was questioned, whatever matter they stand in.
OF_PAPERS = ("paper-missing", "paper-unserved")
OF_PLACES = ("person-questioned-outside", "person-chained-summons", "single-officer")


BEING_ANSWERED = ("signed", "handling", "handling_again")
WHETHER_OURS = ("petition-acceptance-notice", "petition-referral-objection")
DISSATISFIED = ("letter-dissatisfied-call", "letter-rating-call")


def _list_sql(ids: tuple[LiteralString, ...]) -> LiteralString:
    return "(" + ", ".join("'" + each + "'" for each in ids) + ")"


def _find_at(kind: LiteralString, *stages: LiteralString) -> LiteralString:
    """Matters of a kind at one of these stages, at none of which anything ends: so the index of what is open finds them."""
    return f"m.kind = '{kind}' AND NOT m.final AND m.stage IN {_list_sql(stages)}"


_ALERT = "m.kind = 'risk-alert' AND NOT m.final AND m.stage <> 'ordered'"


def _find_alerts(kinds: LiteralString) -> LiteralString:
    return f"""{_ALERT} AND EXISTS (SELECT FROM matter s WHERE s.number = m.parent AND s.kind IN ({kinds})) AND NOT EXISTS (
        SELECT FROM finding f WHERE f.alert = m.number AND f.rule IN {_list_sql((*OF_PAPERS, *OF_PLACES))})"""


def _find_alerts_of(rules: tuple[LiteralString, ...]) -> LiteralString:
    return f"{_ALERT} AND EXISTS (SELECT FROM finding f WHERE f.alert = m.number AND f.rule IN {_list_sql(rules)})"


_LOOK_INTO = "核查风险提示：属实的提醒或者转整改，不属实的说明理由排除"
_BEFORE_IT_ENDS = "届满前办结，或者依法延长、变更"
_RED_AND_LATE = f"""{_ALERT} AND (SELECT said ->> 'reason' FROM fact WHERE matter = m.number AND fact IN ('alert.raised', 'alert.worsened')
        ORDER BY seq DESC LIMIT 1) = 'red'
    AND EXISTS (SELECT FROM clock c WHERE c.matter = m.number AND c.limit_id = 'alert-handling' AND {RUNNING} AND c.due_at < %(now)s)"""
_RAISED = "EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact = 'supervision.raised-level')"
_MINOR = """m.kind = 'suspect' AND NOT m.final AND EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact = 'person.found-minor')
    AND NOT EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact = 'person.found-adult')"""
_LEFT = """m.kind = 'exhibit' AND NOT m.final AND EXISTS (SELECT FROM matter s WHERE s.number = m.parent
    AND (s.final OR s.kind || '/' || s.stage = ANY(%(settled)s)))"""
_UNDECLARED = "EXISTS (SELECT FROM dossier_item d WHERE d.matter = m.number AND d.declared_at IS NULL)"
_LETTER = "m.kind = 'letter' AND NOT m.final"
_LETTER_LIMIT = "c.kind = 'letter'"
_BEING_ANSWERED = _find_at("letter", *BEING_ANSWERED)
_LABELLED = "EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact = 'letter.classified')"
# What is done again is somebody else's.
_ASSIGNED = """EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact = 'letter.assigned'
    AND (m.stage <> 'handling_again' OR f.seq > (SELECT max(r.seq) FROM fact r WHERE r.matter = m.number AND r.fact = 'letter.reopened')))"""
# Whoever keeps letters knows the task by a copy, which no list shows.
_LOOKED_INTO = "EXISTS (SELECT FROM matter t WHERE t.parent = m.number AND t.kind = 'joint-task' AND NOT t.final)"
_TO_PAY = """EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact = 'tip.reward-approved')
    AND NOT EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact IN ('tip.reward-paid', 'tip.reward-forfeited'))"""
_UNDECIDED = _find_at("incident", "received", "dispatched", "accepted", "on_scene", "fed_back")

_IN, _CA, _PE, _TH, _FI, _PL, _AG, _SE, _TA, _LE = Element
QUEUES = (
    Queue("incident-undecided", _IN, "昨日以前未定性的警情", "督促到场、反馈和分流定性", f"{_UNDECIDED} AND m.opened_at < %(today)s"),
    Queue("incident-unfinished", _IN, "已定性未办结的警情", "督促受案、调解或者办结", _find_at("incident", "classified", "mediation")),
    Queue("incident-limits", _IN, "24小时内届满和已超期的警情时限", _BEFORE_IT_ENDS, "c.kind = 'incident' AND c.due_at < %(day)s", "limits"),
    Queue("incident-alerts", _IN, "警情的风险提示", _LOOK_INTO, _find_alerts("'incident'")),
    Queue("case-no-officer", _CA, "没有承办民警的案件", "指定承办民警", f"{_CASES} AND {_OPEN} AND m.officer = ''"),
    Queue("case-new", _CA, "24小时内新受的案件", "核对受案登记和立案材料", f"{_CASES} AND NOT m.final AND m.opened_at >= %(day_ago)s"),
    Queue("case-limits", _CA, "三日内届满和已超期的案件期限", _BEFORE_IT_ENDS, f"{_CASE_CLOCKS} AND NOT c.liberty AND c.due_at < %(three_days)s", "limits"),
    Queue("case-requests", _CA, "有待审批的呈请", "催办审批，被退回的督促重新呈请", "m.requests <> '[]' AND m.kind NOT IN ('canary', 'delivery')"),
    Queue("case-sensitive", _CA, "敏感案件", "核对报备、续报和下一步工作", SENSITIVE),
    Queue("case-alerts", _CA, "案件的风险提示", _LOOK_INTO, _find_alerts("'criminal-case', 'public-order-case'")),
    Queue("person-held", _PE, "人身自由受限制的人员", "核对剩余时间，届满前变更、解除或者移送", "c.liberty", "limits"),
    Queue("person-bailed", _PE, "取保候审、监视居住人员", "核对执行情况，届满前解除、变更或者移送", f"c.limit_id IN {_list_sql(BAILED)}", "limits"),
    Queue("person-minor", _PE, "未成年犯罪嫌疑人", "核对合适成年人到场、法律援助和封存", _MINOR),
    Queue("person-alerts", _PE, "人员的风险提示", _LOOK_INTO, _find_alerts("'suspect'")),
    Queue("thing-in-hand", _TH, "未入库的财物", "督促移交保管场所入库", _find_at("exhibit", "in_hand")),
    Queue("thing-lent", _TH, "调用中的财物", "按期归还，逾期的催还", _find_at("exhibit", "lent")),
    Queue("thing-left", _TH, "案件已结、尚未处理的财物", "作出处理决定：发还、上缴、销毁或者随案移交", _LEFT),
    Queue("thing-alerts", _TH, "财物的风险提示", _LOOK_INTO, _find_alerts("'exhibit'")),
    Queue("file-undeclared", _FI, "未声明一致的扫描件", "核对纸质材料，声明一致", _UNDECLARED),
    Queue("file-to-archive", _FI, "待归档的案卷", "整理、归档", f"{_CASES} AND {_SETTLED}"),
    Queue("file-alerts", _FI, "文书的风险提示", _LOOK_INTO, _find_alerts_of(OF_PAPERS)),
    Queue("place-present", _PL, "传唤、盘问中的人员", "核对到案和离开时间，届满前结束或者变更措施", f"c.limit_id IN {_list_sql(PRESENT)}", "limits"),
    Queue("place-alerts", _PL, "询问讯问场所的风险提示", _LOOK_INTO, _find_alerts_of(OF_PLACES)),
    Queue("agenda-alerts", _AG, "逾期未处置的红色提示", "听取汇报，决定整改或者督办", _RED_AND_LATE),
    Queue("agenda-sensitive", _AG, "敏感案件", "听取进展，决定下一步和是否解除", SENSITIVE),
    Queue("agenda-supervisions", _AG, "提级的督办", "听取进展，决定继续督办或者解除", f"m.kind = 'supervision' AND NOT m.final AND {_RAISED}"),
    Queue("agenda-disputes", _AG, "报请指定的管辖争议", "指定管辖", _find_at("jurisdiction-dispute", "submitted")),
    Queue("agenda-leads", _AG, "对责任线索的异议", "复核后作出异议决定", _find_at("accountability", "appealed")),
    Queue("agenda-orders", _AG, "对整改指令的异议", "审查后作出异议决定", _find_at("rectification-order", "appealed")),
    Queue("agenda-reviews", _AG, "对评查结果的异议", "复核评查结果", _find_at("case-review", "objected")),
    Queue("search-unbegun", _SE, "未启动查找的失联人员", "定级，启动合成作战，下达任务", _find_at("missing-person", "reported")),
    Queue("search-under-way", _SE, "查找中的失联人员", "按等级检查，登记线索，安排下一步", _find_at("missing-person", "searching", "as_case")),
    Queue("search-unreviewed", _SE, "逾期未检查的查找", "立即检查已做的工作和下一步", "c.limit_id = 'missing-review' AND c.due_at < %(now)s", "limits"),
    Queue("search-found", _SE, "已找到、待办结", "告知报告人，交接，家属确认", _find_at("missing-person", "found", "found_dead")),
    Queue("search-long", _SE, "长期查找", "按期检查，比对救助和DNA信息", _find_at("missing-person", "long_term")),
    Queue("task-unsigned", _TA, "待签收的协同任务", "催促签收，不能执行的另行安排", _find_at("joint-task", "issued")),
    Queue("task-under-way", _TA, "执行中的协同任务", "按时限反馈", _find_at("joint-task", "under_way")),
    Queue("task-reported", _TA, "待认可的反馈", "认可，或者退回继续查找", _find_at("joint-task", "reported")),
    Queue("letter-unsigned", _LE, "待签收的来信", "签收", _find_at("letter", "received")),
    Queue("letter-unanswered", _LE, "24小时内届满和已超时的来信时限", "签收、联系来信人、首次反馈、办结，按最近的时限办理", f"{_LETTER_LIMIT} AND c.due_at < %(day)s", "limits"),
    Queue("letter-unassigned", _LE, "未交办的来信", "交办，不得交由被反映的单位和民警", f"{_BEING_ANSWERED} AND NOT {_ASSIGNED}"),
    Queue("letter-unlabelled", _LE, "未标注的来信", "标注；不标注不能答复", f"{_BEING_ANSWERED} AND NOT {_LABELLED}"),
    Queue("letter-promises", _LE, "已超时的来信承诺", "立即补办，说明原因", f"{_LETTER_LIMIT} AND c.at_expiry = 'escalate-service' AND c.due_at < %(now)s", "limits"),
    Queue("letter-referred", _LE, "待答复是否受理的信访事项", "十五日内告知是否受理；转送、交办有误的，五个工作日内提出异议", f"c.limit_id IN {_list_sql(WHETHER_OURS)}", "limits"),
    Queue("letter-repeats", _LE, "疑似重复来信", "核对是否同一事由，同一事由的并入在先的来信", f"{_LETTER} AND {REPEATS}"),
    Queue("letter-reviews", _LE, "关联事项待复核的来信", "督促复核；已反馈的认可或者退回", f"{_LETTER} AND {_LOOKED_INTO}"),
    Queue("letter-to-evaluate", _LE, "已答复待评价的来信", "七日内回访评价；举报线索登记奖励或者不予奖励", _find_at("letter", "concluded", "concluded_again")),
    Queue("letter-dissatisfied", _LE, "不满意待回访的来信", "二十四小时内回访", f"c.limit_id IN {_list_sql(DISSATISFIED)}", "limits"),
    Queue("letter-rewards", _LE, "待发放的举报奖励", "通知领取、发放；逾期未领的登记", f"m.kind = 'letter' AND {_TO_PAY}"),
)  # fmt: skip
BY_ID = MappingProxyType({each.id: each for each in QUEUES})
if set(BY_ID) != set(get_args(QueueId)):
    raise TypeError("a queue is named that is not there, or is there and not named")
