"""The forms of a letter from the public (群众来信): from the day it comes to what its writer thinks of the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from law.facts import Fact
from law.instruments import PET, PROMISE
from law.legal_fact import LegalFact
from law.offices import Office
from models.catalogues.editions import load_catalogue, make_code_check
from models.ends import ARCHIVED, End, Ends
from models.forms.form import (
    IN_SUMMARY,
    POLICE,
    Can,
    CitizenId,
    Form,
    Line,
    OnlyWhere,
    OptionalLine,
    OptionalPhone,
    OptionalText,
    Term,
    Text,
)
from models.forms.marks import list_mark_facts, name_marks
from models.forms.veil import VEILED, is_veiled
from models.forms.widget import Widget
from models.links import Link, Relation
from models.marks import MarkId
from models.matter import Kind, build_number_pattern

LETTERS = PROMISE.section("群众来信")
RECEIVES = (Office.LETTER_OFFICER, Office.REPORTING_DESK)
# Who supervises does what whoever keeps letters may not know of.
KEEPS = (Office.LETTER_OFFICER, Office.SUPERVISOR)

Channel = Literal[
    "chief-mailbox",
    "online-inquiry",
    "wechat",
    "hotline-12345",
    "leader-board",
    "media",
    "petition-system",
    "post",
    "visit",
    "phone",
    "superior",
    "complaint-110",
    "discipline",
    "procuratorate",
    "ombudsman",
    "service-rating",
    "sms-rating",
    "call-back",
    "traffic-12123",
    "community",
    "12389",
    "wechat-tip",
    "anti-fraud-96110",
]
_CHANNELS = (
    "chief-mailbox 局长信箱、online-inquiry 网络问政、wechat 公众号留言、hotline-12345 12345热线、leader-board 领导留言板、media 媒体舆情、"
    "petition-system 国家信访信息系统、post 来信、visit 来访、phone 来电、superior 上级交办、complaint-110 110警务投诉、discipline 纪检监察转办、"
    "procuratorate 检察机关转办、ombudsman 代表建议和委员提案、service-rating 政务服务好差评、sms-rating 短信评警、call-back 警情回访、"
    "traffic-12123 交管12123、community 社区走访、12389 民警违法违纪举报、wechat-tip 微信有奖举报、anti-fraud-96110 反诈专线"
)
PROMISES: Mapping[str, str] = {
    **dict.fromkeys(("chief-mailbox", "online-inquiry", "wechat"), "mailbox"),
    **dict.fromkeys(("hotline-12345", "leader-board", "media"), "hotline"),
    **dict.fromkeys(("12389", "complaint-110", "discipline", "procuratorate", "ombudsman"), "conduct"),
    **dict.fromkeys(("service-rating", "sms-rating", "call-back", "traffic-12123"), "rating"),
}
"""What the bureau has promised those who write by a channel, if anything."""
_REFERRING = frozenset({"petition-system", "superior", "discipline", "procuratorate"})
Sort = Literal["consultation", "help", "complaint", "denunciation", "appeal", "suggestion", "thanks", "tip"]
_SORTS = (
    "consultation 咨询、help 求助、complaint 投诉、denunciation 检举控告、appeal 申诉求决、suggestion 意见建议、thanks 表扬感谢、"
    "tip 举报线索"
)
# By what the regulation is for (第十七条): whoever asks, thanks or is in need petitions for nothing.
_PETITIONS = frozenset({"complaint", "denunciation", "appeal", "suggestion"})
# Who denounces somebody, or tells of a crime, is protected (第三十条第三款).
PROTECTED = frozenset({"denunciation", "tip"})
_LETTER = build_number_pattern(Kind.LETTER)
LabelCode = Annotated[
    str,
    StringConstraints(pattern=r"^\d\.\d\d\.\d\d$"),
    Field(description="来信标签的代码，例如 1.01.01"),
    make_code_check("letter-labels"),
]


class OpenLetter(
    Form,
    title="登记来信",
    by=RECEIVES,
    fact=Fact.LETTER_ARRIVED,
    or_facts=(Fact.PETITION_RECEIVED, Fact.PETITION_REFERRED, Fact.TIP_RECEIVED, Fact.FILE_SEALED, Fact.MATTER_MARKED),
    basis=(PET.article(22), PET.article(30), LETTERS),
    made_elsewhere="来信签收回执",
    when="来信时间",
    opens=Kind.LETTER,
):
    """Register what somebody writes, whatever way it came (登记来信); what came with one number is one letter.

    A denunciation, and what its writer asks to be kept from others, is sealed from its first, and who wrote it veiled.
    """

    channel: Annotated[Channel, IN_SUMMARY] = Field(title="来信渠道", description=_CHANNELS)
    channel_number: Annotated[str, Field(max_length=60)] = Field(
        default="", title="来文编号", description="渠道自己的编号；同一渠道同一编号的是同一来信"
    )
    sort: Annotated[Sort, IN_SUMMARY] = Field(title="来信性质", description=_SORTS)
    narrative: Annotated[Text, StringConstraints(min_length=5), IN_SUMMARY] = Field(title="来信内容")
    about: Annotated[tuple[Line, ...], Field(max_length=10), IN_SUMMARY] = Field(
        default=(), title="反映的事项", description="来信人所说的警情、案件编号"
    )
    subject_officer: OptionalLine = Field(default="", title="被反映的民警", description="在本系统的登录名；没有反映民警的不填")
    subject_unit: Annotated[str, Widget("unit")] = Field(default="", title="被反映的单位", max_length=60)
    anonymous: bool = Field(default=False, title="匿名")
    writer_name: Annotated[OptionalLine, VEILED, OnlyWhere({"anonymous": (False,)}, elsewhere="匿名的不登记姓名")] = Field(
        default="", title="来信人姓名"
    )
    writer_phone: Annotated[OptionalPhone, VEILED, OnlyWhere({"anonymous": (False,)}, elsewhere="匿名的不登记电话")] = Field(
        default="", title="来信人电话"
    )
    writer_citizen_number: Annotated[CitizenId | None, VEILED] = Field(default=None, title="来信人公民身份号码")
    secrecy: bool = Field(default=False, title="要求保密")
    term: Term = Field(
        default="",
        title="来源单位要求的办理期限",
        description="例如 3 working day、24 hour，届满不晚于五个工作日；不填即按公开承诺",
    )

    @property
    def _is_secret(self) -> bool:
        return self.secrecy or self.sort in PROTECTED

    @property
    def _marks(self) -> tuple[MarkId, ...]:
        protected: tuple[MarkId, ...] = ("protected-reporter",) if self._is_secret else ()
        return (*protected, "media") if self.channel == "media" else protected

    @property
    def _promise(self) -> str:
        promise = "none" if self.sort == "tip" else PROMISES.get(self.channel, "none")
        return "mailbox-thanks" if (promise, self.sort) == ("mailbox", "thanks") else promise

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it arrived; that it is a petition, and whether another organ sent it; that it is for few to read."""
        petition = Fact.PETITION_REFERRED if self.channel in _REFERRING else Fact.PETITION_RECEIVED
        return (
            Fact.LETTER_ARRIVED,
            *((petition,) if self.sort in _PETITIONS else ()),
            *((Fact.TIP_RECEIVED,) if self.sort == "tip" else ()),
            *((Fact.FILE_SEALED,) if self._is_secret else ()),
            *list_mark_facts(self._marks),
        )

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """Its facts; its arrival says what was promised to those who write that way, its marks who is named nowhere and who watches."""
        facts = (
            replace(each, item=self._promise) if each.fact is Fact.LETTER_ARRIVED else replace(each, term="")  # theirs is the law's
            for each in super().build_facts(subject, at, approver)
        )
        return name_marks(facts, subject, self._marks)

    def get_origin(self) -> str:
        """Under its channel's own number it is registered once; what is for few to read is no copy of what all read under that number."""
        sealed = "/sealed" if self._is_secret else ""
        return f"letter/{self.channel}/{self.channel_number}{sealed}" if self.channel_number else ""

    def list_veiled(self) -> tuple[str, ...]:
        """Who wrote it, where that is kept secret (公安机关办理刑事案件程序规定第一百七十三条、信访工作条例第三十条)."""
        return super().list_veiled() if self._is_secret else ()

    def get_heading(self) -> str:
        """How it begins."""
        return self.narrative[:60]

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """Who wrote it, where they say so and it is not kept secret."""
        if not (self.writer_name or self.writer_phone) or is_veiled(self.writer_name or self.writer_phone):
            return ()
        who = {"name": self.writer_name, "phone": self.writer_phone, "citizen_id": self.writer_citizen_number or ""}
        return ({"id": "writer", "role": "writer", **who},)


