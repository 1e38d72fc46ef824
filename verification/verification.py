"""Verifying the journal (核验): its hashes and chain heads, the seals kept outside the database, the tables read from it, and its files.

The journal is streamed through a server-side cursor and the seals through a temporary table, so that memory does not grow with either.
`python -m verification.verification` runs it in a process of its own at low priority, so that hashing a million entries delays nobody.
"""

import fcntl
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from psycopg import Error, IsolationLevel

from law.calendar import SHANGHAI
from models.access.sealing import HANDLED, SEALED_BY_KIN
from models.journal import BUREAU, ROSTER
from models.matter import Kind, is_numbered_as
from models.readmodel.board_tallies import SUM_UP_CANARIES
from models.readmodel.timeline import CAME_AT
from models.second_factors import FactorStep
from models.store.connection import BlockingConnection, Query, read_all, read_one, stream
from models.store.epochs import UPKEEP, Epoch, parse_upkeep
from models.store.reports import CORRECT_REPORT, MAKE_REPORT, SET_REPORT
from models.store.verifications import ACCOUNT_FOR_SUMS, BEGIN_SUMS, FORGET_PROMISES, SUM_UP
from models.trace_shapes import CHAIN
from runtime.content_store import ContentLost, ContentStore, get_content_store_folder
from runtime.database import connect
from runtime.process_signatures import load_current_and_former_speakers
from runtime.seals import SealBroken, get_heads_file, is_torn, load_signing_key, read
from runtime.settings import Settings, get_settings
from verification import traces
from verification.rules.entry_content import parse
from verification.rules.journal import (
    CheckContext,
    Fault,
    Question,
    StoredEntry,
    build_fact_without_entry_fault,
    build_missing_seal_fault,
    build_rows_without_journal_fault,
    build_truncated_chain_fault,
    check_chains,
)
from verification.rules.office_holders import OfficeHistory
from verification.rules.org_units import ExpectedOrganisation, OrganisationTables, PersonRow, SuccessionRow, UnitRow, YearRow
from verification.rules.report_words import Report, report_as_json
from verification.rules.reports import KeptPaper, KeptReport, compare_papers, compare_reports
from verification.rules.second_factors import VouchedFactors
from verification.rules.signatures import ProofChecker

# The most that a report lists; it also gives the number of all.
_MOST_FAULTS = 1000
# Lower than the priority of the API and the workers.
_NICE = 10
# The types of entries that record a file: a document that was made, a paper that was scanned.
_WITH_FILES = frozenset({"document", "dossier"})
_DIGEST = re.compile(r"[0-9a-f]{64}")
# Rows fetched at a time: a few megabytes.
_BATCH = 2000
# During an upgrade, workers that sign and workers that do not may run side by side for so long.
_UPGRADED = timedelta(days=1)
_ONE = "(%(matter)s = '' OR {} = %(matter)s)"

