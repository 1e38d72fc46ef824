"""The table of facts against a journal that was corrected: what was set right agrees, what was altered besides does not."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from models.journal import GENESIS, format_canonical, link
from verification.rules.journal import CheckContext, Fault, Question, check_chains
from verification.rules.office_holders import OfficeHistory
from verification.rules.signatures import ProofChecker

CHAIN = "RY202600000001"
FIRST, SECOND, THIRD = (datetime(2026, 9, day, 10, tzinfo=UTC).isoformat() for day in (21, 22, 23))
Said = dict[str, Any]


def fact(at: str) -> Said:
    return {"fact": "detention.executed", "at": at, "about": CHAIN}


def corrected(old: str, new: str) -> Said:
    return {"facts": [], "corrected": [{"of": "fact", "seq": 1, "n": 0, "old": old, "new": new}]}


def a_chain(shown: str, *said: Said) -> list[Any]:
    """The chain of entries that say this, the first of which is shown by the table to have happened at `shown`."""
    rows, before = list[Any](), GENESIS
    for position, each in enumerate(({"facts": [fact(FIRST)]}, *said), start=1):
        receipt = {"seq": position, "recorded_at": FIRST}
        content = format_canonical(
            {
                "chain": CHAIN,
                "position": position,
                "sort": "step",
                "step": "some-step",
                "key": f"k{position}",
                "actor": {"person": "li.na"},
                "recorded": {"seq": position, "stage": "detained", "receipt": receipt},
                **each,
            }
        )
        hash_ = link(before, content)
        rows.append(_row(position, content, before, hash_, [fact(shown)] if position == 1 else None))
        before = hash_
    for row in rows:
        row.head_position, row.head_hash, row.matter_seq = len(rows), before, len(rows)
    return rows


def _row(position: int, content: str, previous: bytes, hash_: bytes, facts: list[Said] | None) -> Any:
    return SimpleNamespace(
        chain=CHAIN,
        position=position,
        seq=position,
        sort="step",
        step="some-step",
        key=f"k{position}",
        username="li.na",
        recorded_at=datetime.fromisoformat(FIRST),
        content=content,
        previous=previous,
        hash=hash_,
        attested=None,
        origin_number=None,
        origin_seq=None,
        origin_item=None,
        facts=facts,
        matter_stage="detained",
        tables=None,
        promising=None,
    )


def projected(rows: list[Any]) -> list[int | None]:
    found: list[Fault] = list(check_chains(rows, CheckContext(OfficeHistory(), {}, frozenset(), ProofChecker())))
    assert all(each.question is Question.PROJECTION for each in found), found
    return [each.position for each in found]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (FIRST, ()),
        (SECOND, (corrected(FIRST, SECOND),)),
        (THIRD, (corrected(FIRST, SECOND), corrected(SECOND, THIRD))),
        (FIRST, (corrected(FIRST, SECOND), corrected(SECOND, FIRST))),
    ],
    ids=["never", "once", "twice", "there-and-back"],
)
def test_what_was_set_right_agrees(shown: str, said: tuple[Said, ...]) -> None:
    assert projected(a_chain(shown, *said)) == []


@pytest.mark.parametrize(
    ("shown", "said", "position"),
    [
        (SECOND, (), 1),
        (THIRD, (corrected(FIRST, SECOND),), 1),
        (FIRST, (corrected(FIRST, SECOND),), 2),
        (SECOND, (corrected(FIRST, SECOND), corrected(SECOND, FIRST)), 1),
    ],
    ids=["altered", "altered-otherwise", "altered-back", "altered-to-what-it-was-between"],
)
def test_what_was_altered_besides_does_not(shown: str, said: tuple[Said, ...], position: int) -> None:
    assert projected(a_chain(shown, *said)) == [position]


def test_a_correction_that_says_nonsense_breaks_nothing() -> None:
    nonsense = {
        "facts": [],
        "corrected": [{"of": "fact", "seq": "x"}, 7, {"of": "fact", "seq": 1, "n": 9, "old": None, "new": None}],
    }
    assert projected(a_chain(FIRST, nonsense, {"facts": [], "corrected": 7})) == []