class ClassifyLetter(Form, title="标注来信", by=KEEPS, fact=Fact.LETTER_CLASSIFIED, basis=LETTERS, usual=True):
    """Say what it is about by the bureau's labels, the main one first (标注)."""

    labels: Annotated[tuple[LabelCode, ...], Field(min_length=1, max_length=5)] = Field(title="标签", description="第一个为主标签")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """That it is labelled, and what it is about in the first place."""
        return tuple(replace(each, item=self.labels[0]) for each in super().build_facts(subject, at, approver))


def list_flags(labels: Iterable[str]) -> set[str]:
    """What labels say besides of a letter that bears them, a letter for each."""
    catalogue = load_catalogue("letter-labels")
    return {flag for code in labels for flag in catalogue[code].further["flags"]}


class AssignLetter(
    Form,
    title="交办来信",
    by=KEEPS,
    fact=Fact.LETTER_ASSIGNED,
    basis=(PET.article(22), PET.article(28), PET.article(30)),
    usual=True,
):
    """Give it to the unit that answers, and to an officer there: never to whom it complains of (交办)."""

    unit: Annotated[str, Widget("unit")] = Field(title="承办单位", min_length=1, max_length=60)
    officer: Annotated[OptionalLine, Widget("officer"), Can((Office.CASE_OFFICER, Office.STATION_HEAD))] = Field(
        default="", title="承办民警", description="用户名；不填即由承办单位确定"
    )
    note: OptionalText = Field(default="", title="交办意见")

    def get_target_unit(self) -> str:
        """The unit that answers."""
        return self.unit

    def get_assignee(self) -> str:
        """Who answers there."""
        return self.officer


