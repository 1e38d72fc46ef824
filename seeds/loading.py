"""Loading the invented bureau into the tables of people: units with their place in the tree, persons, and the offices they hold."""

from functools import cache
from typing import Any

from pwdlib import PasswordHash

from seeds.bureau import DEMO_PASSWORD, HOLDINGS, PEOPLE, UNITS
from seeds.machines import MACHINES

# Organs beside the chain of command see the matters shared with them, in the units of the authority they deal with.
SERVES = {
    "custody": "qinglan",
    "detention": "qinglan",
    "qinglan-procuratorate": "qinglan",
    "qinglan-court": "qinglan",
    "qinglan-justice": "qinglan",
    "anlan-procuratorate": "anlan",
    "province-procuratorate": "anlan",
}

UNIT = """
INSERT INTO unit (id, parent_id, path, zh, kind) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, path = excluded.path, zh = excluded.zh, kind = excluded.kind
"""
SERVE = "UPDATE unit SET serves = %s WHERE id = %s"
PERSON = """
INSERT INTO person (username, zh, badge, password_hash, active, demo) VALUES (%s, %s, %s, %s, true, %s)
ON CONFLICT (username) DO UPDATE SET zh = excluded.zh, badge = excluded.badge
"""
HOLDING = "INSERT INTO holding (username, unit_id, office) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


def load_bureau(connection: Any) -> None:
    """Write units, people and offices; again changes nothing, and leaves the passwords of those who are there."""
    paths: dict[str, str] = {}
    for unit in UNITS:
        paths[unit.id] = f"{paths.get(unit.parent_id, '/')}{unit.id}/"
    usernames = {person.id: person.username for person in PEOPLE}
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(UNIT, [(each.id, each.parent_id or None, paths[each.id], each.zh, each.kind) for each in UNITS])
        cursor.executemany(SERVE, [(served, unit) for unit, served in SERVES.items()])
        cursor.executemany(PERSON, [(each.username, each.zh, each.badge, _hashed(), True) for each in PEOPLE])
        cursor.executemany(HOLDING, [(usernames[each.person_id], each.unit_id, each.office) for each in HOLDINGS])
        cursor.executemany(PERSON, [(each.username, each.zh, "", None, False) for each in MACHINES])
        cursor.executemany(HOLDING, [(each.username, unit, office) for each in MACHINES for unit, office in each.holdings])


@cache
def _hashed() -> str:
    # One hash serves all: argon2 is slow on purpose, and the password is the same.
    return PasswordHash.recommended().hash(DEMO_PASSWORD)
