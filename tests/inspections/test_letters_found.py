"""What is found wrong with letters: answered by whom they are about, the same again and again, a breach that nobody registered, a desk that refuses."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from inspections.inspection import Finding, get_inspections
from inspections.snapshot import Beside, Kindred, RecordedStep, Snapshot
from law.clock import Colour
from models.matter import Kind
from tests.inspections.test_limits_run_out import limit_of, matter
from tests.inspections.test_rules import AT

CASE = Beside("XA202600000001", Kind.CRIMINAL_CASE, "liusiyuan", linked=True)


def letter(*steps: tuple[str, str, dict[str, Any]], **more: Any) -> Snapshot:
    taken = tuple(RecordedStep(step, seq, AT - timedelta(days=2), who, said) for seq, (step, who, said) in enumerate(steps, 1))
    return replace(matter(Kind.LETTER), stage="handling", steps=taken, **more)


def look(id_: str, of: Snapshot) -> list[Finding]:
    return [*get_inspections()[id_].look(of)]


def opened(**said: Any) -> tuple[str, str, dict[str, Any]]:
    return "open-letter", "mengxiaolan", {"sort": "complaint", "narrative": "案子拖着不办"} | said


def test_who_has_the_case_does_not_answer_the_complaint_about_it() -> None:
    answered = ("answer-letter", "liusiyuan", {"answer": "正在办理"})
    (found,) = look("letter-answered-by-accused", letter(opened(), answered, beside=(CASE,)))
    assert [str(each) for each in found.evidence] == ["第2步由所反映事项的承办民警答复", "XA202600000001由答复人承办"]
    assert look("letter-answered-by-accused", letter(opened(), ("answer-letter", "xuyating", {}), beside=(CASE,))) == []
    assert look("letter-answered-by-accused", letter(opened(sort="consultation"), answered, beside=(CASE,))) == []


def test_the_fifth_letter_of_one_label_in_a_month_shows_the_four_before_and_the_sixth_nothing_more() -> None:
    alike = tuple(Beside(f"LX20260000000{n}", Kind.LETTER, "", linked=False) for n in range(1, 7))
    counts = [len(look("letter-cluster", letter(opened(), beside=(*alike[:n], CASE)))) for n in (3, 4, 5)]
    assert counts == [0, 1, 0]


def test_a_breach_that_is_written_of_is_registered_within_a_day() -> None:
    labelled = ("classify-letter", "mengxiaolan", {"labels": ["2.02.01"]})
    assert len(look("letter-breach-unconsidered", letter(opened(), labelled))) == 1
    assert look("letter-breach-unconsidered", letter(opened(), labelled, beside=(CASE,))) == []
    assert look("letter-breach-unconsidered", letter(opened(sort="tip"), labelled)) == []
    assert look("letter-breach-unconsidered", letter(opened(), ("classify-letter", "x", {"labels": ["3.01.01"]}))) == []


def test_whom_a_desk_sent_away_is_found_in_their_letter_unless_they_were_registered() -> None:
    said = opened(narrative="到派出所报案，民警说不归我们管，让我去别的所，不给登记")
    assert len(look("incident-refused-at-desk", letter(said))) == 1
    kin = Kindred("JQ202600000001", "chengguan", "received", AT - timedelta(days=1), "")
    assert look("incident-refused-at-desk", letter(said, kin=(kin,))) == []


def test_two_broken_promises_of_one_letter_are_graver_than_one() -> None:
    clocks = [limit_of("sla-mailbox-sign"), limit_of("letter-conduct-accept")]
    severities = [look("letter-promise-broken", matter(Kind.LETTER, *clocks[:n]))[0].severity for n in (1, 2)]
    assert severities == [None, Colour.ORANGE]
