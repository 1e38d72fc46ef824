"""Archiving (归档): how every matter ends, whatever it was."""

from pydantic import Field

from law.facts import Fact
from law.instruments import MPSA, MPSC
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, OptionalLine


class Archive(
    Form,
    title="归档",
    by=(Office.CASE_MANAGEMENT_OFFICER, Office.CASE_OFFICER),
    fact=Fact.CASE_ARCHIVED,
    basis=(MPSC.article(287), MPSA.article(260)),
    chapter=Chapter.RECORD,
):
    """Put the papers of a finished matter away (归档); nothing happens to it afterwards, so nothing may be open any more."""

    volume: OptionalLine = Field(default="", title="卷宗号")
