"""Warning ladders (预警梯次): from when on a clock shows which colour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from law.calendar import SHANGHAI, end_of, get_day, start_of
from law.clock import Colour, Rung

# Works out one rung's instant from the clock's start and the instant warnings are reckoned back from.
_Place = Callable[[datetime, datetime], datetime]


@dataclass(frozen=True, eq=False)
class Ladder:
    """The colours of one kind of limit and where each begins; expiry itself is always the last rung."""

    places: tuple[tuple[Colour, _Place], ...]

    def list_rungs(self, start: datetime, alarm: datetime, due: datetime) -> tuple[Rung, ...]:
        """The rungs between `start` and `due`, reckoned back from `alarm`; one that would not follow the start is left out."""
        found: list[Rung] = []
        for colour, place in self.places:
            at = place(start, alarm)
            # That of what is due at once: an end that the law names is not passed before it.
            if colour is Colour.OVERDUE:
                continue
            if start < at < due and (not found or found[-1].at < at):
                found.append(Rung(colour, at))
        return (*found, Rung(Colour.OVERDUE, due))

    def list_rungs_after(self, start: datetime) -> tuple[Rung, ...]:
        """The rungs of a limit without a figure, each reckoned from the start; what is reckoned back from an end has none there."""
        rungs = (Rung(colour, place(start, start)) for colour, place in self.places)
        return tuple(rung for rung in rungs if rung.at >= start)


def before(**colours: timedelta) -> Ladder:
    """Each colour so long before expiry."""
    return Ladder(tuple((Colour(name), _place_ahead(ahead)) for name, ahead in colours.items()))


def before_day(n: int, **colours: timedelta) -> Ladder:
    """Each colour so long before the end of the n-th natural day, where the law's own last day may be a later one."""
    return Ladder(tuple((Colour(name), _place_ahead_of_day(n, ahead)) for name, ahead in colours.items()))


def of_term(**colours: float) -> Ladder:
    """Each colour after such a share of the term: for terms that differ by a decision, from hours to days."""
    return Ladder(tuple((Colour(name), _share(share)) for name, share in colours.items()))


def after(**colours: timedelta) -> Ladder:
    """Each colour so long after the start: for duties without a figure."""
    return Ladder(tuple((Colour(name), _place_since(since)) for name, since in colours.items()))


def _place_ahead(ahead: timedelta) -> _Place:
    return lambda _start, alarm: alarm - ahead


def _place_ahead_of_day(n: int, ahead: timedelta) -> _Place:
    return lambda start, _alarm: end_of(get_day(start) + timedelta(days=n)) - ahead


def _place_since(since: timedelta) -> _Place:
    return lambda start, _alarm: start + since


def _share(share: float) -> _Place:
    return lambda start, alarm: start + (alarm - start) * share


def _place_last_day(_start: datetime, alarm: datetime) -> datetime:
    return start_of(alarm.astimezone(SHANGHAI).date())


_H, _D = timedelta(hours=1), timedelta(days=1)

# No anchor in law: half, three quarters, and one hour in which a person can still act.
BY_THE_HOUR = Ladder(((Colour.BLUE, _share(0.5)), (Colour.YELLOW, _share(0.75)), (Colour.ORANGE, _place_ahead(_H))))
# Minutes leave no hour in which to act, and all the more need to be seen to go: the last is for whoever may still send another.
MINUTES = of_term(blue=0.5, yellow=0.7, orange=0.85, red=0.95)
# A promise of seconds or minutes: half of it gone, the officer is told; with a fifth left whoever heads them, who may yet send another.
PROMPT = Ladder(((Colour.YELLOW, _share(0.5)), (Colour.ORANGE, _share(0.8))))
# The head's approval must be complete before expiry (DET06 2); also fit for every other limit of a few days.
FEW_DAYS = before(yellow=24 * _H, orange=12 * _H, red=2 * _H)
# What the bureau orders to be put right: whoever does it hears halfway, and with their head a day ahead and four hours ahead.
TO_BE_PUT_RIGHT = Ladder(((Colour.BLUE, _share(0.5)), (Colour.ORANGE, _place_ahead(24 * _H)), (Colour.RED, _place_ahead(4 * _H))))
# The custody centre gives notice three days before a 30-day detention ends (DET06 27).
THIRTY_DAYS = Ladder(((Colour.YELLOW, _place_ahead(3 * _D)), (Colour.ORANGE, _place_ahead(_D)), (Colour.RED, _place_last_day)))
# The request for extension is due 7 days before (MPSC 148), and the custody centre gives notice then (SPP19 615).
INVESTIGATIVE_CUSTODY = before(blue=15 * _D, yellow=10 * _D, orange=7 * _D, red=3 * _D)
# The organ that hands the case on gives notice 15 days before bail ends (BAIL22 26).
BAIL = before(yellow=30 * _D, orange=15 * _D, red=3 * _D)
# A freeze that is not renewed before expiry lapses by itself (MPSC 240).
FREEZE = before(yellow=30 * _D, orange=10 * _D, red=3 * _D)
# One to three weeks, no anchor in law: three days leave a weekend and a working day.
FEW_WEEKS = before(yellow=3 * _D, orange=_D, red=4 * _H)
# A month and more, no anchor in law: the authority suggests these for prosecution and for public-order cases.
MONTH_OR_MORE = before(yellow=10 * _D, orange=5 * _D, red=2 * _D)
# "At once" has no figure: the duty shows from the start, and two hours are enough to do it and to write it down.
AT_ONCE = after(yellow=timedelta(), overdue=2 * _H)
# "At once" between two organs: the papers are on their way for part of a day, and after a day somebody must ask where they are.
WITHIN_A_DAY = after(yellow=timedelta(), orange=12 * _H, overdue=24 * _H)
# Release at once: whoever is held without a ground is red from the first minute; one hour covers the papers at the gate.
RELEASE_AT_ONCE = after(red=timedelta(), overdue=_H)


def get_usual_ladder(start: datetime, due: datetime) -> Ladder:
    """The ladder of a limit that names none, by how long it lasts."""
    lasts = due - start
    if lasts <= 2 * _H:
        return MINUTES
    if lasts <= 2 * _D:
        return BY_THE_HOUR
    if lasts <= 6 * _D:
        return FEW_DAYS
    return FEW_WEEKS if lasts <= 21 * _D else MONTH_OR_MORE
