"""How a ledger of open cases is brought along: put forward by one, released by another, entered case by case."""

from typing import Any

from tests.world import Answer, Hand


async def sent(hand: Hand, path: str, data: bytes) -> Any:
    """What is answered to a ledger of open cases."""
    answer = await hand.http.post(path, files={"file": ("在办案件.xlsx", data)})
    assert answer.status_code < 300, answer.text
    return answer.json()


async def released(by: Hand, other: Hand, data: bytes) -> tuple[str, Answer]:
    """A ledger of open cases that one put forward and the other released: its fingerprint, and what it comes to."""
    told = await sent(by, "/api/case-ledgers", data)
    digest = told["ledger"]["digest"]
    await other.find(f"/api/case-ledgers/{digest}/release")
    return digest, told["trial"]


def case_with(trial: Answer, stage: str) -> Answer:
    """The first case of a trial run in which somebody stands so."""
    return next(each for each in trial["cases"] if each["people"] and each["people"][0]["stage"] == stage)


async def entered(hand: Hand, digest: str, row: int) -> Answer:
    """The numbers under which the case of that row was entered, with its suspects."""
    answer = await hand.post(f"/api/case-ledgers/{digest}/cases/{row}")
    assert answer.status_code == 201, answer.text
    return answer.json()
