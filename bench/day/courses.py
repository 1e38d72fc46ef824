"""The calls of a day, from a seed: what is reported, and who does what about it, as the demonstration's chapters tell it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from law.calendar import SHANGHAI
from law.offices import Office
from models.forms.form import get_forms
from seeds.acts import Act, of_a_station
from seeds.bureau import HOLDINGS, PEOPLE
from seeds.invention import STATIONS, Inventor, Story
from seeds.scenarios import list_acts
from seeds.script import Cast, Move, User, approve_request
from seeds.stories import Outcome, get_tales

# How often a call goes which way, by what the act shows: most are help given and quarrels laid to rest.
_OFTEN = {
    "求助办结": 10,
    "纠纷办结": 8,
    "治安调解办结": 3,
    "已告知非警务警情": 6,
    "已移送": 1,
    "处罚决定待送达": 1,
    "呈请处罚": 1,
    "拘留首日": 1,
}


@dataclass(frozen=True, slots=True)
class Course:
    """One call and what is done about it; it comes after `at` of the day, from 0 to 1, and between two steps of one hand lie `pauses`, likewise."""

    at: float
    moves: tuple[Move, ...]
    pauses: tuple[float, ...]


def courses(seed: int, calls: int, people: Collection[str], now: datetime) -> list[Course]:
    """So many calls in the order in which they come, each carried by some of those people; each way is gone at least once."""
    chance, inventor = Random(seed), Inventor(seed, now.astimezone(SHANGHAI).date())
    ways = {act.shows: act for act in list_acts() if act.shows in _OFTEN}
    each_once = list(ways)[:calls]
    drawn = each_once + chance.choices(list(_OFTEN), list(_OFTEN.values()), k=calls - len(each_once))
    chance.shuffle(drawn)
    played: list[Course] = []
    for turn, (shows, at) in enumerate(zip(drawn, sorted(chance.random() for _ in drawn), strict=True)):
        story = _story(ways[shows], inventor, chance, people)
        moves = tuple(_moves(ways[shows], story, people, turn, now))
        played.append(Course(at, moves, tuple(chance.random() for _ in moves)))
    return played


def _moves(act: Act, story: Story, people: Collection[str], turn: int, now: datetime) -> Iterator[Move]:
    cast = _cast(story, people, turn)
    *before, last = act.chapter(cast, now)
    yield from before
    # What a chapter leaves before the head is decided here.
    yield from approve_request(last, cast.county_head, now) if get_forms()[last.step].rule.approved_by else (last,)


def _story(act: Act, inventor: Inventor, chance: Random, people: Collection[str]) -> Story:
    """Something that one of their stations keeps."""
    choice = [each for each in get_tales() if each.outcome is act.outcome and act.fits(each)]
    kept = [each for each in choice if act.outcome is not Outcome.CRIMINAL or of_a_station(each)]
    grounds = [each for each in STATIONS if _holding(people, Office.CASE_OFFICER, each)]
    return inventor.invent_story(chance.choice(kept), chance.choice(grounds))


def _cast(story: Story, people: Collection[str], turn: int) -> Cast:
    """Those of these people who handle it; everybody calls."""
    cast, unit = Cast(story, story.unit_id, turn), story.unit_id
    cast.walks_in = False
    heads = _holding(people, Office.STATION_HEAD, unit)
    officers = [each for each in _holding(people, Office.CASE_OFFICER, unit) if each not in heads]
    cast.officer, cast.companion = _one(officers, turn), _one(officers, turn + 1)
    cast.unit_head = _one(heads, turn)
    cast.desk = _one(_holding(people, Office.REPORTING_DESK, "qinglan"), turn)
    cast.legal = _one(_holding(people, Office.LEGAL_REVIEWER, "legal"), turn)
    cast.county_head = _one(_holding(people, Office.COUNTY_HEAD, "qinglan"), turn)
    return cast


def _one(people: Sequence[User], turn: int) -> User:
    return people[turn % len(people)]


def _holding(people: Collection[str], office: Office, unit: str) -> list[User]:
    held = {each.person_id for each in HOLDINGS if each.unit_id == unit and each.office is office}
    return [User(each.username, each.zh) for each in PEOPLE if each.id in held and each.username in people]
