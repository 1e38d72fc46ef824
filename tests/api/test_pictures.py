"""Photographs as telephones take them: converted where they are put in, with when and where they were taken, whatever else is in the file."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from api.parsing_apart import run_apart
from api.pictures import converter
from models.dossier import get_places
from models.journal import hash_sm3
from models.matter import Kind
from operations.verify import verify
from tests.api.matters import accepted
from tests.tables import table
from tests.world import World
from watchdog.duties.seal_journal import SealJournal

# Two colours, 64 by 48, with the time and the place of an iPhone.
PHOTOGRAPH = (Path(__file__).parent.parent / "pictures" / "photograph.heic").read_bytes()
PLACE = get_places(Kind.CRIMINAL_CASE)[0].id
GPS, TAKEN = 0x8825, 0x0132


def bitmap(width: int = 8, height: int = 6) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (10, 200, 30)).save(file, "BMP")
    return file.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A bitmap whose head says that it is so large."""
    data = bytearray(bitmap())
    data[18:26] = width.to_bytes(4, "little") + height.to_bytes(4, "little")
    return bytes(data)


async def test_a_photograph_of_a_telephone_is_put_in_as_a_jpeg_that_says_when_and_where(bureau: World) -> None:
    case, officer = await accepted(bureau)
    sent = {"place": PLACE, "title": "现场照片"}
    answer = await officer.http.post(f"/api/matters/{case}/dossier", files={"file": ("IMG_0001.HEIC", PHOTOGRAPH)}, data=sent)
    assert answer.status_code == 201, answer.text
    item = answer.json()
    assert item["media_type"] == "image/jpeg"
    kept = Image.open(io.BytesIO((await officer.get(f"/api/matters/{case}/dossier/{item['id']}")).content))
    assert (kept.format, kept.size) == ("JPEG", (64, 48))
    assert kept.getexif()[TAKEN] == "2026:11:30 09:41:00"
    assert kept.getexif().get_ifd(GPS)[2] == (36.0, 37.0, 12.5)
    red, _, blue = kept.convert("RGB").getpixel((8, 8))  # type: ignore[misc] - three bands
    assert blue > red
    # Of what it was made the journal knows.
    ((content,),) = await bureau.ask("SELECT content FROM entry WHERE step = 'upload-paper'")
    assert json.loads(content)["converted_from"] == {
        "media_type": "image/heic",
        "sm3": hash_sm3(PHOTOGRAPH).hex(),
        "size": len(PHOTOGRAPH),
    }
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []


async def test_a_bitmap_loses_nothing(bureau: World) -> None:
    case, officer = await accepted(bureau)
    sent = {"place": PLACE, "title": "监控截图"}
    answer = await officer.http.post(f"/api/matters/{case}/dossier", files={"file": ("a.bmp", bitmap())}, data=sent)
    assert (answer.status_code, answer.json()["media_type"]) == (201, "image/png")
    again = await officer.http.post(f"/api/matters/{case}/dossier", files={"file": ("a.heic", PHOTOGRAPH[:300])}, data=sent)
    assert (again.status_code, "打不开" in again.json()["detail"]) == (415, True)


HOSTILE = {
    "torn": PHOTOGRAPH[:400],
    "empty": b"",
    "no picture": b"\x00\x00\x00\x18ftypheic" + bytes(2000),
    "a bitmap of nothing": b"BM" + bytes(60),
    "more pixels than a camera has": claiming(60_000, 60_000),
    "of another kind": b"GIF89a" + bytes(100),
}


@table("data", HOSTILE.values(), HOSTILE)
def test_what_is_no_photograph_is_not_opened(data: bytes) -> None:
    assert converter.convert(data) == b""


def test_a_photograph_is_bounded_by_its_pixels_before_any_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "MOST_PIXELS", 64 * 48)
    assert converter.convert(PHOTOGRAPH)
    monkeypatch.setattr(converter, "MOST_PIXELS", 64 * 48 - 1)
    assert converter.convert(PHOTOGRAPH) == b""


async def test_who_takes_too_long_over_a_picture_is_ended() -> None:
    assert await run_apart("api.pictures.converter", PHOTOGRAPH, 0) == b""
    assert await run_apart("api.pictures.converter", PHOTOGRAPH, 30)
