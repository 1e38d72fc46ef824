"""The programme of the demonstration: some two hundred matters in every stage and every colour, back-dated from `now`."""

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from law.clock import Colour
from seeds import chapters
from seeds.chapters import hours, minutes
from seeds.invention import SHANGHAI, STATIONS, Inventor, Story
from seeds.script import Course, Move, Scene
from seeds.stories import Outcome, Tale, tales

Chapter = Callable[[Scene, datetime], Iterator[Move]]

# Which brigade takes a crime instead of the station; codes of the table of charges.
_ECONOMIC: Final = frozenset({"xf-176", "xf-224", "xf-271", "xf-276-1a"})
_TRAFFIC: Final = frozenset({"xf-133", "xf-133-1a"})
_GRAVE: Final = frozenset({"xf-238", "xf-263", "xf-266", "xf-267", "xf-287-2a", "xf-303-2", "xf-347"})


def days(n: float) -> timedelta:
    """`n` days."""
    return timedelta(days=n)


@dataclass(frozen=True, slots=True)
class Length:
    """How long a limit is."""

    plus: timedelta = timedelta()
    months: int = 0

    def start(self, due: datetime) -> datetime:
        """When it must have begun to end at `due`; a day that the earlier month lacks becomes that month's last."""
        year, month = divmod(due.year * 12 + due.month - 1 - self.months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return due.replace(year=year, month=month + 1, day=min(due.day, last)) - self.plus


@dataclass(frozen=True, slots=True)
class Act:
    """One chapter, played once for each entry of `left`: how much of the decisive limit is left, by the colour it then shows.

    Where no limit decides, `length` is nothing and what is left is negative: how long ago it happened.
    """

    shows: str
    chapter: Chapter
    outcome: Outcome
    left: Mapping[Colour, tuple[timedelta, ...]]
    length: Length = field(default_factory=Length)
    fits: Callable[[Tale], bool] = lambda _: True


def _ago(*spans: timedelta) -> dict[Colour, tuple[timedelta, ...]]:
    return {Colour.NONE: tuple(-span for span in spans)}


def _ladder(**left: timedelta | tuple[timedelta, ...]) -> dict[Colour, tuple[timedelta, ...]]:
    return {Colour[name.upper()]: spans if isinstance(spans, tuple) else (spans,) for name, spans in left.items()}


def _economic(tale: Tale) -> bool:
    return tale.charge in _ECONOMIC


def _ordinary(tale: Tale) -> bool:
    return not _economic(tale)


# Limits of hours: blue from the half, yellow from three quarters, orange in the last hour.
_DAY: Final = _ladder(none=hours(17), blue=hours(9), yellow=hours(4), orange=minutes(40), overdue=-hours(6))
_HALF_DAY: Final = _ladder(none=hours(8), blue=hours(5), yellow=hours(2.5), orange=minutes(35), overdue=-hours(3))
# Detention: a day, half a day and two hours before its end.
_DETENTION: Final = _ladder(none=hours(40), yellow=hours(19), orange=hours(8), red=minutes(100), overdue=-hours(11))
# Three natural days end with a day: the third after this one, the second, tomorrow, today, the day before yesterday.
_THREE_DAYS: Final = _ladder(none=days(3), blue=days(2), yellow=days(1), orange=days(0), overdue=-days(2))
_WEEKS: Final = _ladder(none=days(20), yellow=hours(60), orange=hours(18), overdue=-days(1))
_CUSTODY: Final = _ladder(none=(days(38), days(24)), blue=days(13), yellow=days(9), orange=days(5), red=days(2), overdue=-days(1))
_MONTHS: Final = _ladder(none=days(140), yellow=days(22), orange=days(9), red=days(2), overdue=-days(3))

INCIDENTS: Final = (
    Act("接报待派", chapters.received, Outcome.HELP, _ago(minutes(1), minutes(4))),
    Act("已派警", chapters.dispatched, Outcome.DISPUTE, _ago(minutes(3), minutes(8), minutes(15))),
    Act("已到现场", chapters.on_scene, Outcome.MEDIATION, _ago(minutes(6), minutes(20), minutes(41))),
    Act("处置完毕待登记", chapters.handled, Outcome.ADMIN, _DAY, Length(hours(24))),
    Act("书面报案待联系", chapters.written_report, Outcome.NOT_OURS, _THREE_DAYS, Length(days(3))),
    Act("管辖待判断", chapters.jurisdiction_unclear, Outcome.TRANSFERRED, _ladder(none=days(3), orange=days(0)), Length(days(3))),
    Act("不属本单位待移送", chapters.found_foreign, Outcome.TRANSFERRED, _DAY, Length(hours(24))),
    Act("已移送", chapters.transferred, Outcome.TRANSFERRED, _ago(days(2), days(15))),
    Act("已告知非公安职责", chapters.not_ours, Outcome.NOT_OURS, _ago(hours(5), days(1.2), days(9))),
    Act(
        "求助办结",
        chapters.helped,
        Outcome.HELP,
        _ago(hours(3), hours(9), days(1.4), days(3.6), days(8), days(13)),
    ),
    Act("纠纷办结", chapters.settled, Outcome.DISPUTE, _ago(hours(4), hours(15), days(1.7), days(3), days(11))),
    Act("治安调解办结", chapters.mediated, Outcome.MEDIATION, _ago(hours(20), days(2.4), days(12))),
    Act(
        "定为治安案件",
        chapters.administrative,
        Outcome.ADMIN,
        _ago(hours(2), hours(11), days(1.1), days(4.2), days(16)),
    ),
)
CASES: Final = (
    Act("立案审查", chapters.accepted, Outcome.CRIMINAL, _THREE_DAYS, Length(days(3)), _ordinary),
    Act("经济犯罪立案审查", chapters.accepted, Outcome.CRIMINAL, _ladder(none=days(5), orange=days(0)), Length(days(7)), _economic),
    Act("延长立案审查", chapters.review_extended, Outcome.CRIMINAL, _WEEKS, Length(days(30)), _ordinary),
    Act("不予立案待送达", chapters.not_filed, Outcome.CRIMINAL, _ladder(none=days(3), yellow=days(1)), Length(days(3)), _ordinary),
    Act("已立案侦查", chapters.filed, Outcome.CRIMINAL, _ago(hours(7), days(3), days(24), days(41)), fits=_ordinary),
    Act("已撤销案件", chapters.cancelled, Outcome.CRIMINAL, _ago(days(4)), fits=_ordinary),
)
SUSPECTS: Final = (
    Act("已确定嫌疑人", chapters.named, Outcome.CRIMINAL, _ago(hours(9))),
    Act("传唤中", chapters.summoned, Outcome.CRIMINAL, _HALF_DAY, Length(hours(12))),
    Act("拘传中", chapters.compelled, Outcome.CRIMINAL, _ladder(none=hours(10)), Length(hours(12))),
    Act(
        "拘留首日",
        chapters.detained,
        Outcome.CRIMINAL,
        _ladder(none=hours(16), yellow=hours(3), overdue=-hours(2)),
        Length(hours(24)),
    ),
    Act("拘留三日", chapters.held, Outcome.CRIMINAL, _DETENTION, Length(days(3))),
    Act("拘留七日", chapters.held_seven_days, Outcome.CRIMINAL, _ladder(none=hours(70), red=minutes(80)), Length(days(7))),
    Act("拘留三十日", chapters.held_thirty_days, Outcome.CRIMINAL, _WEEKS, Length(days(30))),
    Act("审查逮捕", chapters.under_arrest_review, Outcome.CRIMINAL, _ladder(none=days(4), orange=hours(10)), Length(days(7))),
    Act("不批捕已释放", chapters.refused, Outcome.CRIMINAL, _ago(days(6))),
    Act("侦查羁押", chapters.arrested, Outcome.CRIMINAL, _CUSTODY, Length(months=2)),
    Act("侦查羁押已延长", chapters.custody_extended, Outcome.CRIMINAL, _ladder(none=days(25), yellow=days(8)), Length(months=3)),
    Act("精神病鉴定中", chapters.under_evaluation, Outcome.CRIMINAL, _ago(days(12))),
    Act("取保候审", chapters.bailed, Outcome.CRIMINAL, _MONTHS, Length(months=12)),
    Act("监视居住", chapters.surveilled, Outcome.CRIMINAL, _ladder(none=days(100), orange=days(11)), Length(months=6)),
)


def courses(seed: int, now: datetime) -> Iterator[Course]:
    """Every course as it would have run up to `now`; the same seed and instant give the same courses."""
    inventor = Inventor(seed, now.astimezone(SHANGHAI).date())
    turns = count()
    for act in (*INCIDENTS, *CASES, *SUSPECTS):
        choice = [tale for tale in tales() if tale.outcome is act.outcome and act.fits(tale)]
        for colour, spans in act.left.items():
            for left in spans:
                turn = next(turns)
                story = inventor.story(choice[turn % len(choice)], STATIONS[turn % len(STATIONS)])
                at = act.length.start((now + left).astimezone(SHANGHAI))
                scene = Scene(story, _answers(story), turn)
                yield Course(act.shows, colour, story, tuple(act.chapter(scene, at)))


def _answers(story: Story) -> str:
    charge = story.tale.charge
    for unit_id, charges in (("economic", _ECONOMIC), ("traffic", _TRAFFIC), ("criminal", _GRAVE)):
        if charge in charges and story.tale.outcome is Outcome.CRIMINAL:
            return unit_id
    return story.unit_id
