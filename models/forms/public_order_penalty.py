"""The decision on a penalty (处罚决定): in the ordinary way, on the spot, or fast; and its service."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from law.facts import Fact
from law.instruments import APL, MPSA, PSAPL
from law.legal_fact import LegalFact
from law.offences import get_violations
from law.offices import Office
from law.penalties import PENALTIES, TOGETHER_DAYS
from models.forms.asked_of_matter import OnlyIn, OnlyOfSeveral
from models.forms.chapters import Chapter
from models.forms.form import Line, OnlyWhere, OptionalText, Text, declare_duty_field, must_answer
from models.forms.offences import ViolationCode
from models.forms.public_order_case import COUNTY_HEAD, OFFICER, STATION_HEAD, OfOffender
from models.instants import Instant
from models.problems import LawForbids

# From this fine on, a person may ask for a hearing (PSAPL 117).
HEARING_FINE_YUAN = 4000
# As much as a station may decide (PSAPL 109), as much as may be decided on the spot (PSAPL 119).
STATION_FINE_YUAN, ONSITE_FINE_YUAN = 1000, 500
# The heaviest detention for one act, and for several together (PSAPL 16).
ONE_ACT_DAYS, MERGED_DAYS = 15, TOGETHER_DAYS


_VICTIM = "有被侵害人的，决定书应当送达被侵害人"
_FOREIGNER = "对外国人处行政拘留的应当在四十八小时以内报告"


_DETAINING = ("detention", "detention-and-fine")


def _of_detention(needed: str = "") -> OnlyWhere:
    return OnlyWhere({"penalty": _DETAINING}, needed)


_NO_SUM = "处以罚款的，须填写罚款数额"


class OneOfSeveral(OfOffender):
    """A decision about one person, with which the case is decided unless others of it still await theirs."""

    others_pending: Annotated[bool, OnlyOfSeveral()] = Field(default=False, title="尚有其他违法嫌疑人未作出决定")

    def list_closing_facts(self) -> tuple[Fact, ...]:
        """That the whole case is decided, if this is the last of its decisions."""
        return () if self.others_pending else (Fact.PUBLIC_ORDER_CASE_DECIDED,)


class DecidePenalty(
    OneOfSeveral,
    title="处罚决定",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PENALTY_DECIDED,
    or_facts=(
        Fact.OTHER_LAW_PENALTY_DECIDED,
        Fact.PENALTY_HEARING_DUE,
        Fact.PENALTY_REVIEW_DUE,
        Fact.PENALTY_DISCUSSION_DUE,
        Fact.PENALTY_CONCERNS_VICTIM,
        Fact.ADMIN_DETENTION_DECIDED,
        Fact.FOREIGNER_RESTRICTED,
        Fact.PUBLIC_ORDER_CASE_DECIDED,
    ),
    basis=(PSAPL.article(109), PSAPL.article(113), PSAPL.article(115)),
    document="行政处罚决定书",
    shares_with=(Office.DETENTION_CENTRE,),
):
    """Decide the penalty of one person, as the county police may (处罚决定)."""

    other_law: Annotated[bool, OnlyIn(unless=(Fact.PUBLIC_ORDER_CASE_FILED,))] = Field(
        default=False, title="依据治安管理处罚法以外的法律"
    )
    violation: ViolationCode | None = Field(default=None, title="违法行为", validate_default=True)
    penalty: Literal["warning", "fine", "detention", "detention-and-fine"] = Field(
        title="处罚种类", description="warning 警告、fine 罚款、detention 行政拘留、detention-and-fine 行政拘留并处罚款"
    )
    fine_yuan: Annotated[int, OnlyWhere({"penalty": ("fine", "detention-and-fine")}, _NO_SUM)] = Field(
        default=0, title="罚款数额（元）", ge=0, le=1_000_000, validate_default=True
    )
    detention_days: Annotated[int, _of_detention("处以行政拘留的，须填写日数")] = Field(
        default=0, title="行政拘留日数", ge=0, le=MERGED_DAYS, validate_default=True
    )
    merged: Annotated[bool, OnlyWhere({"penalty": ("fine", "detention", "detention-and-fine")})] = Field(
        default=False, title="数个行为合并执行"
    )
    not_executed: Annotated[Literal["", "14-16", "16-18-first", "70", "pregnant-or-nursing"], _of_detention()] = Field(
        default="",
        title="依法不执行行政拘留的情形",
        description="14-16 周岁、16-18 周岁初次、70 周岁以上、怀孕或者哺乳不满一周岁婴儿",
    )
    licence: bool = Field(default=False, title="吊销许可证件或者责令停业整顿")
    hearing_due: bool = declare_duty_field(
        "依法应当告知听证",
        "四千元以上罚款、吊销许可证件、责令停业整顿，或者对未成年人执行行政拘留的应当告知",
        PSAPL.article(117),
    )
    review_due: bool = declare_duty_field(
        "依法应当法制审核",
        "涉及重大公共利益、经过听证，或者疑难复杂、涉及多个法律关系的应当审核",
        PSAPL.article(114),
    )
    discussion_due: bool = declare_duty_field("情节复杂或者重大违法行为", "应当由公安机关负责人集体讨论决定", PSAPL.article(113))
    victim: bool = declare_duty_field("有被侵害人", _VICTIM, PSAPL.article(116))
    foreigner: Annotated[bool | None, _of_detention(must_answer(_FOREIGNER, MPSA.article(254)))] = Field(
        default=None, title="被处罚人为外国人", description="处行政拘留的必须回答", validate_default=True
    )
    grounds: Text = Field(title="违法事实、证据和依据")

    @field_validator("violation")
    @classmethod
    def _is_named(cls, violation: str | None, info: ValidationInfo) -> str | None:
        if violation is None and not info.data.get("other_law"):
            raise ValueError("治安管理处罚须写明违反治安管理行为")
        return violation

    @field_validator("hearing_due")
    @classmethod
    def _is_told_of(cls, due: bool, info: ValidationInfo) -> bool:
        if not due and (info.data.get("licence") or info.data.get("fine_yuan", 0) >= HEARING_FINE_YUAN):
            raise ValueError("四千元以上罚款、吊销许可证件或者责令停业整顿的，应当告知听证（治安管理处罚法第一百一十七条）")
        return due

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The decision, what had to come before it, whom else it concerns, and a detention."""
        detention = self.penalty in _DETAINING
        besides = (
            (self.hearing_due, Fact.PENALTY_HEARING_DUE),
            (self.review_due, Fact.PENALTY_REVIEW_DUE),
            (self.discussion_due, Fact.PENALTY_DISCUSSION_DUE),
            (self.victim, Fact.PENALTY_CONCERNS_VICTIM),
            (detention, Fact.ADMIN_DETENTION_DECIDED),
            (detention and self.foreigner, Fact.FOREIGNER_RESTRICTED),
        )
        under = Fact.OTHER_LAW_PENALTY_DECIDED if self.other_law else Fact.PENALTY_DECIDED
        return (under, *(fact for due, fact in besides if due), *self.list_closing_facts())

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The penalty with the violation that it is for, and a detention with its days."""
        found = super().build_fact(fact, subject, at, approver)
        if fact in PENALTIES:
            return replace(found, charge=self.violation or "")
        if fact is Fact.ADMIN_DETENTION_DECIDED:
            return replace(found, charge=self.violation or "", term=f"{self.detention_days} day")
        return found

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What it brings about; LawForbids where the article offers no such penalty."""
        self._check_within_article()
        return super().build_facts(subject, at, approver)

    def _check_within_article(self) -> None:
        if self.detention_days > ONE_ACT_DAYS and not self.merged:
            detail = f"一个行为的行政拘留不超过{ONE_ACT_DAYS}日，合并执行不超过{MERGED_DAYS}日"
            raise LawForbids(detail, field="detention_days", basis=str(PSAPL.article(16)))
        if self.violation is None or self.merged:
            return
        act = get_violations()[self.violation]
        for field, asked, most, unit in (
            ("detention_days", self.detention_days, act.max_detention_days, "日行政拘留"),
            ("fine_yuan", self.fine_yuan, act.max_fine_yuan, "元罚款"),
        ):
            if asked > most:
                offered = f"最高{most}{unit}" if most else f"没有{unit[1:]}"
                raise LawForbids(f"{act.zh}{offered}", field=field, basis=f"《{PSAPL.zh}》{act.article}")


