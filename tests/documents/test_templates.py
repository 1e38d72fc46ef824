"""What each document says on paper, word for word; and what is asked of whoever lays out a template."""

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as WordFile

from models import templates
from models.documents import DocumentType, get_document_types, get_types_by_step, list_known_words
from models.forms.form import get_forms
from models.templates import TemplateSpoilt, check_template, list_needed_words, list_used_words, render_document
from tests.documents.samples import text_of, words_of

GOLDEN = Path(__file__).parent / "golden"
FOLDER = GOLDEN.parents[2] / "seeds" / "documents"
TYPES = get_document_types().values()
every_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.id)


@every_type
def test_the_document_says_on_paper_what_was_agreed(kind: DocumentType) -> None:
    expected = (GOLDEN / f"{kind.template or kind.zh}.txt").read_text(encoding="utf-8")
    assert text_of(render_document(kind, words_of(kind))) == expected


@every_type
def test_every_word_a_template_asks_for_is_one_of_the_house_or_stands_on_a_form_that_leads_to_it(kind: DocumentType) -> None:
    assert list_used_words(kind) <= list_known_words(kind)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("｛｛机关｝｝", "半角"),
        ("{{机关｝｝", "半角"),
        ("{{机关}", "半角"),
        ("{机关}", "半角"),
        ("机关}}", "半角"),
        ("{{机 关}}", "不能读取"),
        ("{% if 机关 %}", "不能读取"),
        ("{{机关名}}", "“机关名”"),
    ],
)
def test_a_template_that_was_edited_amiss_is_refused_when_it_is_read(
    typed: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = replace(get_document_types()["filing-decision"], template="改过")
    page = WordFile(str(FOLDER / "立案决定书.docx"))
    page.add_paragraph(typed)
    page.save(str(tmp_path / kind.file))
    monkeypatch.setattr(templates, "_FOLDER", tmp_path)
    monkeypatch.setattr(templates, "list_known_words", lambda _kind: list_known_words(get_document_types()["filing-decision"]))
    with pytest.raises(TemplateSpoilt, match=said):
        check_template(kind)


def test_a_brace_that_nobody_typed_is_printed_on_no_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = replace(get_document_types()["filing-decision"], template="又改过")
    shutil.copy(FOLDER / "立案决定书.docx", tmp_path / kind.file)
    monkeypatch.setattr(templates, "_FOLDER", tmp_path)
    monkeypatch.setattr(templates, "list_known_words", lambda _kind: list_known_words(get_document_types()["filing-decision"]))
    words = words_of(kind)
    render_document(kind, words | {"立案理由": "原文为｛｛如此｝｝"})
    page = WordFile(str(tmp_path / kind.file))
    page.add_paragraph("｛｛机关｝｝")
    page.save(str(tmp_path / kind.file))
    with pytest.raises(TemplateSpoilt, match="半角"):
        render_document(kind, words)


@every_type
def test_paper_is_a4_and_bears_number_organ_and_date(kind: DocumentType) -> None:
    section = WordFile(io.BytesIO(render_document(kind, words_of(kind)))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # pyright: ignore[reportOptionalMemberAccess] - set by the template
    assert {"文号", "机关", "日期"} <= list_needed_words(kind)


def test_every_kind_is_made_by_some_step() -> None:
    assert set(get_document_types()) == {kind.id for types in get_types_by_step().values() for kind in types}


def test_every_template_is_some_kinds() -> None:
    files = {file.name for file in FOLDER.glob("*.docx")}
    assert files == {kind.file for kind in TYPES}


def test_a_reason_that_breaks_off_at_a_comma_is_a_sentence_on_paper() -> None:
    kind = get_document_types()["release-notice"]
    assert "释放理由：人民检察院不批准逮捕。" in text_of(
        render_document(kind, words_of(kind) | {"释放理由": "人民检察院不批准逮捕，"})
    )


def test_what_people_typed_is_text_and_neither_markup_nor_template() -> None:
    kind = get_document_types()["detention-warrant"]
    typed = "</w:t></w:r> & {{文号}} {% raw %} <b>逃跑"
    text = text_of(render_document(kind, words_of(kind) | {"拘留理由": typed}))
    assert f"拘留理由：{typed}。" in text


def test_lines_that_people_typed_stay_lines() -> None:
    kind = get_document_types()["prosecution-opinion"]
    text = text_of(render_document(kind, words_of(kind) | {"起诉意见": "第一，事实清楚。\n第二，证据充分。"}))
    assert "第一，事实清楚。\n第二，证据充分。" in text


def test_a_word_that_may_be_missing_leaves_no_gap_and_one_that_may_not_makes_nothing() -> None:
    kind = get_document_types()["detention-warrant"]
    words = words_of(kind)
    assert "住址不详" in text_of(render_document(kind, {word: value for word, value in words.items() if word != "住址"}))
    with pytest.raises(KeyError, match="拘留理由"):
        render_document(kind, {word: value for word, value in words.items() if word != "拘留理由"})


def test_a_word_file_is_what_comes_out() -> None:
    kind = get_document_types()["filing-decision"]
    with zipfile.ZipFile(io.BytesIO(render_document(kind, words_of(kind)))) as file:
        assert "word/document.xml" in file.namelist()
        assert b"{{" not in file.read("word/document.xml")


def test_a_form_has_a_template_for_each_document_that_it_names_or_says_that_it_is_made_elsewhere() -> None:
    for step, form in get_forms().items():
        named, elsewhere = (set(each.split("、")) - {""} for each in (form.rule.document, form.rule.made_elsewhere))
        made = {each.zh for each in get_types_by_step().get(step, ())}
        assert elsewhere == named - made, step
