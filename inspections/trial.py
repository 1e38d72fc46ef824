"""Trying the inspections out (试跑): on an incident of which only its texts are known. Nothing is written."""

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from inspections.inspection import get_inspections
from inspections.settings import HOUSE, Settings
from inspections.snapshot import RecordedStep, Snapshot
from inspections.text.amounts import find_loss
from inspections.text.cues import Status
from inspections.text.lexicon import Group
from inspections.text.normal import LONGEST
from inspections.text.telling import list_affirmed
from inspections.texts import read_texts
from law.facts import Fact
from law.legal_fact import LegalFact
from models.forms.dispatching import HandleScene
from models.forms.incident import ClassifyIncident, CloseIncident, OpenIncident, TellNotOurs
from models.matter import Kind

Text = Annotated[str, Field(max_length=4 * LONGEST)]

# The case that a classification demands.
_CASES = {"criminal": Kind.CRIMINAL_CASE, "administrative": Kind.PUBLIC_ORDER_CASE}
_ENDS = {"closed": Fact.INCIDENT_CLOSED, "told_not_ours": Fact.INCIDENT_NOT_OURS}
# Long enough ago that whatever is to happen within days has not.
_AGE, _TOOK = timedelta(days=21), timedelta(hours=1)


class IncidentReport(BaseModel):
    """An incident that ended some weeks ago, alone: what the caller said, what the officer wrote, and how it ended."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    caller: Text = Field(default="", title="报警内容")
    officer: Text = Field(default="", title="处警反馈")
    classification: Literal["help", "consultation", "complaint", "dispute", "mediation", "administrative", "criminal"] | None = (
        Field(default=None, title="定性")
    )
    end: Literal["closed", "told_not_ours"] = Field(default="closed", title="如何办结")
    case: bool = Field(default=False, title="定性所要求的案件已经受理、文书齐备")
    papers: tuple[str, ...] = Field(default=(), title="已有的文书名称", max_length=100)


class TrialHit(BaseModel):
    """A risk word: its group, how the text says it, who says it, and the cue that decided so (empty: none)."""

    group: str
    word: str
    status: str
    said_by: Literal["caller", "officer"]
    cue: str


class Trial(BaseModel):
    """What was found: every risk word, the largest sum that was paid, in yuan, and the inspections that find something."""

    hits: list[TrialHit]
    amount: float | None
    findings: list[str]


def try_on(told: IncidentReport, settings: Settings = HOUSE) -> Trial:
    """What every inspection of incidents would find in it, as these settings have it."""
    incident = replace(build_incident(told), settings=settings)
    texts = read_texts(incident)
    hits = list_affirmed(texts)
    # What was paid long ago was paid.
    told_of_payment = any(each.group is Group.PAY and each.status in (Status.AFFIRMED, Status.PAST) for each in hits)
    paid = find_loss(*texts) if told_of_payment else None
    return Trial(
        hits=[TrialHit(group=each.group, word=each.word, status=each.status, said_by=each.said_by, cue=each.cue) for each in hits],
        amount=None if paid is None else float(paid),
        findings=[rule.id for rule in get_inspections().values() if Kind.INCIDENT in rule.kinds and any(rule.look(incident))],
    )


class _ReportOnALine(IncidentReport):
    """The same as a file has it: null is what is not said, and of a text that is longer than any the first `LONGEST` signs are read."""

    caller: str = ""
    officer: str = ""

    @model_validator(mode="before")
    @classmethod
    def _leave_out_nulls(cls, said: object) -> object:
        return {name: each for name, each in said.items() if each is not None} if isinstance(said, dict) else said


def try_lines(lines: Iterable[bytes], settings: Settings = HOUSE) -> Iterator[str]:
    """The answer to each line of JSON that tells an incident, in their order, as these settings have it; of one that cannot be read, what is wrong with it."""
    for line in lines:
        try:
            yield try_on(_ReportOnALine.model_validate_json(line.removeprefix(BOM_UTF8)), settings).model_dump_json()
        except ValidationError as error:
            wrong = "；".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors(include_url=False))
            yield json.dumps({"error": wrong}, ensure_ascii=False)


def build_incident(told: IncidentReport) -> Snapshot:
    """The incident as it would be known: told three weeks ago, handled within the hour."""
    now = datetime.now(UTC)
    opened = now - _AGE
    end: tuple[str, dict[str, Any]] = {
        "closed": (CloseIncident.rule.step, {"outcome": told.officer}),
        "told_not_ours": (TellNotOurs.rule.step, {"told": told.officer}),
    }[told.end]
    classified = [(ClassifyIncident.rule.step, {"classification": told.classification})] if told.classification else []
    steps = [(OpenIncident.rule.step, {"narrative": told.caller}), (HandleScene.rule.step, {}), *classified, end]
    case = _CASES.get(told.classification or "") if told.case else None
    return Snapshot(
        number="",
        kind=Kind.INCIDENT,
        unit="",
        officer="",
        stage=told.end,
        stage_since=opened + _TOOK,
        opened_at=opened,
        now=now,
        steps=tuple(RecordedStep(step, seq, opened, "", values) for seq, (step, values) in enumerate(steps, 1)),
        facts=(LegalFact(Fact.INCIDENT_ARRIVED, opened, ""), LegalFact(_ENDS[told.end], opened + _TOOK, "")),
        children=(case,) if case else (),
        papers=told.papers,
    )
