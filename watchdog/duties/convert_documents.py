"""Converting documents to PDF, where a program that can is installed."""

from datetime import timedelta

from activities.press import Press
from runtime.content_store import ContentStore, content_store_folder
from watchdog.duty import Duty


class ConvertDocuments(Duty[int]):
    """Keep a PDF beside each document that has none; returns how many."""

    name = "convert-documents"
    # The Word file is there already; its PDF may come a little later.
    every = timedelta(seconds=5)

    async def do(self) -> int:
        """Convert a batch at most."""
        return await Press(self.tools.pool, ContentStore(content_store_folder(self.tools.data_dir))).convert()
