"""Property that somebody left behind (遗失物): it is photographed as it comes in, goes to nobody but its owner, and no call ends over it."""

from functools import partial
from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from activities.steps_taken import StepsTaken, read_steps_taken
from law.calendar import SHANGHAI
from law.counting import Counting, count
from law.facts import Fact
from law.instruments import CC
from law.legal_fact import LegalFact
from law.lengths import years
from law.statutes.lost_property_rules import LOST
from models.folding import fold_telephone
from models.forms.archive import Archive
from models.forms.incident import CloseIncident, ExplainDuplicate, TellNotOurs
from models.forms.incident_hotline import HandToHotline
from models.forms.lost_property import (
    CONSENT,
    PHOTOGRAPH,
    EndPropertySearch,
    ReceiveProperty,
    ReportLostProperty,
    ReturnProperty,
    TurnToState,
    list_names,
)
from models.forms.requests_outside import AskOwnTrip
from models.matter import Kind
from models.messages import Refusal
from models.problems import LawForbids
from models.store.connection import Query, fetch_first

feature = Feature(__name__, Concern.BELONGING)
_INCIDENTS = (Kind.INCIDENT,)
_ENDS = tuple(form.rule.step for form in (CloseIncident, TellNotOurs, ExplainDuplicate, HandToHotline))
# Afterwards nobody here gives anything back any more.
_NOTHING_HELD = tuple(form.rule.step for form in (EndPropertySearch, Archive))
_RECEIVES, _RETURNS = ReceiveProperty.rule.step, ReturnProperty.rule.step
_invalid = partial(refuse_field, basis=LOST)
_YEAR = years(1)


class _Scan(NamedTuple):
    """The newest scan of a title, by its digest."""

    hash: str


SCAN_OF = Query[_Scan]("""
SELECT hash FROM dossier_item WHERE matter = %(matter)s AND title = %(title)s ORDER BY version DESC LIMIT 1
""")


IS_CALLED = Query[bool]("SELECT true FROM person WHERE username = %(person)s AND %(called)s IN (username, zh)")


class _Lost(StepsTaken):
    """An incident by what was done about things that were left behind."""

    @property
    def reported(self) -> list[dict[str, str]]:
        """What was written down of things that are missed."""
        return [each.form for each in self.of(ReportLostProperty.rule.step)]

    def list_received(self, since: int = 0) -> set[str]:
        """The things that came in after that step, by name."""
        return {name for each in self.of(_RECEIVES) if each.seq > since for name in list_names(each.form)}

    def list_kept(self, since: int = 0) -> set[str]:
        """Those of them that were not given back."""
        return self.list_received(since) - {name for each in self.of(_RETURNS) for name in list_names(each.form)}

    @property
    def phones(self) -> set[str]:
        """The telephones of whoever called and of whoever owns what is missed: whose trip may be asked for with their consent."""
        owners = [each.get("owner_phone", "") for each in self.reported]
        return {fold_telephone(each) for each in (self.opening.get("reporter_phone", ""), *owners) if each}


async def _read(draft: Draft) -> _Lost:
    return await read_steps_taken(draft, _Lost)


def _list_held(draft: Draft, lost: _Lost) -> list[str]:
    """What is in our hands still: neither given back nor turned over to the state."""
    return sorted(lost.list_kept(_get_seq(draft, Fact.PROPERTY_FORFEITED)))


def _list_unannounced(draft: Draft, lost: _Lost) -> list[str]:
    """What of it no notice tells of: there was none, or it came in afterwards."""
    return sorted({*_list_held(draft, lost)} & lost.list_kept(_get_seq(draft, Fact.PROPERTY_ANNOUNCED)))


def _get_seq(draft: Draft, fact: Fact) -> int:
    """By which step that happened last; 0 where it has not."""
    found = _find_last(draft, fact)
    return found.seq if found else 0


def _find_last(draft: Draft, *facts: Fact) -> LegalFact | None:
    known = [each for each in draft.known.facts if each.fact in facts]
    return max(known, key=lambda each: each.order, default=None)


# Asking for a trip


@feature.hook(Phase.PREPARE, kinds=_INCIDENTS, steps=(AskOwnTrip.rule.step,), type="step")
async def describe_consent(draft: Draft) -> Refusal | None:
    """Refuse to ask for anybody's trip but that of whoever agreed in writing; what the platform is shown of that is its digest."""
    form, lost = draft.proposal.form, await _read(draft)
    if fold_telephone(form.get("passenger_phone", "")) not in lost.phones:
        detail = "只能凭本人同意查询报警人、失主本人的行程；查询他人的行程，经批准办理“查询行程”"
        return refuse_field("passenger_phone", "not-their-own", detail, basis=CC.article(1035))
    scan = await fetch_first(draft.connection, SCAN_OF, {"matter": draft.proposal.number, "title": CONSENT})
    if scan is None:
        detail = f"先将本人签名的同意书扫描收入电子卷宗，名称为“{CONSENT}”"
        return refuse_field("consented_by", "not-in-the-dossier", detail, basis=CC.article(1035))
    draft.update(form=form | {"consent": scan.hash})
    return None


# What is in our hands


