"""Letters from the public (群众来信): one by each way it may go, each left at another stage."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from law.offices import Office
from seeds.acts import Act, build_ages
from seeds.bureau import list_holders
from seeds.script import Cast, Move, User, approve_request
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome

LETTER: Final = "letter"
_ANSWER: Final = "您反映的案件正在依法办理，承办民警已将进展和下一步安排告知，后续进展将及时反馈。"


def _get_letter_officer() -> User:
    (person, *_) = list_holders("letters", Office.LETTER_OFFICER)
    return User(person.username, person.zh)


def received(s: Cast, at: datetime) -> Iterator[Move]:
    """Somebody writes to the chief at `at`."""
    said = {"sort": "complaint", "narrative": f"{s.story.place}的事报案后一直没有回音，请局长过问。", "writer_name": "程守正"}
    yield s.desk(LETTER, "open-letter", at, channel="chief-mailbox", writer_phone="13900001001", **said).open_as(LETTER)


def signed(s: Cast, at: datetime) -> Iterator[Move]:
    """It is signed for at `at`."""
    yield from received(s, at - minutes(6))
    yield _get_letter_officer()(LETTER, "sign-letter", at)


def handling(s: Cast, at: datetime) -> Iterator[Move]:
    """Its writer was called, and the station has it at `at`."""
    officer = _get_letter_officer()
    yield from signed(s, at - minutes(30))
    yield officer(LETTER, "contact-writer", at - minutes(15), outcome="已电话联系，告知承办单位。")
    yield officer(LETTER, "classify-letter", at - minutes(10), labels=["1.03.03"])
    yield officer(LETTER, "assign-letter", at, unit=s.unit_id, officer=s.officer.username)


def concluded(s: Cast, at: datetime) -> Iterator[Move]:
    """It was answered, accepted as a petition, and concluded at `at`."""
    yield from handling(s, at - days(2))
    yield s.officer(LETTER, "answer-letter", at - days(1), answer=_ANSWER)
    yield s.officer(LETTER, "accept-petition", at - hours(20), told="您反映的事项已经受理，将在六十日内办结。")
    said = {"finding": "partly", "result": "explained", "answer": _ANSWER, "articles": "刑事诉讼法第一百一十二条"}
    concluding = s.officer(LETTER, "conclude-petition", at - hours(1), **said)
    yield from approve_request(concluding, s.unit_head, at)


def closed(s: Cast, at: datetime) -> Iterator[Move]:
    """And its writer is content at `at`."""
    yield from concluded(s, at - days(1))
    yield _get_letter_officer()(LETTER, "evaluate-letter", at, score="satisfied", words="谢谢，已经知道进展。")


def done_again(s: Cast, at: datetime) -> Iterator[Move]:
    """Or is not, and has it done again."""
    yield from concluded(s, at - days(1))
    yield _get_letter_officer()(LETTER, "evaluate-letter", at, score="dissatisfied", words="还是没有解决。")


def concluded_again(s: Cast, at: datetime) -> Iterator[Move]:
    """By another officer, at `at`."""
    yield from done_again(s, at - days(2))
    officer = _get_letter_officer()
    yield officer(LETTER, "contact-writer", at - days(1), outcome="督察回访，了解不满意的原因。")
    yield officer(LETTER, "assign-letter", at - hours(20), unit=s.unit_id, officer=s.companion.username)
    said = {"finding": "true", "result": "supported", "answer": _ANSWER, "articles": "刑事诉讼法第一百一十二条"}
    concluding = s.companion(LETTER, "conclude-petition", at - hours(1), **said)
    yield from approve_request(concluding, s.unit_head, at)


def thanked(s: Cast, at: datetime) -> Iterator[Move]:
    """A word of thanks is passed on at `at`, and put away."""
    said = {"sort": "thanks", "narrative": f"感谢{s.officer.zh}警官帮我找回财物。", "writer_name": "严素芬"}
    officer = _get_letter_officer()
    yield officer(LETTER, "open-letter", at - hours(3), channel="post", **said).open_as(LETTER)
    yield officer(LETTER, "sign-letter", at - hours(2))
    yield officer(LETTER, "convey-thanks", at - hours(1), to_unit=s.unit_id, to_officer=s.officer.username, words="群众来信表扬。")
    yield s.custodian(LETTER, "archive", at)


def handed_over(s: Cast, at: datetime) -> Iterator[Move]:
    """What is another's business goes there at `at`."""
    said = {"sort": "help", "narrative": "物业公司停水三天，请帮助协调。", "writer_name": "柳桂芳"}
    officer = _get_letter_officer()
    yield s.desk(LETTER, "open-letter", at - hours(3), channel="hotline-12345", **said).open_as(LETTER)
    yield officer(LETTER, "sign-letter", at - hours(2))
    handing = officer(
        LETTER, "hand-over-letter", at - hours(1), to="县住建局", why="物业纠纷不属公安职责", told="已转县住建局办理。"
    )
    yield from approve_request(handing, s.county_head, at)


ACTS: Final = (
    Act("来信待签收", received, Outcome.HELP, build_ages(minutes(4))),
    Act("来信已签收", signed, Outcome.HELP, build_ages(minutes(12))),
    Act("来信办理中", handling, Outcome.HELP, build_ages(hours(5))),
    Act("来信已答复待评价", concluded, Outcome.HELP, build_ages(hours(6))),
    Act("来信已办结", closed, Outcome.HELP, build_ages(days(1))),
    Act("来信重办中", done_again, Outcome.HELP, build_ages(hours(3))),
    Act("来信重办已答复", concluded_again, Outcome.HELP, build_ages(hours(2))),
    Act("来信转达表扬", thanked, Outcome.HELP, build_ages(days(2))),
    Act("来信转出", handed_over, Outcome.HELP, build_ages(hours(8))),
)