class DecideStationPenalty(
    OneOfSeveral,
    title="派出所处罚决定",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.PENALTY_DECIDED,
    or_facts=(Fact.PENALTY_CONCERNS_VICTIM, Fact.PUBLIC_ORDER_CASE_DECIDED),
    basis=(PSAPL.article(109), PSAPL.article(115)),
    document="行政处罚决定书",
):
    """Decide a warning or a small fine, as a police station may by itself (派出所处罚决定)."""

    violation: ViolationCode = Field(title="违法行为")
    fine_yuan: int = Field(default=0, title="罚款数额（元）", description="0 为警告", ge=0, le=1_000_000)
    victim: bool = declare_duty_field("有被侵害人", _VICTIM, PSAPL.article(116))
    grounds: Text = Field(title="违法事实、证据和依据")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The decision, and whom else it concerns."""
        return (Fact.PENALTY_DECIDED, *((Fact.PENALTY_CONCERNS_VICTIM,) if self.victim else ()), *self.list_closing_facts())

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The penalty with the violation that it is for."""
        found = super().build_fact(fact, subject, at, approver)
        return replace(found, charge=self.violation) if fact in PENALTIES else found

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What it brings about; LawForbids where only the county police may decide so much."""
        if self.fine_yuan > STATION_FINE_YUAN:
            detail = f"派出所只能决定警告和{STATION_FINE_YUAN}元以下的罚款，应当报县级公安机关决定"
            raise LawForbids(detail, field="fine_yuan", basis=str(PSAPL.article(109)))
        return super().build_facts(subject, at, approver)


class DecideNoPenalty(
    OneOfSeveral,
    title="不予处罚决定",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.NO_PENALTY_DECIDED,
    or_facts=(Fact.PENALTY_CONCERNS_VICTIM, Fact.PUBLIC_ORDER_CASE_DECIDED),
    basis=(PSAPL.article(113), MPSA.article(172)),
    document="不予行政处罚决定书",
):
    """Decide that nobody is to be punished, or that the violation is not established (不予处罚)."""

    cause: Literal["依法不予处罚", "违法事实不能成立"] = Field(title="不予处罚的情形")
    victim: bool = declare_duty_field("有被侵害人", _VICTIM, PSAPL.article(116))
    grounds: Text = Field(title="理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The decision, and whom else it concerns."""
        return (Fact.NO_PENALTY_DECIDED, *((Fact.PENALTY_CONCERNS_VICTIM,) if self.victim else ()), *self.list_closing_facts())


