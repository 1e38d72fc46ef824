"""Templates of legal documents (文书模板): what each needs to be told, and the Word file that comes of telling it."""

import io
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

from models.documents import DocumentType

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


@cache
def _environment() -> SandboxedEnvironment:
    environment = _Compiled()
    environment.filters[_MAY_BE_MISSING] = lambda value, words=_UNKNOWN: value or words
    environment.filters[_AS_A_SENTENCE] = lambda value: f"{str(value).rstrip(_STOPS)}。"
    return environment


def rendered(kind: DocumentType, words: Mapping[str, Any]) -> bytes:
    """The document as a Word file; KeyError where a word is missing that it needs."""
    if missing := sorted(word for word in needed(kind) if not words.get(word)):
        raise KeyError(*missing)
    template = DocxTemplate(_FOLDER / kind.file)
    template.render(dict(words), jinja_env=_environment(), autoescape=True)
    if late := words.get(LATE):
        # Said at the foot of the page, whatever the template looks like: no paper goes out without it.
        page: Any = template.docx
        page.sections[0].footer.paragraphs[0].text = str(late)
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()


def needed(kind: DocumentType) -> frozenset[str]:
    """The words without which the document cannot be made."""
    return _words(kind)[0]


def used(kind: DocumentType) -> frozenset[str]:
    """All words that the document may say."""
    return _words(kind)[1]


@cache
def _words(kind: DocumentType) -> tuple[frozenset[str], frozenset[str]]:
    """The words that the template needs, and all that it may use."""
    template = DocxTemplate(_FOLDER / kind.file)
    template.init_docx()
    tree = _environment().parse(template.patch_xml(template.get_xml()))
    every = frozenset(find_undeclared_variables(tree))
    return every & frozenset(_wanted(tree)), every


def _wanted(node: nodes.Node) -> Iterator[str]:
    """The names for which there is no word in their stead: neither said to be possibly missing, nor under a condition."""
    if isinstance(node, nodes.Name):
        yield node.name
    elif not isinstance(node, (nodes.If, nodes.CondExpr)) and not (isinstance(node, nodes.Filter) and node.name == _MAY_BE_MISSING):
        for child in node.iter_child_nodes():
            yield from _wanted(child)
