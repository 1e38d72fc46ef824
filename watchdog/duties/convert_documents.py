"""Converting documents and reports to PDF, where something that can is installed."""

from datetime import timedelta
from functools import cached_property

from activities.press import Press
from runtime.content_store import ContentStore, get_content_store_folder
from watchdog.duty import Duty


class ConvertDocuments(Duty[int]):
    """Keep a PDF beside each document, and of each report, that has none; returns how many.

    A duty and no upkeep: whoever made a paper waits for it by the second, and files and program are this machine's.
    """

    name = "convert-documents"
    # The Word file is there already; its PDF may come a little later.
    every = timedelta(seconds=5)

    @cached_property
    def _press(self) -> Press:
        # One for all rounds: it asks a process of its own, once, whether papers can be set here.
        return Press(self.tools.pool, ContentStore(get_content_store_folder(self.tools.data_dir)))

    async def do(self) -> int:
        """Convert a batch at most."""
        return await self._press.convert() + await self._press.convert_reports()