class PenalizeOnTheSpot(
    OneOfSeveral,
    title="当场处罚",
    by=OFFICER,
    fact=Fact.ONSITE_PENALTY_DECIDED,
    or_facts=(Fact.FINE_SERVED, Fact.PUBLIC_ORDER_CASE_DECIDED),
    basis=(PSAPL.article(119), PSAPL.article(120), MPSA.article(38)),
    document="当场处罚决定书",
):
    """Decide a warning or a small fine where it happened, and hand over the decision (当场处罚)."""

    penalty: Literal["warning", "fine"] = Field(title="处罚种类", description="warning 警告、fine 罚款")
    fine_yuan: Annotated[int, OnlyWhere({"penalty": ("fine",)}, _NO_SUM)] = Field(
        default=0, title="罚款数额（元）", ge=0, le=1_000_000, validate_default=True
    )
    vice: bool = Field(default=False, title="涉及卖淫、嫖娼、赌博、毒品")
    defence_heard: bool = Field(title="已口头告知并听取陈述、申辩")
    grounds: Text = Field(title="违法事实和依据")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The decision, which is served by being handed over."""
        return (Fact.ONSITE_PENALTY_DECIDED, *((Fact.FINE_SERVED,) if self.penalty == "fine" else ()), *self.list_closing_facts())

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What it brings about; LawForbids where the ordinary way must be taken."""
        if self.fine_yuan > ONSITE_FINE_YUAN:
            detail = f"当场处罚限于警告和{ONSITE_FINE_YUAN}元以下的罚款"
            raise LawForbids(detail, field="fine_yuan", basis=str(PSAPL.article(119)))
        if self.vice:
            raise LawForbids("涉及卖淫、嫖娼、赌博、毒品的案件不适用当场处罚", field="vice", basis=str(MPSA.article(37)))
        if not self.defence_heard:
            detail = "未告知事实、理由、依据并听取陈述、申辩的，不得当场处罚"
            raise LawForbids(detail, field="defence_heard", basis=str(MPSA.article(38)))
        return super().build_facts(subject, at, approver)


