"""What goes with a message (随文附送): the things that leave with a case, and the list of its papers as it was then."""

from typing import Any

from law.facts import Fact
from models.outside import Enclosed, Paper
from models.readmodel import documents, exhibits
from models.store.connection import Connection

# With these the papers of the case go to another organ (CPL 162, 176).
_WITH_PAPERS = (Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_SENT_AGAIN, Fact.CASE_PROSECUTED)


async def list_enclosed_things(connection: Connection, subject: str, form: dict[str, Any]) -> list[Enclosed]:
    """The things that the form names, or the one that the message is about."""
    found = await exhibits.list_things(connection, [subject, *form.get("exhibits", ())])
    return [Enclosed.model_validate({"number": each["number"], **each["thing"]}) for each in found]


async def list_enclosed_papers(connection: Connection, subject: str, fact: Fact, delivery: str) -> list[Paper]:
    """The catalogue of the dossier as it was when that delivery was opened, where the case itself goes."""
    if fact not in _WITH_PAPERS:
        return []
    return [Paper.model_validate(each) for each in await documents.list_catalogue(connection, subject, delivery)]
