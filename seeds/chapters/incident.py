"""What happens to an incident (警情)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from seeds.acts import A_DAY, THREE_DAYS, Act, Length, build_ages, build_calendar_ages, build_ladder_ages
from seeds.script import AGAIN, INCIDENT, Cast, Move
from seeds.spans import days, hours, minutes, seconds
from seeds.stories import Outcome

# How long one patrol and the next take to sign for a dispatch, to be there and to have handled it: most within what is promised, not all.
_SIGNING: Final = (14, 22, 27, 44, 19, 25, 75)
_DRIVING: Final = (3, 4, 4.4, 6.5, 2.5, 3.5, 8, 4)
_HANDLING: Final = (18, 24, 38, 27, 22, 29, 46, 15, 26)


def received(s: Cast, at: datetime, channel: str = "110", on: str = INCIDENT) -> Iterator[Move]:
    """The call is taken, at the county's desk or, from whoever walks in, at the unit's own."""
    caller = s.story.caller
    taker = s.officer if channel == "walk-in" else s.desk
    yield taker(
        on,
        "open-incident",
        at,
        channel=channel,
        reporter=caller.name,
        reporter_phone=caller.phone,
        place=s.story.place,
        kind=s.story.tale.kind,
        category=s.story.tale.category,
        narrative=s.story.tell_story(at),
        missing=s.story.tale.missing,
        unit=s.unit_id,
    ).open_as(on)


def dispatched(s: Cast, at: datetime) -> Iterator[Move]:
    """A patrol is sent."""
    yield from received(s, at - minutes(2))
    yield s.desk(INCIDENT, "dispatch-incident", at, unit=s.unit_id, officer=s.officer.username)


def reported_again(s: Cast, at: datetime) -> Iterator[Move]:
    """A patrol is on its way; whoever calls again is told so."""
    yield from dispatched(s, at - minutes(7))
    yield from received(s, at - minutes(2), on=AGAIN)
    told = "已告知报案人：民警正在途中，请在原地等候，不再重复登记。"
    yield s.desk(AGAIN, "explain-duplicate", at, told=told).name_as(INCIDENT, field="original")


def on_the_way(s: Cast, at: datetime) -> Iterator[Move]:
    """The patrol has signed for the dispatch."""
    yield from dispatched(s, at - seconds(s.choose_one(_SIGNING)))
    yield s.officer(INCIDENT, "accept-dispatch", at)


def on_scene(s: Cast, at: datetime) -> Iterator[Move]:
    """The patrol is there."""
    yield from on_the_way(s, at - minutes(s.choose_one(_DRIVING)))
    yield s.officer(INCIDENT, "arrive-on-scene", at)


def handled(s: Cast, at: datetime) -> Iterator[Move]:
    """The scene is handled, and the report not yet registered (24 hours)."""
    yield from on_scene(s, at - minutes(s.choose_one(_HANDLING)))
    yield s.officer(INCIDENT, "handle-scene", at, measures="控制现场，固定证据，询问在场人员，已开启执法记录仪。")


def fed_back(s: Cast, at: datetime) -> Iterator[Move]:
    """The desk knows how it came out; what it is has yet to be said."""
    yield from handled(s, at - minutes(2))
    yield s.officer(
        INCIDENT, "feed-back", at, result="investigating", words="现场已控制，双方带回所内继续了解情况。", caller_told=True
    )


def registered(s: Cast, at: datetime) -> Iterator[Move]:
    """The report is registered, its receipt handed over."""
    yield from handled(s, at - minutes(25))
    yield s.officer(INCIDENT, "register-report", at, receipt=True)


def walked_in(s: Cast, at: datetime) -> Iterator[Move]:
    """Reported in person, and registered at once."""
    yield from received(s, at - minutes(25), channel="walk-in")
    yield s.officer(INCIDENT, "register-report", at, receipt=True)


def written_report(s: Cast, at: datetime) -> Iterator[Move]:
    """A report by letter, its writer not yet reached (three days)."""
    yield from received(s, at, channel="letter")


def jurisdiction_unclear(s: Cast, at: datetime) -> Iterator[Move]:
    """Whose case it is cannot be told on the spot (three days to judge)."""
    yield from registered(s, at - minutes(5))
    yield s.officer(INCIDENT, "leave-jurisdiction-open", at, reason="行为地与结果地不在同一辖区，需核实后判断管辖。")


def found_foreign(s: Cast, at: datetime) -> Iterator[Move]:
    """It belongs to another police unit, and has not yet gone there (24 hours)."""
    yield from registered(s, at - hours(1))
    yield s.officer(INCIDENT, "find-foreign", at, reason="犯罪地、嫌疑人居住地均不在本县。", competent="邻县公安局")


def transferred(s: Cast, at: datetime) -> Iterator[Move]:
    """Handed to the police whose case it is."""
    yield from found_foreign(s, at - hours(7))
    yield s.officer(INCIDENT, "transfer-incident", at, to="邻县公安局", materials="接报案登记、询问笔录、证据材料清单")


def not_ours(s: Cast, at: datetime) -> Iterator[Move]:
    """Told that it is no matter for the police, and where to turn."""
    yield from handled(s, at - minutes(10))
    yield s.officer(
        INCIDENT, "tell-not-ours", at, competent="有关主管部门或者人民法院", told="已口头告知不属于公安机关职责及救济途径。"
    )


def helped(s: Cast, at: datetime) -> Iterator[Move]:
    """Help was given, the caller told."""
    yield from handled(s, at - minutes(50))
    yield s.officer(INCIDENT, "classify-incident", at - minutes(5), classification="help", reason="属于群众求助，不涉及违法犯罪。")
    yield s.officer(INCIDENT, "close-incident", at, outcome="已帮助解决，求助人确认。", told_how="in-person")


def put_away(s: Cast, at: datetime) -> Iterator[Move]:
    """Helped, and the papers put away."""
    yield from helped(s, at - days(2))
    yield s.officer(INCIDENT, "archive", at)


def settled(s: Cast, at: datetime) -> Iterator[Move]:
    """A dispute laid to rest on the spot."""
    yield from handled(s, at - minutes(70))
    yield s.officer(
        INCIDENT, "classify-incident", at - minutes(30), classification="dispute", reason="属于民间纠纷，未发现违法行为。"
    )
    yield s.officer(INCIDENT, "close-incident", at, outcome="双方当场达成一致，民警告知其他救济途径。", told_how="in-person")


def mediating(s: Cast, at: datetime) -> Iterator[Move]:
    """To be mediated (治安调解); the parties have not agreed yet."""
    yield from registered(s, at - hours(1))
    yield s.officer(INCIDENT, "classify-incident", at, classification="mediation", reason="情节较轻，双方自愿调解。")


def mediated(s: Cast, at: datetime) -> Iterator[Move]:
    """Mediated with statements and an agreement."""
    yield from mediating(s, at - hours(4))
    said = {"agreement": True, "statements": True, "told_how": "in-person"}
    yield s.officer(INCIDENT, "close-incident", at, outcome="双方签订治安调解协议书并当场履行。", **said)


ACTS: Final = (
    Act("接报待派", received, Outcome.HELP, build_ages(minutes(1), minutes(4))),
    Act("已派警", dispatched, Outcome.DISPUTE, build_ages(minutes(3), minutes(8), minutes(15))),
    Act("已签收", on_the_way, Outcome.DISPUTE, build_ages(minutes(2), minutes(4))),
    Act("重复报案", reported_again, Outcome.DISPUTE, build_ages(minutes(5), hours(26))),
    Act("已到现场", on_scene, Outcome.MEDIATION, build_ages(minutes(6), minutes(20), minutes(41))),
    Act("已反馈待定性", fed_back, Outcome.MEDIATION, build_ages(minutes(7), minutes(25))),
    Act("处置完毕待登记", handled, Outcome.ADMIN, A_DAY, Length(hours(24))),
    Act("书面报案待联系", written_report, Outcome.NOT_OURS, THREE_DAYS, Length(days(3))),
    Act("管辖待判断", jurisdiction_unclear, Outcome.TRANSFERRED, build_calendar_ages(days(3), days(0)), Length(days(3))),
    Act(
        "不属本单位待移送",
        found_foreign,
        Outcome.TRANSFERRED,
        build_ladder_ages(none=hours(15), yellow=hours(5)),
        Length(hours(24)),
    ),
    Act("已移送", transferred, Outcome.TRANSFERRED, build_ages(days(2), days(15))),
    Act("已告知非警务警情", not_ours, Outcome.NOT_OURS, build_ages(hours(5), days(1.2), days(9))),
    Act("求助办结", helped, Outcome.HELP, build_ages(hours(3), hours(9), days(1.4), days(3.6))),
    Act("求助归档", put_away, Outcome.HELP, build_ages(days(6), days(13))),
    Act("纠纷办结", settled, Outcome.DISPUTE, build_ages(hours(4), days(1.7), days(11))),
    Act("治安调解中", mediating, Outcome.MEDIATION, build_ages(hours(2), hours(21))),
    Act("治安调解办结", mediated, Outcome.MEDIATION, build_ages(hours(20), days(2.4), days(12))),
)
