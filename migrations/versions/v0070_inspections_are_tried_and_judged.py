"""Inspections are tried on history, and say how often they were right."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0070"
down_revision = "0069"

# What became of the alerts of before stands in their journals.
_OUTCOMES = """
INSERT INTO alert_outcome (alert, rule, unit_id, raised_at, acknowledged_at, ordered_at, ended_at, outcome, ground)
SELECT m.number, raised.content::json #>> '{form,inspection}', m.unit_id, raised.recorded_at, taken.recorded_at, ordered.recorded_at,
    CASE WHEN m.final THEN m.stage_since END,
    CASE WHEN NOT m.final THEN '' WHEN m.stage = 'cleared' THEN CASE WHEN (ended.content::json #>> '{form,cured}')::boolean THEN 'cured' ELSE 'withdrawn' END
        WHEN ended.step = 'settle-alert' AND m.stage = 'closed' THEN 'verified' WHEN ended.step = 'settle-alert' THEN 'revoked'
        WHEN m.stage = 'closed' THEN 'closed' ELSE 'dismissed' END,
    CASE WHEN m.stage = 'dismissed' THEN coalesce(judged.content::json #>> '{form,ground}', '') ELSE '' END
FROM matter m
JOIN entry raised ON raised.chain = m.number AND raised.sort = 'step' AND raised.step = 'raise-alert'
LEFT JOIN LATERAL (SELECT recorded_at FROM entry WHERE chain = m.number AND sort = 'step' AND step = 'acknowledge-alert' ORDER BY position LIMIT 1) taken ON true
LEFT JOIN LATERAL (SELECT recorded_at FROM entry WHERE chain = m.number AND sort = 'step' AND step = 'issue-order' ORDER BY position LIMIT 1) ordered ON true
LEFT JOIN LATERAL (SELECT step, content FROM entry WHERE chain = m.number AND sort = 'step'
    AND step IN ('clear-alert', 'settle-alert', 'close-alert', 'dismiss-alert') ORDER BY position DESC LIMIT 1) ended ON true
LEFT JOIN LATERAL (SELECT content FROM entry WHERE chain = m.number AND sort = 'step'
    AND step IN ('dismiss-alert', 'dismiss-grave-alert') ORDER BY position DESC LIMIT 1) judged ON true
WHERE m.kind = 'risk-alert'
ON CONFLICT (alert) DO NOTHING
"""


def upgrade() -> None:
    """Trials with their hits, and what became of each alert."""
    word, at = sqlmodel.sql.sqltypes.AutoString, sa.DateTime(timezone=True)
    count = {
        name: sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        for name in ("matters", "hits", "fresh", "gone", "failed")
    }
    op.create_table(
        "inspection_trial",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("rule", word(), nullable=False),
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("changes", JSONB(), nullable=False),
        sa.Column("since", at, nullable=False),
        sa.Column("until", at, nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("asked_by", word(), nullable=False),
        sa.Column("asked_at", at, nullable=False),
        sa.Column("state", word(), server_default="running", nullable=False),
        sa.Column("after", word(), server_default="", nullable=False),
        *count.values(),
        sa.Column("capped", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("finished_at", at, nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("inspection_trial_of", "inspection_trial", ["rule", "unit_id"])
    op.create_index("inspection_trial_running", "inspection_trial", ["id"], postgresql_where=sa.text("state = 'running'"))
    op.create_table(
        "inspection_trial_hit",
        sa.Column("trial_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", word(), nullable=False),
        sa.Column("about", word(), nullable=False),
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("severity", word(), nullable=False),
        sa.Column("evidence", JSONB(), nullable=False),
        sa.Column("before", sa.Boolean(), nullable=False),
        sa.Column("after", sa.Boolean(), nullable=False),
        sa.Column("label", word(), server_default="", nullable=False),
        sa.Column("labelled_by", word(), nullable=True),
        sa.Column("labelled_at", at, nullable=True),
        sa.ForeignKeyConstraint(["trial_id"], ["inspection_trial.id"]),
        sa.PrimaryKeyConstraint("trial_id", "subject", "about"),
    )
    op.create_table(
        "alert_outcome",
        sa.Column("alert", word(), nullable=False),
        sa.Column("rule", word(), nullable=False),
        sa.Column("unit_id", word(), nullable=False),
        sa.Column("raised_at", at, nullable=False),
        sa.Column("acknowledged_at", at, nullable=True),
        sa.Column("ordered_at", at, nullable=True),
        sa.Column("ended_at", at, nullable=True),
        sa.Column("outcome", word(), server_default="", nullable=False),
        sa.Column("ground", word(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("alert"),
    )
    op.create_index("alert_outcome_of", "alert_outcome", ["raised_at", "rule"])
    op.execute(_OUTCOMES)


def downgrade() -> None:
    """Nothing is tried, and nobody knows how often an inspection was right."""
    op.drop_table("alert_outcome")
    op.drop_table("inspection_trial_hit")
    op.drop_table("inspection_trial")
