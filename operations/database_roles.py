"""Roles of the database: one owns and migrates it, another runs the bureau and cannot change what is append-only.

The running role (of the API, workers and the watchdog) is no superuser and owns nothing, so that it can drop no trigger; it may neither
update, delete nor truncate the journal. Its rights are declared here table by table, and granted anew after each migration.
"""

from typing import LiteralString, NamedTuple, cast

from psycopg import OperationalError
from psycopg import connect as plain_connect
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Composed, Identifier, Literal

from models.store.connection import BlockingConnection, Query, read_all, read_first, read_one
from runtime.database import connect

# Written once, and never again.
APPEND_ONLY = frozenset(
    {
        *("assessment_standard", "entry", "inspection_setting", "notice", "patience", "point_statement", "reading_trace"),
        *("report", "report_paper", "response_time", "review_population", "ring"),
    }
)
# Only whoever migrates writes these.
READ_ONLY = frozenset({"alembic_version", "pinyin", "unbound"})
# What stands only until something is done; everything else is kept, and only its state changes.
PASSING = frozenset(
    {
        "announcement",
        "appointment",
        "assessment_standard_proposal",
        "calendar_feed",
        "calendar_proposal",
        "channel_address",
        "channel_rule",
        "clock_tally",
        "disputed_time",
        "document_draft",
        "expiry",
        "figure_tally",
        "guess",
        "holding",
        "inspection_due",
        "inspection_proposal",
        "link",
        "outbox",
        "patience_proposal",
        "pulse",
        "reservation",
        "response_time_proposal",
        "rung",
        "second_factor",
        "session",
        "stay_tally",
        "succession",
        "tallied",
        "trait",
    }
)
# What the owner does in the name of whoever calls it.
FUNCTIONS = ("forget_canaries(text[])", "forget_readings(date)", "give_back_rings(text[], text[], timestamptz[])")


class _Role(NamedTuple):
    """What a role may do: everything, or what the owner may."""

    mighty: bool
    owns: bool


_ROLE = Query[_Role](
    "SELECT rolsuper OR rolcreaterole OR rolbypassrls AS mighty, pg_has_role(oid, current_user, 'MEMBER') AS owns "
    "FROM pg_roles WHERE rolname = %s"
)
_MAY_MAKE_ROLES = Query[bool]("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
_TABLES = Query[str]("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
_DATABASE = Query[str]("SELECT current_database()")


class NoRoleError(Exception):
    """The running role does not exist, and the migrating role may not create it; the message says what to do."""


def list_rights(table: str) -> tuple[str, ...]:
    """The rights of the running role in a table."""
    if table in READ_ONLY:
        return ("SELECT",)
    if table in APPEND_ONLY:
        return ("SELECT", "INSERT")
    return ("SELECT", "INSERT", "UPDATE", *(("DELETE",) if table in PASSING else ()))


def grant(owner_url: str, running_url: str) -> bool:
    """Grant the role of the second address its rights, creating it if needed; False where both addresses have one role.

    NoRoleError where it may not be created, or has too many rights.
    """
    role, owner = conninfo_to_dict(running_url), conninfo_to_dict(owner_url)
    if role.get("user") == owner.get("user"):
        return False
    name = str(role["user"])
    with connect(owner_url, "migrate") as connection, connection.transaction():
        # Databases of one server share their roles: whoever is second waits.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('louke rights'))")
        _make(connection, name, str(role.get("password") or ""), running_url)
        for statement in _list_statements(connection, Identifier(name)):
            connection.execute(statement)
    return True


def _make(connection: BlockingConnection, name: str, password: str, url: str) -> None:
    found = read_first(connection, _ROLE, (name,))
    if found and (found.mighty or found.owns):
        raise NoRoleError(
            f"The role {name!r} of LOUKE_DATABASE_URL may do everything, or everything that the owner may: name another there."
        )
    if found and _lets_in(url):
        return
    if not read_first(connection, _MAY_MAKE_ROLES):
        raise NoRoleError(
            f"The role {name!r} of LOUKE_DATABASE_URL does not let us in, and the owner may make no roles: "
            f"have an administrator of PostgreSQL run CREATE ROLE {name} LOGIN PASSWORD '…', then louke migrate again."
        )
    # Encrypted here: no statement, and no log, ever holds the password.
    secret = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    how = SQL("ALTER ROLE {} LOGIN PASSWORD {}") if found else SQL("CREATE ROLE {} LOGIN NOINHERIT PASSWORD {}")
    connection.execute(how.format(Identifier(name), Literal(secret)))


def _lets_in(url: str) -> bool:
    try:
        plain_connect(url, connect_timeout=5).close()
    except OperationalError:
        return False
    return True


def _list_statements(connection: BlockingConnection, role: Identifier) -> list[SQL | Composed]:
    tables, database = read_all(connection, _TABLES), read_one(connection, _DATABASE)
    return [
        SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(Identifier(database), role),
        SQL("GRANT USAGE ON SCHEMA public TO {}").format(role),
        SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
        SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}, PUBLIC").format(role),
        *(
            SQL("GRANT {} ON {} TO {}").format(SQL(", ").join(map(_build_sql, list_rights(each))), Identifier(each), role)
            for each in tables
        ),
        SQL("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {}").format(role),
        *(SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(_build_sql(each), role) for each in FUNCTIONS),
    ]


def _build_sql(text: str) -> SQL:
    return SQL(cast("LiteralString", text))  # declared above
