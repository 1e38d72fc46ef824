"""Articles: the words of the law that anything here cites."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import TypeAdapter

from api.http_io import invalid
from api.labels import CACHING
from api.problems import documented
from api.schemas.law import ArticleWorded, LineTold, TextTold
from api.untraced import untraced
from law.calendar import SHANGHAI
from law.citation_parser import Citation, parse_citations
from law.wording import Line, text_of, wording
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
    dependencies=untraced("texts of the law"),
    summary="条文原文",
    response_model=list[ArticleWorded],
    responses=documented(404, 422),
)
async def articles(cited_: Cited, on: On = None) -> Response:
    """Every article that the text cites, in its order, with its words where the house carries them."""
    found = parse_citations(cited_)
    if not found:
        raise invalid("cited", "citation", "须写明文件和条文，例如 《刑事诉讼法》第九十一条")
    day = on or datetime.now(SHANGHAI).date()
    told = [_told(each, day) for each in found]
    return Response(_list.dump_json(told), headers=CACHING, media_type="application/json")


def _told(citation: Citation, on: date) -> ArticleWorded:
    article = citation.article
    text, worded = text_of(article.instrument, on), wording(article, on)
    if text and not worded:
        raise NotFound(f"{on.isoformat()}施行的{text.title}没有{str(article).partition('》')[2]}")
    return ArticleWorded(
        cited=citation.words,
        instrument=article.instrument.zh,
        code=article.instrument.code,
        link=article.instrument.link,
        text=TextTold(title=text.title, adopted=text.adopted, in_force=text.in_force) if text else None,
        headings=list(worded.headings) if worded else [],
        lines=[_line(citation, each) for each in worded.lines] if worded else [],
    )


def _line(citation: Citation, line: Line) -> LineTold:
    meant = (not citation.paragraphs or line.paragraph in citation.paragraphs) and (
        not citation.items or line.item in citation.items
    )
    return LineTold(words=line.words, paragraph=line.paragraph, item=line.item, cited=meant)