# What the database says was sealed is noted before the seals are read, and the journal is read after: so a running watchdog, which
# seals meanwhile, can make neither look incomplete.
PROMISES = f"CREATE TEMP TABLE promised AS SELECT chain, sealed AS position FROM chain WHERE sealed > 0 UNION ALL {traces.PROMISED}"
ATTESTED = "CREATE TEMP TABLE attested (chain text NOT NULL, position int NOT NULL, hash text NOT NULL)"
ATTESTED_FAST = """
CREATE TEMP TABLE seal AS SELECT chain, position, array_agg(DISTINCT hash) AS attested FROM attested GROUP BY chain, position;
CREATE UNIQUE INDEX ON seal (chain, position);
ANALYZE seal
"""
_HANDLED = ", ".join(f"'{kind}'" for kind in HANDLED)
# The rows to compare with a matter's journal come with its last entry.
_TABLES = f"""jsonb_build_object(
    'matter', jsonb_build_object('number', matter.number, 'kind', matter.kind, 'final', matter.final, 'unit_id', matter.unit_id, 'officer', matter.officer,
        'parent', matter.parent, 'requests', matter.requests, 'title', matter.title, 'shared_with', matter.shared_with,
        'handlers', matter.handlers, 'sealed', matter.sealed, 'kept_from', matter.kept_from, 'marks', matter.marks,
        'above_kept_from', (SELECT above.kept_from FROM matter above WHERE above.number = matter.parent), 'handled', matter.kind IN ({_HANDLED}),
        'colour', matter.colour, 'late_entries', matter.late_entries, 'shared_at', matter.shared_at, 'opened_at', matter.opened_at,
        'category', matter.category, 'sorted_into', (SELECT e.content::json #>> '{{form,category}}' FROM entry e
            WHERE matter.kind = 'incident' AND e.chain = matter.number AND e.position = 1),
        'came_at', (SELECT {CAME_AT} FROM entry e WHERE e.chain = matter.number AND e.position = 1)),
    'clocks', (SELECT jsonb_agg(to_jsonb(c)) FROM clock c WHERE c.matter = e.chain),
    'links', (SELECT jsonb_agg(to_jsonb(l)) FROM link l WHERE l.matter = e.chain),
    'parties', (SELECT jsonb_agg(to_jsonb(p)) FROM party p WHERE p.matter = e.chain),
    'documents', (SELECT jsonb_agg(to_jsonb(d) - 'context') FROM document d WHERE d.matter = e.chain),
    'items', (SELECT jsonb_agg(to_jsonb(i)) FROM dossier_item i WHERE i.matter = e.chain),
    'delivery', (SELECT jsonb_build_object('system', system, 'subject', subject) FROM delivery WHERE delivery.number = e.chain),
    'rings', (SELECT jsonb_agg(jsonb_build_object('clock_id', clock_id, 'colour', colour, 'at', at)) FROM ring WHERE ring.matter = e.chain),
    'ahead', (SELECT jsonb_agg(jsonb_build_object('clock_id', clock_id, 'colour', colour, 'at', at)) FROM rung WHERE rung.matter = e.chain),
    'tasks', (SELECT jsonb_agg(jsonb_build_object('key', key, 'sort', sort, 'unit_id', t.unit_id, 'office', office, 'username', t.username,
        'step', t.step, 'request_seq', request_seq, 'clock_id', clock_id, 'open', done_at IS NULL)) FROM task t WHERE t.matter = e.chain)
)"""
ENTRIES = Query[StoredEntry](f"""
SELECT e.chain, e.position, e.seq, e.sort, e.step, e.key, e.origin_number, e.origin_seq, e.origin_item, e.username, e.recorded_at,
       e.content, e.previous, e.hash, seal.attested,
       chain.position AS head_position, chain.hash AS head_hash,
       (SELECT jsonb_agg(jsonb_build_object('fact', fact, 'at', at, 'about', about) || said ORDER BY n)
        FROM fact WHERE fact.matter = e.chain AND fact.seq = e.seq) AS facts,
       matter.seq AS matter_seq, matter.stage AS matter_stage,
       CASE WHEN e.position = chain.position AND matter.number IS NOT NULL THEN {_TABLES} END AS tables,
       CASE WHEN e.origin_item IS NOT NULL THEN (
            SELECT p.content FROM entry p WHERE p.chain = e.origin_number AND p.seq = e.origin_seq
                AND p.sort IN ('step', 'told') LIMIT 1) END AS promising
FROM entry e LEFT JOIN seal ON seal.chain = e.chain AND seal.position = e.position
     LEFT JOIN chain ON chain.chain = e.chain LEFT JOIN matter ON matter.number = e.chain
WHERE {_ONE.format("e.chain")} ORDER BY e.chain, e.position
""")


class _CutOff(NamedTuple):
    """A chain that ends at `last`, though its head, a seal or its matter reached further."""

    chain: str
    last: int
    head: int
    sealed: int
    seq: int


