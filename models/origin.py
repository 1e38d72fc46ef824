"""Origins: of which entry of which matter something came. Keys are opaque: they are made, kept and compared, and nobody reads inside one."""

from typing import Any

from pydantic import BaseModel, ConfigDict


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


def build_origin_columns(origin: Origin | None) -> dict[str, Any]:
    """The columns by which an entry is found by its origin; each is empty where it came of none."""
    return {f"origin_{name}": getattr(origin, name, None) for name in Origin.model_fields}
