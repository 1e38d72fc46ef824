"""The public calculator: "from this start, with these extensions, when is it due, and why?" — by the same course as the clocks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from law.calendar import Calendar, end_of, start_of
from law.clock import Rung
from law.clock_run import NotOfferedError, check_term, choose_base
from law.clocks import run
from law.counting import Counting
from law.counting_back import compute_deadline_before
from law.facts import Fact
from law.history import History
from law.legal_fact import LegalFact
from law.reasons import build_clock
from law.search import suggest_nearest
from law.time_limits import Base, Edition, TimeLimit, get_limits

# Months before and after these are not reckoned: no edition, and no arrangement of holidays, is known or foreseeable.
FIRST_YEAR, LAST_YEAR = 1990, 2100

_IN_CUSTODY = (Counting.CUSTODY_DAYS, Counting.CUSTODY_MONTHS)
_FROM_MIDNIGHT = "起算只写明日期，从该日零时起算，取最早的可能；写明时刻的，从该时刻起算"


@dataclass(frozen=True, slots=True)
class RefusedError(Exception):
    """A question that has no lawful answer, or that cannot be read; `slug` is the kind of refusal, `field` the part it is about."""

    slug: str
    detail: str
    field: str = ""


class Calculation(NamedTuple):
    """A deadline, by which edition and calendar, why, and from when on its clock shows which colour."""

    due: str | None
    edition: str
    basis: str
    calendar: str
    reasons: list[str]
    rungs: tuple[Rung, ...]


def answer_question(question: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    """The deadline asked for, with edition, basis, calendar and reasons; or `{"error": {"type", "detail"}}`. Never raises."""
    try:
        answer = compute_answer(question, calendar)
    except RefusedError as refused:
        return {"error": {"type": refused.slug, "detail": refused.detail}}
    told = answer._asdict()
    del told["rungs"]
    return told


def compute_answer(question: Mapping[str, Any], calendar: Calendar) -> Calculation:
    """The deadline asked for. Raises RefusedError, and nothing else."""
    try:
        return _answer(question, calendar)
    except NotOfferedError as refused:
        raise RefusedError("law-forbids", str(refused)) from None
    except (ValueError, OverflowError) as fault:
        raise RefusedError("form-invalid", str(fault)) from None


def _answer(question: Mapping[str, Any], calendar: Calendar) -> Calculation:
    limit = _find_limit(_read_text(question, "limit"))
    start = _read_instant(question, "start", whole_day=end_of)
    edition = limit.get_edition(start.date())
    if start.date() < edition.in_force:
        raise RefusedError(
            "law-forbids",
            f"{limit.zh}没有{start.date()}施行的文本，所收最早的文本自{edition.in_force}起施行（{edition.principal}）",
            "start",
        )
    if edition.until and start.date() >= edition.until:
        detail = f"{limit.zh}所依据的文本自{edition.until}起不再施行，应适用{limit.armed_as or '现行规定'}"
        raise RefusedError("law-forbids", detail, "start")
    if limit.before_limit:
        return _compute_before(limit, start, question, edition, calendar)
    begun = _build_starting_fact(limit, start, question)
    with _mark_field("base"):
        base = choose_base(limit, edition, begun.base, begun.fact)
    from_midnight = _is_day(question, "start") and _by_the_instant(limit, base, begun)
    if from_midnight:
        start = start_of(start.date())
        begun = replace(begun, at=start)
    edition = edition.of(base)
    with _mark_field("term"):
        check_term(limit, edition, base, begun.term, start, calendar)
    facts = [begun, *_build_extensions(limit, edition, start, question)]
    facts += _build_exclusions(limit, edition, question, first_seq=len(facts))
    history = History(facts)
    clock_run = run(limit, facts[0], history, calendar)
    if clock_run.set_aside:
        raise RefusedError(clock_run.set_aside[0].slug, clock_run.set_aside[0].detail, "extensions")
    clock = build_clock(clock_run)
    due_at = clock.due_at.isoformat() if clock.due_at else None
    why = [_FROM_MIDNIGHT, *clock.reasons] if from_midnight else list(clock.reasons)
    return Calculation(due_at, clock.edition, clock.basis, clock.calendar, why, clock.rungs)


def _by_the_instant(limit: TimeLimit, base: Base, begun: LegalFact) -> bool:
    """Whether the chosen figure runs from the instant of its start, and not from its day."""
    counting = base.counting.resolve(held=begun.in_custody is not False if base.counting in _IN_CUSTODY else bool(begun.in_custody))
    return counting in (Counting.HOURS, Counting.CUSTODY_DAYS) or (counting is Counting.PLAIN_DAYS and limit.liberty)


@contextmanager
def _mark_field(field: str) -> Iterator[None]:
    """Say of which part of the question it is that it cannot be read, or is not offered."""
    try:
        yield
    except NotOfferedError as refused:
        raise RefusedError("law-forbids", str(refused), field) from None
    except (ValueError, OverflowError) as fault:
        raise RefusedError("form-invalid", str(fault), field) from None


def _compute_before(
    limit: TimeLimit, expiry: datetime, question: Mapping[str, Any], edition: Edition, calendar: Calendar
) -> Calculation:
    """A limit counted back: `start` is the expiry of the limit it looks ahead to."""
    if question.get("extensions") or question.get("exclusions") or question.get("term"):
        raise RefusedError(
            "law-forbids", f"{limit.zh}自另一期限的届满日向前推算，本身不能延长、扣除或者另定（{edition.principal}）"
        )
    deadline, reasons = compute_deadline_before(limit, get_limits()[limit.before_limit].zh, expiry, calendar)
    final = "final" if deadline.final else "provisional"
    # Of the limit that it looks ahead to the start is not asked, from which its colours would be reckoned.
    return Calculation(deadline.due.isoformat(), edition.in_force.isoformat(), edition.articles, final, list(reasons), ())


def _find_limit(name: str) -> TimeLimit:
    known = get_limits()
    if name in known:
        return known[name]
    near = suggest_nearest(name)
    raise RefusedError("form-invalid", f"没有名为“{name}”的期限" + (f",相近的有：{'、'.join(near)}" if near else ""))


def _build_starting_fact(limit: TimeLimit, start: datetime, question: Mapping[str, Any]) -> LegalFact:
    in_custody = question.get("in_custody")
    if in_custody is not None and not isinstance(in_custody, bool):
        raise RefusedError("form-invalid", "in_custody须为true或者false")
    return LegalFact(
        limit.starts_on[0],
        start,
        "",
        base=_read_text(question, "base", ""),
        term=_read_text(question, "term", ""),
        in_custody=in_custody,
    )


def _build_extensions(limit: TimeLimit, edition: Edition, start: datetime, question: Mapping[str, Any]) -> list[LegalFact]:
    """The extensions in the order asked, each taken as approved in good time."""
    asked = _list(question, "extensions")
    if asked and limit.extended_by is None:
        raise RefusedError("law-forbids", f"{edition.principal}没有规定{limit.zh}可以延长", "extensions")
    facts: list[LegalFact] = []
    for text in asked:
        if not isinstance(text, str) or not text.strip():
            raise RefusedError("form-invalid", "extensions须为“+4 day”或者“to 30 day”这样的文字")
        facts.append(LegalFact(limit.extended_by or Fact.DETENTION_EXTENDED, start, "", seq=len(facts) + 1, extension=text))
    return facts


def _build_exclusions(limit: TimeLimit, edition: Edition, question: Mapping[str, Any], first_seq: int) -> list[LegalFact]:
    facts: list[LegalFact] = []
    for item in _list(question, "exclusions"):
        if not isinstance(item, Mapping):
            raise RefusedError("form-invalid", "exclusions的每一项须有reason、from、to")
        reason = _read_text(item, "reason")
        rule = next((rule for rule in edition.not_counted if rule.is_called(reason)), None)
        if rule is None:
            allowed = "、".join(rule.zh for rule in edition.not_counted)
            only = (
                f"该期限只扣除{allowed}的期间（依据{edition.cited}）"
                if allowed
                else f"没有条文规定该期限扣除任何期间（依据{edition.cited}）"
            )
            raise RefusedError("law-forbids", f"“{reason}”的期间不从{limit.zh}中扣除，{only}", "exclusions")
        begins, ends = _read_instant(item, "from", whole_day=start_of), _read_instant(item, "to", whole_day=start_of)
        if ends < begins:
            raise RefusedError("form-invalid", f"“{reason}”的结束早于开始", "exclusions")
        seq = first_seq + len(facts)
        facts += [LegalFact(rule.begins, begins, "", seq=seq), LegalFact(rule.ends, ends, "", seq=seq + 1)]
    return facts


def _read_text(question: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = question.get(name, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise RefusedError("form-invalid", f"{name}须为文字")
    return value


def _list(question: Mapping[str, Any], name: str) -> list[Any]:
    value = question.get(name) or []
    if not isinstance(value, list):
        raise RefusedError("form-invalid", f"{name}须为列表")
    return value


def _read_instant(question: Mapping[str, Any], name: str, whole_day: Any) -> datetime:
    """The instant written under `name`; a bare date is the instant `whole_day` makes of it."""
    text = _read_text(question, name).strip()
    try:
        at = whole_day(date.fromisoformat(text)) if _is_day(question, name) else datetime.fromisoformat(text)
    except ValueError:
        raise RefusedError("form-invalid", f"{name}不是日期或者时刻：{text}", _format_part(name)) from None
    if at.tzinfo is None:
        raise RefusedError("form-invalid", f"{name}须写明时区，例如2026-09-28T10:00:00+08:00", _format_part(name))
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise RefusedError("form-invalid", f"{name}须在{FIRST_YEAR}年至{LAST_YEAR}年之间", _format_part(name))
    return at


def _is_day(question: Mapping[str, Any], name: str) -> bool:
    """Whether a date without a time of day is written there."""
    return len(_read_text(question, name).strip()) == len("2026-01-01")


def _format_part(name: str) -> str:
    return "exclusions" if name in ("from", "to") else name
