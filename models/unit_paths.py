"""Paths of units in the tree: the ids of those above a unit and its own, written `/bureau/station/`; the one place that writes and reads that. Pure.

The path of a unit is a prefix of the paths of those below it, by which statements find them.
"""


def build_path(above: str, unit: str) -> str:
    """The path of a unit below that path; of the topmost one where it is empty."""
    return f"{above or '/'}{unit}/"


def list_ids(path: str) -> list[str]:
    """The ids of the units above, the topmost first, and of the unit itself."""
    return path.strip("/").split("/")


def get_top(path: str) -> str:
    """The id of the topmost unit: of the organisation to which the unit belongs."""
    return list_ids(path)[0]
