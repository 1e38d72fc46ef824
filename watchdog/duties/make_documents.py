"""Making documents (文书): the Word files that recorded steps have called for."""

from datetime import timedelta

from activities.press import Press
from runtime.content_store import ContentStore, get_content_store_folder
from watchdog.duty import Duty


class MakeDocuments(Duty[int]):
    """Fill in the template of each document that is due; returns how many were made.

    A duty and no upkeep: people wait for it by the second, with Temporal away too, and the files are this machine's.
    """

    name = "make-documents"
    # Somebody stands at the desk and waits for it.
    every = timedelta(seconds=1)

    async def do(self) -> int:
        """Make a few dozen at most."""
        return await Press(self.tools.pool, ContentStore(get_content_store_folder(self.tools.data_dir))).produce()
