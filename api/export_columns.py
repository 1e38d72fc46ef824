"""What the exported sheets have in their columns, and how each row comes from what a list or a board answers."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from api.xlsx import Column
from law.clock import Colour
from models.forms.drive_item import RESULTS
from models.marks import MARKS
from models.matter import Kind
from models.readmodel.assessment_shapes import AssessmentSheet
from models.readmodel.board_shapes import (
    CallsBoard,
    Colours,
    DeadlineBoard,
    RankingBoard,
    Rate,
    RedCard,
    StageBoard,
    StationBoard,
    SupervisionBoard,
)
from models.reviews.selections import SELECTIONS
from workflows.registry import get_stage_names

Row = tuple[Any, ...]
COLOURS = [Column(colour.label, 10) for colour in reversed(Colour)]
DEADLINES = (Column("单位", 24), Column("期限", 36), *COLOURS, Column("单位补录", 10))
RANKING = (Column("名次", 8), Column("单位", 24), *COLOURS, Column("未结事项"), Column("每百件超期", 12), Column("补录", 8))
RATES = (
    Column("单位", 24),
    Column("指标", 16),
    Column("分子", 8),
    Column("分母", 8),
    Column("占比%或每百件", 14),
    Column("其中补录", 10),
    Column("用时中位数（秒）", 16),
    Column("上期分子", 10),
    Column("上期分母", 10),
    Column("上期占比%或每百件", 18),
    Column("环比", 8),
    Column("分子的含义", 44),
    Column("分母的含义", 44),
    Column("不计入的", 44),
)
CALLS = (Column("单位", 24), Column("警情大类", 16), Column("本期", 8), Column("上期", 8), Column("环比%", 10))
ASSESSMENT = (
    Column("序号", 8),
    Column("指标", 24),
    Column("分子", 8),
    Column("分母", 8),
    Column("比率", 10),
    Column("每多少件", 10),
    Column("95%区间下限", 12),
    Column("95%区间上限", 12),
    Column("权重", 8),
    Column("得分", 8),
    Column("不计分的理由", 30),
    Column("分子的含义", 44),
    Column("分母的含义", 44),
)
DRIVE_ITEMS = (
    Column("编号", 18),
    Column("清查事项", 18),
    Column("标题", 40),
    Column("列入范围", 24),
    Column("单位", 24),
    Column("责任民警", 10),
    Column("进展", 10),
    Column("清查结果", 14),
    Column("退回次数", 8),
    Column("列入时间", 18),
    Column("反馈时间", 18),
    Column("期限", 18),
    Column("列入后的办案活动", 14),
)
LETTERS = (
    Column("编号", 18),
    Column("标题", 40),
    Column("渠道", 16),
    Column("性质", 10),
    Column("主标签", 24),
    Column("阶段", 14),
    Column("单位", 24),
    Column("承办民警", 10),
    Column("来信时间", 18),
    Column("最近的时限", 20),
    Column("届满时间", 18),
    Column("颜色", 10),
    Column("评价", 10),
    Column("重复的来信", 18),
)
COUNTED = (
    Column("事项编号", 18),
    Column("种类"),
    Column("标题", 44),
    Column("阶段"),
    Column("期限", 30),
    Column("起算（新增）时间", 18),
    Column("届满时间", 18),
    Column("办结时间", 18),
    Column("用时（秒）", 12),
    Column("计入分子", 10),
    Column("补录", 8),
    Column("单位", 20),
    Column("办案民警"),
)
STATION = (
    Column("栏目", 18),
    Column("数量", 8),
    Column("事项编号", 18),
    Column("种类"),
    Column("标题", 44),
    Column("内容", 30),
    Column("颜色", 10),
    Column("时间", 18),
    Column("已经等待", 16),
    Column("在谁处", 36),
    Column("等您审批", 10),
    Column("单位", 20),
)
MATTERS = (
    Column("编号", 18),
    Column("种类"),
    Column("阶段"),
    Column("标题", 44),
    Column("单位", 20),
    Column("办案民警"),
    Column("颜色", 10),
    Column("所属事项", 18),
    Column("封存", 6),
    Column("敏感标记", 16),
    Column("补录", 6),
    Column("最近补录", 18),
    Column("创建时间", 18),
    Column("最近更新", 18),
)
CLOCKS = (
    Column("事项编号", 18),
    Column("种类"),
    Column("标题", 44),
    Column("期限", 30),
    Column("颜色", 10),
    Column("起算时间", 18),
    Column("届满时间", 18),
    Column("人身自由", 10),
    Column("单位", 20),
    Column("办案民警"),
    Column("依据", 44),
)
STAGES = (
    Column("种类"),
    Column("阶段"),
    Column("未结事项"),
    Column("补录", 8),
    Column("停留天数中位数", 16),
    Column("停留天数九成位数", 18),
    Column("停留最久的事项", 18),
    Column("标题", 44),
    Column("进入本阶段的时间", 18),
)
RED_CARDS = (
    Column("事项编号", 18),
    Column("种类"),
    Column("标题", 44),
    Column("期限", 30),
    Column("届满时间", 18),
    Column("超期", 16),
    Column("红牌状态"),
    Column("终结时间", 18),
    Column("补录时间", 18),
    Column("督察确认", 18),
    Column("届满后必须", 20),
    Column("整改指令单", 18),
    Column("整改情况"),
    Column("办案民警"),
    Column("单位", 20),
    Column("依据", 44),
)
_STANDING = {"running": "正在超期", "ended": "超期后终结", "entered-late": "届满后补录"}


def build_matter_row(of: dict[str, Any]) -> Row:
    """A matter of the list."""
    return (
        of["number"],
        Kind(of["kind"]).zh,
        _get_stage_name(of["kind"], of["stage"]),
        of["title"],
        of["unit_zh"] or of["unit"],
        of["officer_zh"] or of["officer"],
        Colour(of["colour"]).label,
        of["parent"] or "",
        "是" if of["sealed"] else "",
        "、".join(MARKS[each] for each in of["marks"]),
        of["late_entries"] or None,
        _parse_instant(of["late_at"]),
        _parse_instant(of["opened_at"]),
        _parse_instant(of["updated_at"]),
    )


def build_clock_row(of: dict[str, Any]) -> Row:
    """A clock of the list."""
    return (
        of["matter"],
        Kind(of["kind"]).zh,
        of["title"],
        of["zh"],
        Colour(of["colour"]).label,
        _parse_instant(of["started_at"]),
        _parse_instant(of["due_at"]),
        "是" if of["liberty"] else "",
        of["unit_zh"] or of["unit"],
        of["officer_zh"] or of["officer"],
        of["basis"],
    )


def _list_colours(of: Colours) -> tuple[int, ...]:
    return tuple(getattr(of, colour.value) for colour in reversed(Colour))


def _get_stage_name(kind: str, stage: str) -> str:
    return get_stage_names().get((kind, stage), stage)


def _parse_instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# Boards


def build_deadline_rows(board: DeadlineBoard) -> list[Row]:
    """A row for each limit of each unit."""
    return [(of.zh, cell.limit_zh, *_list_colours(cell), of.late) for of in board.units for cell in of.cells]


def build_ranking_rows(board: RankingBoard) -> list[Row]:
    """A row for each unit."""
    return [(of.rank, of.zh, *_list_colours(of), of.open, of.overdue_per_hundred, of.late) for of in board.units]


def build_rate_rows(board: SupervisionBoard) -> list[Row]:
    """A row for each rate of each unit, and of all of them, with what it counts."""
    rated = [*((of.zh, of.rates) for of in board.units), ("合计", board.totals)]
    return [
        (unit, told.zh, *_build_rate_row(of), told.above, told.below, told.left_out)
        for unit, rates in rated
        for told, of in zip(board.figures, rates, strict=True)
    ]


def _build_rate_row(of: Rate) -> Row:
    now = (of.above, of.below, of.rate, of.late, of.median_s)
    return (*now, of.before_above, of.before_below, of.before_rate, of.change)


def call_rows(board: CallsBoard) -> list[Row]:
    """A row for each group of each unit, and of all of them; groups of which nothing was received are left out."""
    zh = {"": "全部警情"} | {each.category: each.zh for each in board.groups}
    counted = [*((of.zh, of.counts) for of in board.units), ("合计", board.totals)]
    return [
        (unit, zh[of.category], of.count, of.before, of.change)
        for unit, counts in counted
        for of in counts
        if of.count or of.before
    ]


def build_assessment_rows(sheet: AssessmentSheet) -> list[Row]:
    """Every indicator, and last the result of all."""
    rows: list[Row] = [
        (
            *(each.no, each.zh, each.above, each.below, each.rate, each.per, each.low, each.high, each.weight, each.points),
            *(each.why, each.above_words, each.below_words),
        )
        for each in sheet.indicators
    ]
    whole = (f"等次{sheet.band}" if sheet.band else "没有可计分的", "；".join(sheet.capped), "")
    return [*rows, ("", "得分", None, None, None, None, sheet.low, sheet.high, None, sheet.result, *whole)]


def build_counted_row(of: dict[str, Any]) -> Row:
    """A limit, or a matter, that a rate counted."""
    return (
        of["matter"],
        Kind(of["kind"]).zh,
        of["title"],
        _get_stage_name(of["kind"], of["stage"]),
        of["limit_zh"] or "",
        _parse_instant(of["started_at"]),
        _parse_instant(of["due_at"]),
        _parse_instant(of["ended_at"]),
        of["took_s"],
        "是" if of["above"] else "",
        "是" if of["late"] else "",
        of["unit_zh"] or of["unit"],
        of["officer_zh"] or of["officer"],
    )


def build_stage_rows(board: StageBoard) -> list[Row]:
    """A row for each stage, with the matter that has stood there longest."""
    return [
        (of.kind_zh, of.stage_zh, of.open, of.late, of.median_days, of.p90_days)
        + ((of.oldest.number, of.oldest.title, of.oldest.since) if of.oldest else ("", "", None))
        for of in board.stages
    ]


def build_red_card_rows(cards: Iterable[RedCard]) -> list[Row]:
    """A row for each red card."""
    return [
        (
            card.matter,
            card.kind_zh,
            card.title,
            card.limit_zh,
            card.due_at,
            _format_span(card.overdue_hours),
            _STANDING[card.standing],
        )
        + (card.ended_at, card.entered_at, card.acknowledged_at, card.at_expiry_zh)
        + ((card.order.number, card.order.stage_zh) if card.order else ("", ""))
        + (card.officer_zh or card.officer, card.unit_zh or card.unit, card.basis)
        for card in cards
    ]


def build_station_figures(board: StationBoard) -> Iterator[Row]:
    """How many open matters show which colour, as the board of today begins."""
    for colour in reversed(Colour):
        yield ("未结事项", board.colours.get(colour, 0), "", "", "", "", colour.label, None, None, "", "", "")


def build_station_clock(watch: str, of: dict[str, Any]) -> Row:
    """A clock that is overdue or due soon."""
    first = (
        watch,
        None,
        of["matter"],
        Kind(of["kind"]).zh,
        of["title"],
        of["zh"],
        Colour(of["colour"]).label,
        _parse_instant(of["due_at"]),
    )
    return (*first, None, of["officer_zh"] or of["officer"], "", of["unit_zh"] or of["unit"])


def build_station_request(watch: str, of: dict[str, Any]) -> Row:
    """A request that awaits approval."""
    first = (watch, None, of["matter"], of["kind_zh"], of["title"], of["request_zh"] or of["request"], Colour(of["colour"]).label)
    whom = "；".join(_format_whom(each) for each in of["with"])
    return (
        *first,
        _parse_instant(of["asked_at"]),
        _format_span(of["waited_hours"]),
        whom,
        "是" if of["mine"] else "",
        of["unit_zh"] or of["unit"],
    )


def build_station_matter(watch: str, of: dict[str, Any]) -> Row:
    """A matter that was opened a short while ago."""
    first = (
        watch,
        None,
        of["number"],
        Kind(of["kind"]).zh,
        of["title"],
        _get_stage_name(of["kind"], of["stage"]),
        Colour(of["colour"]).label,
    )
    return (*first, _parse_instant(of["opened_at"]), None, of["officer_zh"] or of["officer"], "", of["unit_zh"] or of["unit"])


def build_station_late(watch: str, of: dict[str, Any]) -> Row:
    """A matter in which something was entered late a short while ago, and when."""
    first = (
        watch,
        of["late_entries"],
        of["number"],
        Kind(of["kind"]).zh,
        of["title"],
        _get_stage_name(of["kind"], of["stage"]),
        Colour(of["colour"]).label,
    )
    return (*first, _parse_instant(of["late_at"]), None, of["officer_zh"] or of["officer"], "", of["unit_zh"] or of["unit"])


def _format_span(hours: float) -> str:
    """A length as people say it: 271 天 19 小时, 45 分钟."""
    days, rest = divmod(round(hours * 60), 24 * 60)
    if days:
        return f"{days} 天 {rest // 60} 小时" if rest >= 60 else f"{days} 天"
    return f"{rest // 60} 小时 {rest % 60} 分" if rest >= 60 else f"{rest} 分钟"


def _format_whom(of: dict[str, Any]) -> str:
    if of["person"]:
        return of["person_zh"] or of["person"]
    return f"{of['office_zh'] or of['office']}（{'、'.join(of['holders'])}）" if of["holders"] else of["office_zh"] or of["office"]


def build_drive_item_row(of: dict[str, Any]) -> Row:
    """A matter that a drive goes through."""
    grounds = "、".join(SELECTIONS[each].zh for each in of["grounds"])
    first = (of["number"], of["subject"], of["subject_title"], grounds, of["unit_zh"], of["officer_zh"])
    said = (_get_stage_name(Kind.CASE_REVIEW, of["stage"]), RESULTS.get(of["result"], ""), of["returns"])
    days = (_parse_instant(of[name]) for name in ("begun_at", "answered_at", "due_at"))
    return (*first, *said, *days, of["acts"])


def build_letter_row(of: dict[str, Any]) -> Row:
    """A letter from the public."""
    first = (
        of["number"],
        of["title"],
        of["channel_zh"],
        of["sort_zh"],
        of["subclass_zh"],
        _get_stage_name(Kind.LETTER, of["stage"]),
    )
    days = (_parse_instant(of["opened_at"]), of["limit_zh"], _parse_instant(of["due_at"]))
    return (*first, of["unit_zh"], of["officer_zh"], *days, Colour(of["colour"]).label, of["score_zh"], of["repeats"])
