"""Whose account was there before what opens it was bound to its person: these are bound once, when the bureau is next started."""

from alembic import op

revision = "0043"
down_revision = "0042"

# Whoever runs the bureau writes nobody in: what they put into an account later is not taken for what was there before.
UNBOUND = """
CREATE TABLE unbound (username text PRIMARY KEY REFERENCES person (username));
INSERT INTO unbound SELECT username FROM person WHERE password_hash IS NOT NULL;
"""


def upgrade() -> None:
    """Whoever has no password has no second factor either."""
    op.execute(UNBOUND)
