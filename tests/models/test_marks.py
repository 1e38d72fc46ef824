"""A matter bears the marks that its facts say; under some of them people are called by a code."""

from law.facts import Fact
from models.marks import MARKS, Said, build_code_name, list_marks, replace_names
from tests.tables import table

BOY = {"id": "suspect", "role": "suspect", "name": "贺小宝"}
HARMED = {"id": "victim-2", "role": "victim", "name": "王小明"}


def said(fact: Fact, item: str = "", charge: str = "", told_by: str = "") -> Said:
    return Said(fact, item, charge, told_by)


@table(
    ("facts", "marks"),
    [
        ([], ()),
        ([said(Fact.MARKED_SENSITIVE)], ("sensitive",)),
        ([said(Fact.MARKED_SENSITIVE), said(Fact.UNMARKED_SENSITIVE)], ()),
        # What is opened under a sensitive case hears of it, and is none itself; a case hears that its suspect is a minor.
        ([said(Fact.MARKED_SENSITIVE, told_by="XA1")], ()),
        ([said(Fact.CASE_CONCERNS_MINOR, told_by="RY1")], ("minor",)),
        ([said(Fact.PERSON_FOUND_MINOR), said(Fact.PERSON_FOUND_ADULT)], ()),
        ([said(Fact.FOUND_FOREIGN)], ("foreigner",)),
        ([said(Fact.CASE_FILED, charge="xf-236")], ("sexual-offence",)),
        ([said(Fact.CASE_FILED, charge="xf-264"), said(Fact.NEW_CRIME_DISCOVERED, charge="xf-236")], ()),
        ([said(Fact.MATTER_MARKED, "media"), said(Fact.MATTER_MARKED, "minor")], ("minor", "media")),
        ([said(Fact.MATTER_MARKED, "media"), said(Fact.MATTER_MARK_CLEARED, "media")], ()),
    ],
)
def test_a_matter_bears_what_the_last_of_its_facts_says(facts: list[Said], marks: tuple[str, ...]) -> None:
    assert list_marks(facts) == marks
    assert set(marks) <= set(MARKS)


def test_a_title_calls_people_by_a_code_as_long_as_a_mark_asks_for_it() -> None:
    people, number = (BOY, HARMED), "XA202600000001"
    boy, harmed = build_code_name("suspect", number, "suspect"), build_code_name("victim", number, "victim-2")
    assert (boy, harmed) == ("犯罪嫌疑人XA202600000001-甲", "被害人XA202600000001-乙")
    title = "贺小宝殴打王小明"
    coded = replace_names(title, number, people, (), ("minor",))
    assert coded == f"{boy}殴打{harmed}"
    # Of a sexual offence whoever is suspected is called by name.
    assert replace_names(coded, number, people, ("minor",), ("sexual-offence",)) == f"贺小宝殴打{harmed}"
    assert replace_names(coded, number, people, ("minor",), ("media",)) == title
