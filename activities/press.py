"""Files of legal documents: the watchdog makes what steps have issued, keeps it by its digest, and a PDF beside it; and the PDF of each report."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from models.documents import get_document_types
from models.report_word import Printed, render_word
from models.reports import ReportContent
from models.store import api_writes
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.document_writes import CONVERTED, PRODUCED, TRIED
from models.store.reports import UNSET_REPORTS, UnsetReport, keep_paper
from models.templates import FONTS, render_document
from runtime.content_store import ContentStore, Kept
from runtime.database import Pool

# Documents made in one round, so that ringing never waits long for the processor.
_ROUND = 20
# One that could not be made (a template spoilt in Word) is tried again after this, and holds up no other.
_AGAIN = "1 minute"
# A report of a bureau has a thousand rows, and takes as long as dozens of papers.
_REPORTS_AT_ONCE = 5
_CONVERSION_S = 120.0
# Where there is no LibreOffice.
_TYPESETTING = "activities.typesetting"


class _Due(NamedTuple):
    """A document that is to be made of those words."""

    id: int
    matter: str
    seq: int
    type: str
    title: str
    number: str
    context: dict[str, Any]


DUE = Query[_Due](f"""
SELECT id, matter, seq, type, title, number, context FROM document
WHERE state = 'due' AND (tried_at IS NULL OR tried_at < now() - interval '{_AGAIN}') ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
""")


class _Unconverted(NamedTuple):
    """A document that no PDF lies beside, by the digest of its file."""

    id: int
    hash: str


# What was never tried comes first. What could not be converted is tried again once it is twice as old, and each day: such files stay for
# ever where a template has a picture, and must not take the turn of those that can be.
UNCONVERTED = Query[_Unconverted](f"""
SELECT id, hash FROM document WHERE state = 'produced' AND pdf IS NULL AND (tried_at IS NULL
    OR tried_at < now() - greatest(interval '{_AGAIN}', least(interval '1 day', tried_at - produced_at)))
ORDER BY tried_at NULLS FIRST, id LIMIT %(most)s
""")


class Press:
    """Makes the files of what has been issued, keeps them by their digest, and enters the digest into the matter's journal."""

    def __init__(self, pool: Pool, contents: ContentStore) -> None:
        """Read and write through that pool, and keep there."""
        self._pool, self._contents = pool, contents
        self._can_set: bool | None = None  # whether a typeface here has Chinese characters; asked once
        self._unsettable = set[int]()  # reports of which no PDF could be made
        self._reports_at_once = _REPORTS_AT_ONCE

    async def produce(self) -> int:
        """Make what is due, a few dozen at most; how many."""
        made = 0
        while made < _ROUND and await self._one():
            made += 1
        return made

    async def _one(self) -> bool:
        async with self._pool.connection() as connection:
            document = None
            try:
                async with connection.transaction():
                    document = await fetch_first(connection, DUE)
                    if document:
                        await self._make(connection, document)
            except Exception:
                if document:
                    await connection.execute(TRIED, {"ids": [document.id]})
                raise
        return document is not None

    async def _make(self, connection: Connection, document: _Due) -> None:
        kept = await asyncio.to_thread(self._print, document)
        now = datetime.now(UTC)
        content = {
            "document": document.id,
            "type": document.type,
            "title": document.title,
            "number": document.number,
            "issued_by": document.seq,
            "sm3": kept.hash,
            "size": kept.size,
        }
        async with connection.pipeline():
            await api_writes.append(connection, document.matter, "document", "produce-document", None, content, now)
            await connection.execute(PRODUCED, {"id": document.id, "hash": kept.hash, "size": kept.size, "now": now})

    def _print(self, document: _Due) -> Kept:
        return self._contents.keep((render_document(get_document_types()[document.type], document.context),))

    async def convert(self) -> int:
        """Keep a PDF beside what was made since, by LibreOffice, or else set in a typeface of this machine; how many."""
        converter = shutil.which("soffice")
        if converter is None and not await self._can_typeset():
            return 0
        async with self._pool.connection() as connection:
            rows = await fetch_all(connection, UNCONVERTED, {"most": _ROUND})
            if not rows:
                return 0
            await connection.execute(TRIED, {"ids": [row.id for row in rows]})
        files = {row.id: await asyncio.to_thread(self._contents.read, row.hash) for row in rows}
        made = await self._convert(converter or "", files)
        async with self._pool.connection() as connection:
            for id_, kept in made.items():
                await connection.execute(CONVERTED, {"id": id_, "pdf": kept.hash})
        return len(made)

    async def convert_reports(self) -> int:
        """Set each report that has no PDF yet, the newest first, as it was made; how many. One that cannot be set is let be until the next start."""
        converter = shutil.which("soffice")
        if converter is None and not await self._can_typeset():
            return 0
        async with self._pool.connection() as connection:
            rows = await fetch_all(connection, UNSET_REPORTS, {"unsettable": list(self._unsettable), "most": self._reports_at_once})
        if not rows:
            return 0
        files = {row.id: await asyncio.to_thread(_render_report, row) for row in rows}
        try:
            made = await self._convert(converter or "", files)
        except TimeoutError:
            # One of them takes too long: from now on each by itself, so that it keeps no other from its PDF.
            self._reports_at_once, made = 1, dict[int, Kept]()
            if len(rows) > 1:
                return 0
        self._unsettable |= {row.id for row in rows} - made.keys()
        async with self._pool.connection() as connection:
            return sum([await keep_paper(connection, row, *made[row.id]) for row in rows if row.id in made])

    async def _can_typeset(self) -> bool:
        if self._can_set is None:
            self._can_set = await _run(sys.executable, "-m", _TYPESETTING) == 0
        return self._can_set

    async def _convert(self, converter: str, files: Mapping[int, bytes]) -> dict[int, Kept]:
        """The PDF files that the converter made of these Word files, kept, by their numbers."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for id_, data in files.items():
                (folder / f"{id_}.docx").write_bytes(data)
            # A profile of its own: two conversions at once must not meet in one.
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            office = (converter, profile, "--headless", "--convert-to", "pdf", "--outdir")
            setting = (sys.executable, "-m", _TYPESETTING)
            try:
                await _run(*(office if converter else setting), name, *(str(folder / f"{id_}.docx") for id_ in files))
            except TimeoutError:
                if converter:  # of what it was writing a half may be there
                    raise
            made = {id_: folder / f"{id_}.pdf" for id_ in files}
            return {id_: self._contents.keep((file.read_bytes(),)) for id_, file in made.items() if file.exists()}


def _render_report(row: UnsetReport) -> bytes:
    content = ReportContent.model_validate_json(row.content)
    return render_word(Printed(content, row.sm3, row.number, row.edition, row.reason, row.late_minutes, superseded=False))


async def _run(*command: str) -> int | None:
    """Run a converter to its end; its exit code."""
    # Whoever rings and records comes first on a busy machine.
    gently = (nice, "-n", "19") if (nice := shutil.which("nice")) else ()
    environment = os.environ | {"FONTCONFIG_FILE": str(FONTS)}
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*gently, *command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        return await asyncio.wait_for(process.wait(), _CONVERSION_S)
    finally:
        if process.returncode is None:
            process.kill()
