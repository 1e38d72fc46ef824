"""What is wrong with the journal: rows in, faults out. Nothing is read or written here.

Three questions are kept apart. INTEGRITY: is every entry that is there as it was written, by one of ours? COMPLETENESS: is every entry there that was
written? PROJECTION: do the tables that are read every day say what the journal says?
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from pydantic import ValidationError

from law.instants import read
from law.legal_fact import minute
from models.journal import GENESIS, link
from models.old_messages import origin_of_entry
from models.origin import Origin, columns_of
from verification.rules.office_holders import Roster
from verification.rules.read_tables import Standing
from verification.rules.signatures import Proving
from verification.rules.tasks import Tasks

# The columns by which an entry is found; each repeats what the content says.
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
    """What a fault answers with no."""

    INTEGRITY = "integrity"
    COMPLETENESS = "completeness"
    PROJECTION = "projection"


class Fault(NamedTuple):
    """One thing that is wrong: with which chain, at which position (None: with the chain as a whole), in a Chinese sentence."""

    question: Question
    chain: str
    position: int | None
    words: str


class Row(NamedTuple):
    """A row of table `entry`, with what else is known of its place.

    `attested` are the hashes that seals hold for this position (hexadecimal); `head_position` and `head_hash` are the chain's row of
    table `chain` (None: there is none); `facts` the matter's facts of this entry and `matter_seq` and `matter_stage` its row of table
    `matter` (None: there is none). `tables` come with the last row of a matter: what `verification.rules.read_tables` holds against the journal.
    `promising` is the content of the entry whose promise this one keeps, by its origin (None: there is none).
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


class Known(NamedTuple):
    """What is known beside a chain: who held what and took over from whom, which matters are sealed, by themselves or by kin, and who signs."""

    roster: Roster
    handed_on: Mapping[str, frozenset[str]]
    sealed: frozenset[str]
    proving: Proving


def faults(rows: Iterable[Row], known: Known) -> Iterator[Fault]:
    """The faults of whole chains, whose rows come together and in the order of their positions; one row is held, and what it should come to."""
    for chain, entries in groupby(rows, key=lambda row: row.chain):
        yield from _of_chain(entries, Standing(chain, known.handed_on, known.sealed, tasks=Tasks(chain)), known)


def cut_off(chain: str, last: int, head: int, sealed: int, seq: int) -> Fault:
    """The fault of a chain that ends at position `last` (0: is gone), though its head, a seal or its matter reached further."""
    evidence = {"链头记录": head, "封存文件": sealed, "事项表": seq}
    reached = max(evidence.values())
    proof = "、".join(name for name, position in evidence.items() if position > last)
    what = f"链尾被截断：{_which(last + 1, reached)}缺失" if last else f"整条日志链缺失：至少{reached}条"
    return Fault(Question.COMPLETENESS, chain, last + 1, f"{what}（{proof}可以证明）")


def unattested(chain: str, position: int) -> Fault:
    """The fault of a position that the database says was sealed, and no seal attests."""
    words = "数据库记载该条已经封存，封存文件中却没有：封存文件被截短或者更换"
    return Fault(Question.COMPLETENESS, chain, position, words)


def unfounded(matter: str, seq: int) -> Fault:
    """The fault of a fact that no entry brought about."""
    return Fault(Question.PROJECTION, matter, None, f"事实表中第{seq}步的事实，日志中没有依据")


def orphaned(matter: str, table: str) -> Fault:
    """The fault of rows of a matter that has no journal."""
    return Fault(Question.PROJECTION, matter, None, f"{table}有日志没有的事项的记录")


def _of_chain(rows: Iterable[Row], standing: Standing, known: Known) -> Iterator[Fault]:
    position, hash_, done = 0, GENESIS, None
    row, told = None, _Told()
    for row in rows:
        gap = row.position > position + 1
        if gap:
            yield Fault(Question.COMPLETENESS, row.chain, position + 1, f"缺失（{_which(position + 1, row.position - 1)}）")
        content = _parsed(row.content)
        wrong = (*_wrong(row, content, None if gap else hash_), *known.proving.wrong(row, content))
        yield from (Fault(Question.INTEGRITY, row.chain, row.position, words) for words in wrong)
        yield from (Fault(Question.PROJECTION, row.chain, row.position, words) for words in known.roster.wrong(row, content))
        step = _members(content.get("recorded"))
        if step:
            done = step
            told.hear(row, content)
        standing.hear(row.position, content, row.content or "")
        position, hash_ = row.position, row.hash
    if row is not None:
        yield from told.faults(row.chain)
        yield from _at_the_end(row, done)
        if row.tables:
            yield from (Fault(Question.PROJECTION, row.chain, *each) for each in standing.differences(row.tables))


