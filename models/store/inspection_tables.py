"""The tables of inspections: what they find, and what waits to be inspected."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)


class Finding(SQLModel, table=True):
    """What an inspection finds in a matter, and how far the alert over it has come (`models.store.findings`)."""

    rule: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    about: str = Field(primary_key=True)
    severity: str
    fingerprint: str
    evidence: Any = Field(sa_column=Column(JSONB, nullable=False))
    first_seen: datetime = Field(sa_type=_AT)
    last_seen: datetime = Field(sa_type=_AT)
    gone_at: datetime | None = Field(default=None, sa_type=_AT)
    episode: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    # The number of the alert of this episode; what it was told, and what a person judged.
    alert: str | None = None
    state: str = Field(default="", sa_column_kwargs={"server_default": ""})
    told: str = Field(default="", sa_column_kwargs={"server_default": ""})
    told_severity: str = Field(default="", sa_column_kwargs={"server_default": ""})
    settled: str = Field(default="", sa_column_kwargs={"server_default": ""})
    retry_at: datetime = Field(sa_column=Column(_AT, nullable=False, server_default=text("'-infinity'")))
    # The newest edition of what its unit had set, as it was found; 0: nothing was.
    edition: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default="0"))

    __table_args__ = (
        Index("finding_of_subject", "subject"),
        Index("finding_of_alert", "alert", unique=True),
        Index("finding_owing", "alert", postgresql_where=text("state IN ('due', 'open', 'ordered')")),
        Index("finding_due", "alert", postgresql_where=text("state = 'due'")),
    )


class InspectionDue(SQLModel, table=True):
    """A matter in which something happened since it was inspected."""

    __tablename__ = "inspection_due"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    matter: str


class InspectionSetting(SQLModel, table=True):
    """What two people have set of the inspections of a unit (`models.store.inspection_settings`). The latest is in force."""

    __tablename__ = "inspection_setting"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    unit_id: str = Field(foreign_key="unit.id")
    name: str
    value: Any = Field(sa_column=Column(JSONB, nullable=False))
    reason: str
    proposed_by: str
    confirmed_by: str
    since: datetime = Field(sa_type=_AT)


class InspectionProposal(SQLModel, table=True):
    """What one person proposes to set, until another confirms or declines it."""

    __tablename__ = "inspection_proposal"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    name: str = Field(primary_key=True)
    value: Any = Field(sa_column=Column(JSONB, nullable=False))
    reason: str
    proposed_by: str
    proposed_at: datetime = Field(sa_type=_AT)


class InspectionTrial(SQLModel, table=True):
    """A trial of an inspection on history (`models.store.inspection_trials`): what is tried, how far it has come, and what it counted."""

    __tablename__ = "inspection_trial"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    rule: str
    unit_id: str = Field(foreign_key="unit.id")
    changes: Any = Field(sa_column=Column(JSONB, nullable=False))
    since: datetime = Field(sa_type=_AT)
    until: datetime = Field(sa_type=_AT)
    seed: int
    asked_by: str
    asked_at: datetime = Field(sa_type=_AT)
    state: str = Field(default="running", sa_column_kwargs={"server_default": "running"})
    after: str = Field(default="", sa_column_kwargs={"server_default": ""})
    matters: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    hits: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    fresh: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    gone: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    failed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    capped: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    finished_at: datetime | None = Field(default=None, sa_type=_AT)

    __table_args__ = (
        Index("inspection_trial_of", "rule", "unit_id"),
        Index("inspection_trial_running", "id", postgresql_where=text("state = 'running'")),
    )


class InspectionTrialHit(SQLModel, table=True):
    """A hit of a trial, and how a person labelled it; empty while nobody has."""

    __tablename__ = "inspection_trial_hit"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    trial_id: int = Field(primary_key=True, foreign_key="inspection_trial.id", sa_type=BigInteger)
    subject: str = Field(primary_key=True)
    about: str = Field(primary_key=True)
    unit_id: str
    severity: str
    evidence: Any = Field(sa_column=Column(JSONB, nullable=False))
    before: bool
    after: bool
    label: str = Field(default="", sa_column_kwargs={"server_default": ""})
    labelled_by: str | None = None
    labelled_at: datetime | None = Field(default=None, sa_type=_AT)


class AlertOutcome(SQLModel, table=True):
    """What became of an alert that an inspection raised (`models.store.alert_outcomes`): so each inspection says how often it was right."""

    __tablename__ = "alert_outcome"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    alert: str = Field(primary_key=True)
    rule: str
    unit_id: str
    raised_at: datetime = Field(sa_type=_AT)
    acknowledged_at: datetime | None = Field(default=None, sa_type=_AT)
    ordered_at: datetime | None = Field(default=None, sa_type=_AT)
    ended_at: datetime | None = Field(default=None, sa_type=_AT)
    outcome: str = Field(default="", sa_column_kwargs={"server_default": ""})
    ground: str = Field(default="", sa_column_kwargs={"server_default": ""})

    __table_args__ = (Index("alert_outcome_of", "raised_at", "rule"),)


class TraitRow(SQLModel, table=True):
    """By what a matter may turn out to belong with another (`inspections.traits`), since when, and which step and field say so."""

    __tablename__ = "trait"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    matter: str = Field(primary_key=True)
    sort: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    seq: int
    field: str
    at: datetime = Field(sa_type=_AT)

    __table_args__ = (Index("trait_by_value", "sort", "value", "at"),)


class LinkCandidate(SQLModel, table=True):
    """Two matters that agree (串并案候选), the smaller number first: in what, and what a person judged of it.

    `keys` are the features by which they agree now, `settled` those on which somebody said that they do not belong together: it is proposed
    while it agrees in another one.
    """

    __tablename__ = "link_candidate"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    low: str = Field(primary_key=True)
    high: str = Field(primary_key=True)
    score: int
    features: Any = Field(sa_column=Column(JSONB, nullable=False))
    keys: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False, server_default="{}"))
    settled: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False, server_default="{}"))
    found_at: datetime = Field(sa_type=_AT)
    gone_at: datetime | None = Field(default=None, sa_type=_AT)

    __table_args__ = (
        Index("link_candidate_by_score", text("score DESC"), "low", "high", postgresql_where=text("gone_at IS NULL")),
        Index("link_candidate_of", "high"),
    )
