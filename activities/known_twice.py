"""A correction by which two turn out to be one person: what speaks against it, and who else has to know."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from activities.identity import SUSPECTS_AROUND, build_holders_query, build_party, format_matter_for_reader
from law.holdings import HOLDING_FACTS, find_holding
from law.instruments import CPL
from law.legal_fact import LegalFact
from models.forms.corrections import CorrectRecord
from models.messages import Correction, NoticeType, Proposal, Refusal
from models.parties import is_same_person, list_roles
from models.party_ids import build_about, get_series
from models.problems import LawForbids
from models.store import statements as sql
from models.store.connection import Connection, Query, fetch_all
from models.store.mappers import parse_fact


class _Stranger(NamedTuple):
    """Somebody of a matter that has nothing to do with this one."""

    number: str
    unit_id: str
    officer: str
    name: str


# Whoever bears that number in matters that have nothing to do with this one and are not over.
STRANGERS = Query[_Stranger](f"""{sql.FAMILY}
SELECT m.number, m.unit_id, m.officer, p.name FROM party p JOIN matter m ON m.number = p.matter
WHERE p.citizen_id = %(citizen_id)s AND NOT m.final AND m.number NOT IN (SELECT number FROM family)
    AND p.roles && ARRAY['suspect', 'offender', 'questioned'] ORDER BY m.number
""")


class Elsewhere(NamedTuple):
    """What others are told of somebody who turns out to be theirs as well (rows of table `notice`), and whoever corrects."""

    words: tuple[dict[str, Any], ...] = ()
    notes: tuple[str, ...] = ()


def is_carried(row: dict[str, Any], was: dict[str, str]) -> bool:
    """Whether a row is of the person who was known so: by the citizen number, or where either has none by name and role."""
    if row["citizen_id"] and was["citizen_id"]:
        return row["citizen_id"] == was["citizen_id"]
    return row["name"] == was["name"] and not set(row["roles"]).isdisjoint(list_roles(was))


async def check_made_one(
    connection: Connection,
    proposal: Proposal,
    rows: Sequence[dict[str, Any]],
    changed: Sequence[dict[str, Any]],
    wider: Correction,
    log: Sequence[LegalFact],
) -> Elsewhere | Refusal:
    """What speaks against a number set right: that the matter, or the case, has that person already; and who else has to know of it."""
    number = wider.values.get("citizen_id")
    if not number:
        return Elsewhere()
    twin = next((each for new in changed for each in rows if _are_two_rows(new, each) and each["citizen_id"] == number), None)
    if twin:
        return _build_refusal(
            f"{twin['name']}（{twin['id']}）已用该号码，同一人在本事项中不得编两个序号，请先核对", proposal.number
        )
    twice = await _check_twice_in_case(connection, proposal, wider)
    return twice or await _check_known_elsewhere(connection, proposal, changed, number, log)


def _are_two_rows(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two are numbered among the same people of one matter (第几人)."""
    return bool(get_series(one["id"])) and get_series(one["id"]) == get_series(other["id"]) and one["id"] != other["id"]


async def _check_twice_in_case(connection: Connection, proposal: Proposal, wider: Correction) -> Refusal | None:
    found = await fetch_all(connection, SUSPECTS_AROUND, {"number": proposal.number})
    for one in found:
        if one.final or not is_carried({"name": one.name, "citizen_id": one.citizen_id, "roles": one.roles}, wider.was):
            continue
        now = {**build_party(one), **{name: value for name, value in wider.values.items() if value}}
        twin = next(
            (
                each
                for each in found
                if each.number != one.number
                and each.parent == one.parent
                and not each.final
                and is_same_person(now, build_party(each))
                and not is_same_person(build_party(one), build_party(each))
            ),
            None,
        )
        if twin:
            detail = (
                f"更正后{one.number}与{twin.number}（{twin.name}）是同一人，同一人在一案中只有一个犯罪嫌疑人事项："
                "请先办结其中一个，再更正，已用的期限合并计算"
            )
            return _build_refusal(detail, twin.number)
    return None


async def _check_known_elsewhere(
    connection: Connection, proposal: Proposal, changed: Sequence[dict[str, Any]], number: str, log: Sequence[LegalFact]
) -> Elsewhere | Refusal:
    """Who handles that person in other cases; a refusal while they are held there and here, which nobody can be."""
    arguments = {"number": proposal.number, "citizen_id": number, "facts": [str(each) for each in HOLDING_FACTS]}
    now = proposal.decided_at
    about = {build_about(proposal.number, new["id"]) for new in changed}
    held_now_here = find_holding([fact for fact in log if fact.about in about], now)
    held = await fetch_all(connection, build_holders_query(("citizen_id",)), arguments) if held_now_here else []
    for each in sorted({row.matter for row in held if not row.family}):
        there = find_holding([parse_fact(row) for row in held if row.matter == each and row.who["citizen_id"] == number], now)
        if held_now_here and there:
            other = await format_matter_for_reader(connection, proposal.actor, each)
            return _build_refusal(
                f"更正后该人与本局另案{other}正在{there.measure.zh}的是同一人，本事项又正在{held_now_here.measure.zh}："
                "同一人不得同时被两次限制人身自由，请与该案办案单位衔接，其中一处结束后再更正",
                each if other else "",
            )
    notes: list[str] = []
    words: list[dict[str, Any]] = []
    for row in await fetch_all(connection, STRANGERS, arguments):
        other = await format_matter_for_reader(connection, proposal.actor, row.number)
        notes.append(f"更正后该人与本局另案{other}的当事人是同一人，请与该案办案单位衔接")
        sentence = f"另案更正身份信息以后，本事项的{row.name}与该案当事人公民身份号码一致，是同一人，请核对并衔接"
        words.append(
            {
                "matter": row.number,
                "clock_id": "",
                "colour": "none",
                "unit_id": row.unit_id,
                "office": "",
                "username": row.officer,
                "words": sentence,
                "sent_at": now.isoformat(),
                "type": NoticeType.MESSAGE,
            }
        )
    return Elsewhere(tuple(words), tuple(notes))


def _build_refusal(detail: str, matter: str) -> Refusal:
    basis = f"{CPL.article(115)}、{CorrectRecord.rule.basis[0]}"
    return LawForbids(detail, field="citizen_number", basis=basis, **({"matter": matter} if matter else {})).to_refusal()
