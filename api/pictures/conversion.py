"""Converting an uploaded picture into one that every page and paper shows (转换图片)."""

from asyncio import Semaphore
from typing import Any, NamedTuple

from api.parsing_apart import run_apart
from api.pictures.converter import MAX_CPU_S, MOST_PIXELS
from models.journal import hash_sm3
from models.problems import UnsupportedMediaType

HEIC, BMP = "image/heic", "image/bmp"
BECOMES = {HEIC: "image/jpeg", BMP: "image/png"}
"""What is converted, and into what."""
_TIMEOUT_S = 2 * MAX_CPU_S
_NOT_CONVERTED = "这张照片打不开：文件不完整、不是照片，或者超过{most}万像素；请转换为 JPEG 后上传"


class Converted(NamedTuple):
    """A converted picture, and what the journal keeps of the one that was sent."""

    data: bytes
    media_type: str
    sent: dict[str, Any]


async def convert_picture(data: bytes, media_type: str, slots: Semaphore) -> Converted:
    """Convert a picture of one of these types once one of the slots is free; UnsupportedMediaType where it cannot be opened."""
    async with slots:
        made = await run_apart("api.pictures.converter", data, _TIMEOUT_S)
    if not made:
        raise UnsupportedMediaType(_NOT_CONVERTED.format(most=MOST_PIXELS // 10_000))
    return Converted(made, BECOMES[media_type], {"media_type": media_type, "sm3": hash_sm3(data).hex(), "size": len(data)})
