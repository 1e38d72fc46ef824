"""Several papers as one file to be printed (一并打印): in the order asked for, each as many times as asked for."""

import io
from collections.abc import Iterable
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter

# What somebody prints in one go; more is a mistake, or another matter's.
MOST_PAPERS, MOST_COPIES = 60, 20


class Copies(NamedTuple):
    """A paper, as PDF, and how many times it is wanted."""

    pdf: bytes
    copies: int


def bind_papers(papers: Iterable[Copies], *, both_sides: bool) -> bytes:
    """One PDF of them, one after another; of what is printed on `both_sides` each copy begins on a sheet of its own."""
    whole = PdfWriter()
    for pdf, copies in papers:
        pages = PdfReader(io.BytesIO(pdf)).pages
        for _ in range(copies):
            for page in pages:
                whole.add_page(page)
            if both_sides and len(pages) % 2:
                whole.add_blank_page()
    file = io.BytesIO()
    whole.write(file)
    return file.getvalue()
