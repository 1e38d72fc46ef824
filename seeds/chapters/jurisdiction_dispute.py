"""Whose is it (管辖争议): units differ over a call, speak with each other, agree or let the head of the bureau decide."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from law.offices import Office
from seeds.acts import Act, build_ages
from seeds.bureau import list_holders
from seeds.chapters.incident import handled
from seeds.script import INCIDENT, Cast, Move, User
from seeds.spans import days, hours
from seeds.stories import Outcome

DISPUTE: Final = "dispute"
_SUBMITTED: Final = {
    "case_facts": "报案人在两所辖区交界处报警，现场已先期处置。",
    "dispute": "两所均认为案发地在对方辖区。",
    "consultation": "所领导电话协商二次，未能取得一致意见。",
    "reasons": "案发地跨辖区，协商不成。",
}


def _get_other_station(s: Cast) -> tuple[str, User]:
    """The other station, and who heads it."""
    unit = "donghe" if s.unit_id != "donghe" else "baita"
    (head, *_) = list_holders(unit, Office.STATION_HEAD)
    return unit, User(head.username, head.zh)


def raised(s: Cast, at: datetime) -> Iterator[Move]:
    """The officer says at `at` that another station must take it."""
    yield from handled(s, at - hours(2))
    unit, _ = _get_other_station(s)
    said = {"other": "相邻派出所", "units": [unit], "ground": "territory", "done": "已到现场处置，询问报案人。"}
    reason = "案发地在两所交界处，对方认为不属其辖区。"
    yield s.officer(INCIDENT, "raise-jurisdiction-dispute", at, reason=reason, **said).open_as(DISPUTE)


def consulted(s: Cast, at: datetime) -> Iterator[Move]:
    """And both heads have spoken at `at`."""
    yield from raised(s, at - hours(4))
    _, head = _get_other_station(s)
    said = {"position": "theirs", "words": "核对地界，案发地在对方一侧。"}
    yield s.unit_head(DISPUTE, "consult-jurisdiction", at - hours(1), spoke_with=head.zh, **said)
    yield head(DISPUTE, "consult-jurisdiction", at, spoke_with=s.unit_head.zh, **said)


def agreeing(s: Cast, at: datetime) -> Iterator[Move]:
    """The other says at `at` that it is theirs."""
    yield from consulted(s, at - hours(2))
    unit, head = _get_other_station(s)
    yield head(DISPUTE, "agree-jurisdiction", at, unit=unit, reason="经实地测量，案发地在本所一侧。")


def agreed(s: Cast, at: datetime) -> Iterator[Move]:
    """And both have signed it."""
    yield from agreeing(s, at - hours(2))
    yield s.unit_head(DISPUTE, "confirm-agreement", at)


def kept(s: Cast, at: datetime) -> Iterator[Move]:
    """The first receiver goes on with it after all."""
    yield from raised(s, at - hours(3))
    yield s.unit_head(DISPUTE, "handle-ourselves", at, reason="为不影响报案人，由本所继续办理。")


def submitted(s: Cast, at: datetime) -> Iterator[Move]:
    """They could not agree, and it was put before the head of the bureau at `at`."""
    yield from consulted(s, at - hours(3))
    yield s.unit_head(DISPUTE, "submit-dispute", at, **_SUBMITTED)


def decided(s: Cast, at: datetime) -> Iterator[Move]:
    """Who decided at `at`."""
    yield from submitted(s, at - hours(6))
    unit, _ = _get_other_station(s)
    yield s.county_head(DISPUTE, "decide-jurisdiction", at, unit=unit, reason="经核对，案发地在该所辖区。")


ACTS: Final = (
    Act("管辖争议待协商", raised, Outcome.ADMIN, build_ages(hours(2))),
    Act("管辖争议协商中", consulted, Outcome.ADMIN, build_ages(hours(1))),
    Act("管辖争议待会签", agreeing, Outcome.ADMIN, build_ages(hours(1))),
    Act("管辖争议协商一致", agreed, Outcome.ADMIN, build_ages(days(1))),
    Act("管辖争议自行承办", kept, Outcome.ADMIN, build_ages(days(2))),
    Act("管辖争议待指定", submitted, Outcome.ADMIN, build_ages(hours(3))),
    Act("管辖争议待接办", decided, Outcome.ADMIN, build_ages(hours(2))),
)
