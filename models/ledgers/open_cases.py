"""Reading a ledger of open cases (在办案件台账): rows of cases and suspects become past steps, or errors by cell. Pure."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import ValidationError

from law.offences import get_charges, get_violations
from models.folding import fold_words
from models.forms.criminal_case import AcceptCase, NameSuspect
from models.forms.public_order_case import FilePublicOrderCase, NameOffender
from models.instants import build_typing_context
from models.journal import format_canonical, hash_sm3
from models.ledgers.case_words import STANDINGS
from models.ledgers.past_steps import (
    FILED,
    LONGER_HANDLED,
    LONGER_HANDLED_BY_STATION,
    OFFENDER_EVENTS,
    SENT,
    SUSPECT_EVENTS,
    Fault,
    Line,
    PastCase,
    PastPerson,
    PastStep,
    build_past_steps,
)
from models.ledgers.words import find_unit, parse_truth
from models.matter import Kind
from models.validation_messages import list_faults

_SEVERAL = re.compile(r"[、,，;；/\s]+")
# Charges are matched by their beginning only from this many characters on.
_LONG = 5
CASE_SHEET, SUSPECT_SHEET = "案件", "人员"
PUBLIC_ORDER_SHEET, OFFENDER_SHEET = "行政案件", "违法人员"


class Officer(NamedTuple):
    """A case officer, and a unit in which they hold that office."""

    username: str
    zh: str
    badge: str
    unit: str


@dataclass(frozen=True, slots=True)
class LedgerContext:
    """What a ledger may refer to: ids of units by name and by id, the units below each unit, and the case officers."""

    units: Mapping[str, str]
    within: Mapping[str, frozenset[str]]
    officers: Sequence[Officer]


@dataclass(slots=True)
class OpenCases:
    """The cases of a ledger without errors, and the errors of all others, by cell."""

    cases: list[PastCase] = field(default_factory=list[PastCase])
    faults: list[Fault] = field(default_factory=list[Fault])

    @property
    def digest(self) -> str:
        """The SM3 digest of the cases, in hex."""
        return hash_sm3(format_canonical([each.model_dump(mode="json") for each in self.cases]).encode()).hex()


def build_case_key(case: PastCase) -> str:
    """The idempotency key of a case: made of its unit and the bureau's own case number."""
    kind = "" if case.kind is Kind.CRIMINAL_CASE else f"{case.kind}:"
    return f"case-ledger@{case.unit}:{kind}{hash_sm3(fold_words(case.case_number).encode()).hex()[:40]}"


def build_first_step_key(case: PastCase) -> str:
    """The key of the case's first step; an entry under it means that the case was entered."""
    return f"{build_case_key(case)}/0"


def read_cases(lines: Mapping[str, Iterable[Line]], context: LedgerContext, now: datetime) -> OpenCases:
    """The cases of a ledger by its sheets. One error in a case or in one of its suspects excludes the whole case."""
    result = OpenCases()
    for of, (cases, people) in {
        read_criminal_case: (CASE_SHEET, SUSPECT_SHEET),
        read_public_order_case: (PUBLIC_ORDER_SHEET, OFFENDER_SHEET),
    }.items():
        _read(result, (lines.get(cases, ()), lines.get(people, ())), lambda line, theirs, of=of: of(line, theirs, context, now))
    return result


def _read(
    result: OpenCases,
    sheets: tuple[Iterable[Line], Iterable[Line]],
    case_of: Callable[[Line, Sequence[Line]], PastCase | None],
) -> None:
    case_lines, suspect_lines = sheets
    people = defaultdict[str, list[Line]](list)
    for line in suspect_lines:
        people[fold_words(line.get_text("case_number"))].append(line)
    seen: dict[str, int] = {}
    for line in case_lines:
        number = fold_words(line.get_text("case_number"))
        if not number:
            line.refuse("case_number", "missing", "须写明案号")
        elif number in seen:
            line.refuse("case_number", "repeated", f"与第{seen[number]}行的案号相同")
        seen.setdefault(number, line.row)
        theirs = people.pop(number, [])
        case = case_of(line, theirs)
        wrong = [each for one in (line, *theirs) for each in one.faults]
        result.faults += wrong
        if case and not wrong:
            result.cases.append(case)
    for lines in people.values():
        for line in lines:
            line.refuse("case_number", "no-such-case", "案件表中没有这一案号")
            result.faults += line.faults


