"""A database from before knows, once migrated, what a new one would."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import Connection
from psycopg.rows import namedtuple_row
from psycopg.sql import SQL, Identifier

from law.calendar import SHANGHAI
from models.marks import Said, list_marks
from runtime.embedded.ports import find_free_port
from tests.conftest import ROOT
from tests.databases import migrate

FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("JQ202600000001", {"narrative": "电动自行车被盗", "place": "东街", "reporter": "石文", "reporter_phone": "0971-555 0123"}),
    ("JQ202600000002", {"passenger_phone": "139 0971 0002", "plate": "青A·12345", "found": True}),
    ("JQ202600000003", {"found": "无人受伤"}),
)
ENTRY = """
INSERT INTO entry (chain, position, seq, sort, step, username, recorded_at, content, previous, hash)
VALUES (%s, %s, %s, 'step', 'some-step', 'x', '2026-09-09T08:00+08', %s, '', '')
"""
STANDING = """
INSERT INTO matter (number, kind, stage, final, seq, unit_id, opened_at, updated_at, title, officer, colour, shared_with)
VALUES (%s, 'public-order-case', 'b', false, 1, 'x', now(), now(), '', '', 'none', '{}')
"""
# Each entry's matter and place, the stages that it led from and to, and how its form is dated.
COURSE = (
    ("ZA1", 1, "unopened", "a", ""),
    ("ZA1", 2, "a", "b", ""),
    ("ZA1", 3, "b", "b", ""),
    ("ZA2", 1, "unopened", "a", ""),
    ("ZA2", 2, "a", "b", "2026-09-05T10:00:00+08:00"),
    ("ZA3", 1, "unopened", "b", ""),
)


@pytest.fixture
def migrating(postgres_url: str) -> Iterator[tuple[str, Connection[Any]]]:
    """A database of which nothing is there yet: its address, and a connection to what it becomes."""
    name = f"old_{uuid.uuid4().hex}"
    url = f"{postgres_url.rpartition('/')[0]}/{name}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        with psycopg.connect(url, autocommit=True, row_factory=namedtuple_row) as old:
            yield url, old
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def test_what_was_told_before_anybody_searched_is_found(migrating: tuple[str, Connection[Any]]) -> None:
    url, old = migrating
    migrate(url, "0006")
    for number, form in FORMS:
        old.execute(ENTRY, [number, 1, 1, json.dumps({"form": form})])
    old.execute(
        "INSERT INTO party VALUES (%s, 'reporter', 'reporter', '石文', '', %s)",
        [FORMS[0][0], json.dumps({"phone": "0971-555 0123"})],
    )
    migrate(url, "head")
    told = old.execute("SELECT matter, words FROM narrative ORDER BY matter").fetchall()
    assert [tuple(row) for row in told] == [(FORMS[0][0], "电动自行车被盗"), (FORMS[2][0], "无人受伤")]
    mentioned = old.execute("SELECT matter, sort, value FROM mention ORDER BY sort").fetchall()
    assert [tuple(row) for row in mentioned] == [
        (FORMS[1][0], "phone", "13909710002"),
        (FORMS[1][0], "plate", "青A12345"),
    ]


def test_what_was_stored_as_it_was_typed_is_found_by_its_one_form(migrating: tuple[str, Connection[Any]]) -> None:
    url, old = migrating
    migrate(url, "0046")
    old.execute(
        "INSERT INTO party (matter, id, role, name, citizen_id, said) VALUES ('JQ1', 'reporter', 'reporter', '测试　乙', '', '{}')"
    )
    old.execute("INSERT INTO narrative VALUES ('JQ1', 1, '车牌青Ａ·１２３４５')")
    for value in ("+8613900001234", "13900001234", "１３９０００００００１"):
        old.execute("INSERT INTO mention VALUES ('JQ1', 1, 'phone', %s)", [value])
    migrate(url, "head")
    assert old.execute("SELECT folded, sounds @> '{ceshiyi,csy}' AS spoken FROM party").fetchall() == [("测试乙", True)]
    assert old.execute("SELECT folded FROM narrative").fetchall() == [("车牌青a12345",)]
    assert {row.value for row in old.execute("SELECT value FROM mention").fetchall()} == {"13900001234", "13900000001"}


def test_what_was_opened_and_came_to_its_stage_when_that_was_typed_did_so_when_it_happened(
    migrating: tuple[str, Connection[Any]],
) -> None:
    url, old = migrating
    migrate(url, "0020")
    for number, seq, before, after, at in COURSE:
        said = {"stage_before": before, "recorded": {"stage": after}, "form": {"at": at} if at else {}}
        old.execute(ENTRY, [number, seq, seq, json.dumps(said)])
    for number, seq in (("ZA1", 1), ("ZA1", 2), ("ZA1", 3), ("ZA2", 1)):
        old.execute("INSERT INTO fact VALUES (%s, %s, 0, 'some-fact', %s, %s)", [number, seq, f"2026-09-0{seq}T10:00+08", number])
    for number in ("ZA1", "ZA2", "ZA3"):
        old.execute(STANDING, [number])
    migrate(url, "head")
    rows = old.execute("SELECT opened_at, stage_since FROM matter ORDER BY number").fetchall()
    assert [f"{row.stage_since.astimezone(SHANGHAI):%d %H}" for row in rows] == ["02 10", "05 10", "09 08"]
    assert [f"{row.opened_at.astimezone(SHANGHAI):%d %H}" for row in rows] == ["01 10", "01 10", "09 08"]


def test_what_bore_a_title_before_is_found_by_it_and_by_its_next(migrating: tuple[str, Connection[Any]]) -> None:
    url, old = migrating
    migrate(url, "0021")
    old.execute(STANDING.replace("now(), now(), ''", "now(), now(), '盗窃案'"), ["ZA1"])
    old.execute(STANDING, ["ZA2"])
    migrate(url, "head")
    found = "SELECT matter FROM heading WHERE bigrams(words) @> bigrams(%s)"
    assert [row.matter for row in old.execute(found, ["盗窃"]).fetchall()] == ["ZA1"]
    old.execute("UPDATE matter SET title = '诈骗案'")
    assert old.execute(found, ["盗窃"]).fetchall() == []
    assert sorted(row.matter for row in old.execute(found, ["诈骗"]).fetchall()) == ["ZA1", "ZA2"]


# What a step meant to do elsewhere, in the order in which it is numbered.
MEANT = (
    {"verb": "open", "kind": "criminal-case", "number": "XA1"},
    {"verb": "tell", "kind": "suspect", "number": "RY1"},
    {"verb": "open", "kind": "delivery", "number": "SD1"},
    {"verb": "tell", "kind": "suspect", "number": "RY2"},
)
KEYED = """
INSERT INTO entry (chain, position, seq, sort, step, key, username, recorded_at, content, previous, hash)
VALUES (%s, 1, 1, %s, 'some-step', %s, 'x', '2026-09-09T09:00+08', '{}', '', '')
"""
HANDED = """
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
VALUES ('JQ1', 'JQ1/2/2', 'undelivered', '未能送达', 'x', 'case-management', '', true, now())
"""


def test_of_the_receipts_given_before_there_was_an_outbox_what_nobody_did_and_no_person_was_handed_is_owed(
    migrating: tuple[str, Connection[Any]],
) -> None:
    url, old = migrating
    migrate(url, "0029")
    old.execute(ENTRY, ["JQ1", 1, 1, json.dumps({"recorded": {"intentions": []}})])
    old.execute(ENTRY, ["JQ1", 2, 2, json.dumps({"recorded": {"intentions": MEANT}})])
    old.execute(ENTRY, ["JQ2", 1, 1, json.dumps({"recorded": {}})])
    # The case was opened, a person has the delivery in hand; two suspects, one of them told otherwise, never heard of it.
    old.execute(KEYED, ["XA1", "step", "JQ1/2/0"])
    old.execute(HANDED)
    old.execute(KEYED, ["RY2", "told", "JQ9/2/3"])
    migrate(url, "head")
    owed = old.execute(
        "SELECT id, matter, verb, target, promised_at, rouse_at <= now() AS at_once FROM outbox ORDER BY id"
    ).fetchall()
    assert [(row.id, row.matter, row.verb, row.target, row.at_once) for row in owed] == [
        ("JQ1/2/1", "JQ1", "tell", "RY1", True),
        ("JQ1/2/3", "JQ1", "tell", "RY2", True),
    ]
    assert {f"{row.promised_at.astimezone(SHANGHAI):%m-%d %H}" for row in owed} == {"09-09 08"}


def test_a_database_with_a_standby_is_migrated_where_it_takes_writes(postgres_url: str, tmp_path: Path) -> None:
    at = urlsplit(postgres_url)
    name = f"either_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    away = find_free_port()
    url = (
        f"postgresql://{at.username}:{at.password}@127.0.0.1:{away},{at.hostname}:{at.port}/{name}?target_session_attrs=read-write"
    )
    environment = os.environ | {"LOUKE_DATABASE_URL": url, "LOUKE_OWNER_DATABASE_URL": "", "LOUKE_DATA_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-m", "cli", "migrate"], cwd=ROOT, env=environment, check=True)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


def test_second_factors_that_were_in_use_go_on_being_and_a_supervisors_was_the_first(
    migrating: tuple[str, Connection[Any]],
) -> None:
    url, old = migrating
    migrate(url, "0041")
    old.execute("INSERT INTO unit (id, path, zh, kind) VALUES ('x', '/x/', 'x', 'bureau')")
    for name, offices, confirmed in (
        ("chief", ["county-head"], "now()"),
        ("inspector", ["supervisor"], "now()"),
        ("both", ["supervisor", "administrator"], "now()"),
        ("begun", ["county-head"], "NULL"),
    ):
        old.execute("INSERT INTO person (username, zh, badge, active) VALUES (%s, 'x', '', true)", [name])
        for office in offices:
            old.execute("INSERT INTO holding VALUES (%s, 'x', %s)", [name, office])
        old.execute(
            f"INSERT INTO second_factor (username, secret, key_id, begun_at, confirmed_at) VALUES (%s, '', '', now(), {confirmed})".encode(),
            [name],
        )
    migrate(url, "head")
    said = old.execute("SELECT username, vouched FROM second_factor ORDER BY username").fetchall()
    assert [tuple(row) for row in said] == [("begun", None), ("both", "before"), ("chief", "before"), ("inspector", "met")]


def test_whose_account_was_there_before_accounts_were_bound_is_known_and_a_new_bureau_has_none(
    migrating: tuple[str, Connection[Any]],
) -> None:
    url, old = migrating
    migrate(url, "0042")
    old.execute("INSERT INTO person (username, zh, badge, password_hash, active) VALUES ('wang', '王', '', '$argon2id$x', true)")
    old.execute("INSERT INTO person (username, zh, badge, active) VALUES ('system:bank', '银行', '', true)")
    migrate(url, "head")
    assert old.execute("SELECT username FROM unbound").fetchall() == [("wang",)]
    assert old.execute("SELECT username FROM person WHERE machine").fetchall() == [("system:bank",)]
    assert old.execute("SELECT password_hash FROM person WHERE username = 'wang'").fetchall() == [("$argon2id$x",)]


def test_what_was_copied_before_notices_had_a_type_is_a_copy(migrating: tuple[str, Connection[Any]]) -> None:
    url, old = migrating
    migrate(url, "0045")
    said = (("", "抄送“刑事拘留”：请阅"), ("c1", "拘留期限：橙色"), ("", "请核查"))
    for clock, words in said:
        old.execute(
            "INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)"
            " VALUES ('XA1', %s, 'none', 'u', 'legal-reviewer', '', %s, now())",
            (clock, words),
        )
    migrate(url, "head")
    assert [row.type for row in old.execute("SELECT type FROM notice ORDER BY id").fetchall()] == ["copy", "clock", "message"]


def entered(chain: str, sort: str, key: str, **said: Any) -> list[Any]:
    """The first entry of a matter, as the journal had it before entries said where they came from."""
    return [chain, sort, key, json.dumps({"key": key, **said}, separators=(",", ":"))]


OF_BEFORE = KEYED.replace("'{}'", "%s")
# As a release before wrote them: no column says what a task is about, but its key.
ASKED_BEFORE = """
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
VALUES ('XA1', %s, %s, '', 'x', 'station-head', '', false, now())
"""
PROMISED_BEFORE = "INSERT INTO outbox (id, matter, verb, target, promised_at, rouse_at) VALUES (%s, 'XA1', %s, 'RY1', now(), now())"


def write_as_before(old: Connection[Any], n: int) -> None:
    """What code of before its migration writes: entries, promises and tasks, the nth of each."""
    old.execute(OF_BEFORE, entered(f"RY{n}", "told", f"XA1/2/{n}"))
    old.execute(OF_BEFORE, entered(f"SD{n}", "step", f"SD{n}/3/answer"))
    old.execute(OF_BEFORE, entered(f"ZA{n}", "step", f"chief:{n}", proof={"at": "", "by": "api", "signature": ""}))
    old.execute(PROMISED_BEFORE, [f"XA1/12/{n}", "tell"])
    old.execute(PROMISED_BEFORE, [f"XA{n}/catch-up", "catch-up"])
    old.execute(ASKED_BEFORE, [f"XA1/approve/12/station-head/{n}", "approval"])
    old.execute(ASKED_BEFORE, [f"finding/no-word/XA1/{n}", "finding"])
    old.execute(ASKED_BEFORE, [f"30{n}/x/supervisor", "appointment"])
    old.execute(ASKED_BEFORE, [f"XA1/returned/3/{n}", "returned"])


def test_what_was_told_by_a_key_before_has_columns_and_so_has_what_code_of_before_still_writes(
    migrating: tuple[str, Connection[Any]],
) -> None:
    url, old = migrating
    migrate(url, "0046")
    write_as_before(old, 1)
    migrate(url, "head")
    write_as_before(old, 2)
    of = old.execute(
        "SELECT chain, origin_number AS number, origin_seq AS seq, origin_item AS item FROM entry ORDER BY 1"
    ).fetchall()
    assert [tuple(row) for row in of] == [
        ("RY1", "XA1", 2, 1),
        ("RY2", "XA1", 2, 2),
        ("SD1", "SD1", 3, None),
        ("SD2", "SD2", 3, None),
        ("ZA1", None, None, None),
        ("ZA2", None, None, None),
    ]
    owed = old.execute("SELECT seq, item FROM outbox ORDER BY id").fetchall()
    assert [tuple(row) for row in owed] == [(12, 1), (12, 2), (None, None), (None, None)]
    about = old.execute("SELECT request_seq, inspection, appointment FROM task ORDER BY sort, key").fetchall()
    assert [tuple(row) for row in about] == [
        *[(None, None, 301), (None, None, 302)],
        *[(12, None, None)] * 2,
        *[(None, "no-word", None)] * 2,
        *[(None, None, None)] * 2,
    ]


CLOCK_BEFORE = """
INSERT INTO clock (id, matter, unit_id, officer, limit_id, zh, edition, basis, about, date_only, liberty, state, colour, calendar, answerable,
    at_expiry, rungs)
