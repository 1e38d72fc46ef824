"""The shapes of what was read, and of who came and went."""

from pydantic import Field

from api.schemas.shape import Instant, Listed, Shape


class AccessTraceView(Shape):
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


class AccessTraceList(Listed[AccessTraceView]):
    """A page of what was read."""


class SignInView(Shape):
    """What somebody did at the door (登录记录): came in, or not, or went, or changed what they come in by."""

    at: Instant
    sort: str
    sort_zh: str = Field(title="何事")
    address: str = Field(title="从何处", description="网络地址；经设定的代理转来的，是代理所报的来源")
    how: str = Field(title="方式")
    agent: str = Field(title="所用程序")
    by: str = Field(title="经办人", description="由他人办理的，其用户名")
    times: int = Field(title="次数", description="一分钟内反复多次的，超出部分合并为一条")


class OwnSignIns(Shape):
    """The last of one's own comings and goings, the newest first."""

    items: list[SignInView]


class SignInTraceView(SignInView):
    """One of them as whoever supervises is told; `username` is empty for a stranger, of whom not even the name is kept."""

    username: str
    zh: str | None
    offices_zh: list[str] = Field(title="职务")
    units_zh: list[str] = Field(title="当时所在单位")


class SignInTraceList(Listed[SignInTraceView]):
    """A page of who came and went."""
