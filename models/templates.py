"""Templates of legal documents (文书模板): what each needs to be told, and the Word file that comes of telling it."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.table import Table
from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

from models.documents import DocumentType, list_known_words

_FOLDER = Path(__file__).parent.parent / "seeds" / "documents"
# Which typefaces a converter takes where it has not those of the templates.
FONTS = _FOLDER / "fonts.conf"
# What stands where a template says that a word may be missing, and it is.
_UNKNOWN = "不详"
_MAY_BE_MISSING = "可缺"
# A text that people typed, with or without a full stop at its end, as a sentence.
_AS_A_SENTENCE = "成句"
# Of each kind its page, of all together the few words of their properties; more come only when templates are edited.
_TEXTS = 256
# The word that papers say at their foot, where the step or its approval was entered late.
LATE = "补录"
_STOPS = "。.；;，,、 \n"
# What a template says to whoever fills it in, and what is left of that where it was typed amiss.
_TOLD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TEXT, _BREAK, _TAB, _PARAGRAPH, _BODY = (qn(f"w:{tag}") for tag in ("t", "br", "tab", "p", "body"))
_LEFT = re.compile(r".{0,8}[{}｛｝].{0,8}", re.DOTALL)


class TemplateSpoilt(Exception):
    """A template that was edited amiss: what is printed by it would not be what was meant. Its words say which, where, and what to do."""


class _Compiled(SandboxedEnvironment):
    """Compiles each template once; in a sandbox, since whoever may write to the folder of templates may not thereby run code."""

    def __init__(self) -> None:
        """Nothing is compiled yet."""
        super().__init__(autoescape=True)
        self._known: dict[str, Template] = {}

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:  # noqa: A002 - named by Jinja
        """The compiled template."""
        if source not in self._known:
            if len(self._known) >= _TEXTS:
                self._known.clear()
            self._known[source] = super().from_string(source, globals, template_class)
        return self._known[source]


class _Template(DocxTemplate):
    """A template whose page is made ready for filling in once, and not for each paper: that is a third of the work."""

    def patch_xml(self, src_xml: str) -> str:
        """The page or footer as Jinja takes it."""
        return _prepare_page(src_xml)


# By their words: a template that was edited is another.
@lru_cache(maxsize=_TEXTS)
def _prepare_page(xml: str) -> str:
    made: str = DocxTemplate("").patch_xml(xml)  # which opens no file for it
    return made


# What is filled in beside the page, in files where it has a brace.
_BESIDE = re.compile(r"word/(header|footer|footnotes)|docProps/core")
_BRACE = re.compile("[{}｛｝]")


class _Blank(NamedTuple):
    """A template of which the page alone is filled in, taken apart once: a paper takes a third of the time so.

    `file` is the Word file without its page, which stands there as `name`; `frame` what is around the page, `page` the page as Jinja takes it.
    """

    file: bytes
    name: str
    frame: bytes
    page: str


@lru_cache(maxsize=_TEXTS)
def _take_apart(path: Path, _edited: int) -> _Blank | None:
    """The template as it was edited at that instant; None where more of it than the page is filled in."""
    template = _Template(path)
    template.init_docx()
    opened: Any = template.docx
    page, body = template.patch_xml(template.get_xml()), opened.element.body
    for each in list(body):
        body.remove(each)
    emptied, file, name = io.BytesIO(), io.BytesIO(), str(opened.part.partname).removeprefix("/")
    opened.save(emptied)
    with ZipFile(emptied) as every, ZipFile(file, "w", ZIP_DEFLATED) as kept:
        for each in every.namelist():
            if _BESIDE.match(each) and _BRACE.search(every.read(each).decode()):
                return None
            if each != name:
                kept.writestr(each, every.read(each))
        frame = every.read(name)
    return _Blank(file.getvalue(), name, frame, page)


@cache
def _get_environment() -> SandboxedEnvironment:
    environment = _Compiled()
    environment.filters[_MAY_BE_MISSING] = lambda value, words=_UNKNOWN: value or words
    environment.filters[_AS_A_SENTENCE] = lambda value: f"{str(value).rstrip(_STOPS)}。"
    return environment


def render_document(document_type: DocumentType, words: Mapping[str, Any]) -> bytes:
    """The document as a Word file; KeyError where a word is missing that it needs."""
    if missing := sorted(word for word in list_needed_words(document_type) if not words.get(word)):
        raise KeyError(*missing)
    path = _FOLDER / document_type.file
    blank = None if words.get(LATE) else _take_apart(path, path.stat().st_mtime_ns)
    return _fill_in_page(document_type, blank, words) if blank else _fill_in_file(document_type, path, words)


def _fill_in_page(document_type: DocumentType, blank: _Blank, words: Mapping[str, Any]) -> bytes:
    template: Any = DocxTemplate("")  # which opens no file for it
    template.docx_ids_index = 1000
    page = template.fix_tables(template.render_xml_part(blank.page, None, dict(words), _get_environment()))
    template.fix_docpr_ids(page)
    _refuse_leftovers(document_type, _read_text((page,)), words)
    frame: Any = parse_xml(blank.frame)
    frame.replace(frame.find(_BODY), page)
    file = io.BytesIO(blank.file)
    with ZipFile(file, "a", ZIP_DEFLATED) as whole:
        whole.writestr(blank.name, serialize_part_xml(frame))
    return file.getvalue()


def _fill_in_file(document_type: DocumentType, path: Path, words: Mapping[str, Any]) -> bytes:
    template = _Template(path)
    template.render(dict(words), jinja_env=_get_environment(), autoescape=True)
    if late := words.get(LATE):
        # Said at the foot of the page, whatever the template looks like: no paper goes out without it.
        page: Any = template.docx
        page.sections[0].footer.paragraphs[0].text = str(late)
    _refuse_leftovers(document_type, _read_text(_list_parts(template)), words)
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()


def check_template(document_type: DocumentType) -> None:
    """TemplateSpoilt where it asks for a word that nobody has, or a brace of it is full-width, single, or never closed."""
    _read_template_words(document_type)


def _list_parts(template: DocxTemplate) -> Iterator[Any]:
    """The page, its header and its footer."""
    page: Any = template.docx
    yield page.element.body
    for section in page.sections:
        yield from (part._element for part in (section.header, section.footer) if not part.is_linked_to_previous)


def _read_text(parts: Iterable[Any]) -> str:
    """What stands there; runs of a line joined, as a reader sees them."""
    lines = ("".join(_list_signs(line)) for part in parts for line in part.iter(_PARAGRAPH))
    return "\n".join(lines)


def _list_signs(line: Any) -> Iterator[str]:
    yield from (
        "\n" if each.tag == _BREAK else "\t" if each.tag == _TAB else each.text or "" for each in line.iter(_TEXT, _BREAK, _TAB)
    )


def _refuse_leftovers(document_type: DocumentType, text: str, words: Mapping[str, Any]) -> None:
    """TemplateSpoilt where a brace stands on the page that nobody typed into a form."""
    for said in sorted(_list_typed(words), key=len, reverse=True):
        text = text.replace(said, "")
    if left := _LEFT.search(text):
        raise TemplateSpoilt(
            f"文书模板《{document_type.file}》“{left[0].strip()}”处的大括号不成对或者不是半角：请改为半角“{{{{”“}}}}”后重新存入"
        )


def _list_typed(value: Any) -> Iterator[str]:
    """What people typed that has a brace in it, by its lines."""
    if isinstance(value, str):
        lines = (line.strip(_STOPS) for line in re.split(r"[\n\t]", value))
        yield from (line for line in lines if re.search(r"[{}｛｝]", line))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _list_typed(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _list_typed(each)


# What is not known before it is approved.
_BEFORE_APPROVAL = {"文号": "（同意后编号）", "批准人": "（待审批）"}


def preview_document(document_type: DocumentType, words: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The document as it will be printed, in the pieces of `list_pieces`."""
    return list(list_pieces(render_document(document_type, {**words, **_BEFORE_APPROVAL})))


