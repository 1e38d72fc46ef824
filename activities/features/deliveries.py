"""Deliveries (外部送达): what happened is told to each system outside that wants to know, in the transaction in which it happened."""

from typing import Any

from psycopg.types.json import Jsonb

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.facts import Fact
from law.legal_fact import LegalFact
from models.forms.delivery import OpenDelivery
from models.matter import Kind
from models.messages import PendingCommand
from models.outside import System
from models.store.connection import Query, fetch_first
from models.store.deliveries import OPEN_DELIVERIES
from models.store.inbound import was_asked

feature = Feature(__name__, Concern.OUTSIDE)

CHANNEL = Query[str]("""
SELECT content::jsonb #>> '{form,channel}' FROM entry
WHERE chain = %(number)s AND position = 1 AND content::jsonb #>> '{form,channel_number}' <> ''
""")
HAS_TELEPHONE = Query[bool]("""
SELECT true FROM party p JOIN matter m ON m.number = p.matter
WHERE p.matter = %(number)s AND p.id = %(role)s AND p.said ->> 'phone' <> '' AND NOT m.sealed
""")
# What a decision said of a fact, as far as it may concern those outside.
_SAID = ("limit", "extension", "grounds", "term")


@feature.hook(Phase.COMMAND)
async def tell_outside(draft: Draft) -> None:
    """Open a delivery for each system outside that wants to be told of one of the facts; of what is brought over it was told in its time."""
    if draft.proposal.brought:
        return
    told = [
        (fact, each)
        for fact in draft.entered
        for each in draft.systems
        if fact.fact in each.wants and (each.carries_to or not fact.told_by)
    ]
    came = await _read_channel(draft) if any(system.of_channel for _, system in told) else ""
    unreached = {system.id for _, system in told if system.carries_to and not await _reaches(draft, system.carries_to)}
    draft.add_commands(
        *[
            PendingCommand(verb="open", kind=Kind.DELIVERY, step=OpenDelivery.rule.step, form=_build_values(draft, fact, system))
            for fact, system in told
            if (system.of_channel in ("", came) or system.is_asked_by(fact.fact))
            and system.id not in unreached
            and await _follows(draft, fact, system)
        ]
    )


async def _follows(draft: Draft, fact: LegalFact, system: System) -> bool:
    """Whether a system is told of that fact in this matter: of some only if it was told of the matter before."""
    return fact.fact not in system.follows or await was_asked(draft.connection, system.id, draft.proposal.number)


async def _read_channel(draft: Draft) -> str:
    """By which channel the matter came, where it bears a number there."""
    return await fetch_first(draft.connection, CHANNEL, {"number": draft.proposal.number}) or ""


async def _reaches(draft: Draft, role: str) -> bool:
    """Whether the person in that role has a telephone, and the matter is for all to read."""
    if any(fact.fact is Fact.FILE_SEALED for fact in draft.entered):
        return False
    if any(each["id"] == role and each.get("phone") for each in draft.proposal.parties):
        return True
    return bool(await fetch_first(draft.connection, HAS_TELEPHONE, {"number": draft.proposal.number, "role": role}))


@feature.hook(Phase.WRITE)
async def write_deliveries(draft: Draft) -> None:
    """Keep what is to be told; the numbers of deliveries give their order."""
    opened = [each for each in draft.proposal.commands if each.kind == Kind.DELIVERY]
    rows = [{"number": each.number, "subject": draft.proposal.number, "system": each.form["system"]} for each in opened]
    if rows:
        await draft.connection.execute(OPEN_DELIVERIES, {"rows": Jsonb(rows)})


def _build_values(draft: Draft, fact: LegalFact, system: System) -> dict[str, Any]:
    return {
        "system": system.id,
        "system_zh": system.zh,
        "matter": draft.proposal.number,
        "fact": fact.fact,
        "happened_at": fact.at.isoformat(),
        "about": fact.about,
        "said": {name: value for name in _SAID if (value := getattr(fact, name))},
    }