class FileOnsitePenalty(
    OfOffender,
    title="当场处罚备案",
    by=OFFICER,
    fact=Fact.ONSITE_PENALTY_FILED,
    basis=(PSAPL.article(120), MPSA.article(39)),
    chapter=Chapter.EXECUTION,
):
    """Hand the decision made on the spot in to the bureau (备案)."""

    number: Line = Field(title="决定书编号")


# Expedited handling (快速办理)


class AgreeExpedited(
    OfOffender,
    title="快速办理",
    by=OFFICER,
    fact=Fact.EXPEDITED_AGREED,
    or_facts=(Fact.EXPEDITED_ARRIVAL,),
    basis=(MPSA.article(40), MPSA.article(42), MPSA.article(47)),
    document="快速办理告知书",
):
    """Handle fast what the person admits and agrees to in writing: a decision within 48 hours of arrival (快速办理)."""

    arrived_at: Instant = Field(title="到案时间")
    signed: bool = Field(title="违法嫌疑人已书面同意并签名")
    protected: bool = Field(default=False, title="违法嫌疑人系盲、聋、哑人，未成年人或者疑似精神病人")
    heavy: bool = Field(default=False, title="应当适用听证程序，或者可能作出十日以上行政拘留")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The arrival, from which its hours run, and the agreement."""
        return (Fact.EXPEDITED_ARRIVAL, Fact.EXPEDITED_AGREED)

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What it brings about; LawForbids where the case is unfit or the person has not agreed."""
        for field, unfit, article in (
            ("protected", self.protected, 41),
            ("heavy", self.heavy, 41),
            ("signed", not self.signed, 42),
        ):
            if unfit:
                raise LawForbids("不符合快速办理的条件", field=field, basis=str(MPSA.article(article)))
        return super().build_facts(subject, at, approver)

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The arrival at its own instant."""
        return LegalFact(fact, self.arrived_at if fact is Fact.EXPEDITED_ARRIVAL else self.at or at, subject)


class DropExpedited(OfOffender, title="转为一般案件办理", by=OFFICER, fact=Fact.EXPEDITED_DROPPED, basis=MPSA.article(48)):
    """Go on in the ordinary way with what turns out unfit; the evidence stays good (转为一般案件)."""

    grounds: Text = Field(title="理由")


# Service (送达)


class ServePenalty(
    OfOffender,
    title="送达处罚决定书",
    by=OFFICER,
    fact=Fact.PENALTY_SERVED,
    or_facts=(Fact.FINE_SERVED,),
    basis=(PSAPL.article(116), APL.article(61), MPSA.article(36)),
    document="送达回证",
    chapter=Chapter.EXECUTION,
):
    """Announce the decision and hand it over; a fine falls due from then (宣告送达)."""

    paper: ClassVar[str] = "行政处罚决定书"
    manner: Literal["宣告后当场交付", "直接送达", "留置送达", "委托送达", "邮寄送达", "电子送达"] = Field(
        default="宣告后当场交付", title="送达方式"
    )
    fine: bool = Field(title="决定书处以罚款")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The service, and that of a fine."""
        return (Fact.PENALTY_SERVED, *((Fact.FINE_SERVED,) if self.fine else ()))


class PublishPenalty(
    OfOffender,
    title="公告送达处罚决定书",
    by=OFFICER,
    fact=Fact.PENALTY_PUBLISHED,
    basis=MPSA.article(36),
    document="公告",
    chapter=Chapter.EXECUTION,
):
    """Publish the decision where nothing else reaches the person (公告送达)."""

    where: Line = Field(title="公告范围和方式")


class ServeVictim(
    OfOffender,
    title="向被侵害人送达决定书",
    by=OFFICER,
    fact=Fact.PENALTY_SERVED_ON_VICTIM,
    basis=(PSAPL.article(116), MPSA.article(172)),
    document="送达回证",
    chapter=Chapter.EXECUTION,
):
    """Serve the decision on the victim too, or note that it could not be (送达被侵害人)."""

    paper: ClassVar[str] = "行政处罚决定书"
    recipient: Line = Field(title="被侵害人")
    note: OptionalText = Field(default="", title="无法送达的情况")


ON_THE_SPOT = (FileOnsitePenalty,)
SERVICE = (ServePenalty, PublishPenalty, ServeVictim)
