"""Checks of the journal: rows in, faults out. Pure.

Three questions are kept apart. INTEGRITY: is every entry as it was written, and by one of our processes? COMPLETENESS: is every entry
there? PROJECTION: do the tables derived from the journal agree with it?
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from pydantic import ValidationError

from law.legal_fact import get_minute
from models.journal import GENESIS, link
from models.old_messages import find_entry_origin
from models.origin import Origin, build_origin_columns
from verification.rules.entry_content import get_dict, parse, parse_instant_or_none
from verification.rules.office_holders import OfficeHistory
from verification.rules.read_tables import ExpectedMatter
from verification.rules.signatures import ProofChecker
from verification.rules.tasks import ExpectedTasks

# The indexed columns of an entry; each repeats what the content says.
_COLUMNS = (
    "chain",
    "position",
    "seq",
    "sort",
    "step",
    "key",
    "username",
    "recorded_at",
    "origin_number",
    "origin_seq",
    "origin_item",
)


class Question(StrEnum):
    """The question that a fault answers with no."""

    INTEGRITY = "integrity"
    COMPLETENESS = "completeness"
    PROJECTION = "projection"


class Fault(NamedTuple):
    """One fault: its chain, its position (None: the chain as a whole), and a Chinese sentence."""

    question: Question
    chain: str
    position: int | None
    words: str


class StoredEntry(NamedTuple):
    """A row of table `entry`, with what else is known of its place.

    `attested` are the hashes that seals hold for this position (hexadecimal); `head_position` and `head_hash` are the chain's row of table
    `chain` (None: there is none); `facts` are the rows of table `fact` of this entry, `matter_seq` and `matter_stage` the row of table
    `matter` (None: there is none). `tables` come with the last row of a matter: the rows that `verification.rules.read_tables` compares
    with the journal. `promising` is the content of the entry that commanded this one, by its origin (None: there is none).
    """

    chain: str
    position: int
    seq: int
    sort: str
    step: str
    key: str | None
    origin_number: str | None
    origin_seq: int | None
    origin_item: int | None
    username: str | None
    recorded_at: datetime
    content: str | None
    previous: bytes | None
    hash: bytes | None
    attested: Sequence[str] | None
    head_position: int | None
    head_hash: bytes | None
    facts: Sequence[Mapping[str, Any]] | None
    matter_seq: int | None
    matter_stage: str | None
    tables: Mapping[str, Any] | None
    promising: str | None


class CheckContext(NamedTuple):
    """What a chain is checked against: who held which office, who took over from whom, which matters are sealed, and signatures."""

    offices: OfficeHistory
    successors: Mapping[str, frozenset[str]]
    sealed: frozenset[str]
    proofs: ProofChecker


def check_chains(rows: Iterable[StoredEntry], context: CheckContext) -> Iterator[Fault]:
    """The faults of whole chains, whose rows come together and in order; memory holds one row and the state replayed so far."""
    for chain, entries in groupby(rows, key=lambda row: row.chain):
        yield from _check_chain(
            entries, ExpectedMatter(chain, context.successors, context.sealed, tasks=ExpectedTasks(chain)), context
        )


def build_truncated_chain_fault(chain: str, last: int, head: int, sealed: int, seq: int) -> Fault:
    """A chain that ends at position `last` (0: is gone), though its head, a seal or its matter reached further."""
    evidence = {"链头记录": head, "封存文件": sealed, "事项表": seq}
    reached = max(evidence.values())
    proof = "、".join(name for name, position in evidence.items() if position > last)
    what = f"链尾被截断：{_format_positions(last + 1, reached)}缺失" if last else f"整条日志链缺失：至少{reached}条"
    return Fault(Question.COMPLETENESS, chain, last + 1, f"{what}（{proof}可以证明）")


def build_missing_seal_fault(chain: str, position: int) -> Fault:
    """A position that the database records as sealed, and that no seal attests."""
    words = "数据库记载该条已经封存，封存文件中却没有：封存文件被截短或者更换"
    return Fault(Question.COMPLETENESS, chain, position, words)


def build_fact_without_entry_fault(matter: str, seq: int) -> Fault:
    """A row of table `fact` that no entry records."""
    return Fault(Question.PROJECTION, matter, None, f"事实表中第{seq}步的事实，日志中没有依据")


def build_rows_without_journal_fault(matter: str, table: str) -> Fault:
    """Rows of a matter that has no journal."""
    return Fault(Question.PROJECTION, matter, None, f"{table}有日志没有的事项的记录")


def _check_chain(rows: Iterable[StoredEntry], expected: ExpectedMatter, context: CheckContext) -> Iterator[Fault]:
    position, hash_, done = 0, GENESIS, None
    row, facts = None, _ExpectedFacts()
    for row in rows:
        gap = row.position > position + 1
        if gap:
            yield Fault(
                Question.COMPLETENESS, row.chain, position + 1, f"缺失（{_format_positions(position + 1, row.position - 1)}）"
            )
        content = parse(row.content)
        wrong = (*_check_entry(row, content, None if gap else hash_), *context.proofs.check(row, content))
        yield from (Fault(Question.INTEGRITY, row.chain, row.position, words) for words in wrong)
        yield from (
            Fault(Question.PROJECTION, row.chain, row.position, words) for words in context.offices.check_step(row, content)
        )
        step = get_dict(content.get("recorded"))
        if step:
            done = step
            facts.apply(row, content)
        expected.apply(row.position, content, row.content or "")
        position, hash_ = row.position, row.hash
    if row is not None:
        yield from facts.compare(row.chain)
        yield from _check_end_of_chain(row, done)
        if row.tables:
            yield from (Fault(Question.PROJECTION, row.chain, *each) for each in expected.compare(row.tables))


class _ExpectedFacts:
    """The facts of a chain where they were corrected or differ from table `fact`, replayed so that the end state can be compared.

    A fact that agrees with its entry and was never corrected is forgotten at once, so that memory does not grow with a long chain.
    """

    def __init__(self) -> None:
        self._doubtful: dict[int, tuple[int, Any, list[dict[str, Any]]]] = {}
        self._corrected: dict[tuple[int, int], tuple[int, datetime | None, datetime | None]] = {}

    def apply(self, row: StoredEntry, content: Mapping[str, Any]) -> None:
        """Apply an entry: its facts, and its corrections of earlier ones."""
        told, known = content.get("facts"), [_build_comparable_fact(each) for each in row.facts or ()]
        said = [_build_comparable_fact(each) for each in told] if isinstance(told, list) else None
        if said != known:
            self._doubtful[row.seq] = (row.position, said, known)
        corrected = content.get("corrected")
        for each in map(get_dict, corrected if isinstance(corrected, list) else ()):
            seq, n = each.get("seq"), each.get("n")
            if each.get("of") == "fact" and isinstance(seq, int) and isinstance(n, int):
                instants = (parse_instant_or_none(each.get(name)) for name in ("old", "new", "until"))
                self._apply_correction(row.position, seq, n, *instants)

    def _apply_correction(
        self, position: int, seq: int, n: int, old: datetime | None, new: datetime | None, until: datetime | None
    ) -> None:
        if seq in self._doubtful:
            _, said, _ = self._doubtful[seq]
            if said and n < len(said) and said[n]["at"] == old:
                said[n] = _correct_instant(said[n], new, until)
        else:
            _, first, _ = self._corrected.get((seq, n), (position, old, new))
            self._corrected[seq, n] = (position, first, new)

    def compare(self, chain: str) -> Iterator[Fault]:
        """Where table `fact` differs from what the chain says in the end."""
        wrong = [position for position, said, known in self._doubtful.values() if said != known]
        # The table still has the first value, though the entry was corrected to another.
        wrong += [position for position, first, last in self._corrected.values() if first != last]
        yield from (Fault(Question.PROJECTION, chain, position, "事实表与该条所载事实不一致") for position in sorted(wrong))


def _check_entry(row: StoredEntry, content: Mapping[str, Any], before: bytes | None) -> Iterator[str]:
    """The faults of one entry, given the hash of the one before it (None: that entry is missing)."""
    if not row.hash or not row.previous or row.content is None:
        yield "没有摘要或者内容"
        return
    if link(row.previous, row.content) != row.hash:
        yield "内容与摘要不符：写入之后被改动"
    if before is not None and row.previous != before:
        yield "与前一条不衔接：前一条被改写，或者其间被删除、插入、调换"
    if any(attested != row.hash.hex() for attested in row.attested or ()):
        yield "与封存文件中的摘要不符：封存之后被改写"
    changed = _list_differing_columns(row, content)
    if changed:
        yield f"检索字段与内容不一致：{'、'.join(changed)}"


def _list_differing_columns(row: StoredEntry, content: Mapping[str, Any]) -> list[str]:
    """The columns that differ from the content."""
    # The column is who acted; the member `username` of an administrator's entry is whom it concerns.
    said = {**content, "username": get_dict(content.get("actor")).get("person")}
    # A step's receipt says when it was recorded and its sequence; a refused attempt or a notice has no sequence, only the instant.
    receipt = get_dict(get_dict(content.get("recorded")).get("receipt"))
    said |= receipt or {"seq": row.seq, "recorded_at": content.get("recorded")}
    said["recorded_at"] = parse_instant_or_none(said.get("recorded_at"))
    said |= build_origin_columns(_find_origin(row, content))
    return [name for name in _COLUMNS if getattr(row, name) != said.get(name)]


def _find_origin(row: StoredEntry, content: Mapping[str, Any]) -> Origin | None:
    try:
        return find_entry_origin(content) if row.sort in ("step", "told") else None
    except ValidationError:
        return None


def _check_end_of_chain(row: StoredEntry, done: Mapping[str, Any] | None) -> Iterator[Fault]:
    """The faults of a chain as a whole, by its last row and the last step that took effect."""
    if row.head_position is None:
        yield Fault(Question.COMPLETENESS, row.chain, None, "链头记录缺失")
    elif row.head_position < row.position or (row.head_position == row.position and row.head_hash != row.hash):
        yield Fault(Question.INTEGRITY, row.chain, row.position, "链头记录与最后一条不符")
    if done and (row.matter_seq, row.matter_stage) != (done.get("seq"), done.get("stage")):
        yield Fault(Question.PROJECTION, row.chain, row.position, "事项表所示的阶段或者步数与日志不一致")


def _format_positions(first: int, last: int) -> str:
    return f"第{first}条" if first == last else f"第{first}至{last}条"


def _build_comparable_fact(said: Any) -> dict[str, Any]:
    """A fact without its sequence, which is the entry's, and with instants parsed."""
    members = get_dict(said)
    instants: dict[str, Any] = {name: parse_instant_or_none(members[name]) for name in ("at", "entered_at") if name in members}
    before = members.get("corrected")
    if isinstance(before, list):
        instants["corrected"] = [{name: parse_instant_or_none(at) for name, at in get_dict(each).items()} for each in before]
    return {name: value for name, value in members.items() if name != "seq"} | {"at": None} | instants


def _correct_instant(fact: dict[str, Any], at: datetime | None, until: datetime | None) -> dict[str, Any]:
    """A fact after its instant was corrected; the instant at which it was first entered, and what stood before, are kept.

    Journals written before `until` was recorded do not say until when it stood.
    """
    known = fact.get("entered_at") or fact["at"]
    rest = {name: value for name, value in fact.items() if name != "entered_at"}
    if until:
        stood = {name: fact[name] for name in ("at", "entered_at") if name in fact} | {"until": until}
        rest["corrected"] = [*fact.get("corrected", ()), stood]
    return rest | {"at": at} | ({"entered_at": known} if at and known and get_minute(known) > get_minute(at) else {})
