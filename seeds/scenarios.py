"""The programme of the demonstration: some three hundred matters in every stage and every colour, back-dated from `now`."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Final

from law.discovery import list_modules
from seeds.acts import ECONOMIC, GRAVE, TRAFFIC, Act
from seeds.invention import SHANGHAI, STATIONS, Inventor, Story
from seeds.script import Cast, Scenario
from seeds.stories import Outcome, get_tales

# Whose ground the calls come from: the county town has the most of them.
_GROUNDS: Final = (*STATIONS, "chengguan", "chengguan")


def list_acts() -> Iterator[Act]:
    """The acts of every chapter, in the order of their files: a new chapter needs no list to be entered in."""
    for chapter in list_modules("seeds.chapters"):
        yield from chapter.ACTS


def list_scenarios(seed: int, now: datetime) -> Iterator[Scenario]:
    """Every scenario as it would have run up to `now`; the same seed and instant give the same courses."""
    inventor = Inventor(seed, now.astimezone(SHANGHAI).date())
    turns = count()
    for act in list_acts():
        choice = [tale for tale in get_tales() if tale.outcome is act.outcome and act.fits(tale)]
        for colour, spans in act.left.items():
            for left in spans:
                turn = next(turns)
                story = inventor.invent_story(choice[turn % len(choice)], act.unit_id or _GROUNDS[turn % len(_GROUNDS)])
                at = act.length.start((now + left).astimezone(SHANGHAI))
                cast = Cast(story, _build_answers(story), turn)
                yield Scenario(act.shows, colour, story, tuple(act.chapter(cast, at)))


def _build_answers(story: Story) -> str:
    charge = story.tale.charge
    for unit_id, charges in (("economic", ECONOMIC), ("traffic", TRAFFIC), ("criminal", GRAVE)):
        if charge in charges and story.tale.outcome is Outcome.CRIMINAL:
            return unit_id
    return story.unit_id