CUT_OFF = Query[_CutOff](f"""
WITH reached AS (SELECT chain, max(position) AS position FROM entry GROUP BY chain),
sealed AS (SELECT chain, max(position) AS position FROM seal WHERE NOT starts_with(chain, 'READ/') GROUP BY chain)
SELECT * FROM (
    SELECT chain, coalesce(reached.position, 0) AS last, coalesce(head.position, 0) AS head, coalesce(sealed.position, 0) AS sealed,
           coalesce(m.seq, 0) AS seq
    FROM reached FULL JOIN chain head USING (chain) FULL JOIN sealed USING (chain)
         FULL JOIN (SELECT number AS chain, seq FROM matter) m USING (chain)
) each WHERE greatest(head, sealed, seq) > last AND {_ONE.format("chain")} ORDER BY chain
""")


class _Place(NamedTuple):
    """A position of a chain."""

    chain: str
    position: int


UNATTESTED = Query[_Place](f"""
SELECT chain, position FROM promised WHERE NOT EXISTS (
    SELECT FROM seal WHERE seal.chain = promised.chain AND seal.position = promised.position
) AND {_ONE.format("chain")} ORDER BY chain
""")


class _Unfounded(NamedTuple):
    """A step whose facts no entry brought about."""

    matter: str
    seq: int


UNFOUNDED = Query[_Unfounded](f"""
SELECT DISTINCT matter, seq FROM fact WHERE NOT EXISTS (
    SELECT FROM entry WHERE entry.chain = fact.matter AND entry.seq = fact.seq AND entry.sort IN ('step', 'told')
) AND {_ONE.format("matter")} ORDER BY matter, seq
""")


class _Orphan(NamedTuple):
    """A matter of which a table tells, and no journal."""

    matter: str
    name: str


# Rows of matters without a journal.
ORPHANS = Query[_Orphan](f"""
SELECT matter, name FROM (
    SELECT DISTINCT matter, '期限表' AS name FROM clock UNION SELECT DISTINCT matter, '当事人表' FROM party
    UNION SELECT DISTINCT matter, '文书表' FROM document UNION SELECT DISTINCT matter, '卷宗材料表' FROM dossier_item
) each WHERE NOT EXISTS (SELECT FROM entry WHERE entry.chain = each.matter) AND {_ONE.format("matter")} ORDER BY 1, 2
""")
SEALED = Query[str](f"WITH {SEALED_BY_KIN} SELECT number FROM family")


class _BureauEntry(NamedTuple):
    """An entry of the bureau's own chains."""

    recorded_at: datetime
    content: str


# The bureau's own chains merged by time; each keeps its own order, whatever clocks its writers had.
ADMINISTERED = Query[_BureauEntry](f"""
SELECT recorded_at, content FROM entry WHERE chain = '{ROSTER}' OR chain = '{BUREAU}' AND sort IN ('administration', 'calendar')
ORDER BY max(recorded_at) OVER (PARTITION BY chain ORDER BY position), chain, position
""")
_FACTOR_STEPS = ", ".join(f"'{step}'" for step in FactorStep)
# Second factors enrolled, vouched for and dropped, in the order of the bureau's chain.
FACTORED = Query[str](f"SELECT content FROM entry WHERE chain = '{BUREAU}' AND step IN ({_FACTOR_STEPS}) ORDER BY position")


class _Factor(NamedTuple):
    """A second factor in use, and who vouched for it (`models.second_factors.Voucher`)."""

    username: str
    vouched: str | None


FACTORS = Query[_Factor]("SELECT username, vouched FROM second_factor WHERE confirmed_at IS NOT NULL")


REPORTED = Query[str](
    f"SELECT content FROM entry WHERE chain = '{BUREAU}' AND step IN ('{MAKE_REPORT}', '{CORRECT_REPORT}') AND sort <> 'refusal'"
)
REPORTS = Query[KeptReport]("SELECT type, unit_id, period, content, sm3, edition, reason, number FROM report ORDER BY id")


SET = Query[str](f"SELECT content FROM entry WHERE chain = '{BUREAU}' AND step = '{SET_REPORT}' AND sort <> 'refusal'")
PAPERS = Query[KeptPaper]("""
SELECT r.type, r.unit_id, r.period, r.edition, p.sm3, r.sm3 AS report FROM report_paper p JOIN report r ON r.id = p.report ORDER BY r.id
""")


