"""Work on a case that has no step of its own is recorded, and keeps the case from standing still where enough is said of it."""

from datetime import UTC, datetime

from law.effort import EFFORT
from law.facts import Fact
from models.forms.investigation_work import RecordInvestigation
from tests.tables import table

AT = datetime(2026, 9, 2, 8, tzinfo=UTC)


@table(
    ("done", "facts"),
    [
        ("继续侦查中", []),
        ("继续开展侦查工作，暂无进展", []),
        ("继 续 侦 查 中 继 续 侦 查 中", []),
        ("走访案发地周边十二户，二人称当晚见过一辆白色面包车", [Fact.INVESTIGATION_ADVANCED]),
    ],
)
def test_two_words_are_no_work(done: str, facts: list[Fact]) -> None:
    record = RecordInvestigation(sort="canvass", place="人民路88号", done=done)
    assert [each.fact for each in record.build_facts("A1", AT, "")] == facts
    assert Fact.INVESTIGATION_ADVANCED in EFFORT
