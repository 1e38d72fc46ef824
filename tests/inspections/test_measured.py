"""Texts that people labelled are read as they labelled them, as far as the words were chosen by them; those nobody chose by are kept apart."""

from tests.inspections.measure import APART, LABELLED, Measured, lines, measure


def test_what_the_words_were_first_chosen_by_is_read_rightly() -> None:
    findings = Measured.together(measure(lines("tuned")).findings.values())
    assert min(findings.precision, findings.recall) > 0.95


def test_no_text_that_is_kept_apart_is_one_that_words_were_chosen_by() -> None:
    texts = {
        file.stem: [line["told"]["caller"] + line["told"].get("officer", "") for line in lines(file.stem)]
        for file in LABELLED.glob("*.jsonl")
    }
    apart = [text for name, kept in texts.items() if name.startswith(APART) for text in kept]
    assert len(apart) == len({*apart}) > 400
    assert {*apart}.isdisjoint(text for name, others in texts.items() if not name.startswith(APART) for text in others)
