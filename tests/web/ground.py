"""A few matters of the demonstration, one of each kind, on which every page has something to show."""

from dataclasses import dataclass
from datetime import UTC, datetime

from law.clock import Colour
from seeds.planting import SEED, Bureau
from seeds.scenarios import list_scenarios
from seeds.script import CASE, EXHIBIT, INCIDENT, OFFENCE, SUSPECT
from tests.api.matters import requested
from tests.web.screens import County

# One scenario for each kind of matter, by where it stands, and in which colour.
CHOSEN = {
    INCIDENT: ("接报待派", Colour.NONE),
    SUSPECT: ("拘留三日", Colour.OVERDUE),
    OFFENCE: ("行政拘留执行中", Colour.YELLOW),
    EXHIBIT: ("财物在库", Colour.NONE),
}


@dataclass(frozen=True)
class Ground:
    """The matters of which pages are shown, by number, and whose they are."""

    incident: str
    case: str
    suspect: str
    offence: str
    exhibit: str
    officer: str


async def planted(county: County) -> Ground:
    """A few courses of the demonstration, and a request that awaits approval."""
    programme = list(list_scenarios(SEED, datetime.now(UTC)))
    people = Bureau(await county.bureau.stranger())
    numbers: dict[str, str] = {}
    officer = ""
    for role, (shows, colour) in CHOSEN.items():
        scenario = next(each for each in programme if (each.shows, each.colour) == (shows, colour))
        receipts = [receipt async for receipt in people.play(scenario, role)]
        for move, receipt in zip(scenario.moves, receipts, strict=True):
            numbers.setdefault(f"{role}/{move.on}", receipt["number"])
            if (role, move.step) == (SUSPECT, "name-suspect"):
                officer = move.username
    await requested(county.bureau)
    return Ground(
        incident=numbers[f"{INCIDENT}/{INCIDENT}"],
        case=numbers[f"{SUSPECT}/{CASE}"],
        suspect=numbers[f"{SUSPECT}/{SUSPECT}"],
        offence=numbers[f"{OFFENCE}/{OFFENCE}"],
        exhibit=numbers[f"{EXHIBIT}/{EXHIBIT}"],
        officer=officer,
    )
