"""A database from before knows, once migrated, what a new one would."""

import json
import os
import subprocess
import sys
import uuid
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row
from psycopg.sql import SQL, Identifier

from tests.conftest import ROOT

FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("JQ202600000001", {"narrative": "电动自行车被盗", "place": "东街", "reporter": "石文", "reporter_phone": "0971-555 0123"}),
    ("JQ202600000002", {"passenger_phone": "139 0971 0002", "plate": "青A·12345", "found": True}),
    ("JQ202600000003", {"found": "无人受伤"}),
)
ENTRY = """
INSERT INTO entry (chain, position, seq, sort, step, username, recorded_at, content, previous, hash)
VALUES (%s, 1, 1, 'step', 'open-incident', 'x', now(), %s, '', '')
"""


def migrated(url: str, to: str) -> None:
    """Bring a database to that state."""
    environment = os.environ | {"LOUKE_DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", to], cwd=ROOT, env=environment, check=True)


def test_what_was_told_before_anybody_searched_is_found(postgres_url: str) -> None:
    name = f"old_{uuid.uuid4().hex}"
    url = f"{postgres_url.rpartition('/')[0]}/{name}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        migrated(url, "0006")
        with psycopg.connect(url, autocommit=True, row_factory=namedtuple_row) as old:
            for number, form in FORMS:
                old.execute(ENTRY, [number, json.dumps({"form": form})])
            old.execute(
                "INSERT INTO party VALUES (%s, 'reporter', 'reporter', '石文', '', %s)",
                [FORMS[0][0], json.dumps({"phone": "0971-555 0123"})],
            )
            migrated(url, "head")
            told = old.execute("SELECT matter, words FROM narrative ORDER BY matter").fetchall()
            assert [tuple(row) for row in told] == [(FORMS[0][0], "电动自行车被盗"), (FORMS[2][0], "无人受伤")]
            mentioned = old.execute("SELECT matter, sort, value FROM mention ORDER BY sort").fetchall()
            assert [tuple(row) for row in mentioned] == [
                (FORMS[1][0], "phone", "13909710002"),
                (FORMS[1][0], "plate", "青A12345"),
            ]
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
