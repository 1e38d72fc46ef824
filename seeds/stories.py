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

    @property
    def category(self) -> str:
        """The group of calls (警情大类) into which the desk sorts it."""
        return _GROUPS_OF_KINDS.get(self.kind) or _GROUPS_OF_OUTCOMES[self.outcome]


# What the desk takes a call for, by its kind where that says it, else by how it usually ends.
_GROUPS_OF_KINDS = {
    **dict.fromkeys(("交通事故", "交通肇事", "醉驾"), "traffic"),
    **dict.fromkeys(("市政投诉", "噪音扰民"), "complaint"),
    **dict.fromkeys(("合同争议", "劳动争议"), "dispute"),
    "咨询": "consultation",
    "谎报警情": "invalid",
}
_GROUPS_OF_OUTCOMES = {
    Outcome.CRIMINAL: "criminal",
    Outcome.ADMIN: "public-order",
    Outcome.MEDIATION: "public-order",
    Outcome.DISPUTE: "dispute",
    Outcome.HELP: "help",
    Outcome.TRANSFERRED: "criminal",
    Outcome.NOT_OURS: "other",
}


@cache
def get_tales() -> tuple[Tale, ...]:
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
