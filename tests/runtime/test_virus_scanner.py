"""What a scanner says of a file, and that a file is not taken for good where it says nothing."""

from pathlib import Path

import pytest

from runtime.settings import Unusable, read_settings
from runtime.virus_scanner import Harmful, ScannerUnavailable, scan
from tests.runtime.clamd import HARM, clamd


async def test_what_the_scanner_knows_no_harm_of_is_let_through(tmp_path: Path) -> None:
    async with clamd(tmp_path) as address:
        await scan(address, [b"%PDF-1.7", bytes(200_000), b""])


async def test_harm_is_found_wherever_it_stands_and_called_by_its_name(tmp_path: Path) -> None:
    async with clamd(tmp_path) as address:
        with pytest.raises(Harmful, match=r"^Eicar-Test-Signature$"):
            await scan(address, [b"%PDF-1.7", bytes(200_000) + HARM, bytes(70_000)])


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: could be anything\0"])
async def test_who_could_not_look_at_the_whole_file_has_not_let_it_through(tmp_path: Path, answer: bytes) -> None:
    async with clamd(tmp_path, answer) as address:
        with pytest.raises(ScannerUnavailable):
            await scan(address, [b"%PDF-1.7"])


async def test_a_scanner_that_is_not_there_has_let_nothing_through(tmp_path: Path) -> None:
    for address in (f"unix:{tmp_path / 'nobody'}", "tcp://127.0.0.1:1"):
        with pytest.raises(ScannerUnavailable):
            await scan(address, [b"%PDF-1.7"])


async def test_what_the_scanner_says_in_a_name_is_no_more_than_a_name(tmp_path: Path) -> None:
    async with clamd(tmp_path, "stream: Win.Test<b>害</b>\n-1 FOUND\0".encode()) as address:
        with pytest.raises(Harmful, match=r"^Win\.Testbb-1$"):
            await scan(address, [b"%PDF-1.7"])


@pytest.mark.parametrize("address", ["/run/clamd", "http://clamd:3310", "tcp://clamd", "tcp://clamd:3310/x", "tcp://clamd:port"])
def test_a_scanner_at_no_such_place_keeps_us_from_starting(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("LOUKE_VIRUS_SCANNER", address)
    with pytest.raises(Unusable, match="LOUKE_VIRUS_SCANNER"):
        read_settings()
