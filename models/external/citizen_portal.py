"""公众服务平台 and 自助终端: where citizens without accounts of ours write to us, get the code by which they ask, and rate the answer."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.letter import EvaluateLetter, OpenLetter
from models.outside import Happening, Notification, Question, System, build_happening_fields


class LetterConcluded(Notification):
    """That a letter was answered, so that its writer may rate that (请评价): nothing of what was found, or of who wrote."""

    order: str = Field(title="来文编号")


def _say(happening: Happening) -> LetterConcluded:
    return LetterConcluded(order=happening.order, **build_happening_fields(happening))


CITIZEN_PORTAL = System(
    id="citizen-portal",
    zh="公众服务平台",
    office=Office.PARTY,
    wants=(Fact.LETTER_CONCLUDED,),
    message=LetterConcluded,
    says=_say,
    questions=(Question(Fact.LETTER_CONCLUDED, EvaluateLetter, {"score": "satisfied", "words": "答复很清楚"}),),
    opens=(OpenLetter,),
    of_channel="online-inquiry",
    gives_codes=True,
)

KIOSK = System(id="kiosk", zh="自助终端", office=Office.PARTY, wants=(), opens=(OpenLetter,), gives_codes=True)
