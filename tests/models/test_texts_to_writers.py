"""Whose telephone rings at night: of nobody, but of whoever waits for us."""

from datetime import datetime

from law.facts import Fact
from models.external.sms import SMS, hold_at_night
from models.outside import Happening
from tests.tables import table


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-12-01T{clock}:00+08:00")


@table(
    ("channel", "came", "now", "hours"),
    [
        ("post", "10:00", "21:59", 0),
        ("post", "10:00", "22:00", 9),
        ("post", "01:00", "06:30", 0.5),
        ("post", "01:00", "07:00", 0),
        ("post", "22:30", "23:00", 0),
        ("chief-mailbox", "10:00", "23:12", 0),
    ],
)
def test_a_text_waits_for_the_morning_unless_its_reader_does_not_sleep(channel: str, came: str, now: str, hours: float) -> None:
    happened = {"delivery": "SD1", "matter": "LX1", "fact": Fact.LETTER_ARRIVED, "about": "LX1"}
    happening = Happening(**happened, at=at(came), channel=channel, came_at=at(came))
    assert hold_at_night(happening, at(now)).total_seconds() == hours * 3600
    assert SMS.holds is hold_at_night


def test_a_text_goes_to_who_wrote_this_letter_and_not_the_one_that_answers_for_it() -> None:
    people = [{"matter": matter, "id": "writer", "phone": phone} for matter, phone in (("LX1", "139"), ("LX2", "138"))]
    happening = Happening(
        delivery="SD1", matter="LX2", fact=Fact.LETTER_ANSWERED, at=at("10:00"), about="LX1", people=people, unit_zh="城关派出所"
    )
    said = SMS.says(happening).model_dump()
    assert (said["to"], said["variables"], said["about"]) == ("138", ("LX2", "城关派出所"), "LX2")