class _Seat(NamedTuple):
    """Somebody in an office of a unit."""

    username: str
    unit_id: str
    office: str


SEATS = Query[_Seat]("SELECT username, unit_id, office FROM holding")
UNITS = Query[UnitRow]("SELECT id, parent_id, path, zh, kind, serves FROM unit")
PEOPLE = Query[PersonRow]("SELECT username, zh, badge, active FROM person")
YEARS = Query[YearRow]("SELECT year, rest_days, notice, published_by AS by FROM calendar_year")
PROPOSALS = Query[YearRow]("SELECT year, rest_days, notice, proposed_by AS by FROM calendar_proposal")
PROPOSED = Query[_Seat]("SELECT username, unit_id, office FROM appointment")
SUCCESSIONS = Query[SuccessionRow]("SELECT username, unit_id, successor FROM succession")


class _Signed(NamedTuple):
    """When the first step was recorded, and when the first that carries a signature."""

    first: datetime | None
    signed: datetime | None


# Matched as text, so that no malformed content can make the query fail.
SIGNED = Query[_Signed]("""
SELECT min(recorded_at) AS first, min(recorded_at) FILTER (WHERE content LIKE '%"proof":{"at":%') AS signed FROM entry WHERE sort = 'step'
""")
# Entries that replaced the chains of canaries by their heads.
SUMS = Query[str](f"SELECT content FROM entry WHERE chain = '{BUREAU}' AND step = '{SUM_UP_CANARIES}'")
_MANY_PROMISED = Query[int]("SELECT count(*) FROM promised")
UNSEALED = Query[int](f"SELECT coalesce(sum(position - sealed), 0)::int FROM chain WHERE {_ONE.format('chain')}")


def verify(settings: Settings, matter: str = "", anchor: str = "") -> Report:
    """Verify the journal, whole or of one matter, with everything derived from it; `anchor` is the hash of a seal kept elsewhere.

    psycopg's OperationalError if the database is away.
    """
    report = Report()
    with connect(settings.database_url, "verify") as connection:
        connection.execute(PROMISES)
        connection.execute(ATTESTED)
        report.faults += _load_seals(connection, settings.data_dir, report, anchor)
        connection.execute(ATTESTED_FAST)
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with connection.transaction():
            _account_for_sums(connection)
            contents = ContentStore(get_content_store_folder(settings.data_dir))
            report.proving = ProofChecker(load_current_and_former_speakers(settings), _find_signing_start(connection))
            report.faults += _check_journal(connection, report, {"matter": matter}, contents)
    if matter and not report.entries and not report.faults:
        report.faults.append(Fault(Question.COMPLETENESS, matter, None, "没有这一日志链"))
    return report


def _find_signing_start(connection: BlockingConnection) -> datetime | None:
    """The instant after which every entry must be signed; None where nothing is signed."""
    row = read_one(connection, SIGNED)
    return row.signed if row.signed is None or row.signed == row.first else row.signed + _UPGRADED


def _account_for_sums(connection: BlockingConnection) -> None:
    """Expect no chains that a sum replaced, or days of traces that were deleted, where the seals attest the heads that it names."""
    connection.execute(BEGIN_SUMS)
    with connection.cursor() as cursor:
        named = [head for content in read_all(connection, SUMS) for head in _parse_heads(content)]
        named += [head for content in read_all(connection, traces.FORGOTTEN) for head in _parse_day_head(content)]
        cursor.executemany(SUM_UP, named)
    connection.execute(ACCOUNT_FOR_SUMS)


