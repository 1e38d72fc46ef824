"""Evidence points at the record, and by it a finding is known again."""

from dataclasses import replace
from datetime import UTC, datetime

from inspections.evidence import Attempted, Evidence, Kin, Missing, Pair, Quoted
from inspections.inspection import Finding, get_inspections
from tests.tables import table

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
RULE = get_inspections()["incident-fight-as-mediation"]
TOLD, PAPER = Quoted(1, "narrative", "流血", 12, 14), Missing("治安调解协议书")


@table(
    ("one", "other", "same"),
    [
        ((TOLD, PAPER), (PAPER, TOLD), True),
        ((TOLD, PAPER), (TOLD,), False),
        ((TOLD,), (replace(TOLD, start=20, end=22),), False),
        ((TOLD,), (TOLD, Attempted("close-incident", "办结警情", AT, "law-forbids")), False),
    ],
)
def test_a_finding_is_known_again_by_what_it_rests_on(one: tuple[Evidence, ...], other: tuple[Evidence, ...], same: bool) -> None:
    assert (RULE.compute_fingerprint(Finding(one)) == RULE.compute_fingerprint(Finding(other))) is same


def test_an_inspection_that_reads_otherwise_than_before_knows_none_of_its_findings_again() -> None:
    finding = Finding((TOLD,))
    assert RULE.compute_fingerprint(finding) != replace(RULE, edition=RULE.edition + 1).compute_fingerprint(finding)


def test_evidence_says_where_it_stands_and_quotes_nothing_but_our_own_words() -> None:
    quoted = TOLD.build_pointer()
    assert (quoted.type, quoted.seq, quoted.field, quoted.start, quoted.end) == ("quote", 1, "narrative", 12, 14)
    assert quoted.words == "第1步提到“流血”"
    assert Kin("JQ202600000002", "同一号码再次报警").build_pointer().number == "JQ202600000002"
    refused = Attempted("close-incident", "办结警情", AT, "law-forbids").build_pointer()
    assert (refused.words, refused.ref) == ("2026-03-02 20:00办理“办结警情”未获准许", "close-incident/law-forbids")
    pair = Pair("拘留", AT, "立案", AT).build_pointer()
    assert pair.words == "“拘留”记为2026-03-02 20:00，“立案”记为2026-03-02 20:00"
