"""Since when a matter stands at its stage, tallies for boards, who takes over, and verifications that were asked for."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0020"
down_revision = "0010"

_TEXT = sqlmodel.sql.sqltypes.AutoString()
_AT = sa.DateTime(timezone=True)
# The last entry of each matter that led from one stage to another.
_SINCE = """
UPDATE matter SET stage_since = entered.at FROM (
    SELECT chain, max(recorded_at) AS at FROM entry
    WHERE content::jsonb ? 'recorded' AND content::jsonb ->> 'stage_before' IS DISTINCT FROM content::jsonb #>> '{recorded,stage}'
    GROUP BY chain
) AS entered WHERE entered.chain = matter.number
"""


def upgrade() -> None:
    """Since when a matter stands at its stage, tallies for boards, who takes over, and verifications that were asked for."""
    op.add_column("matter", sa.Column("stage_since", _AT, server_default=sa.func.now(), nullable=False))
    op.execute("UPDATE matter SET stage_since = opened_at")
    op.execute(_SINCE)
    op.create_index("matter_by_stay", "matter", ["kind", "stage", "stage_since"], postgresql_where=sa.text("NOT final"))
    op.create_index("ring_by_time", "ring", ["rung_at"])
    op.create_index("inbound_by_time", "inbound", ["system", "received_at"])
    op.create_index("delivery_by_system", "delivery", ["system", "number"])
    op.create_table(
        "clock_tally",
        sa.Column("unit_id", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("limit_id", _TEXT, nullable=False),
        sa.Column("colour", _TEXT, nullable=False),
        sa.Column("liberty", sa.Boolean(), nullable=False),
        sa.Column("zh", _TEXT, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "kind", "limit_id", "colour", "liberty", "zh"),
    )
    op.create_table(
        "stay_tally",
        sa.Column("unit_id", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("stage", _TEXT, nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("oldest", _AT, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "kind", "stage", "since_on"),
    )
    op.create_table(
        "tallied",
        sa.Column("one", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("one"),
    )
    op.create_table(
        "succession",
        sa.Column("username", _TEXT, sa.ForeignKey("person.username"), nullable=False),
        sa.Column("unit_id", _TEXT, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("successor", _TEXT, sa.ForeignKey("person.username"), nullable=False),
        sa.PrimaryKeyConstraint("username", "unit_id"),
    )
    op.create_table(
        "verification",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("asked_by", _TEXT, nullable=False),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("begun_at", _AT, nullable=True),
        sa.Column("ended_at", _AT, nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("failure", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    # One at a time is enough: whoever asks while one is under way gets that one.
    op.execute("CREATE UNIQUE INDEX verification_under_way ON verification ((true)) WHERE ended_at IS NULL")
