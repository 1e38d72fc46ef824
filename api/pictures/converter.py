"""The subprocess that converts one picture (`python -m api.pictures.converter`): reads it from stdin, writes a JPEG or PNG to stdout.

What the camera wrote beside it (EXIF: when, and where) goes along, as it does with a JPEG that is taken as it is.
"""

import io
import sys
from typing import TYPE_CHECKING

from api.parsing_apart import limit_resources

if TYPE_CHECKING:
    from PIL import Image

# Seconds of CPU and bytes of address space. The largest photograph of a telephone (48 million pixels) takes two seconds and 600 MB.
MAX_CPU_S, MAX_MEMORY = 20, 1_500_000_000
# Twice what a telephone takes; more is no photograph.
MOST_PIXELS = 100_000_000
# Bytes. Some hundred pages scanned at 300 dpi stay below it.
LARGEST_SCAN = 20_000_000
# As telephones save them; where that is larger than a file may be, with a little less detail.
_QUALITIES = (92, 80, 65)


def convert(data: bytes) -> bytes:
    """A HEIC as JPEG, a BMP, which has lost nothing, as PNG; empty where it is neither, is torn, or has too many pixels."""
    from pi_heif import register_heif_opener
    from PIL import Image, UnidentifiedImageError

    register_heif_opener()
    try:
        with Image.open(io.BytesIO(data), formats=("HEIF", "BMP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return b""
            is_photograph, exif = picture.format == "HEIF", picture.info.get("exif", b"")
            pixels = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return b""
    if not is_photograph:
        return _encode_picture(pixels, "PNG")
    made = (_encode_picture(pixels, "JPEG", quality=quality, exif=exif) for quality in _QUALITIES)
    return next((each for each in made if len(each) <= LARGEST_SCAN), b"")


def _encode_picture(pixels: "Image.Image", kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    pixels.save(file, kind, **how)
    return file.getvalue()


def main() -> None:
    """Convert the picture on stdin."""
    limit_resources(MAX_CPU_S, MAX_MEMORY)
    sys.stdout.buffer.write(convert(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
