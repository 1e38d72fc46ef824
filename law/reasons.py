"""Reasons (计算说明): why a clock ends when it does, in sentences a person can check against the article."""

from datetime import date, datetime

from law.calendar import SHANGHAI, Calendar, end_of, get_day
from law.citations import Article
from law.clock import Clock, ClockId, Consequence
from law.clock_run import ClockRun
from law.counting import Counting, Deadline
from law.lengths import IMMEDIATE
from law.time_limits import Edition

_RULE = {
    Counting.HOURS: "满{length}为止，夜间、节假日和办理批准手续的时间均不扣除",
    Counting.CUSTODY_DAYS: "每满24小时为一日，共{length}",
    Counting.PLAIN_DAYS: "连续计算，共{length}",
    Counting.DAYS: "当日不计入，共{length}",
    Counting.WORKING_DAYS: "当日不计入，共{length}，只计工作日",
    Counting.CUSTODY_MONTHS: "共{length}，至期满月的对应日，没有对应日的至该月最后一日",
    Counting.PERSON_MONTHS: "共{length}，至期满月的对应日；限制人身自由的期限不因节假日延长",
    Counting.MONTHS: "共{length}，至期满月的对应日",
    Counting.FIXED_MONTHS: "共{length}，至期满月的对应日，节假日不顺延",
    Counting.BACKWARD: "向前推{length}",
    Counting.BACKWARD_WORKING_DAYS: "向前推{length}，期满当日不计入",
}

_FROM_ITS_DAY = "当日即为第一日，共{length}，至期满月对应日的前一日，另一种理解至对应日的，取较早的一日"


def build_clock(clock_run: ClockRun) -> Clock:
    """The clock as the facts heard by its run leave it, with the reasons for its end."""
    limit, deadline = clock_run.limit, clock_run.deadline
    running = clock_run.began is not None and deadline is not None and not (clock_run.open and not clock_run.ended)
    rungs = clock_run.list_rungs()
    return Clock(
        id=str(ClockId(limit.id, clock_run.start.about, clock_run.start.seq)),
        limit=limit.id,
        zh=limit.zh,
        edition=clock_run.edition.in_force.isoformat(),
        basis=clock_run.edition.articles,
        about=clock_run.start.about,
        started_at=clock_run.began.at.astimezone(SHANGHAI) if clock_run.began else None,
        due_at=deadline.due if running and deadline else None,
        date_only=bool(running and deadline and deadline.date_only),
        liberty=clock_run.concerns_liberty,
        rungs=rungs,
        state=clock_run.get_state(),
        ended_at=clock_run.ended.at.astimezone(SHANGHAI) if clock_run.ended else None,
        calendar="final" if deadline is None or deadline.final else "provisional",
        answerable=limit.answerable,
        at_expiry=limit.at_expiry if clock_run.concerns_liberty or not limit.liberty else Consequence.DECIDE,
        reasons=explain(clock_run),
        overrun=clock_run.find_overrun(),
    )


def explain(clock_run: ClockRun) -> tuple[str, ...]:
    """The sentences behind a clock, in the order of the reckoning."""
    if clock_run.began is None:
        wait = clock_run.limit.waits
        return (
            f"{format_minute(clock_run.start.at)}{clock_run.start.fact.label}，因身份不明期限尚未起算，自{wait[1].label if wait else ''}之日起计算",
        )
    sentences = [*clock_run.edition.notes, _describe_beginning(clock_run)]
    if clock_run.own:
        sentences.append(f"时限由本单位设定（第{clock_run.own.edition}号），以开始时有效的为准")
    for granted, fact in clock_run.grants:
        by = f"经{fact.approver.label}批准" if fact.approver else ""
        when = "" if fact.at == clock_run.start.at else format_minute(fact.at)
        sentences.append(f"{when}{by}{granted.step.zh}（{granted.extension.grounds}）")
    sentences += [f"有一项延长不予计算：{why.detail}" for why in clock_run.set_aside]
    sentences += _describe_left_out(clock_run)
    if clock_run.deadline:
        sentences += describe_ending(
            clock_run.counting, clock_run.deadline, clock_run.calendar, clock_run.edition, held=clock_run.held
        )
    return tuple(sentences)


