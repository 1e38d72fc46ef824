"""What a limit's extension ladder permits: one verdict for the clocks, for the validator and for the calculator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from law.lengths import IMMEDIATE, Length, Step, parse_step
from law.offices import Office
from law.time_limits import Edition, Extension

Slug = Literal["law-forbids", "time-limit-expired", "form-invalid"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an extension may not be granted: the kind of refusal, the field at fault, and a sentence for the officer."""

    slug: Slug
    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class Granted:
    """An extension of the ladder and the step it takes."""

    extension: Extension
    step: Step


def extend_lengths(steps: tuple[Length, ...], granted: Granted, beyond: Length = IMMEDIATE) -> tuple[Length, ...]:
    """The lengths after the extension: a total replaces them (lengthened by `beyond`), an addition joins them."""
    return (granted.step.length + beyond,) if granted.step.is_total else (*steps, granted.step.length)


def judge(
    edition: Edition, steps: tuple[Length, ...], used: tuple[Extension, ...], asked: str, approver: Office | None = None
) -> Granted | Refusal:
    """Whether `asked` (`"+4 day"`, `"to 30 day"`; empty where the ladder leaves one choice) is open after the extensions used.

    An approver that is not known is not judged.
    """
    if not edition.extensions:
        return Refusal("law-forbids", "extension", f"{edition.principal}没有规定该期限可以延长")
    if asked:
        try:
            step = parse_step(asked)
        except ValueError as fault:
            return Refusal("form-invalid", "extension", str(fault))
    elif len(edition.extensions) == 1 or all(extension.needs_previous for extension in edition.extensions[1:]):
        step = _get_next_step(edition, used)
    else:
        return Refusal("form-invalid", "extension", f"须写明如何延长：{describe_offers(edition)}")
    return _choose(edition, steps, used, step, approver)


def describe_offers(edition: Edition) -> str:
    """What the edition's ladder offers, in words."""
    return "；".join(f"（{n}）{extension.zh}" for n, extension in enumerate(edition.extensions, 1))


def _get_next_step(edition: Edition, used: tuple[Extension, ...]) -> Step:
    open_ones = [e for e in edition.extensions if e.times is None or used.count(e) < e.times]
    extension = open_ones[0] if open_ones else edition.extensions[-1]
    return Step(extension.total or extension.plus or IMMEDIATE, is_total=extension.total is not None)


def _choose(
    edition: Edition, steps: tuple[Length, ...], used: tuple[Extension, ...], step: Step, approver: Office | None
) -> Granted | Refusal:
    refusal = Refusal("law-forbids", "extension", f"{edition.principal}不允许{step.zh}，可以：{describe_offers(edition)}")
    for place, extension in enumerate(edition.extensions):
        fitted = _fit_step(extension, steps, step)
        if fitted is None:
            continue
        if why := _describe_out_of_turn(edition, used, place):
            refusal = Refusal("law-forbids", "extension", f"不能{step.zh}：{why}（{edition.principal}）")
        elif approver and extension.approver and approver not in (extension.approver, extension.or_approver):
            who = f"{step.zh}须经{extension.approvers_zh}批准，{approver.label}无权批准（{edition.principal}）"
            refusal = Refusal("law-forbids", "approver", who)
        else:
            return Granted(extension, fitted)
    return refusal


def _fit_step(extension: Extension, steps: tuple[Length, ...], step: Step) -> Step | None:
    """The step as this rung of the ladder takes it, or None when it is not what the rung offers."""
    reached = sum(steps, IMMEDIATE)
    if extension.total:
        fits = step.is_total and (
            step.length == extension.total
            or (extension.up_to and step.length.within(extension.total) and reached.within(step.length))
        )
        return step if fits and step.length != reached else None
    if extension.plus is None:
        return None
    if step.is_total:
        # "To 7 days" of a 3-day limit says the same as "4 more".
        step = Step(Length(days=step.length.days - reached.days, minutes=step.length.minutes - reached.minutes), is_total=False)
        if reached.months or reached.working_days or step.length.days < 0 or step.length.minutes < 0:
            return None
    if step.length.months and not reached.months:
        return None  # Months are added to months; a rule's figure in days or hours has no such ladder.
    if step.length == extension.plus or (extension.up_to and step.length and step.length.within(extension.plus)):
        return step
    return None


def _describe_out_of_turn(edition: Edition, used: tuple[Extension, ...], place: int) -> str:
    ladder = edition.extensions
    extension = ladder[place]
    if extension.times is not None and used.count(extension) >= extension.times:
        return "该项延长只能一次，已经用过" if extension.times == 1 else f"最多延长{extension.times}次，已经用完"
    if any(later in used for later in ladder[place + 1 :]):
        return "已经适用后一级延长，不能再退回前一级"
    if extension.needs_previous and place and ladder[place - 1] not in used:
        return f"须先依次适用前一级延长（{ladder[place - 1].zh}）"
    return ""


def build_too_late(edition: Edition, due: datetime) -> Refusal:
    """The refusal of an extension approved after the limit had run out."""
    detail = f"期限已于{due:%Y-%m-%d %H:%M}届满，届满后不得延长（{edition.principal}）"
    return Refusal("time-limit-expired", "at", detail)