def read_criminal_case(line: Line, theirs: Sequence[Line], context: LedgerContext, now: datetime) -> PastCase | None:
    """A criminal case with its suspects; None, and errors noted, where its row does not tell one."""
    unit, officer = _read_unit_and_officer(line, context)
    charge = _read_charge(line)
    accepted_at = line.read_instant("accepted_at")
    if accepted_at is None and not line.get_text("accepted_at"):
        line.refuse("accepted_at", "missing", "须写明受案时间")
    accepted = _build_step(line, AcceptCase, "accepted_at", _build_acceptance(line, accepted_at, charge), now)
    filed = build_past_steps(line, (FILED,), accepted_at or now, now, {"charge": charge})
    after = build_past_steps(line, (SENT,), accepted_at or now, now, {})
    if theirs and not filed and not line.get_text("filed_at"):
        line.refuse("filed_at", "missing", "有犯罪嫌疑人的案件须写明立案时间")
    named = [_read_person(each, _read_filing_time(line, accepted_at), now) for each in theirs]
    if accepted is None or unit is None or not officer:
        return None
    return PastCase(
        row=line.row,
        case_number=line.get_text("case_number"),
        unit=unit,
        officer=officer,
        title=get_charges()[charge].case_zh,
        steps=(accepted, *filed),
        after=tuple(after),
        people=tuple(each for each in named if each),
    )


def read_public_order_case(line: Line, theirs: Sequence[Line], context: LedgerContext, now: datetime) -> PastCase | None:
    """A public-order or other administrative case with those suspected in it; None, and errors noted, where its row does not tell one."""
    unit, officer = _read_unit_and_officer(line, context)
    filed_at, other_law = line.read_instant("filed_at"), parse_truth(line.get_text("other_law")) is True
    if filed_at is None and not line.get_text("filed_at"):
        line.refuse("filed_at", "missing", "须写明立案（受案）时间")
    violation = _read_violation(line)
    station = (
        parse_truth(line.get_text("station")) if line.get_text("station") else line.get_text("unit").endswith(("所", "派出所"))
    )
    injured = {"injured": injury} if (injury := parse_truth(line.get_text("injured"))) is not None else {}
    words = line.get_text("summary") or "迁入：案情见原卷"
    summary = f"{words}（原案号：{line.get_text('case_number')}）"
    values = {"at": filed_at, "summary": summary, "other_law": other_law, "station": station, **injured}
    values |= {} if other_law and violation not in get_violations() else {"violation": violation}
    filed = _build_step(line, FilePublicOrderCase, "filed_at", values, now)
    longer = build_past_steps(line, (LONGER_HANDLED_BY_STATION if station else LONGER_HANDLED,), filed_at or now, now, {})
    named = [_read_offender(each, n, filed_at, now) for n, each in enumerate(theirs, 1)]
    if filed is None or unit is None or not officer:
        return None
    return PastCase(
        kind=Kind.PUBLIC_ORDER_CASE,
        row=line.row,
        case_number=line.get_text("case_number"),
        unit=unit,
        officer=officer,
        title=get_violations()[violation].zh if violation in get_violations() else "其他行政案件",
        steps=(filed,),
        after=tuple(longer),
        people=tuple(each for each in named if each),
    )


def _read_unit_and_officer(line: Line, context: LedgerContext) -> tuple[str | None, str]:
    """The unit of a case and its officer; None, or empty, and an error noted, where there is none."""
    unit = find_unit(line.get_text("unit"), context.units)
    if unit is None:
        line.refuse("unit", "unknown-unit", f"没有名为“{line.get_text('unit')[:60]}”的单位，或者不在您的管辖范围内")
    return unit, read_officer(line, unit, context) if unit else ""


def _read_violation(line: Line) -> str:
    said = fold_words(line.get_text("violation"))
    if said in get_violations():
        return said
    called = said.removesuffix("案")
    return next((code for code, each in get_violations().items() if fold_words(each.zh) == called), line.get_text("violation"))


def _read_offender(line: Line, n: int, filed_at: datetime | None, now: datetime) -> PastPerson | None:
    steps = build_past_steps(line, OFFENDER_EVENTS, filed_at or now, now, {"person": n})
    at = line.read_instant("named_at", not_before=filed_at) or filed_at
    minor = (
        {"minor": said} if (said := parse_truth(line.get_text("minor"))) is not None and not line.get_text("citizen_number") else {}
    )
    named = _build_step(
        line, NameOffender, "name", {"at": at, "person": n, "name": line.get_text("name"), **_read_identity(line), **minor}, now
    )
    return named and PastPerson(row=line.row, name=line.get_text("name"), named=named, steps=tuple(steps))


