"""What a camera should have seen, and whether whoever called was told, is looked through: found where it is missing, and only there."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from inspections.inspection import get_inspections
from inspections.snapshot import Snapshot
from law.calendar import SHANGHAI
from law.facts import Fact
from tests.inspections.test_conduct_found import INCIDENT, did, of
from tests.inspections.test_facts_found import DAY, happened
from tests.inspections.test_rules import AT
from tests.tables import table

MINUTE = timedelta(minutes=1)
FORCED, STOPPED = happened(Fact.FORCE_USED, 2 * DAY), happened(Fact.PERSON_STOPPED, 2 * DAY)
LINKED, EXPLAINED = happened(Fact.RECORDING_LINKED, DAY), happened(Fact.RECORDING_EXPLAINED, DAY)
ON_SCENE = (happened(Fact.INCIDENT_ARRIVED, 60 * MINUTE), happened(Fact.INCIDENT_HANDLED, 20 * MINUTE))
CALLED = did("open-incident", 1, reporter_phone="13900000001", narrative="求助")


def linked(since: int, until: int, seq: int = 3) -> Any:
    """A recording from so many minutes ago to so many."""
    said = {"since": (AT - since * MINUTE).isoformat(), "until": (AT - until * MINUTE).isoformat()}
    return did("link-recording", seq, MINUTE, number=f"JLY-{seq}", **said)


# By inspection: what is found, and what is not.
CASES: dict[str, tuple[list[Snapshot], list[Snapshot]]] = {
    "incident-no-recording": (
        [of(INCIDENT, "classified", FORCED), of(INCIDENT, "closed", STOPPED)],
        [
            of(INCIDENT, "classified", FORCED, LINKED),
            of(INCIDENT, "classified", FORCED, EXPLAINED),
            of(INCIDENT, "classified", happened(Fact.FORCE_USED, 60 * MINUTE)),
            of(INCIDENT, "classified", FORCED, steps=(did("answer-recording", 4, found=True),)),
            of(INCIDENT, "closed", happened(Fact.INCIDENT_HANDLED, 2 * DAY)),
        ],
    ),
    "incident-recording-gap": (
        [
            of(INCIDENT, "closed", *ON_SCENE, steps=(linked(60, 40),)),
            of(INCIDENT, "closed", *ON_SCENE, steps=(linked(60, 50), linked(40, 20, seq=4))),
        ],
        [
            of(INCIDENT, "closed", *ON_SCENE),
            of(INCIDENT, "closed", *ON_SCENE, steps=(linked(58, 22),)),
            of(INCIDENT, "closed", *ON_SCENE, steps=(linked(60, 38), linked(41, 20, seq=4))),
            of(INCIDENT, "closed", *ON_SCENE, EXPLAINED, steps=(linked(60, 40),)),
        ],
    ),
}


@table(("rule", "cases"), list(CASES.items()))
def test_a_recording_that_is_missing_is_found(rule: str, cases: tuple[list[Snapshot], list[Snapshot]]) -> None:
    look = get_inspections()[rule].look
    found, clean = cases
    assert [len([*look(each)]) for each in found] == [1] * len(found)
    assert [len([*look(each)]) for each in clean] == [0] * len(clean)


def test_a_caller_who_was_not_told_is_found_a_day_after_the_end_unless_nobody_can_be_told_or_nobody_was_asked_to() -> None:
    now = datetime(2026, 12, 20, 9, tzinfo=SHANGHAI)
    look = get_inspections()["incident-caller-not-told"].look

    def found(*facts: Any, closed: timedelta = 2 * DAY, call: Any = CALLED) -> int:
        end = replace(did("close-incident", 5, outcome="已处理"), recorded_at=now - closed)
        return len([*look(replace(of(INCIDENT, "closed", *facts, steps=(call, end)), now=now))])

    told = happened(Fact.CALLER_TOLD, DAY)
    nobody = did("open-incident", 1, narrative="巡逻发现")
    quiet = did("open-incident", 1, narrative="求助", reporter="王某", reporter_phone="13900008051", no_call_back=True)
    assert found(call=quiet) == 0, "nobody is sent to ring where that may harm whoever called"
    assert (found(), found(told), found(closed=60 * MINUTE), found(call=nobody), found(closed=30 * DAY)) == (1, 0, 0, 0, 0)
