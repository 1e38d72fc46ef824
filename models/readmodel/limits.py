"""What is told about a time limit: its editions with figures, extensions, exclusions and articles, and the readings it takes."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel, Field

from law.areas import area_of
from law.citations import Article
from law.facts import Fact
from law.freshness import CHECKED_UNTIL
from law.interpretations import DisputedPoint, disputed_points_of
from law.lengths import IMMEDIATE, Step
from law.time_limits import Base, Edition, Extension, NotCounted, TimeLimit, limits


class FactTold(BaseModel):
    """A kind of legal fact."""

    fact: str = Field(title="法律事实", examples=["detention.executed"])
    zh: str


class FigureTold(BaseModel):
    """One figure of a rule; `length` is empty where the law names none, and is how the calculator is asked for it."""

    length: str | None = Field(title="期限", examples=["3 day"])
    zh: str
    counting: str = Field(title="计算方法代码", examples=["DC"])
    counting_zh: str = Field(title="计算方法")
    when: str = Field(title="何时适用；空为通常")
    started_by: list[FactTold] = Field(title="由哪些事实起算；空为通常")


class OfferTold(BaseModel):
    """One extension that the rule offers; `step` is how the calculator is asked for it."""

    step: str = Field(title="延长", examples=["+4 day"])
    up_to: bool = Field(title="可以少于此数")
    grounds: str = Field(title="事由")
    approver: str | None = Field(title="批准人")
    approver_zh: str
    times: int | None = Field(title="次数；空为不限")
    of_base: str | None = Field(title="只适用于哪一基本期限")
    zh: str


class ExclusionTold(BaseModel):
    """Time that the rule leaves out, and by what names."""

    zh: str
    also_called: list[str] = Field(title="也称")
    begins: FactTold
    ends: FactTold


class ArticleTold(BaseModel):
    """An article, and where the organ that issued its instrument publishes it."""

    zh: str = Field(examples=["《刑事诉讼法》第九十一条"])
    instrument: str = Field(examples=["刑事诉讼法"])
    code: str = Field(examples=["CPL"])
    link: str = Field(title="发布机关的网站；空为没有公开发布")


class EditionTold(BaseModel):
    """A rule as one version of the text has it."""

    in_force: date = Field(title="施行日期")
    until: date | None = Field(title="自此日起不再适用")
    basis: str = Field(title="依据")
    articles: list[ArticleTold]
    bases: list[FigureTold] = Field(title="基本期限")
    extensions: list[str] = Field(title="延长，以文字")
    offers: list[OfferTold] = Field(title="延长")
    not_counted: list[str] = Field(title="不计入的期间，以文字")
    exclusions: list[ExclusionTold] = Field(title="不计入的期间")
    notes: list[str] = Field(title="说明")


class ReadingTold(BaseModel):
    """A disputed point that the limit takes a side in."""

    code: str
    question: str
    readings: list[str]
    taken: str
    why: str


class LimitNamed(BaseModel):
    """What a time limit is called, where it belongs and whom it binds."""

    limit: str = Field(title="期限", examples=["criminal-detention-submit-for-arrest"])
    zh: str
    phase: str = Field(title="办案阶段")
    phase_zh: str
    about: str = Field(title="对象")
    answerable: str = Field(title="责任人")
    answerable_zh: str
    at_expiry: str = Field(title="届满以后")
    at_expiry_zh: str
    liberty: bool = Field(title="是否限制人身自由")
    checked_until: date = Field(title="法律核对至", description="其后公布的法律、法规、规章和解释没有收入")


class LimitTold(LimitNamed, EditionTold):
    """A time limit with its newest edition."""


class LimitCard(LimitNamed):
    """Everything about a time limit: what starts, changes, meets and ends it, and each edition, the newest first."""

    starts_on: list[FactTold] = Field(title="起算")
    met_by: list[FactTold] = Field(title="完成")
    ended_by: list[FactTold] = Field(title="不再需要")
    extended_by: list[FactTold] = Field(title="延长")
    restarts_on: list[FactTold] = Field(title="重新计算")
    put_off_by: list[FactTold] = Field(title="推迟起算的事实，以及之后起算的事实")
    counted_back_from: str = Field(title="自哪一期限的届满日向前推算")
    decided: bool = Field(title="可以由决定另定较短的期限")
    armed: bool = Field(title="是否布设时钟")
    armed_as: str = Field(title="以哪一期限布设")
    editions: list[EditionTold]
    disputed: list[ReadingTold] = Field(title="有争议的理解")


@cache
def told(limit: TimeLimit) -> LimitTold:
    """A limit as a list shows it."""
    return LimitTold(**_named(limit), **dict(_edition(limit.editions[0])))


@cache
def card(limit: TimeLimit) -> LimitCard:
    """A limit as its own page shows it."""
    return LimitCard(
        **_named(limit),
        starts_on=_facts(limit.starts_on),
        met_by=_facts(limit.met_by),
        ended_by=_facts(limit.ended_by),
        extended_by=_facts((limit.extended_by,)),
        restarts_on=_facts((limit.restarts_on, limit.restarts_from)),
        put_off_by=_facts(limit.waits or ()),
        counted_back_from=limit.before_limit,
        decided=limit.decided,
        armed=limit.armed,
        armed_as=limit.armed_as,
        editions=[_edition(each) for each in limit.editions],
        disputed=[_reading(each) for each in disputed_points_of(limit)],
    )


@cache
def every_limit() -> str:
    """All limits as one JSON list, which is asked for oftener than any part of it."""
    return f"[{','.join(told(limit).model_dump_json() for limit in limits().values())}]"


def _named(limit: TimeLimit) -> dict[str, Any]:
    area = area_of(limit)
    return {
        "limit": limit.id,
        "zh": limit.zh,
        "phase": area,
        "phase_zh": area.label,
        "about": limit.about,
        "answerable": limit.answerable,
        "answerable_zh": limit.answerable.label,
        "at_expiry": limit.at_expiry,
        "at_expiry_zh": limit.at_expiry.label,
        "liberty": limit.liberty,
        "checked_until": CHECKED_UNTIL,
    }


def _edition(edition: Edition) -> EditionTold:
    return EditionTold(
        in_force=edition.in_force,
        until=edition.until,
        basis=edition.articles,
        articles=[_article(each) for each in edition.basis],
        bases=[_figure(each) for each in edition.bases],
        extensions=[each.zh for each in edition.extensions],
        offers=[_offer(each) for each in edition.extensions],
        not_counted=[each.zh for each in edition.not_counted],
        exclusions=[_exclusion(each) for each in edition.not_counted],
        notes=list(edition.notes),
    )


def _article(article: Article) -> ArticleTold:
    issued = article.instrument
    return ArticleTold(zh=str(article), instrument=issued.zh, code=issued.code, link=issued.link)


def _figure(base: Base) -> FigureTold:
    return FigureTold(
        length=None if base.length is None else str(base.length),
        zh="" if base.length is None else base.length.zh,
        counting=base.counting,
        counting_zh=base.counting.zh,
        when=base.zh,
        started_by=_facts(base.started_by),
    )


def _offer(extension: Extension) -> OfferTold:
    step = Step(extension.total or extension.plus or IMMEDIATE, is_total=extension.total is not None)
    return OfferTold(
        step=str(step),
        up_to=extension.up_to,
        grounds=extension.grounds,
        approver=extension.approver,
        approver_zh=extension.approvers_zh,
        times=extension.times,
        of_base=str(extension.of_base) if extension.of_base else None,
        zh=extension.zh,
    )


def _exclusion(rule: NotCounted) -> ExclusionTold:
    begins, ends = _facts((rule.begins, rule.ends))
    return ExclusionTold(zh=rule.zh, also_called=list(rule.also_called), begins=begins, ends=ends)


def _facts(kinds: Iterable[Fact | None]) -> list[FactTold]:
    return [FactTold(fact=kind, zh=kind.label) for kind in kinds if kind]


def _reading(point: DisputedPoint) -> ReadingTold:
    return ReadingTold(
        code=point.code, question=point.question, readings=list(point.interpretations), taken=point.taken, why=point.why
    )
