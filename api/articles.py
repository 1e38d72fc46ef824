"""Articles: the words of the law that anything here cites."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import TypeAdapter

from api.http_io import build_form_invalid
from api.labels import CACHING
from api.problems import document_refusals
from api.schemas.law import ArticleWorded, LineView, TextView
from api.untraced import declare_untraced
from law.calendar import SHANGHAI
from law.citation_parser import Citation, parse_citations
from law.wording import Line, find_text, find_wording
from models.instants import SoughtDay
from models.problems import NotFound

router = APIRouter(tags=["法定期限"])

# Several times what the longest of our forms rests on.
_LONGEST = 1000
Cited = Annotated[
    str,
    Query(
        alias="cited",
        min_length=1,
        max_length=_LONGEST,
        title="引用",
        description="照引用的写法，可以有几条，例如 《刑事诉讼法》第九十一条第一款",
        examples=["《刑事诉讼法》第九十一条"],
    ),
]
On = Annotated[SoughtDay | None, Query(title="日期", description="按这一天施行的文本；不填即为今天")]
_list = TypeAdapter(list[ArticleWorded])


@router.get(
    "/api/law/articles",
    dependencies=declare_untraced("texts of the law"),
    summary="条文原文",
    response_model=list[ArticleWorded],
    responses=document_refusals(404, 422),
)
async def list_articles(cited_: Cited, on: On = None) -> Response:
    """Every article that the text cites, in its order, with its words where the house carries them."""
    found = parse_citations(cited_)
    if not found:
        raise build_form_invalid("cited", "citation", "须写明文件和条文，例如 《刑事诉讼法》第九十一条")
    day = on or datetime.now(SHANGHAI).date()
    told = [_build_article_view(each, day) for each in found]
    return Response(_list.dump_json(told), headers=CACHING, media_type="application/json")


def _build_article_view(citation: Citation, on: date) -> ArticleWorded:
    article = citation.article
    text, worded = find_text(article.instrument, on), find_wording(article, on)
    if text and not worded:
        raise NotFound(f"{on.isoformat()}施行的{text.title}没有{str(article).partition('》')[2]}")
    return ArticleWorded(
        cited=citation.words,
        instrument=article.instrument.zh,
        code=article.instrument.code,
        link=article.instrument.link,
        text=TextView(title=text.title, adopted=text.adopted, in_force=text.in_force) if text else None,
        headings=list(worded.headings) if worded else [],
        lines=[_build_line_view(citation, each) for each in worded.lines] if worded else [],
    )


def _build_line_view(citation: Citation, line: Line) -> LineView:
    meant = (not citation.paragraphs or line.paragraph in citation.paragraphs) and (
        not citation.items or line.item in citation.items
    )
    return LineView(words=line.words, paragraph=line.paragraph, item=line.item, cited=meant)
