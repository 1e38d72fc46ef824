"""What is told about a time limit: its editions with figures, extensions, exclusions and articles, and the readings it takes."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel, Field

from law.areas import get_area
from law.citations import Article
from law.facts import Fact
from law.freshness import CHECKED_UNTIL
from law.interpretations import DisputedPoint, list_disputed_points
from law.lengths import IMMEDIATE, Step
from law.time_limits import Base, Edition, Extension, NotCounted, TimeLimit, get_limits


class FactView(BaseModel):
    """A kind of legal fact."""

    fact: str = Field(title="法律事实", examples=["detention.executed"])
    zh: str


class FigureView(BaseModel):
    """One figure of a rule; `length` is empty where the law names none, and is how the calculator is asked for it."""

    length: str | None = Field(title="期限", examples=["3 day"])
    zh: str
    counting: str = Field(title="计算方法代码", examples=["DC"])
    counting_zh: str = Field(title="计算方法")
    when: str = Field(title="何时适用；空为通常")
    started_by: list[FactView] = Field(title="由哪些事实起算；空为通常")


class OfferView(BaseModel):
    """One extension that the rule offers; `step` is how the calculator is asked for it."""

    step: str = Field(title="延长", examples=["+4 day"])
    up_to: bool = Field(title="可以少于此数")
    grounds: str = Field(title="事由")
    approver: str | None = Field(title="批准人")
    approver_zh: str
    times: int | None = Field(title="次数；空为不限")
    of_base: str | None = Field(title="只适用于哪一基本期限")
    zh: str


class ExclusionView(BaseModel):
    """Time that the rule leaves out, and by what names."""

    zh: str
    also_called: list[str] = Field(title="也称")
    begins: FactView
    ends: FactView


class ArticleView(BaseModel):
    """An article, and where the organ that issued its instrument publishes it."""

    zh: str = Field(examples=["《刑事诉讼法》第九十一条"])
    instrument: str = Field(examples=["刑事诉讼法"])
    code: str = Field(examples=["CPL"])
    link: str = Field(title="发布机关的网站；空为没有公开发布")


class EditionView(BaseModel):
    """A rule as one version of the text has it."""

    in_force: date = Field(title="施行日期")
    until: date | None = Field(title="自此日起不再适用")
    basis: str = Field(title="依据")
    articles: list[ArticleView]
    bases: list[FigureView] = Field(title="基本期限")
    extensions: list[str] = Field(title="延长，以文字")
    offers: list[OfferView] = Field(title="延长")
    not_counted: list[str] = Field(title="不计入的期间，以文字")
    exclusions: list[ExclusionView] = Field(title="不计入的期间")
    notes: list[str] = Field(title="说明")


class DisputedPointView(BaseModel):
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


class LimitView(LimitNamed, EditionView):
    """A time limit with its newest edition."""


class LimitCard(LimitNamed):
    """Everything about a time limit: what starts, changes, meets and ends it, and each edition, the newest first."""

    starts_on: list[FactView] = Field(title="起算")
    met_by: list[FactView] = Field(title="完成")
    ended_by: list[FactView] = Field(title="不再需要")
    extended_by: list[FactView] = Field(title="延长")
    restarts_on: list[FactView] = Field(title="重新计算")
    put_off_by: list[FactView] = Field(title="推迟起算的事实，以及之后起算的事实")
    counted_back_from: str = Field(title="自哪一期限的届满日向前推算")
    decided: bool = Field(title="可以由决定另定较短的期限")
    armed: bool = Field(title="是否布设时钟")
    armed_as: str = Field(title="以哪一期限布设")
    editions: list[EditionView]
    disputed: list[DisputedPointView] = Field(title="有争议的理解")


@cache
def build_limit_view(limit: TimeLimit) -> LimitView:
    """A limit as a list shows it."""
    return LimitView(**_build_names(limit), **dict(_build_edition_view(limit.editions[0])))


@cache
def build_limit_card(limit: TimeLimit) -> LimitCard:
    """A limit as its own page shows it."""
    return LimitCard(
        **_build_names(limit),
        starts_on=_list_fact_views(limit.starts_on),
        met_by=_list_fact_views(limit.met_by),
        ended_by=_list_fact_views(limit.ended_by),
        extended_by=_list_fact_views((limit.extended_by,)),
        restarts_on=_list_fact_views((limit.restarts_on, limit.restarts_from)),
        put_off_by=_list_fact_views(limit.waits or ()),
        counted_back_from=limit.before_limit,
        decided=limit.decided,
        armed=limit.armed,
        armed_as=limit.armed_as,
        editions=[_build_edition_view(each) for each in limit.editions],
        disputed=[_build_reading_view(each) for each in list_disputed_points(limit)],
    )


@cache
def list_limits() -> str:
    """All limits as one JSON list, which is asked for oftener than any part of it."""
    return f"[{','.join(build_limit_view(limit).model_dump_json() for limit in get_limits().values())}]"


def _build_names(limit: TimeLimit) -> dict[str, Any]:
    area = get_area(limit)
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


def _build_edition_view(edition: Edition) -> EditionView:
    return EditionView(
        in_force=edition.in_force,
        until=edition.until,
        basis=edition.articles,
        articles=[_build_article_view(each) for each in edition.basis],
        bases=[_build_figure_view(each) for each in edition.bases],
        extensions=[each.zh for each in edition.extensions],
        offers=[_offer(each) for each in edition.extensions],
        not_counted=[each.zh for each in edition.not_counted],
        exclusions=[_build_exclusion_view(each) for each in edition.not_counted],
        notes=list(edition.notes),
    )


def _build_article_view(article: Article) -> ArticleView:
    issued = article.instrument
    return ArticleView(zh=str(article), instrument=issued.zh, code=issued.code, link=issued.link)


def _build_figure_view(base: Base) -> FigureView:
    return FigureView(
        length=None if base.length is None else str(base.length),
        zh="" if base.length is None else base.length.zh,
        counting=base.counting,
        counting_zh=base.counting.zh,
        when=base.zh,
        started_by=_list_fact_views(base.started_by),
    )


def _offer(extension: Extension) -> OfferView:
    step = Step(extension.total or extension.plus or IMMEDIATE, is_total=extension.total is not None)
    return OfferView(
        step=str(step),
        up_to=extension.up_to,
        grounds=extension.grounds,
        approver=extension.approver,
        approver_zh=extension.approvers_zh,
        times=extension.times,
        of_base=str(extension.of_base) if extension.of_base else None,
        zh=extension.zh,
    )


def _build_exclusion_view(rule: NotCounted) -> ExclusionView:
    begins, ends = _list_fact_views((rule.begins, rule.ends))
    return ExclusionView(zh=rule.zh, also_called=list(rule.also_called), begins=begins, ends=ends)


def _list_fact_views(kinds: Iterable[Fact | None]) -> list[FactView]:
    return [FactView(fact=kind, zh=kind.label) for kind in kinds if kind]


def _build_reading_view(point: DisputedPoint) -> DisputedPointView:
    return DisputedPointView(
        code=point.code, question=point.question, readings=list(point.interpretations), taken=point.taken, why=point.why
    )
