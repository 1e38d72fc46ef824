"""People are told outside the browser: by rules, at addresses of their own, once for each event; and read their deadlines in a calendar.

What is said within is announced by the database in the same transaction, whoever says it.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0058"
down_revision = "0057"

ANNOUNCE = """
CREATE FUNCTION announce_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO announcement (event, occasion, matter, clock_id, unit_id, office, username, said_at)
    VALUES ('notice/' || new.id, CASE new.type WHEN 'clock' THEN new.colour ELSE 'turn' END, new.matter, new.clock_id, new.unit_id,
            new.office, new.username, new.sent_at);
    RETURN NULL;
END $$;
CREATE FUNCTION announce_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO announcement (event, occasion, matter, clock_id, task_id, unit_id, office, username, said_at)
    VALUES ('task/' || new.id || '/' || extract(epoch FROM new.opened_at), new.sort, new.matter, '', new.id, new.unit_id,
            CASE new.username WHEN '' THEN new.office ELSE '' END, new.username, new.opened_at);
    RETURN NULL;
END $$;
CREATE TRIGGER notice_is_announced AFTER INSERT ON notice FOR EACH ROW
    WHEN (new.type = 'turn' OR new.type = 'clock' AND new.colour IN ('orange', 'red', 'overdue')) EXECUTE FUNCTION announce_notice();
CREATE TRIGGER task_is_announced AFTER INSERT ON task FOR EACH ROW
    WHEN (new.sort IN ('approval', 'returned') AND new.done_at IS NULL) EXECUTE FUNCTION announce_task();
CREATE TRIGGER task_is_announced_anew AFTER UPDATE OF done_at, unit_id, username ON task FOR EACH ROW
    WHEN (new.sort IN ('approval', 'returned') AND new.done_at IS NULL
        AND (old.done_at IS NOT NULL OR (old.unit_id, old.username) <> (new.unit_id, new.username))) EXECUTE FUNCTION announce_task();
"""
FORGET = """
DROP TRIGGER notice_is_announced ON notice;
DROP TRIGGER task_is_announced ON task;
DROP TRIGGER task_is_announced_anew ON task;
DROP FUNCTION announce_notice();
DROP FUNCTION announce_task();
"""


def _word(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=default)


def _at(name: str, nullable: bool = True) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """The tables, and what announces. What was said before is announced no more."""
    op.create_table(
        "channel_rule",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        *map(_word, ("unit_id", "occasion", "to_office", "channel", "begins", "ends", "outside")),
        sa.Column("delay", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Integer()),
        _word("then_office"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
    )
    op.create_table(
        "channel_address",
        *map(_word, ("username", "channel", "address")),
        _at("confirmed_at"),
        *map(_word, ("pending", "code")),
        _at("code_at"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["username"], ["person.username"]),
        sa.PrimaryKeyConstraint("username", "channel"),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        *map(_word, ("event", "occasion", "matter", "clock_id")),
        sa.Column("task_id", sa.BigInteger()),
        *map(_word, ("unit_id", "office", "username")),
        _at("said_at", nullable=False),
    )
    _sendings()
    op.create_table(
        "channel_state",
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), primary_key=True),
        sa.Column("configured", sa.Boolean(), nullable=False),
        _at("sent_at"),
        _at("failing_since"),
        _word("last_error", ""),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("username", sqlmodel.sql.sqltypes.AutoString(), sa.ForeignKey("person.username"), primary_key=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False, unique=True),
        _at("made_at", nullable=False),
    )
    op.execute(ANNOUNCE)


def _sendings() -> None:
    op.create_table(
        "sending",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=sa.text("gen_random_uuid()::text")),
        *map(_word, ("event", "occasion", "matter", "clock_id")),
        sa.Column("task_id", sa.BigInteger()),
        _word("unit_id"),
        sa.Column("rule_id", sa.BigInteger()),
        *map(_word, ("username", "channel")),
        sa.Column("gone_up", sa.Boolean(), nullable=False, server_default="false"),
        _at("said_at", nullable=False),
        _at("due_at", nullable=False),
        _word("state", "waiting"),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        _at("try_at", nullable=False),
        *(_word(name, "") for name in ("words", "receipt", "last_error")),
        _at("worded_at"),
        _at("sent_at"),
        _at("read_at"),
        _at("escalate_at"),
        _word("then_office", ""),
        sa.ForeignKeyConstraint(["username"], ["person.username"]),
        sa.UniqueConstraint("event", "username", "channel"),
    )
    waiting, unread = sa.text("state = 'waiting'"), sa.text("read_at IS NULL")
    op.create_index("sending_due", "sending", ["channel", "try_at"], postgresql_where=waiting)
    op.create_index("sending_unread", "sending", ["username", "matter"], postgresql_where=unread)
    op.create_index("sending_to_escalate", "sending", ["escalate_at"], postgresql_where=sa.text("escalate_at IS NOT NULL"))
    op.create_index("sending_by_state", "sending", ["state", sa.text("id desc")])


def downgrade() -> None:
    """Nobody is told outside."""
    op.execute(FORGET)
    for table in ("calendar_feed", "channel_state", "sending", "announcement", "channel_address", "channel_rule"):
        op.drop_table(table)