def _read_filing_time(line: Line, accepted_at: datetime | None) -> datetime | None:
    return line.read_instant("filed_at", not_before=accepted_at) or accepted_at


def _build_acceptance(line: Line, at: datetime | None, charge: str) -> dict[str, Any]:
    words = line.get_text("summary") or "迁入：案情见原卷"
    injured = parse_truth(line.get_text("injured")) if line.get_text("injured") else None
    values: dict[str, Any] = {"at": at, "charge": charge, "summary": f"{words}（原案号：{line.get_text('case_number')}）"}
    values |= {} if injured is None else {"injured": injured}
    return values | {name: said for name in ("complainant", "complainant_citizen_number") if (said := line.get_text(name))}


def _read_charge(line: Line) -> str:
    said = fold_words(line.get_text("charge"))
    known = get_charges()
    if said in known:
        return said
    names = {fold_words(name): code for code, each in known.items() for name in (each.zh, each.zh.removesuffix("罪"), each.case_zh)}
    called = said.removeprefix("涉嫌")
    # Ledgers abbreviate long names: 掩饰、隐瞒犯罪所得罪 stands for 犯罪所得、犯罪所得收益罪.
    short = called.removesuffix("案").removesuffix("罪")
    beginning = {code for name, code in names.items() if len(short) >= _LONG and name.startswith(short)}
    return names.get(called) or (beginning.pop() if len(beginning) == 1 else line.get_text("charge"))


def read_officer(line: Line, unit: str, context: LedgerContext) -> str:
    """The user name of the officer in charge, the first whom the cell names; empty, and an error noted, where there is none."""
    first = next(iter(_SEVERAL.split(line.get_text("officer"))), "")
    here = [each for each in context.officers if unit in context.within.get(each.unit, frozenset())]
    # Names of two characters are spread to the width of three (王　芳): the whole cell is looked at before the first of several.
    said = next(
        (one for one in (fold_words(line.get_text("officer")), first) if any(one in _list_names(each) for each in here)), first
    )
    there = {each.username for each in here if said in _list_names(each)}
    if len(there) == 1:
        return there.pop()
    why = f"有{len(there)}名同名的办案民警，请改填警号" if there else "在该单位没有这名办案民警"
    line.refuse("officer", "unknown-officer", f"“{said[:20]}”{why}" if said else "须写明承办人")
    return ""


def _list_names(officer: Officer) -> tuple[str, ...]:
    return officer.username, officer.zh, fold_words(officer.zh), officer.badge


def _read_person(line: Line, filed_at: datetime | None, now: datetime) -> PastPerson | None:
    steps = build_past_steps(line, SUSPECT_EVENTS, filed_at or now, now, {})
    # Without a date of their own, suspects count as named when the case was filed.
    at = line.read_instant("named_at", not_before=filed_at) or filed_at
    values = {"at": at, "name": line.get_text("name"), **_read_identity(line)}
    named = _build_step(line, NameSuspect, "name", values, now)
    standing = _read_standing(line)
    return named and PastPerson(row=line.row, name=line.get_text("name"), named=named, steps=tuple(steps), standing=standing)


def _read_identity(line: Line) -> dict[str, Any]:
    values = {name: said for name in ("citizen_number", "sex", "address", "phone") if (said := line.get_text(name))}
    if born := line.read_instant("born_on"):
        values |= {"born_on": born.date().isoformat()}
    return values


def _read_standing(line: Line) -> str:
    said = fold_words(line.get_text("standing"))
    if not said:
        return ""
    found = next((stage for stage, words in STANDINGS.items() if said in map(fold_words, words)), "")
    if not found:
        names = "、".join(words[0] for words in STANDINGS.values())
        line.refuse("standing", "choice", f"没有“{said[:20]}”这一种，须为以下之一：{names}")
    return found


def _build_step(
    line: Line,
    form: type[AcceptCase | NameSuspect | FilePublicOrderCase | NameOffender],
    dated: str,
    values: Mapping[str, Any],
    now: datetime,
) -> PastStep | None:
    if values.get("at") is None:
        return None
    try:
        filled = form.model_validate(values, context=build_typing_context(now))
    except ValidationError as error:
        for each in list_faults(error.errors(include_input=False, include_url=False), model=form):
            line.refuse(each["field"] if each["field"] in line.cells else dated, each["rule"], each["detail"])
        return None
    return PastStep(step=form.rule.step, field=dated, form=filled.model_dump(mode="json", exclude_unset=True))
