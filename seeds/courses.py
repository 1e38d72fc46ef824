"""The programme of the demonstration: some three hundred matters in every stage and every colour, back-dated from `now`."""

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from law.clock import Colour
from law.offences import violations
from seeds.chapters import court, criminal_case, exhibit, incident, public_order_case, rectification_order, suspect
from seeds.invention import SHANGHAI, STATIONS, Inventor, Story
from seeds.script import Course, Move, Scene
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome, Tale, tales

Chapter = Callable[[Scene, datetime], Iterator[Move]]

# Which brigade takes a crime instead of the station; codes of the table of charges.
_ECONOMIC: Final = frozenset({"xf-176", "xf-224", "xf-271", "xf-276-1a"})
_TRAFFIC: Final = frozenset({"xf-133", "xf-133-1a"})
_GRAVE: Final = frozenset({"xf-238", "xf-263", "xf-266", "xf-267", "xf-287-2a", "xf-303-2", "xf-347"})

# What the law lets be mediated when it grows out of a quarrel among citizens; codes of the table of violations.
_AMONG_NEIGHBOURS: Final = frozenset({"za-51-1", "za-59"})

# Whose ground the calls come from: the county town has the most of them.
_GROUNDS: Final = (*STATIONS, "chengguan", "chengguan")


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

    Where no limit decides, `length` is nothing and what is left is negative: how long ago it happened. The colour is None where
    a limit moves off rest days, so that what it shows depends on the day of the week. `unit_id` is where it happens; empty: anywhere.
    """

    shows: str
    chapter: Chapter
    outcome: Outcome
    left: Mapping[Colour | None, tuple[timedelta, ...]]
    length: Length = field(default_factory=Length)
    fits: Callable[[Tale], bool] = lambda _: True
    unit_id: str = ""


def _ago(*spans: timedelta) -> dict[Colour | None, tuple[timedelta, ...]]:
    return {Colour.NONE: tuple(-span for span in spans)}


def _by_the_calendar(*left: timedelta) -> dict[Colour | None, tuple[timedelta, ...]]:
    return {None: left}


def _ladder(**left: timedelta | tuple[timedelta, ...]) -> dict[Colour | None, tuple[timedelta, ...]]:
    return {Colour[name.upper()]: spans if isinstance(spans, tuple) else (spans,) for name, spans in left.items()}


def _economic(tale: Tale) -> bool:
    return tale.charge in _ECONOMIC


def _ordinary(tale: Tale) -> bool:
    return not _economic(tale)


def _of_a_station(tale: Tale) -> bool:
    return tale.charge not in _ECONOMIC | _TRAFFIC | _GRAVE


def _of(violation: str) -> Callable[[Tale], bool]:
    return lambda tale: tale.violation == violation


def _among_neighbours(tale: Tale) -> bool:
    return tale.violation in _AMONG_NEIGHBOURS


def _detainable(tale: Tale) -> bool:
    return violations()[tale.violation].max_detention_days >= public_order_case.DETENTION_DAYS


# Limits of hours: blue from the half, yellow from three quarters, orange in the last hour.
_DAY: Final = _ladder(none=hours(17), blue=hours(9), yellow=hours(4), orange=minutes(40), overdue=-hours(6))
_HALF_DAY: Final = _ladder(none=hours(8), blue=hours(5), yellow=hours(2.5), orange=minutes(35), overdue=-hours(3))
# Detention: a day, half a day and two hours before its end.
_DETENTION: Final = _ladder(none=hours(40), yellow=hours(19), orange=hours(8), red=minutes(100), overdue=-hours(11))
# Three natural days end with a day, and not with a rest day.
_THREE_DAYS: Final = _by_the_calendar(days(3), days(1), days(0), -days(2))
_CUSTODY_ENDING: Final = _ladder(blue=days(13), orange=days(5), red=days(2))
_BAIL: Final = _ladder(none=days(140), yellow=days(22), overdue=-days(3))

_2_DAYS: Final = Length(days(2))
_3_DAYS: Final = Length(days(3))
_7_DAYS: Final = Length(days(7))
_10_DAYS: Final = Length(days(10))
_15_DAYS: Final = Length(days(15))
_30_DAYS: Final = Length(days(30))
_60_DAYS: Final = Length(days(60))
_8_HOURS: Final = Length(hours(8))
_12_HOURS: Final = Length(hours(12))
_24_HOURS: Final = Length(hours(24))
_48_HOURS: Final = Length(hours(48))

INCIDENTS: Final = (
    Act("接报待派", incident.received, Outcome.HELP, _ago(minutes(1), minutes(4))),
    Act("已派警", incident.dispatched, Outcome.DISPUTE, _ago(minutes(3), minutes(8), minutes(15))),
    Act("重复报案", incident.reported_again, Outcome.DISPUTE, _ago(minutes(5), hours(26))),
    Act("已到现场", incident.on_scene, Outcome.MEDIATION, _ago(minutes(6), minutes(20), minutes(41))),
    Act("处置完毕待登记", incident.handled, Outcome.ADMIN, _DAY, _24_HOURS),
    Act("书面报案待联系", incident.written_report, Outcome.NOT_OURS, _THREE_DAYS, _3_DAYS),
    Act("管辖待判断", incident.jurisdiction_unclear, Outcome.TRANSFERRED, _by_the_calendar(days(3), days(0)), _3_DAYS),
    Act("不属本单位待移送", incident.found_foreign, Outcome.TRANSFERRED, _ladder(none=hours(15), yellow=hours(5)), _24_HOURS),
    Act("已移送", incident.transferred, Outcome.TRANSFERRED, _ago(days(2), days(15))),
    Act("已告知非公安职责", incident.not_ours, Outcome.NOT_OURS, _ago(hours(5), days(1.2), days(9))),
    Act("求助办结", incident.helped, Outcome.HELP, _ago(hours(3), hours(9), days(1.4), days(3.6))),
    Act("求助归档", incident.put_away, Outcome.HELP, _ago(days(6), days(13))),
    Act("纠纷办结", incident.settled, Outcome.DISPUTE, _ago(hours(4), days(1.7), days(11))),
    Act("治安调解中", incident.mediating, Outcome.MEDIATION, _ago(hours(2), hours(21))),
    Act("治安调解办结", incident.mediated, Outcome.MEDIATION, _ago(hours(20), days(2.4), days(12))),
)
OFFENCES: Final = (
    Act("治安案件立案", public_order_case.filed, Outcome.ADMIN, _ago(hours(2))),
    Act("治安传唤中", public_order_case.summoned, Outcome.ADMIN, _ladder(none=hours(6), orange=minutes(40)), _8_HOURS),
    Act("调查取证", public_order_case.under_inquiry, Outcome.ADMIN, _by_the_calendar(-days(3)), _30_DAYS),
    Act("已延长办案期限", public_order_case.extended, Outcome.ADMIN, _by_the_calendar(days(21)), _60_DAYS),
    Act("伤情鉴定中", public_order_case.injury_appraised, Outcome.ADMIN, _by_the_calendar(days(4)), _7_DAYS, _of("za-51-1")),
    Act("调解协议履行", public_order_case.mediated, Outcome.ADMIN, _ago(days(3)), fits=_among_neighbours),
    Act("调解结案", public_order_case.performed, Outcome.ADMIN, _ago(days(8)), fits=_among_neighbours),
    Act("快速办理", public_order_case.handled_fast, Outcome.ADMIN, _ladder(blue=hours(20)), _48_HOURS, _of("za-58-1")),
    Act("处罚告知", public_order_case.told, Outcome.ADMIN, _ago(hours(5)), fits=_detainable),
    Act("听证", public_order_case.hearing, Outcome.ADMIN, _by_the_calendar(days(7)), _10_DAYS, _of("za-82-2")),
    Act("法制审核", public_order_case.under_review, Outcome.ADMIN, _ago(hours(7)), fits=_detainable),
    Act("呈请处罚", public_order_case.reviewed, Outcome.ADMIN, _ago(hours(3)), fits=_detainable),
    Act("集体讨论后待决定", public_order_case.discussed, Outcome.ADMIN, _ago(hours(6)), fits=_detainable),
    Act("处罚决定待送达", public_order_case.fined, Outcome.ADMIN, _by_the_calendar(days(1)), _2_DAYS),
    Act("罚款待缴", public_order_case.fine_served, Outcome.ADMIN, _by_the_calendar(days(9)), _15_DAYS),
    Act("罚款缴清结案", public_order_case.fine_paid, Outcome.ADMIN, _ago(days(6))),
    Act("行政拘留执行中", public_order_case.detained, Outcome.ADMIN, _ladder(yellow=days(2)), _7_DAYS, _detainable),
    Act("行政拘留归档", public_order_case.detention_served, Outcome.ADMIN, _ago(days(5)), fits=_detainable),
    Act("暂缓执行拘留", public_order_case.suspended, Outcome.ADMIN, _ago(days(2)), fits=_detainable),
    Act("当场处罚待备案", public_order_case.on_the_spot, Outcome.ADMIN, _ladder(none=hours(17)), _24_HOURS, _of("za-67-1")),
    Act("转为刑事案件", public_order_case.turned_criminal, Outcome.ADMIN, _by_the_calendar(days(2)), _3_DAYS, _of("za-51-1")),
    Act("治安案件移送", public_order_case.transferred, Outcome.ADMIN, _ago(days(4))),
    Act("治安案件终止调查", public_order_case.terminated, Outcome.ADMIN, _ago(days(7))),
)
ORDERS: Final = (
    Act("整改指令待签收", rectification_order.ordered, Outcome.ADMIN, _ladder(yellow=hours(20)), _3_DAYS),
    Act("整改待核查", rectification_order.reported, Outcome.DISPUTE, _ago(hours(9))),
    Act("整改销号", rectification_order.verified, Outcome.ADMIN, _ago(days(3))),
    Act("退回重新整改", rectification_order.returned, Outcome.ADMIN, _ladder(none=hours(52)), _3_DAYS),
)
CASES: Final = (
    Act("立案审查", criminal_case.accepted, Outcome.CRIMINAL, _THREE_DAYS, _3_DAYS, _ordinary),
    Act("经济犯罪立案审查", criminal_case.accepted, Outcome.CRIMINAL, _by_the_calendar(days(5), days(0)), _7_DAYS, _economic),
    Act("呈请立案", criminal_case.filing_asked, Outcome.CRIMINAL, _by_the_calendar(-hours(4)), fits=_ordinary),
    Act(
        "呈请立案",
        criminal_case.filing_asked,
        Outcome.CRIMINAL,
        _by_the_calendar(-hours(2)),
        fits=_of_a_station,
        unit_id="chengguan",
    ),
    Act(
        "延长立案审查",
        criminal_case.review_extended,
        Outcome.CRIMINAL,
        _by_the_calendar(days(20), hours(60), -days(1)),
        _30_DAYS,
        _ordinary,
    ),
    Act("不予立案待送达", criminal_case.not_filed, Outcome.CRIMINAL, _by_the_calendar(days(3), days(1)), _3_DAYS, _ordinary),
    Act("移送管辖待通知", criminal_case.handed_over, Outcome.CRIMINAL, _by_the_calendar(days(2)), _3_DAYS, _of_a_station),
    Act("已立案侦查", criminal_case.filed, Outcome.CRIMINAL, _ago(hours(7), days(24)), fits=_ordinary),
    Act("已并案", criminal_case.merged, Outcome.CRIMINAL, _ago(days(2)), fits=_ordinary),
    Act("已撤销案件", criminal_case.cancelled, Outcome.CRIMINAL, _ago(days(4)), fits=_ordinary),
    Act("已转行政处理", criminal_case.turned_administrative, Outcome.CRIMINAL, _ago(days(6)), fits=_ordinary),
)
SUSPECTS: Final = (
    Act("已确定嫌疑人", suspect.named, Outcome.CRIMINAL, _ago(hours(9))),
    Act("终止侦查", suspect.cleared, Outcome.CRIMINAL, _ago(days(2))),
    Act("呈请传唤", suspect.summons_asked, Outcome.CRIMINAL, _ago(hours(1))),
    Act("呈请传唤", suspect.summons_asked, Outcome.CRIMINAL, _ago(minutes(50)), fits=_of_a_station, unit_id="chengguan"),
    Act("传唤中", suspect.summoned, Outcome.CRIMINAL, _HALF_DAY, _12_HOURS),
    Act("传唤中呈请拘留", suspect.detention_asked, Outcome.CRIMINAL, _ladder(none=hours(7)), _12_HOURS),
    Act("传唤中呈请取保", suspect.bail_asked, Outcome.CRIMINAL, _ladder(blue=hours(4)), _12_HOURS, _of_a_station, "chengguan"),
    Act("拘传中", suspect.compelled, Outcome.CRIMINAL, _ladder(none=hours(10)), _12_HOURS),
    Act("拘留首日", suspect.detained, Outcome.CRIMINAL, _ladder(none=hours(16), yellow=hours(3)), _24_HOURS),
    Act("拘留三日", suspect.held, Outcome.CRIMINAL, _DETENTION, _3_DAYS),
    Act("拘留呈请提捕", suspect.arrest_asked, Outcome.CRIMINAL, _ladder(yellow=hours(15), red=minutes(70)), _3_DAYS),
    Act("拘留七日", suspect.held_seven_days, Outcome.CRIMINAL, _ladder(none=hours(70), red=minutes(80)), _7_DAYS),
    Act("拘留三十日", suspect.held_thirty_days, Outcome.CRIMINAL, _ladder(none=days(20), overdue=-days(1)), _30_DAYS),
    Act("拘留三十日将满", suspect.thirty_days_ending, Outcome.CRIMINAL, _ladder(yellow=hours(60)), _30_DAYS),
    Act("审查逮捕", suspect.under_arrest_review, Outcome.CRIMINAL, _ladder(none=days(4), orange=hours(10)), _7_DAYS),
    Act("不批捕待释放", suspect.refused, Outcome.CRIMINAL, _ladder(red=-minutes(25), overdue=-hours(3))),
    Act("不批捕已释放", suspect.released, Outcome.CRIMINAL, _ago(hours(30))),
    Act("已批捕待执行", suspect.arrest_approved, Outcome.CRIMINAL, _ladder(none=-minutes(40))),
    Act("侦查羁押", suspect.arrested, Outcome.CRIMINAL, _ladder(none=days(31), overdue=-days(2)), Length(months=2)),
    Act("侦查羁押将满", suspect.custody_ending, Outcome.CRIMINAL, _CUSTODY_ENDING, Length(months=2)),
    Act("羁押必要性评估", suspect.necessity_asked, Outcome.CRIMINAL, _by_the_calendar(days(39)), Length(months=2)),
    Act("侦查羁押已延长", suspect.custody_extended, Outcome.CRIMINAL, _ladder(none=days(25)), Length(months=3)),
    Act("精神病鉴定中", suspect.under_evaluation, Outcome.CRIMINAL, _ago(days(12))),
    Act("取保候审", suspect.bailed, Outcome.CRIMINAL, _BAIL, Length(months=12)),
    Act("侦查终结", suspect.investigated, Outcome.CRIMINAL, _ago(days(1))),
    Act("移送审查起诉", court.under_review, Outcome.CRIMINAL, _ago(days(8))),
    Act("退回补充侦查", court.returned, Outcome.CRIMINAL, _ago(days(11))),
    Act("不起诉", court.not_prosecuted, Outcome.CRIMINAL, _ago(days(2))),
    Act("法院审查受理", court.prosecuted, Outcome.CRIMINAL, _ago(days(3))),
    Act("一审", court.tried, Outcome.CRIMINAL, _ago(days(17))),
    Act("延期审理", court.adjourned, Outcome.CRIMINAL, _ago(days(7))),
    Act("一审宣判", court.judged, Outcome.CRIMINAL, _ago(days(4))),
    Act("二审", court.appealed, Outcome.CRIMINAL, _ago(days(9))),
    Act("待交付执行", court.in_effect, Outcome.CRIMINAL, _ago(days(3))),
    Act("已结案", court.decided, Outcome.CRIMINAL, _ago(days(5))),
    Act("取保期间逃跑", suspect.absconded, Outcome.CRIMINAL, _ago(days(6))),
    Act("在押脱逃", suspect.escaped, Outcome.CRIMINAL, _ago(hours(20))),
    Act("在押死亡", suspect.died, Outcome.CRIMINAL, _ago(days(2))),
    Act("监视居住", suspect.surveilled, Outcome.CRIMINAL, _ladder(none=days(100), orange=days(11)), Length(months=6)),
)
# A thing lent is to be back when it was promised to be; a freeze lapses unless it is renewed.
THINGS: Final = (
    Act("财物待入库", exhibit.taken, Outcome.CRIMINAL, _ladder(none=hours(17), orange=minutes(40)), _24_HOURS, _ordinary),
    Act("财物在库", exhibit.stored, Outcome.CRIMINAL, _ago(days(4)), fits=_ordinary),
    Act("财物调用", exhibit.lent, Outcome.CRIMINAL, _ladder(overdue=-hours(9)), _2_DAYS, _ordinary),
    Act("财物移送途中", exhibit.sent, Outcome.CRIMINAL, _ladder(none=hours(60)), _3_DAYS, _ordinary),
    Act("财物在检察院", exhibit.at_procuratorate, Outcome.CRIMINAL, _ago(days(5)), fits=_ordinary),
    Act("财物在法院", exhibit.at_court, Outcome.CRIMINAL, _ago(days(3)), fits=_ordinary),
    Act("财物已发还", exhibit.returned, Outcome.CRIMINAL, _ago(days(2)), fits=_ordinary),
    Act("冻结存款", exhibit.frozen, Outcome.CRIMINAL, _ladder(yellow=days(20)), Length(months=6), _economic),
    Act("行政扣押", exhibit.seized_admin, Outcome.ADMIN, _by_the_calendar(days(12)), _30_DAYS),
    Act("先行登记保存", exhibit.registered, Outcome.ADMIN, _by_the_calendar(days(5)), _7_DAYS),
)


def courses(seed: int, now: datetime) -> Iterator[Course]:
    """Every course as it would have run up to `now`; the same seed and instant give the same courses."""
    inventor = Inventor(seed, now.astimezone(SHANGHAI).date())
    turns = count()
    for act in (*INCIDENTS, *CASES, *SUSPECTS, *OFFENCES, *ORDERS, *THINGS):
        choice = [tale for tale in tales() if tale.outcome is act.outcome and act.fits(tale)]
        for colour, spans in act.left.items():
            for left in spans:
                turn = next(turns)
                story = inventor.story(choice[turn % len(choice)], act.unit_id or _GROUNDS[turn % len(_GROUNDS)])
                at = act.length.start((now + left).astimezone(SHANGHAI))
                scene = Scene(story, _answers(story), turn)
                yield Course(act.shows, colour, story, tuple(act.chapter(scene, at)))


def _answers(story: Story) -> str:
    charge = story.tale.charge
    for unit_id, charges in (("economic", _ECONOMIC), ("traffic", _TRAFFIC), ("criminal", _GRAVE)):
        if charge in charges and story.tale.outcome is Outcome.CRIMINAL:
            return unit_id
    return story.unit_id