class LinkLetter(
    Form, title="关联来信", by=(Office.LETTER_OFFICER, Office.CASE_OFFICER), fact=Fact.LETTER_LINKED, basis=LETTERS, usual=True
):
    """Link it with the matter that it is about, or with one of the same cause (关联).

    Whoever keeps letters reads no cases, and links what its writer names all the same: they see to it that who has the case hears of it.
    """

    links_unread: ClassVar[tuple[Office, ...]] = (Office.LETTER_OFFICER,)

    number: Line = Field(title="关联事项", description="警情、案件或者来信的编号", max_length=40)
    relation: Literal["about", "same-cause"] = Field(
        default="about", title="关系", description="about 所涉事项、same-cause 同一事由"
    )

    def build_links(self) -> tuple[Link, ...]:
        """With that one."""
        return (Link(number=self.number, relation=Relation(self.relation)),)


class MergeLetter(Form, title="并入另一来信", by=Office.LETTER_OFFICER, fact=Fact.LETTER_MERGED, basis=(PET.article(22), LETTERS)):
    """Let another letter of the same cause lead: what is answered and concluded there is heard here (并入)."""

    into: str = Field(title="并入的来信", pattern=_LETTER, max_length=40)
    reason: Text = Field(title="理由")

    def build_links(self) -> tuple[Link, ...]:
        """It repeats that one, whose answer is the answer to both."""
        heard = (
            Fact.LETTER_WRITER_CONTACTED,
            Fact.LETTER_ANSWERED,
            Fact.LETTER_CONCLUDED,
            Fact.LETTER_HANDED_OVER,
            Fact.LETTER_REFUSED,
            Fact.LETTER_ROUTED,
        )
        return (Link(number=self.into, relation=Relation.DUPLICATES, hears=heard, field="into"),)


class HandOverLetter(
    Form,
    title="转出来信",
    by=KEEPS,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.LETTER_HANDED_OVER,
    basis=(PET.article(22), PET.article(30)),
    document="转送告知书",
):
    """Send it to whoever is competent, and tell its writer where it went (转出)."""

    to: Line = Field(title="转往")
    why: Text = Field(title="理由")
    told: Text = Field(title="告知来信人的内容")