class _Told:
    """The facts that a chain tells, as far as the table of facts does not say the same from the start: what is corrected is told anew.

    A fact that was never corrected is compared with its entry and forgotten, so that a long chain is not held.
    """

    def __init__(self) -> None:
        self._doubtful: dict[int, tuple[int, Any, list[dict[str, Any]]]] = {}
        self._corrected: dict[tuple[int, int], tuple[int, datetime | None, datetime | None]] = {}

    def hear(self, row: Row, content: Mapping[str, Any]) -> None:
        """Take an entry's facts, and its corrections of earlier ones."""
        told, known = content.get("facts"), [_fact(each) for each in row.facts or ()]
        said = [_fact(each) for each in told] if isinstance(told, list) else None
        if said != known:
            self._doubtful[row.seq] = (row.position, said, known)
        corrected = content.get("corrected")
        for each in map(_members, corrected if isinstance(corrected, list) else ()):
            seq, n = each.get("seq"), each.get("n")
            if each.get("of") == "fact" and isinstance(seq, int) and isinstance(n, int):
                instants = (_instant(each.get(name)) for name in ("old", "new", "until"))
                self._correct(row.position, seq, n, *instants)

    def _correct(self, position: int, seq: int, n: int, old: datetime | None, new: datetime | None, until: datetime | None) -> None:
        if seq in self._doubtful:
            _, said, _ = self._doubtful[seq]
            if said and n < len(said) and said[n]["at"] == old:
                said[n] = _moved(said[n], new, until)
        else:
            _, first, _ = self._corrected.get((seq, n), (position, old, new))
            self._corrected[seq, n] = (position, first, new)

    def faults(self, chain: str) -> Iterator[Fault]:
        """Where the table of facts does not say what the chain tells in the end."""
        wrong = [position for position, said, known in self._doubtful.values() if said != known]
        # The table still says what the entry said, though that was corrected since to something else.
        wrong += [position for position, first, last in self._corrected.values() if first != last]
        yield from (Fault(Question.PROJECTION, chain, position, "事实表与该条所载事实不一致") for position in sorted(wrong))


def _wrong(row: Row, content: Mapping[str, Any], before: bytes | None) -> Iterator[str]:
    """What is wrong with one entry, given the hash before it (None: that entry is missing)."""
    if not row.hash or not row.previous or row.content is None:
        yield "没有摘要或者内容"
        return
    if link(row.previous, row.content) != row.hash:
        yield "内容与摘要不符：写入之后被改动"
    if before is not None and row.previous != before:
        yield "与前一条不衔接：前一条被改写，或者其间被删除、插入、调换"
    if any(attested != row.hash.hex() for attested in row.attested or ()):
        yield "与封存文件中的摘要不符：封存之后被改写"
    changed = _columns(row, content)
    if changed:
        yield f"检索字段与内容不一致：{'、'.join(changed)}"


def _columns(row: Row, content: Mapping[str, Any]) -> list[str]:
    """The columns that do not say what the content says."""
    # Who acted, whoever else the content names: an administrator's entry tells by `username` whom it is about.
    said = {**content, "username": _members(content.get("actor")).get("person")}
    # A step says in its receipt when it was recorded, and as which; of a refused attempt or a notice, which take no place in a matter's
    # course, only the instant is kept.
    receipt = _members(_members(content.get("recorded")).get("receipt"))
    said |= receipt or {"seq": row.seq, "recorded_at": content.get("recorded")}
    said["recorded_at"] = _instant(said.get("recorded_at"))
    said |= columns_of(_origin(row, content))
    return [name for name in _COLUMNS if getattr(row, name) != said.get(name)]


def _origin(row: Row, content: Mapping[str, Any]) -> Origin | None:
    try:
        return origin_of_entry(content) if row.sort in ("step", "told") else None
    except ValidationError:
        return None


def _at_the_end(row: Row, done: Mapping[str, Any] | None) -> Iterator[Fault]:
    """What is wrong with a chain as a whole, seen from its last row and the last step that took effect."""
    if row.head_position is None:
        yield Fault(Question.COMPLETENESS, row.chain, None, "链头记录缺失")
    elif row.head_position < row.position or (row.head_position == row.position and row.head_hash != row.hash):
        yield Fault(Question.INTEGRITY, row.chain, row.position, "链头记录与最后一条不符")
    if done and (row.matter_seq, row.matter_stage) != (done.get("seq"), done.get("stage")):
        yield Fault(Question.PROJECTION, row.chain, row.position, "事项表所示的阶段或者步数与日志不一致")


def _which(first: int, last: int) -> str:
    return f"第{first}条" if first == last else f"第{first}至{last}条"


def _fact(said: Any) -> dict[str, Any]:
    """A fact as it is compared: without its place in the journal, which is the entry's."""
    members = _members(said)
    instants: dict[str, Any] = {name: _instant(members[name]) for name in ("at", "entered_at") if name in members}
    before = members.get("corrected")
    if isinstance(before, list):
        instants["corrected"] = [{name: _instant(at) for name, at in _members(each).items()} for each in before]
    return {name: value for name, value in members.items() if name != "seq"} | {"at": None} | instants


def _moved(fact: dict[str, Any], at: datetime | None, until: datetime | None) -> dict[str, Any]:
    """A fact as its corrected instant makes it: nobody knew of it before it was first entered, and what was said of it is kept.

    Journals of before that was kept do not say `until` when it stood.
    """
    known = fact.get("entered_at") or fact["at"]
    rest = {name: value for name, value in fact.items() if name != "entered_at"}
    if until:
        stood = {name: fact[name] for name in ("at", "entered_at") if name in fact} | {"until": until}
        rest["corrected"] = [*fact.get("corrected", ()), stood]
    return rest | {"at": at} | ({"entered_at": known} if at and known and minute(known) > minute(at) else {})


# Whoever alters a journal need not leave well-formed JSON behind.


def _parsed(content: str | None) -> dict[str, Any]:
    try:
        return _members(json.loads(content or ""))
    except ValueError:
        return {}


def _members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _instant(said: Any) -> datetime | None:
    try:
        return read(said) if isinstance(said, str) else None
    except ValueError:
        return None
