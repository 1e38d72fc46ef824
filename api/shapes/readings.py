"""The shapes of what was read."""

from pydantic import Field

from api.shapes.shape import Instant, Listed, Shape


class ReadingItem(Shape):
    """One trace of reading (查阅记录). `matter` is empty where none was read, or where its sealed file is closed to the caller."""

    at: Instant
    username: str
    zh: str | None
    offices_zh: list[str] = Field(title="以何职务")
    units_zh: list[str] = Field(title="当时所在单位")
    address: str = Field(title="从何处", description="网络地址；经设定的代理转来的，是代理所报的来源")
    sort: str
    sort_zh: str = Field(title="查阅内容")
    matter: str
    title: str | None
    asked: str = Field(title="所查的条件")
    reason: str = Field(title="查阅理由")
    refused: str | None = Field(title="未予查阅的，为何")


class ReadingList(Listed[ReadingItem]):
    """A page of what was read."""
