"""What citizens are told of their matter: words for each stage, and of a sealed file only whether it goes on."""

from datetime import UTC, datetime

from models.counter import FOUND_SAFE, STAGES, WHOSE, Found, Running, tell_citizen
from models.matter import Kind
from tests.tables import table
from workflows.registry import get_lifecycles


@table("kind", list(WHOSE), ids=str)
def test_every_stage_has_its_words(kind: Kind) -> None:
    assert set(STAGES[kind]) == set(get_lifecycles()[kind].stages) - {"unopened"}


def _found(kind: Kind, stage: str, *, sealed: bool = False, state: str = "", wishes: str = "") -> Found:
    running = Running("sla-dispatch-arrive", datetime(2026, 12, 1, tzinfo=UTC), date_only=False)
    return Found(kind, stage, sealed, accepted=False, state=state, wishes=wishes, promises=(running,))


SEARCHES = {
    "searching, a case opened": (_found(Kind.MISSING_PERSON, "as_case"), "正在查找"),
    "sealed and searching": (_found(Kind.MISSING_PERSON, "searching", sealed=True), "正在查找"),
    "found and wants nobody to know": (_found(Kind.MISSING_PERSON, "found", state="well", wishes="declines"), FOUND_SAFE),
    "found and sealed": (_found(Kind.MISSING_PERSON, "closed", sealed=True, state="well", wishes="consents"), FOUND_SAFE),
    "found": (_found(Kind.MISSING_PERSON, "found", state="well", wishes="consents"), "人已找到，详情请向经办单位了解"),
    "found dead": (_found(Kind.MISSING_PERSON, "found", sealed=True, state="dead"), "经办民警将与您当面联系"),
    "dead and closed": (_found(Kind.MISSING_PERSON, "closed", state="dead"), "经办民警将与您当面联系"),
}


@table(("found", "said"), SEARCHES.values(), ids=SEARCHES)
def test_of_a_search_whoever_reported_it_is_told_no_more_than_they_may_know(found: Found, said: str) -> None:
    assert tell_citizen(found)[::2] == (said, ())


def test_of_a_sealed_incident_nobody_is_told_more_than_that_it_goes_on() -> None:
    assert tell_citizen(_found(Kind.INCIDENT, "on_scene", sealed=True)) == ("正在办理", (), ())
    assert tell_citizen(_found(Kind.INCIDENT, "dispatched")).promises
