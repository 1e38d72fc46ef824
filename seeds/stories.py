"""What people call the police about: call records with blanks, each with the way it usually ends."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Outcome(StrEnum):
    """How a story usually ends."""

    HELP = "help"
    DISPUTE = "dispute"
    MEDIATION = "mediation"
    NOT_OURS = "not-ours"
    TRANSFERRED = "transferred"
    ADMIN = "admin"
    CRIMINAL = "criminal"


@dataclass(frozen=True, slots=True)
class Tale:
    """One line of `stories.csv`.

    Its `text` has the blanks {caller}, {place}, {plate}, {hour} (of the day), {years} (of age) and {amount} (yuan, from `least` to
    `most`). `charge` and `violation` are codes of the tables of charges and of violations, empty where the tale is neither.
    `suspects` is how many people an inquiry names; `caller` is 男 or 女 where the wording gives it away, else empty.
    """

    kind: str
    outcome: Outcome
    charge: str
    violation: str
    suspects: int
    least: int
    most: int
    caller: str
    text: str

    @property
    def missing(self) -> bool:
        """Whether somebody is missing (走失)."""
        return self.kind == "走失"


@cache
def tales() -> tuple[Tale, ...]:
    """Every tale, in the order of the file."""
    table = resources.files("seeds").joinpath("stories.csv").read_text(encoding="utf-8")
    return tuple(
        Tale(
            kind=row["kind"],
            outcome=Outcome(row["outcome"]),
            charge=row["charge"],
            violation=row["violation"],
            suspects=int(row["suspects"]),
            least=int(row["least"] or 0),
            most=int(row["most"] or 0),
            caller=row["caller"],
            text=row["text"],
        )
        for row in csv.DictReader(table.splitlines())
    )
