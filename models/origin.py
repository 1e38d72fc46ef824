"""Origins: of which entry of which matter something came. Keys are opaque: they are made, kept and compared, and nobody reads inside one."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

_OLD_KEY = re.compile(r"([^/]+)/([0-9]{1,9})/(?:([0-9]{1,9})|answer)(?:/told)?")


class Origin(BaseModel):
    """The command at place `item` of the entry `seq` of matter `number`; of no item: what that matter learnt by itself since that entry."""

    model_config = ConfigDict(frozen=True)

    number: str
    seq: int
    item: int | None = None

    @property
    def key(self) -> str:
        """The key under which the command is carried out once."""
        return f"{self.number}/{self.seq}/{self.item}"

    def is_kept_under(self, key: str) -> bool:
        """Whether what happens under that key is the command: to open, tell or take, or to tell what it opened. None is carried out twice."""
        return key in (self.key, f"{self.key}/told")


def origin_of_old_key(key: str) -> Origin | None:
    """The origin of what was stored before origins were: until then only its key told. None: it came of no entry.

    The only place that reads inside a key; migration 0047 fills the rows of that time by the same pattern.
    """
    found = _OLD_KEY.fullmatch(key)
    return Origin(number=found[1], seq=int(found[2]), item=int(found[3]) if found[3] else None) if found else None


def with_origin(stored: Any, key: Any) -> Any:
    """A message as it was stored, with its origin, by its key where it is of before origins were."""
    if isinstance(stored, Mapping) and isinstance(key, str) and "origin" not in stored:
        return {**stored, "origin": origin_of_old_key(key)}
    return stored


def origin_of_entry(content: Mapping[str, Any]) -> Origin | None:
    """The origin that an entry keeps, by its key where it is of before origins were; pydantic's ValidationError where it was spoilt.

    What somebody handed in has a proof, and came of no entry.
    """
    if "origin" in content:
        return Origin.model_validate(content["origin"]) if content["origin"] is not None else None
    return None if "proof" in content or not isinstance(content.get("key"), str) else origin_of_old_key(content["key"])


def columns_of(origin: Origin | None) -> dict[str, Any]:
    """The columns by which an entry is found by its origin; each is empty where it came of none."""
    return {f"origin_{name}": getattr(origin, name, None) for name in Origin.model_fields}
