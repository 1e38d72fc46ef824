"""The shapes of veiled fields."""

from pydantic import Field

from api.schemas.shape import Instant, Shape


class VeiledField(Shape):
    """A veiled field (密级字段) of a matter."""

    field: str = Field(title="字段")
    title: str = Field(title="名称")
    code: str = Field(title="代号", description="只代表这一处的内容；代号不同不说明内容不同")
    open_until: Instant | None = Field(title="可以查看至", description="没有批准您查看的为空")


class VeiledValue(Shape):
    """What stands in a veiled field, and until when it may be looked at."""

    value: str = Field(title="内容")
    until: Instant = Field(title="可以查看至")