@feature.hook(Phase.CHECK, kinds=_INCIDENTS, steps=(_RECEIVES,), type="step")
async def check_photographed(draft: Draft) -> Refusal | None:
    """Refuse to take in what nobody photographed, two things under one name, and somebody as the other of two who is the one."""
    lost = await _read(draft)
    if twice := sorted({*list_names(draft.proposal.form)} & lost.list_received()):
        return _invalid("items", "known", f"“{twice[0]}”已经接收；另一件同名物品请加序号")
    actor, second = draft.proposal.actor, draft.proposal.form.get("second", "")
    if actor and second and await fetch_first(draft.connection, IS_CALLED, {"person": actor.person, "called": second}):
        return _invalid("second", "themselves", "在场的另一人不能是登记人本人")
    if await fetch_first(draft.connection, SCAN_OF, {"matter": draft.proposal.number, "title": PHOTOGRAPH}):
        return None
    return _invalid("items", "not-photographed", f"先拍照收入电子卷宗，名称为“{PHOTOGRAPH}”，再登记接收")


@feature.hook(Phase.CHECK, kinds=_INCIDENTS, steps=(_RETURNS, TurnToState.rule.step), type="step")
async def check_in_hand(draft: Draft) -> Refusal | None:
    """Refuse to give away what we do not have, and what two people claim."""
    held = _list_held(draft, await _read(draft))
    if not held:
        return LawForbids("没有尚未归还的遗失物", basis=str(LOST)).to_refusal()
    if unknown := sorted({*list_names(draft.proposal.form)} - {*held}):
        return _invalid("items", "not-in-hand", f"没有保管“{unknown[0]}”；现存：{'、'.join(held)}")
    last = _find_last(draft, Fact.PROPERTY_CONTESTED, Fact.PROPERTY_CONTEST_SETTLED)
    if last and last.fact is Fact.PROPERTY_CONTESTED:
        return LawForbids("该遗失物有争议，在达成协议或者法院裁判以前由本单位保管", basis=str(CC.article(316))).to_refusal()
    return None


@feature.hook(Phase.CHECK, kinds=_INCIDENTS, facts=(Fact.PROPERTY_FORFEITED,), type="step")
async def check_year_over(draft: Draft) -> Refusal | None:
    """Refuse to turn over to the state, or to approve that, before the year of the notice is over."""
    announced = _find_last(draft, Fact.PROPERTY_ANNOUNCED)
    if announced is None:
        return None  # the form is not open there
    if unannounced := _list_unannounced(draft, await _read(draft)):
        return LawForbids(f"招领公告以后接收的，重新公告满一年：{'、'.join(unannounced)}", basis=str(CC.article(318))).to_refusal()
    due = count(announced.at, (_YEAR,), Counting.MONTHS, draft.calendar).due
    if draft.now > due:
        return None
    detail = f"招领公告满一年无人认领的才归国家所有，本公告至{due.astimezone(SHANGHAI):%Y-%m-%d}届满"
    return LawForbids(detail, basis=str(CC.article(318))).to_refusal()


@feature.hook(Phase.ENRICH, kinds=_INCIDENTS, steps=(_RETURNS,), type="step")
async def say_that_all_is_back(draft: Draft) -> None:
    """Say that nothing of it is left with us, once that is so."""
    proposal = draft.proposal
    if {*_list_held(draft, await _read(draft))} <= {*list_names(proposal.form)}:
        returned = proposal.facts[0]
        draft.following.append(LegalFact(Fact.PROPERTY_ALL_RETURNED, returned.at, returned.about, proposal.seq + 1))


# How a call about it ends


@feature.hook(Phase.CHECK, kinds=_INCIDENTS, steps=_NOTHING_HELD, type="step")
async def check_nothing_left(draft: Draft) -> Refusal | None:
    """Refuse to say that a search brought nothing, or to put the call away, while there is something in our hands."""
    held = _list_held(draft, await _read(draft))
    if held and draft.proposal.step == Archive.rule.step:
        detail = f"尚在保管遗失物，不得归档；先归还失主，公告满一年无人认领的收归国家：{'、'.join(held)}"
        return LawForbids(detail, basis=str(CC.article(318))).to_refusal()
    return _refuse_over(held) if held else None


@feature.hook(Phase.CHECK, kinds=_INCIDENTS, steps=_ENDS, type="step")
async def check_settled(draft: Draft) -> Refusal | None:
    """Refuse to end a call over things that lie with us unannounced, or of which nobody has said what became of them."""
    lost = await _read(draft)
    if unannounced := _list_unannounced(draft, lost):
        return _refuse_over(unannounced)
    reported, settled = (
        _find_last(draft, Fact.PROPERTY_REPORTED),
        _find_last(draft, Fact.PROPERTY_RECEIVED, Fact.PROPERTY_SEARCH_ENDED),
    )
    if reported and (settled is None or settled.order < reported.order):
        return LawForbids("登记的遗失物尚无查找结果：接收后归还，或者登记“遗失物查找完毕”", basis=str(LOST)).to_refusal()
    told = draft.proposal.form.get("told_how") or _has_told_since(draft, settled)
    if settled and draft.proposal.step == CloseIncident.rule.step and not told:
        return _invalid("told_how", "missing", "须先将结果告知报警人，再办结")
    return None


def _has_told_since(draft: Draft, settled: LegalFact | None) -> bool:
    told = _find_last(draft, Fact.CALLER_TOLD)
    return told is not None and settled is not None and settled.order <= told.order


def _refuse_over(held: list[str]) -> Refusal:
    detail = f"尚在保管的遗失物须先归还失主或者发布招领公告：{'、'.join(held)}"
    return LawForbids(detail, basis=f"{CC.article(314)}、{CC.article(315)}").to_refusal()
