"""Catalogues (目录): what forms name by code, with the days on which each code may be used."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.path_parameters import CatalogueId
from api.problems import document_refusals
from api.untraced import declare_untraced
from models.catalogues.editions import TITLES, Entry, load_catalogue
from models.instants import SoughtDay
from models.problems import NotFound

router = APIRouter(tags=["词表"])

On = Annotated[SoughtDay | None, Query(title="日期", description="只列这一天可以使用的；不填即全部，含已经停用的")]


class CatalogueEntry(BaseModel):
    """One entry: its code, what it means, and from when until when it may be used."""

    code: str = Field(title="代码")
    zh: str = Field(title="名称")
    valid_from: date = Field(title="启用日期")
    valid_until: date | None = Field(title="停用日期", description="可以使用的最后一日；仍在使用的为空")
    further: dict[str, str] = Field(title="其他", description="该目录自己的各栏，例如来信标签的大类、小类和性质")


class CatalogueView(BaseModel):
    """A catalogue, in the order of its table."""

    id: str = Field(title="代号")
    zh: str = Field(title="名称")
    entries: list[CatalogueEntry] = Field(title="条目")


@router.get(
    "/api/vocabulary/{catalogue}",
    dependencies=declare_untraced("tables of codes"),
    summary="目录",
    responses=document_refusals(404, 422),
)
async def get_catalogue(catalogue: CatalogueId, on: On = None) -> CatalogueView:
    """The entries of a catalogue, by whose codes forms speak of them; a code that is over stays readable, and is never used for anything else."""
    if catalogue not in TITLES:
        raise NotFound(f"没有名为“{catalogue[:60]}”的目录", near=list(TITLES))
    entries = (each for each in load_catalogue(catalogue).values() if on is None or each.is_valid(on))
    return CatalogueView(id=catalogue, zh=TITLES[catalogue], entries=list(map(_build_entry, entries)))


def _build_entry(entry: Entry) -> CatalogueEntry:
    return CatalogueEntry(
        code=entry.code,
        zh=entry.zh,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        further=dict(entry.further),
    )
