"""Series (串并案): pairs of matters that agree, gathered into series, as far as somebody may know of both ends."""

import json
from typing import Any, NamedTuple

from models.access.scope import Scope
from models.readmodel.pagination import build_subject_shown_sql, build_visible_sql, fetch_planned, format_iso_sql
from models.store.connection import Connection, Query
from models.store.series import IS_LINKED

# So many pairs, the strongest, are gathered; further ones come up as these are judged.
MOST = 1000


class _Pair(NamedTuple):
    """A pair, its matters and features in JSON."""

    low: str
    high: str
    score: int
    features: list[dict[str, Any]]
    linked: bool
    low_card: dict[str, Any]
    high_card: dict[str, Any]


_CARD = f"""SELECT json_build_object('number', m.number, 'kind', m.kind, 'stage', m.stage, 'title', m.title, 'unit_zh', u.zh, 'officer_zh', p.zh,
    'opened_at', {format_iso_sql("m.opened_at")}) AS card
FROM matter m LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = m.officer"""
PAIRS = f"""
SELECT k.low, k.high, k.score, k.features, {IS_LINKED.format(low="k.low", high="k.high")} AS linked, l.card AS low_card, h.card AS high_card
FROM link_candidate k
CROSS JOIN LATERAL ({_CARD} WHERE m.number = k.low AND {{told}}) l
CROSS JOIN LATERAL ({_CARD} WHERE m.number = k.high AND {{told}}) h
WHERE k.gone_at IS NULL AND k.score >= %(least)s AND NOT k.keys <@ k.settled
    AND (%(number)s = '' OR %(number)s IN (k.low, k.high))
ORDER BY k.score DESC, k.low, k.high LIMIT {MOST}
"""


async def list_series(
    connection: Connection, scope: Scope, *, least: int, number: str, after: tuple[int, str] | None, limit: int
) -> tuple[list[str], tuple[int, str] | None]:
    """Series of matters that agree by at least that score, the strongest first, as JSON objects; and what the last is sorted by if more follow.

    `number` asks for those of one matter alone. Of each pair both ends are open to that person, else it is not there.
    """
    arguments: dict[str, Any] = {"least": least, "number": number}
    told = f"{build_visible_sql(scope, arguments)} AND {build_subject_shown_sql(scope, arguments)}"
    pairs = await fetch_planned(connection, Query[_Pair](PAIRS.format(told=told)), arguments)
    series = [each for each in _build_series(pairs) if after is None or (-each["score"], each["first"]) > (-after[0], after[1])]
    page = series[:limit]
    following = (page[-1]["score"], page[-1]["first"]) if len(series) > limit else None
    return [json.dumps(each, ensure_ascii=False) for each in page], following


def _build_series(pairs: list[_Pair]) -> list[dict[str, Any]]:
    """Whatever hangs together is one series; where all of it is linked already nothing is proposed."""
    above = dict[str, str]()

    def find(number: str) -> str:
        while above.setdefault(number, number) != number:
            number = above[number]
        return number

    for each in pairs:
        low, high = sorted((find(each.low), find(each.high)))
        above[high] = low
    gathered = dict[str, list[_Pair]]()
    for each in pairs:
        gathered.setdefault(find(each.low), []).append(each)
    series = (_build(first, of) for first, of in gathered.items() if not all(each.linked for each in of))
    return sorted(series, key=lambda each: (-each["score"], each["first"]))


def _build(first: str, pairs: list[_Pair]) -> dict[str, Any]:
    cards = {card["number"]: card for each in pairs for card in (each.low_card, each.high_card)}
    agreeing = [
        {"low": each.low, "high": each.high, "score": each.score, "linked": each.linked, "features": [*map(_show, each.features)]}
        for each in pairs
    ]
    best = max(each.score for each in pairs if not each.linked)
    return {"first": first, "score": best, "matters": [cards[number] for number in sorted(cards)], "pairs": agreeing}


def _show(feature: dict[str, Any]) -> dict[str, Any]:
    """A feature without the key by which it is known again."""
    return {name: feature[name] for name in ("sort", "weight", "words", "here", "there")}
