"""Whatever the house cites exists: each article that anything can print is in the text that is carried, or its text is not."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import law.instruments
from law.citation_parser import Citation, parse_citations
from law.citations import Article, Instrument
from law.facts import Fact
from law.instruments import INSTRUMENTS, PSAPL
from law.offences import get_violations
from law.time_limits import get_limits
from law.wording import find_text, find_wording
from models.forms.form import get_forms
from tests.house.source import files, name_of, nodes
from tests.tables import table
from workflows.approval.chain import format_basis

# Their full texts were not at hand, or are no law: their articles open with a word on that, and where the text is published.
WITHOUT_TEXT = {
    "ALL", "ARL", "ARLIR", "AVR", "BAIL", "CC", "CNR", "CRR", "CUST", "CVL", "DET", "DETC", "DRUG", "DVL", "ECO", "EEL", "FER", "FIL", "FRAUD", "INJ", "PET",
    "PROMISE", "PROP", "RPT", "RULE", "SCL", "STOP", "SUP",
}  # fmt: skip


def lacks(article: Article, on: date | None = None) -> bool:
    """Whether an article is cited that the text of its instrument does not have."""
    worded = find_wording(article, on)
    return article.instrument.code not in WITHOUT_TEXT and (
        worded is None or article.paragraph > max(each.paragraph for each in worded.lines)
    )


def test_the_instruments_without_text_are_those_that_are_named_here() -> None:
    assert {each.code for each in INSTRUMENTS.values() if find_text(each) is None} == WITHOUT_TEXT


def test_every_article_of_a_limit_is_in_the_text_that_its_edition_goes_by() -> None:
    bases = [(limit.id, each, edition) for limit in get_limits().values() for edition in limit.editions for each in edition.basis]
    assert len(bases) > 300
    assert [(name, str(each)) for name, each, edition in bases if lacks(each, edition.in_force)] == []
    noted = [
        each.article
        for limit in get_limits().values()
        for edition in limit.editions
        for note in edition.notes
        for each in parse_citations(note)
    ]
    assert [str(each) for each in noted if lacks(each)] == []


def test_every_article_of_a_form_or_an_order_of_facts_is_in_the_text() -> None:
    bases = [each for form in get_forms().values() for each in form.rule.basis] + [fact.basis for fact in Fact if fact.basis]
    assert len(bases) > 300
    assert [str(each) for each in bases if lacks(each)] == []


def written(file: Path) -> Iterator[Article]:
    """The articles that a source file names with a number of its own, and those that its sentences cite."""
    for node in nodes(file):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (each.article for each in parse_citations(node.value) if each.article.instrument.code)
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "article"):
            continue
        instrument = getattr(law.instruments, node.func.value.id, None) if isinstance(node.func.value, ast.Name) else None
        if isinstance(instrument, Instrument) and node.args and isinstance(node.args[0], ast.Constant):
            said = {each.arg: each.value.value for each in node.keywords if each.arg and isinstance(each.value, ast.Constant)}
            yield instrument.article(int(str(node.args[0].value)), **{name: int(str(value)) for name, value in said.items()})


# The articles of limits are those of an edition, looked up above in the text of its day.
SOURCES = [each for each in files("law", "models", "workflows", "activities", "api") if each.parent.name != "statutes"]


def test_the_sources_are_read_for_their_articles() -> None:
    assert sum(len(list(written(each))) for each in SOURCES) > 500


@table("file", SOURCES, ids=name_of)
def test_every_article_that_a_refusal_or_a_sentence_names_is_in_the_text(file: Path) -> None:
    assert [str(each) for each in written(file) if lacks(each)] == []


def whole(citation: Citation) -> Article:
    """The article with the paragraph that is meant."""
    return replace(citation.article, paragraph=next(iter(citation.paragraphs), 0))


def test_what_is_written_as_a_basis_is_read_back_whole() -> None:
    for edition in (edition for limit in get_limits().values() for edition in limit.editions):
        for printed in (edition.articles, edition.cited):
            assert {whole(each) for each in parse_citations(printed)} == set(edition.basis)
    for form in get_forms().values():
        assert tuple(map(whole, parse_citations(format_basis(form)))) == form.rule.basis


def test_every_violation_names_a_paragraph_and_an_item_that_exist() -> None:
    for violation in get_violations().values():
        (citation,) = parse_citations(f"《{PSAPL.zh}》{violation.article}")
        worded = find_wording(citation.article)
        assert worded, violation.code
        assert set(citation.paragraphs) <= {each.paragraph for each in worded.lines}, violation.code
        assert set(citation.items) <= {each.item for each in worded.lines}, violation.code