def _describe_beginning(clock_run: ClockRun) -> str:
    assert clock_run.began is not None
    began = f"自{format_minute(clock_run.began.at)}{clock_run.began.fact.label}起算"
    length = clock_run.steps[0] if clock_run.grants and clock_run.grants[-1][0].step.is_total else clock_run.base.length
    if clock_run.start.term or clock_run.own:
        length = clock_run.steps[0]
    if not clock_run.figure:
        return f"{began}，法律未规定具体期限（{clock_run.edition.principal}）"
    if clock_run.counting.backward:
        began = f"以{format_day(get_day(clock_run.get_counting_start(clock_run.began)))}为届至之日（{clock_run.began.fact.label}）"
    if clock_run.spent:
        return f"{began}，{_of_a_maximum(clock_run)}；依据{clock_run.edition.cited}"
    if length == IMMEDIATE:
        return f"{began}，应当立即办理（{clock_run.edition.principal}）"
    first_day = clock_run.begins_with_its_day and clock_run.counting is Counting.CUSTODY_MONTHS
    rule = (_FROM_ITS_DAY if first_day else _RULE[clock_run.counting]).format(length=length.zh if length else "")
    return f"{began}，{rule}{_format_articles(clock_run.edition.list_counting_articles(clock_run.counting))}；依据{clock_run.edition.cited}"


def _format_articles(articles: tuple[Article, ...]) -> str:
    return f"（{'、'.join(str(article) for article in articles)}）" if articles else ""


def _of_a_maximum(clock_run: ClockRun) -> str:
    spent, edition = clock_run.spent, clock_run.edition
    assert spent is not None
    whole = edition.bases[0].length
    longer = "（连同此前批准的延长）" if spent.granted else ""
    used = f"同一机关在本案对其累计不得超过{whole.zh if whole else ''}{longer}，此前已使用{spent.days}日，剩余{spent.left}日"
    return f"{used}，本次自当日计入；限制人身自由的期限不因节假日延长"


def _describe_left_out(clock_run: ClockRun) -> list[str]:
    out = [
        f"{rule.zh}期间{get_day(begin)}至{get_day(end)}不计入（停止之日不计，恢复之日计入）{_format_articles(rule.basis)}"
        for rule, (begin, end) in clock_run.exclusions
    ]
    out += [f"{rule.zh}自{format_minute(begun.at)}开始，其时期限已经届满，不再扣除" for rule, begun in clock_run.in_vain]
    why = "没有及时达成的协议可以失效" if clock_run.limit.undone else "其时期限已经届满"
    out += [f"{format_minute(each.at)}{each.fact.label}，{why}，不再重新计算或者推迟起算" for each in clock_run.too_late]
    if clock_run.deadline and clock_run.exclusions:
        out.append(f"合计不计入{clock_run.deadline.excluded.days}日")
    out += [f"{rule.zh}自{format_minute(begun[0].at)}开始，尚未结束，期限暂停计算" for rule, begun in clock_run.open.items()]
    return out


def describe_ending(counting: Counting, deadline: Deadline, calendar: Calendar, edition: Edition, *, held: bool) -> list[str]:
    """Why the last day stands, or moves, by the articles of the edition's own field of law."""
    out: list[str] = []
    last, due, by = deadline.last, deadline.due.date(), _format_articles(edition.rest_day_by)
    exact_days = counting in (Counting.CUSTODY_DAYS, Counting.PLAIN_DAYS) and not deadline.date_only
    if counting.backward and due != last:
        out.append(f"{format_day(last)}为节假日，应当提前到{format_day(due)}办理")
    elif exact_days and calendar.is_off_day(last):
        why = "人在押，不顺延" if counting is Counting.CUSTODY_DAYS else "不顺延"
        out.append(f"期限最后一日{format_day(last)}为节假日，但{why}{by}")
    elif counting in (Counting.CUSTODY_MONTHS, Counting.PERSON_MONTHS) and calendar.is_off_day(last):
        why = f"人在押，不顺延{by}" if held else "限制人身自由的最长期限不因节假日顺延"
        out.append(f"期限最后一日{format_day(last)}为节假日，但{why}")
    elif counting.rolls and due != last:
        out.append(f"期限最后一日{format_day(last)}为节假日，顺延至节假日后第一日{format_day(due)}{by}")
    if deadline.alarm < deadline.due:
        out.append(f"月末起算有两种算法，预警以较早的{format_day(deadline.alarm.date())}为准")
    if not deadline.final:
        out.append(f"{due.year}年放假安排尚未公布，暂按周末和法定节日推算，公布后应当重新计算")
    out.append(f"最后时限为{format_minute(deadline.due)}" if not deadline.date_only else f"最后时限为{format_day(due)}24时")
    return out


def format_minute(at: datetime) -> str:
    """The instant as people write it: 2026-09-28 10:00; the end of a day is the day."""
    local = at.astimezone(SHANGHAI)
    return local.date().isoformat() if local == end_of(local.date()) else local.isoformat(" ", "minutes")[:16]


def format_day(day: date) -> str:
    """The day as people write it: 2026年10月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
