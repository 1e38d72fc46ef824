"""Forms (表单): a form is a step. It says who may act, whose approval it needs, what fact it brings about, and on what basis."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from law.citations import Article
from law.discovery import discover
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from models.folding import fold_number, fold_telephone
from models.forms.chapters import Chapter
from models.forms.veil import list_veiled_fields
from models.forms.widget import Widget
from models.instants import Instant, is_stored, is_typed_now
from models.links import Link
from models.matter import Kind
from models.messages import Correction, Named
from models.validation_messages import DUTY, is_duty

# What other forms call it.

# Long enough for the narrative of a case; a dossier's documents travel as files.
TEXT = 8000
LINE = 200


def _check_digit(number: str) -> str:
    try:
        return ric.validate(number)
    except ValidationError as error:
        raise ValueError("公民身份号码校验不通过（GB 11643-1999）：请核对号码与校验码") from error


def _narrow(number: Any) -> Any:
    """A number as it is kept, however wide its figures and whatever parts them."""
    return fold_number(number) if isinstance(number, str) else number


CitizenId = Annotated[
    str, Field(min_length=18, max_length=18), BeforeValidator(_narrow), AfterValidator(_check_digit), Widget("citizen")
]
# As it is printed on the paper: in capitals, without what people type between its parts.
TravelDocument = Annotated[
    str, Field(max_length=30, description="外国人、无国籍人的护照或者其他旅行证件号码"), AfterValidator(fold_number)
]
# As it is dialled: figures, with what people put between them, a country before and an extension behind; several are parted by 、 , or /.
_DIALLED = re.compile(r"(?:\+|00)?\d{3,15}(?:[转X#*]\d{1,6})?")
_SEVERAL = re.compile(r"[、,，;；/]")


def _fold_telephones(number: str, info: ValidationInfo) -> str:
    """A telephone number, or several, in the figures by which it is found; what was taken before there was a shape stays as it is."""
    if is_stored(info) or not number:
        return number
    said = [each.strip() for each in _SEVERAL.split(number) if each.strip()]
    wrong = next((each for each in said if not _DIALLED.fullmatch(fold_telephone(each))), None)
    if wrong and is_typed_now(info):
        raise ValueError(
            f"“{wrong}”不是电话号码：须为3至15位数字，可带区号和分机；Excel 写成 1.39E+10 的已经丢失末几位，请照原记录填写"
        )
    return "、".join(map(fold_telephone, said))


Phone = Annotated[str, Field(min_length=3, max_length=30), AfterValidator(_fold_telephones)]
OptionalPhone = Annotated[str, Field(max_length=30), AfterValidator(_fold_telephones)]
Text = Annotated[str, Field(min_length=1, max_length=TEXT)]
Line = Annotated[str, Field(min_length=1, max_length=LINE)]
# What need not be said may be left empty.
OptionalText = Annotated[str, Field(max_length=TEXT)]
OptionalLine = Annotated[str, Field(max_length=LINE)]
Amount = Annotated[
    str,
    Field(min_length=1, max_length=20, description="增加写 +4 day，延长至写 to 30 day；单位 hour、day、month"),
    Widget("extension"),
]
Term = Annotated[str, Field(max_length=20, description="决定书写明的期限，例如 3 day、6 month；不填即为法定期限"), Widget("length")]


def describe_code(field: FieldInfo, code: str) -> str:
    """What people call one of the values from which a field chooses: its description tells each as `code 中文`."""
    return dict(re.findall(r"([\w-]+) ([^、;；,，。]+)", field.description or "")).get(code, code)


def must_answer(hangs_on: str, basis: Article) -> str:
    """The sentence for whoever leaves a question open on which something hangs."""
    return f"必须回答：{hangs_on}（{basis}）"


def declare_duty_field(title: str, hangs_on: str, basis: Article) -> Any:
    """The field of a question that arms or disarms a limit or a safeguard: it has no preset, and must be answered."""
    return Field(title=title, description=must_answer(hangs_on, basis), json_schema_extra={DUTY: True})


# What it says where nothing was filled in.
NOTHING = (None, "")


@dataclass(frozen=True, slots=True)
class OnlyWhere:
    """Marks a field that means something only where fields asked before it each say one of those values (条件字段).

    Pages show it there alone. Whoever says something in it `elsewhere` is refused with that sentence, and whoever leaves it open where it
    is `needed` with that one; for this its default is validated. A field before it that was left open decides nothing, unless NOTHING is one of its values.
    """

    says: Mapping[str, tuple[object, ...]]
    needed: str = ""
    elsewhere: str = "按前面所填，不应填写此项"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The field's own schema, and after it what was said before."""
        return core_schema.with_info_after_validator_function(self._check_dependence, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The field's own schema with the condition, by which pages show it: `x-only-where`, and `x-needed` where it must be said then."""
        told = {"x-only-where": {name: list(values) for name, values in self.says.items()}}
        return {**handler(schema), **told, **({"x-needed": True} if self.needed else {})}

    def holds(self, said: Mapping[str, Any]) -> bool | None:
        """Whether the field means something after what was said before it; None: that is not known."""
        answers = [
            None if said.get(name) is None and None not in values else said.get(name) in values
            for name, values in self.says.items()
        ]
        return False if False in answers else None if None in answers else True

    def _check_dependence(self, value: Any, info: ValidationInfo) -> Any:
        holds = None if is_stored(info) else self.holds(info.data)
        if holds is False and value:
            raise ValueError(self.elsewhere)
        if holds and self.needed and value is not False and not value:
            raise ValueError(self.needed)
        return value


@dataclass(frozen=True, slots=True)
class Can:
    """Marks a field that names people of the bureau by user name: whoever is named reaches the matter where it is after the step.

    There they hold one of these offices, by which alone they can do what they are named for; any will do where none is said.
    """

    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class InSummary:
    """Marks a field that says what happened, where, or of what somebody is suspected (基本情况).

    Whoever opens the matter sees it first, or one that came of the matter.
    """


IN_SUMMARY = InSummary()

# Whoever of the police may be named for what takes no particular office.
POLICE = Can(
    (
        Office.CASE_OFFICER,
        Office.STATION_HEAD,
        Office.CASE_MANAGEMENT_OFFICER,
        Office.LEGAL_REVIEWER,
        Office.SUPERVISOR,
        Office.COUNTY_HEAD,
    )
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for a step whatever is filled in."""

    step: str
    title: str
    by: tuple[Office, ...]
    approved_by: tuple[Office, ...]
    fact: Fact | None
    may_bring: tuple[Fact, ...]
    basis: tuple[Article, ...]
    # Titles of the documents that the step has, and of those among them that no template of ours makes.
    document: str
    made_elsewhere: str
    opens: Kind | None
    shares_with: tuple[Office, ...]
    # Kinds of matter at whose every stage but the first it may be handed in; and whether lists of what may be done there name it.
    everywhere: frozenset[Kind]
    listed: bool
    # It is open only where its matter knows that fact, and not where it knows this one.
    given: Fact | None
    unless: Fact | None
    # Where its matter knows that fact, only these offices take it; and of which of its offices only whoever the matter is assigned to.
    reserved: Mapping[Fact, tuple[Office, ...]]
    by_assignee: tuple[Office, ...]
    # Taken so often that it stands in front where its stage offers it.
    usual: bool
    # The seats to which its matter was copied take it too: it answers what was asked of them.
    by_copied: bool

    def suits(self, known: Collection[str]) -> bool:
        """Whether the step is one for a matter that knows these facts."""
        return self.given in (None, *known) and (self.unless is None or self.unless not in known)

    def list_offices(self, known: Collection[str], *, assigned: bool) -> tuple[Office, ...]:
        """The offices that take it of a matter that knows these facts, and is or is not assigned to whoever would."""
        only = next((offices for fact, offices in self.reserved.items() if fact in known), self.by)
        return tuple(each for each in self.by if each in only and (assigned or each not in self.by_assignee))


_WHEN = "发生时间"
# What was asked for and approved is on paper whatever else is.
APPROVAL_SHEET = "呈请审批表"
# A step of more characters is too long a word to have 时间 behind it without a 的.
_SHORT = 8


def _get_time_title(title: str) -> str:
    """How officers call the time of a step: 传唤时间, 派警时间; of a long one, 看守所提示拘留期限的时间."""
    word = re.sub(r"（.*?）", "", title)
    return f"{word}时间" if len(word) <= _SHORT and not word.endswith(("时间", "期限", "变动")) else f"{word}的时间"


@dataclass(frozen=True, slots=True)
class Open:
    """Open a matter of that kind with that form."""

    kind: Kind
    form: "Form"


@dataclass(frozen=True, slots=True)
class Take:
    """Have the matter of that number, which this one opened, take that step."""

    number: str
    form: "Form"


@dataclass(frozen=True, slots=True)
class TakeByAll:
    """Have every matter of that kind which this one opened take that step."""

    kind: Kind
    form: "Form"


Command = Open | Take | TakeByAll


@dataclass(frozen=True, slots=True)
class Effects:
    """What few steps do to their matter besides.

    `parent` is the number of the matter to which it belongs from then on (empty: as before); `corrects` is set right in the record; those
    named in `admits` and `dismisses` join and leave the handlers, who may open the file while it is sealed.
    """

    parent: str = ""
    corrects: Correction | None = None
    admits: tuple[str, ...] = ()
    dismisses: tuple[str, ...] = ()


_NO_EFFECTS = Effects()


def _build_step_id(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


class Form(BaseModel):
    """A step's form. Class arguments: `title`, `by`, `approved_by`, `fact`, `or_facts`, `basis`, `opens`, `shares_with`, `when`, `chapter`, `usual`.

    Where it is open the lifecycles say, but for what is open `everywhere` in a kind of matter, whatever stages that has: there it says so
    itself. Not `listed` is what only a task or a command leads to. What fits some matters of a kind alone says the fact that they know
    (`given`), or that they must not know (`unless`). Of its offices some alone take it where a fact is known (`reserved`), and some only for
    the matters that are assigned to them (`by_assignee`). A step that answers what a unit was asked is taken by the seats to which the
    matter was copied, too (`by_copied`).
    `chapter` is where lists of steps have it, and those of the forms that derive from it; `usual` puts it in front of them.
    `when` is what officers call the time of the step, where that is not its title with 时间 behind it; empty: nobody is asked for it.
    `document` names the documents that it has, joined by "、". Each has a template (`models.documents`) or is named in `made_elsewhere` too:
    another organ makes it, or people write it by hand. Where `document` is not given, all are made elsewhere; where neither is, what
    somebody approves is on a sheet of approval.
    A form of which `brought` depends on what is filled in names every further fact it may bring about in `or_facts`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    rule: ClassVar[Rule]
    when: ClassVar[str]
    # The title of the paper of before that the step serves, withdraws or revokes; its number stands on the new one.
    paper: ClassVar[str] = ""
    chapter: ClassVar[Chapter | None] = None
    # Who links by it what they do not read: they are told that the link was made, and no more of that other matter.
    links_unread: ClassVar[tuple[Office, ...]] = ()

    at: Instant | None = Field(default=None, title=_WHEN, description="事实发生的时间；不填即为提交之时")

    @model_validator(mode="before")
    @classmethod
    def _read_former_preset(cls, values: Any, info: ValidationInfo) -> Any:
        """What was handed in while a question still had its preset (no), read again, says that."""
        if not (is_stored(info) and isinstance(values, Mapping)):
            return values
        asked = (name for name, field in cls.model_fields.items() if field.is_required() and is_duty(field))
        return {**dict.fromkeys(asked, False), **values}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The form's schema, in which the time of the step is called as officers call it."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        at = schema.get("properties", {}).get("at")
        if at and at["title"] == _WHEN:
            at["title"] = cls.when
        return schema

    def __init_subclass__(cls, **_: Any) -> None:
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(
        cls,
        *,
        by: Office | tuple[Office, ...] = (),
        approved_by: tuple[Office, ...] = (),
        fact: Fact | None = None,
        or_facts: tuple[Fact, ...] = (),
        basis: Article | tuple[Article, ...] = (),
        document: str = "",
        made_elsewhere: str = "",
        opens: Kind | None = None,
        shares_with: tuple[Office, ...] = (),
        when: str | None = None,
        everywhere: Iterable[Kind] = (),
        listed: bool = True,
        chapter: Chapter | None = None,
        usual: bool = False,
        given: Fact | None = None,
        unless: Fact | None = None,
        reserved: Mapping[Fact, tuple[Office, ...]] | None = None,
        by_assignee: tuple[Office, ...] = (),
        by_copied: bool = False,
        **_: Any,
    ) -> None:
        title = cls.model_config.get("title")
        cls.chapter = chapter or cls.chapter
        cls.when = when if when is not None else _get_time_title(title) if title else _WHEN
        cls.rule = Rule(
            step=_build_step_id(cls.__name__),
            title=title or cls.__name__,
            by=by if isinstance(by, tuple) else (by,),
            approved_by=approved_by,
            fact=fact,
            may_bring=(() if fact is None else (fact,)) + or_facts,
            basis=basis if isinstance(basis, tuple) else (basis,),
            document=document or made_elsewhere or (APPROVAL_SHEET if approved_by else ""),
            made_elsewhere=made_elsewhere,
            opens=opens,
            shares_with=shares_with,
            everywhere=frozenset(everywhere),
            listed=listed,
            given=given,
            unless=unless,
            reserved=reserved or {},
            by_assignee=by_assignee,
            usual=usual,
            by_copied=by_copied,
        )

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What this form brings about for `subject`; `at` stands in where the form names no instant, `approver` is the deciding office."""
        return tuple(self.build_fact(fact, subject, at, approver) for fact in self.list_fact_kinds())

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The kinds of fact this form brings about as it is filled in."""
        return () if self.rule.fact is None else (self.rule.fact,)

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """One fact, with whatever this form says of a limit, an extension, its grounds, a reason, a term or a base."""
        details = {name: getattr(self, name) for name in _DETAILS_OF_A_FACT if getattr(self, name, None)}
        return LegalFact(fact, self.at or at, subject, approver=Office(approver) if approver else None, **details)

    def check_person(self, person: str) -> Mapping[str, str]:
        """What this person, named by user name, may not fill in: a sentence for each such field."""
        return {}

    def get_assignee(self) -> str:
        """The user name of the officer whom this form makes answerable; empty: nobody new."""
        return ""

    def get_target_unit(self) -> str:
        """The unit to which this form moves the matter; empty: it stays."""
        return ""

    def reaches_out(self) -> bool:
        """Whether the unit to which this form moves its matter may be one that whoever hands it in does not reach (协同)."""
        return False

    def get_origin(self) -> str:
        """What is registered once, whoever hands in the form that opens its matter: the number that it bears elsewhere; empty: nothing."""
        return ""

    def get_heading(self) -> str:
        """How lists name the matter that this form opens; empty for other forms."""
        return ""

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The people this form brings into the matter, as rows of the party table."""
        return ()

    def list_veiled(self) -> tuple[str, ...]:
        """The fields that are encrypted before anybody else reads this form (密级字段): of those marked so, whatever is filled in."""
        return tuple(name for name in list_veiled_fields(type(self)) if getattr(self, name))

    def build_commands(self) -> tuple[Command, ...]:
        """What other matters do with this step, whatever stage it is taken at: those that it opens, and those that take a step with it."""
        return ()

    def build_effects(self) -> Effects:
        """What this form does to its matter besides."""
        return _NO_EFFECTS

    def build_links(self) -> tuple[Link, ...]:
        """With which other matters this form links its own (关联)."""
        return ()

    def list_links_named(self) -> tuple[Link, ...]:
        """Links of which this form speaks, whether or not it makes them: whoever hands it in must know of both ends."""
        return self.build_links()

    def list_people(self) -> tuple[Named, ...]:
        """Those of the bureau whom this form names, each with the field in which it does and what they must be able to do."""
        return tuple(
            Named(field=field, zh=info.title or field, person=person, offices=mark.offices)
            for field, info in type(self).model_fields.items()
            for mark in info.metadata
            if isinstance(mark, Can)
            for person in _list_values(getattr(self, field))
        )


def _list_values(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, (value,) if isinstance(value, str) else value))


_DETAILS_OF_A_FACT = ("limit", "extension", "grounds", "reason", "term", "base")


@cache
def get_forms() -> Mapping[str, type[Form]]:
    """Every form by its step, found by walking the folder, and that of systems outside, some of whose answers stand beside them.

    A class that names no office is what several forms have in common, not a form.
    """
    found: dict[str, type[Form]] = {}
    for form in (*discover("models.forms", type), *discover("models.external", type)):
        is_form = issubclass(form, Form) and "rule" in vars(form) and form.rule.by
        if is_form and found.setdefault(form.rule.step, form) is not form:
            raise TypeError(f"two forms are called {form.rule.step}")
    return found