def _parse_heads(content: str) -> Iterator[tuple[str, int, str]]:
    """The chain heads that a sum of canaries names; none where it cannot be parsed, which the hashes of the journal report."""
    try:
        heads = json.loads(content)["heads"]
        yield from [
            (str(chain), int(position), str(hash_))
            for chain, (position, hash_) in heads.items()
            if is_numbered_as(Kind.CANARY, chain)
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return


def _parse_day_head(content: str) -> Iterator[tuple[str, int, str]]:
    """The head of the day of traces whose deletion an entry records; none where it cannot be parsed."""
    try:
        said = json.loads(content)
        yield f"{CHAIN}{said['day']}", int(said["traces"]), str(said["hash"])
    except (ValueError, KeyError, TypeError):
        return


def _check_journal(
    connection: BlockingConnection, report: Report, which: dict[str, str], contents: ContentStore
) -> Iterator[Fault]:
    faulty_files = list[Fault]()
    offices, organisation = _replay_bureau(connection)
    successors = {name: frozenset(theirs) for name, theirs in offices.successors.items()}
    context = CheckContext(offices, successors, frozenset(read_all(connection, SEALED)), report.proving)
    entries = stream(connection, "journal", ENTRIES, which, at_once=_BATCH)
    yield from check_chains(_count_and_check_files(entries, report, contents, faulty_files), context)
    yield from faulty_files
    yield from (build_truncated_chain_fault(*row) for row in read_all(connection, CUT_OFF, which))
    yield from (build_missing_seal_fault(*row) for row in read_all(connection, UNATTESTED, which))
    yield from (build_fact_without_entry_fault(*row) for row in read_all(connection, UNFOUNDED, which))
    yield from (build_rows_without_journal_fault(*row) for row in read_all(connection, ORPHANS, which))
    if not which["matter"]:
        count = [0]
        yield from traces.verify_traces(connection, count)
        report.traces = count[0]
        wrong = [
            *_compare_organisation(connection, report, offices, organisation, successors),
            *compare_reports(stream(connection, "reports", REPORTS), map(parse, read_all(connection, REPORTED))),
            *compare_papers(read_all(connection, PAPERS), map(parse, read_all(connection, SET))),
        ]
        yield from (Fault(Question.PROJECTION, BUREAU, None, words) for words in wrong)
    report.by_seat, report.by_untold_seat = offices.checked, offices.unchecked
    report.unsealed = read_one(connection, UNSEALED, which)


def _compare_organisation(
    connection: BlockingConnection,
    report: Report,
    offices: OfficeHistory,
    organisation: ExpectedOrganisation,
    successors: Mapping[str, frozenset[str]],
) -> Iterator[str]:
    """Where the tables of units, people, offices, calendar and second factors differ from the bureau's journal."""
    tables = OrganisationTables(
        units=read_all(connection, UNITS),
        people=read_all(connection, PEOPLE),
        years=read_all(connection, YEARS),
        proposals=read_all(connection, PROPOSALS),
        successions=read_all(connection, SUCCESSIONS),
    )
    held = read_all(connection, SEATS)
    report.unfounded_seats, report.untold = offices.count_unproven(held), organisation.count_unnamed(tables)
    yield from offices.compare(held, {row.username: row.active for row in tables.people})
    yield from offices.check_proposed(read_all(connection, PROPOSED))
    yield from organisation.compare(tables, successors)
    yield from _replay_second_factors(connection).compare(dict(read_all(connection, FACTORS)))


def _replay_bureau(connection: BlockingConnection) -> tuple[OfficeHistory, ExpectedOrganisation]:
    """Offices and organisation, replayed from the bureau's chains; what cannot be parsed is skipped, since the hashes report it."""
    offices, organisation = OfficeHistory(), ExpectedOrganisation()
    for row in read_all(connection, ADMINISTERED):
        if content := parse(row.content):
            offices.apply(row.recorded_at, content)
            organisation.apply(content)
    return offices, organisation


def _replay_second_factors(connection: BlockingConnection) -> VouchedFactors:
    """The second factors in use, replayed from the bureau's chain."""
    factors = VouchedFactors()
    for content in read_all(connection, FACTORED):
        factors.apply(parse(content))
    return factors


def _count_and_check_files(
    rows: Iterable[StoredEntry], report: Report, contents: ContentStore, faulty_files: list[Fault]
) -> Iterator[StoredEntry]:
    last = None
    for row in rows:
        report.entries += 1
        report.chains += row.chain != last
        last = row.chain
        if row.sort in _WITH_FILES and (hash_ := _parse_digest(row.content)):
            report.files += 1
            faulty_files += _check_file(row, hash_, contents)
        yield row


def _parse_digest(content: str | None) -> str:
    """The digest of the file that an entry is about; empty where it is about none, or cannot be read."""
    digest = parse(content).get("sm3")
    return digest if isinstance(digest, str) and _DIGEST.fullmatch(digest) else ""


def _check_file(row: StoredEntry, hash_: str, contents: ContentStore) -> Iterator[Fault]:
    try:
        contents.read(hash_)
    except ContentLost:
        what = "内容与摘要不符：存入之后被改动" if contents.get_path(hash_).exists() else "已经缺失"
        yield Fault(Question.INTEGRITY, row.chain, row.position, f"该条所载文件（SM3 {hash_}）{what}")


def _load_seals(connection: BlockingConnection, data_dir: Path, report: Report, anchor: str) -> Iterator[Fault]:
    """Copy the heads that the seals attest into the database, up to the first seal that is broken."""
    untrue, anchored, epochs = "", not anchor, parse_upkeep(read_all(connection, UPKEEP)).epochs
    of_lost = _void_checker(epochs)
    with _lock_seals(get_heads_file(data_dir)), connection.cursor().copy("COPY attested FROM STDIN") as copy:
        try:
            for seal in read(get_heads_file(data_dir), load_signing_key(data_dir).public_key()):
                report.newest, anchored = seal.hash, anchored or seal.hash == anchor
                if of_lost(seal.hash):
                    report.void += 1
                    continue
                for head in seal.heads:
                    copy.write_row(head)
        except SealBroken as broken:
            untrue = str(broken)
    report.torn = is_torn(get_heads_file(data_dir))
    promised = read_one(connection, _MANY_PROMISED)
    if untrue and (promised or get_heads_file(data_dir).exists()):
        yield Fault(Question.INTEGRITY, "", None, f"封存文件不可信，此处以后的封存不能作为依据（{untrue}）")
        # Report it once, and not again for every chain that was sealed later.
        connection.execute(FORGET_PROMISES)
    report.epochs = [_describe_epoch(n, each) for n, each in enumerate(epochs, start=1)]
    if report.void:
        report.epochs.append(f"{report.void}次封存因恢复作废")
    if not anchored:
        besides = "，或者该次封存在恢复时遗失（见所宣布的恢复，此后请改用新的封存摘要）" if epochs else ""
        yield Fault(Question.COMPLETENESS, "", None, f"封存文件中没有另行保管的那一次封存：文件被截短或者更换{besides}")


def _void_checker(epochs: Iterable[Epoch]) -> Callable[[str], bool]:
    """A predicate that says, asked of each seal's hash in order, whether it attests a time that a declared restore has lost."""
    ends = {each.kept: each.last for each in epochs if each.kept != each.last}
    last = ends.get("", "")

    def is_void(hash_: str) -> bool:
        nonlocal last
        void = bool(last)
        if hash_ == last:
            last = ""
        # A later restore may keep less than an earlier one had kept, never more.
        last = last or ends.get(hash_, "")
        return void

    return is_void


def _describe_epoch(n: int, epoch: Epoch) -> str:
    by = f"由{epoch.by}" if epoch.by else ""
    what = f"恢复备份{epoch.backup}" if epoch.backup else "宣布数据库已恢复到此前的状态"
    as_of = f"（截至{epoch.as_of.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}）" if epoch.as_of else ""
    return f"第{n}次恢复：{epoch.begun_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}{by}{what}{as_of}，理由：{epoch.reason}"


@contextmanager
def _lock_seals(file: Path) -> Iterator[None]:
    """Hold a shared lock on the file of seals, so that none is half written while they are read."""
    if not file.exists():
        yield
        return
    with file.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        yield


def main() -> int:
    """Verify with the settings of this process and print the report as JSON; exit code 0, or 2 if verification could not run."""
    os.nice(_NICE)
    try:
        report = verify(get_settings())
    except (Error, OSError) as error:
        sys.stderr.write(f"{type(error).__name__}\n")
        return 2
    sys.stdout.write(report_as_json(report, _MOST_FAULTS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
