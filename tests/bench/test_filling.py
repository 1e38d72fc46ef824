"""What the bench fills in fits the record as it is, so that a measurement does not break at its tenth minute."""

from datetime import UTC, datetime

from bench.filling import CLOCKS_EACH, fill, settle
from bench.storm import arm
from runtime.database import connect

MATTERS = 60
CLOCKS = 5


def test_a_bureau_after_years_of_work_fits_the_record(database: str) -> None:
    with connect(database) as connection:
        settle(connection)
        fill(connection, MATTERS)
        filled = connection.execute("SELECT (SELECT count(*) FROM matter) matters, (SELECT count(*) FROM clock) clocks").fetchone()
    assert filled == (MATTERS, CLOCKS_EACH * MATTERS)


def test_a_storm_fits_the_record(database: str) -> None:
    with connect(database) as connection:
        settle(connection)
        due = arm(connection, CLOCKS, datetime.now(UTC), "storm")
        armed = {clock_id for (clock_id,) in connection.execute("SELECT clock_id FROM rung").fetchall()}
    assert armed == set(due)
    assert len(due) == CLOCKS