VALUES (%s, %s, 'x', '', 'some-limit', '', '', '', '', false, false, 'running', 'none', '', '', '', '[]')
"""


def test_the_clocks_and_promises_of_before_say_of_which_kind_their_matter_is_and_so_do_those_that_code_of_before_writes(
    migrating: tuple[str, Connection[Any]],
) -> None:
    url, old = migrating
    migrate(url, "0049")
    for n, target in ((1, "RY1"), (2, "ZG2")):
        old.execute(CLOCK_BEFORE, [f"some-limit@{target}@1", target])
        old.execute(PROMISED_BEFORE.replace("RY1", target).encode(), [f"XA1/12/{n}", "tell"])
        old.execute(PROMISED_BEFORE.replace("RY1", ""), [f"XA{n}/catch-up", "catch-up"])
        migrate(url, "head")
    kinds = ["suspect", "rectification-order"]
    assert [row.kind for row in old.execute("SELECT kind FROM clock ORDER BY matter").fetchall()] == kinds
    owed = old.execute("SELECT target_kind FROM outbox ORDER BY id").fetchall()
    assert [row.target_kind for row in owed] == [*kinds, None, None]


def test_a_matter_of_before_bears_the_marks_that_its_facts_say(migrating: tuple[str, Connection[Any]]) -> None:
    """What another told, what was taken back, and several at once, as `models.marks` reads them."""
    url, old = migrating
    migrate(url, "0081")
    stories: dict[str, list[tuple[str, dict[str, str]]]] = {
        "XA1": [
            ("case.marked-sensitive", {}),
            ("criminal.filed", {"charge": "xf-236"}),
            ("case.concerns-minor", {"told_by": "RY1"}),
        ],
        "XA2": [("case.marked-sensitive", {}), ("case.unmarked-sensitive", {})],
        "XA3": [("case.marked-sensitive", {"told_by": "XA1"}), ("criminal.filed", {"charge": "xf-264"})],
        "RY1": [("person.found-minor", {}), ("person.found-foreign", {}), ("custody.new-crime-discovered", {"charge": "xf-236"})],
        "RY2": [
            ("person.found-minor", {}),
            ("person.found-adult", {}),
            ("person.found-foreign", {}),
            ("person.found-national", {}),
        ],
    }
    for number, facts in stories.items():
        old.execute(STANDING, [number])
        for seq, (fact, said) in enumerate(facts, start=1):
            told = "INSERT INTO fact (matter, seq, n, fact, at, about, said) VALUES (%s, %s, 0, %s, now(), %s, %s)"
            old.execute(told, [number, seq, fact, number, json.dumps(said)])
    migrate(url, "head")
    borne = {row.number: tuple(row.marks) for row in old.execute("SELECT number, marks FROM matter").fetchall()}
    assert borne == {
        number: list_marks(Said(fact, "", said.get("charge", ""), said.get("told_by", "")) for fact, said in facts)
        for number, facts in stories.items()
    }
    assert borne["XA1"] == ("sensitive", "minor", "sexual-offence")
