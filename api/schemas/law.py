"""The shapes of what the law says: a reckoned date, a year's rest days."""

from datetime import date
from typing import Literal

from pydantic import Field

from api.schemas.matters import RungView
from api.schemas.shape import Shape


class Reckoned(Shape):
    """When a limit ends, by which edition and calendar, and why."""

    due: str | None = Field(title="届满", description="写明时区的时刻；以日计的为当日 23:59:59；空为没有确定的期限")
    edition: str
    basis: str
    calendar: Literal["final", "provisional"]
    reasons: list[str]
    rungs: list[RungView] = Field(title="何时变为何种颜色")


class YearView(Shape):
    """A year's rest days."""

    year: int
    final: bool = Field(title="以国务院通知为准")
    rest_days: list[date]


class ProposalView(Shape):
    """A year's rest days as one person proposes them, and what they would change once another confirms them."""

    year: int
    rest_days: list[date]
    notice: str = Field(title="依据的通知")
    proposed_by: str = Field(title="提请人")
    proposed_by_zh: str
    proposed_at: str = Field(title="提请时间")
    added: list[date] = Field(title="将成为休息日的日子")
    removed: list[date] = Field(title="将不再是休息日的日子")
    would_move: int = Field(title="将变动的正在计算的期限", description="确认公布以后，由承办人重新计算，期限才变动")


class TextView(Shape):
    """Which version of an instrument's text is shown."""

    title: str = Field(examples=["中华人民共和国刑事诉讼法"])
    adopted: str = Field(title="通过、公布或者修正")
    in_force: date = Field(title="施行日期")


class LineView(Shape):
    """A line of an article: a paragraph, or an item of one."""

    words: str
    paragraph: int = Field(title="第几款")
    item: int = Field(title="第几项；0为不属于任何一项")
    cited: bool = Field(title="是否为所引用的款、项")


class ArticleWorded(Shape):
    """An article as it was cited, and its words where the house carries the text."""

    cited: str = Field(title="引用", examples=["《刑事诉讼法》第九十一条"])
    instrument: str = Field(title="文件名称")
    code: str = Field(title="文件代码；空为本系统没有登记的文件")
    link: str = Field(title="发布机关的网站；空为没有公开发布")
    text: TextView | None = Field(title="所用文本；空为本系统未收录该文件全文")
    headings: list[str] = Field(title="编、章、节")
    lines: list[LineView] = Field(title="条文")