def list_pieces(file: bytes) -> Iterator[dict[str, Any]]:
    """What a Word file of ours says, paragraph by paragraph (`text`, whether it is `centred`) and table by table (`rows`)."""
    page = Document(io.BytesIO(file))
    for block in page.iter_inner_content():
        if isinstance(block, Table):
            # A cell that spans several columns is one cell, told once for each.
            rows = [[cell.text for cell in dict.fromkeys(row.cells)] for row in block.rows]
            yield {"text": "", "centred": False, "rows": rows}
        elif block.text.strip():
            yield {"text": block.text, "centred": block.alignment == WD_ALIGN_PARAGRAPH.CENTER, "rows": []}
    for paragraph in page.sections[0].footer.paragraphs:
        if paragraph.text.strip():
            yield {"text": paragraph.text, "centred": False, "rows": []}


def list_needed_words(document_type: DocumentType) -> frozenset[str]:
    """The words without which the document cannot be made."""
    return _read_template_words(document_type)[0]


def list_used_words(document_type: DocumentType) -> frozenset[str]:
    """All words that the document may say."""
    return _read_template_words(document_type)[1]


@cache
def _read_template_words(document_type: DocumentType) -> tuple[frozenset[str], frozenset[str]]:
    """The words that the template needs, and all that it may use."""
    template = DocxTemplate(_FOLDER / document_type.file)
    template.init_docx()
    _refuse_leftovers(document_type, _TOLD.sub("", _read_text(_list_parts(template))), {})
    try:
        tree = _get_environment().parse(template.patch_xml(template.get_xml()))
    except TemplateError as error:
        raise TemplateSpoilt(f"文书模板《{document_type.file}》不能读取（{error}）：请核对双大括号之间的内容") from error
    every = frozenset(find_undeclared_variables(tree))
    known = list_known_words(document_type)
    if unknown := sorted(every - known):
        likely = "、".join(near for word in unknown for near in get_close_matches(word, known, 1))
        raise TemplateSpoilt(
            f"文书模板《{document_type.file}》要求填写“{'、'.join(unknown)}”，相关表单和系统都没有这一内容："
            + (f"是否为“{likely}”？" if likely else "请核对用词")
        )
    return every & frozenset(_list_wanted(tree)), every


def _list_wanted(node: nodes.Node) -> Iterator[str]:
    """The names for which there is no word in their stead: neither said to be possibly missing, nor under a condition."""
    if isinstance(node, nodes.Name):
        yield node.name
    elif not isinstance(node, (nodes.If, nodes.CondExpr)) and not (isinstance(node, nodes.Filter) and node.name == _MAY_BE_MISSING):
        for child in node.iter_child_nodes():
            yield from _list_wanted(child)
