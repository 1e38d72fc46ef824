"""A service promise that was not kept shows a colour of its own, and whoever is told of it outside is told as before."""

from alembic import op

revision = "0076"
down_revision = "0075"

ANNOUNCE = """
DROP TRIGGER notice_is_announced ON notice;
CREATE OR REPLACE FUNCTION announce_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO announcement (event, occasion, matter, clock_id, unit_id, office, username, said_at)
    VALUES ('notice/' || new.id, CASE WHEN new.type <> 'clock' THEN 'turn' WHEN new.colour = 'unkept' THEN 'overdue' ELSE new.colour END,
            new.matter, new.clock_id, new.unit_id, new.office, new.username, new.sent_at);
    RETURN NULL;
END $$;
CREATE TRIGGER notice_is_announced AFTER INSERT ON notice FOR EACH ROW
    WHEN (new.type = 'turn' OR new.type = 'clock' AND new.colour IN ('orange', 'red', {past})) EXECUTE FUNCTION announce_notice();
"""
# A matter shows the worst of its clocks that run.
SHOW = """
WITH shown AS (
    UPDATE clock SET colour = '{new}' WHERE colour = '{old}' AND at_expiry IN ('service-only', 'escalate-service')
        AND state IN ('running', 'suspended', 'not-started') RETURNING id, matter
)
UPDATE matter SET colour = coalesce((
    SELECT each.colour FROM (
        SELECT CASE WHEN clock.id IN (SELECT id FROM shown) THEN '{new}' ELSE clock.colour END AS colour FROM clock
        WHERE clock.matter = matter.number AND clock.state IN ('running', 'suspended', 'not-started')
    ) each ORDER BY array_position(ARRAY['none', 'blue', 'yellow', 'orange', 'red', 'unkept', 'overdue'], each.colour) DESC LIMIT 1), 'none')
WHERE matter.number IN (SELECT matter FROM shown)
"""


def upgrade() -> None:
    """Promises that stand as red cards are taken from among them."""
    op.execute(ANNOUNCE.format(past="'unkept', 'overdue'"))
    op.execute(SHOW.format(old="overdue", new="unkept"))


def downgrade() -> None:
    """They stand among the red cards again."""
    op.execute(SHOW.format(old="unkept", new="overdue"))
    op.execute(ANNOUNCE.format(past="'overdue'"))