class ConcludeLetter(
    Form,
    title="办结答复来信",
    by=Office.CASE_OFFICER,
    approved_by=(Office.STATION_HEAD,),
    fact=Fact.LETTER_CONCLUDED,
    basis=LETTERS,
    unless=Fact.PETITION_ACCEPTED,
):
    """Answer it for good: what was found, and what came of it (办结答复)."""

    finding: Literal["true", "partly", "untrue", "cannot-tell"] = Field(
        title="查明情况", description="true 属实、partly 部分属实、untrue 不属实、cannot-tell 无法查清"
    )
    result: Literal["supported", "explained", "not-supported"] = Field(
        title="处理结果", description="supported 支持、explained 解释说明、not-supported 不予支持"
    )
    answer: Annotated[Text, StringConstraints(min_length=20)] = Field(title="答复内容")
    lesson: OptionalText = Field(default="", title="改进措施")


class ConcludePetition(
    ConcludeLetter,
    title="办结答复信访事项",
    by=Office.CASE_OFFICER,
    approved_by=(Office.STATION_HEAD,),
    fact=Fact.LETTER_CONCLUDED,
    or_facts=(Fact.PETITION_CONCLUDED,),
    basis=(PET.article(31), PET.article(34)),
    document="信访处理意见书",
    given=Fact.PETITION_ACCEPTED,
):
    """Answer a letter for good that was accepted as a petition: in writing, with the articles (信访处理意见)."""

    articles: Text = Field(title="依据", description="处理意见所依据的法律、法规、规章和政策")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it was concluded, as a letter and as a petition."""
        return (Fact.LETTER_CONCLUDED, Fact.PETITION_CONCLUDED)


_SCORES = "very 非常满意、satisfied 满意、basic 基本满意、dissatisfied 不满意、very-dissatisfied 非常不满意"


class EvaluateLetter(Form, title="来信人评价", by=(*RECEIVES, Office.PARTY), fact=Fact.LETTER_EVALUATED, basis=LETTERS):
    """Enter what the writer thinks of the answer, or say it where they wrote; whoever gave it does not ask (评价)."""

    score: Literal["very", "satisfied", "basic", "dissatisfied", "very-dissatisfied"] = Field(title="评价", description=_SCORES)
    words: OptionalText = Field(default="", title="来信人的话")

    @property
    def dissatisfied(self) -> bool:
        """Whether it is done again, where it was not yet."""
        return self.score in ("dissatisfied", "very-dissatisfied")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """That it was evaluated, and whether with dissatisfaction, which asks for a call."""
        item = "dissatisfied" if self.dissatisfied else "satisfied"
        return tuple(replace(each, item=item) for each in super().build_facts(subject, at, approver))


class RecordNoEvaluation(
    Form, title="记录未作评价", by=Office.LETTER_OFFICER, fact=Fact.LETTER_UNEVALUATED, basis=LETTERS, when="最后一次回访时间"
):
    """Say that the writer was asked twice and did not say (未作评价)."""

    tried: int = Field(title="回访次数", ge=2, le=20)
    circumstances: Text = Field(title="回访情况")


class ReopenLetter(Form, title="重办来信", by=Office.LETTER_OFFICER, fact=Fact.LETTER_REOPENED, basis=(PET.article(35), LETTERS)):
    """Have it done again, once, at its writer's wish (重办)."""

    why: Text = Field(title="重办理由")


class ConveyThanks(Form, title="转达表扬", by=Office.LETTER_OFFICER, fact=Fact.LETTER_THANKS_CONVEYED, basis=LETTERS):
    """Pass a word of thanks on to those it is for (转达表扬)."""

    to_unit: Annotated[str, Widget("unit")] = Field(title="受表扬的单位", min_length=1, max_length=60)
    to_officer: Annotated[OptionalLine, POLICE, Widget("officer")] = Field(default="", title="受表扬的民警", description="用户名")
    words: Text = Field(title="转达内容")

    def get_target_unit(self) -> str:
        """The unit that it is for, which keeps it."""
        return self.to_unit


ENDS = Ends(
    Kind.LETTER,
    {"closed": End(), "handed_over": End(), "merged": End(), "refused": End(), "in_procedure": End(), "archived": ARCHIVED},
)
