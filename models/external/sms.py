"""短信平台: whoever wrote to us hears how far we are, in sentences agreed beforehand: of the case itself, and of anybody's name, they say nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import Field

from law.calendar import SHANGHAI
from law.facts import Fact
from law.offices import Office
from models.forms.letter import OpenLetter
from models.outside import Happening, Notification, System, build_happening_fields

WRITER = "writer"
# In these hours nobody's telephone rings, but of whoever waits for us: who wrote to the chief, or within the hour.
_EVENING, _MORNING = 22, 7
_JUST_WROTE = timedelta(hours=1)
_AWAITED = frozenset({"chief-mailbox"})


class Template(NamedTuple):
    """A sentence that the platform has approved: its id there, and the words, in which the number and one thing more are filled in."""

    id: str
    words: str


TEMPLATES: Mapping[Fact, Template] = {
    Fact.LETTER_ARRIVED: Template("letter-arrived", "您的来信已经收到，编号{0}，可以凭编号查询。"),
    Fact.LETTER_ASSIGNED: Template("letter-assigned", "您的来信{0}由{1}承办，承办民警将与您联系。"),
    Fact.LETTER_ANSWERED: Template("letter-answered", "您的来信{0}已由{1}首次反馈，办结后另行答复。"),
    Fact.LETTER_CONCLUDED: Template(
        "letter-concluded", "您的来信{0}已由{1}办结答复，七日内将回访，请您评价；不满意的可以重办一次。"
    ),
    Fact.LETTER_REOPENED: Template("letter-reopened", "您的来信{0}已经重办，将由另一民警办理。"),
    Fact.LETTER_HANDED_OVER: Template("letter-handed-over", "您的来信{0}已经转往{1}办理。"),
}


class TextMessage(Notification):
    """A text to whoever wrote (短信): to which telephone, by which sentence, and what is filled in there."""

    to: str = Field(title="收件号码")
    template: str = Field(title="模板编号")
    variables: tuple[str, ...] = Field(title="填入的内容", description="来信编号，和承办单位或者转往的机关")
    words: str = Field(title="短信内容")


def _say(happening: Happening) -> TextMessage:
    template = TEMPLATES[happening.fact]
    other = happening.form.get("to", "") if happening.fact is Fact.LETTER_HANDED_OVER else happening.unit_zh
    variables = (happening.matter, other) if "{1}" in template.words else (happening.matter,)
    return TextMessage(
        # Who wrote this letter, and not the one into which it was merged.
        to=next(
            (each.get("phone", "") for each in happening.people if (each["matter"], each["id"]) == (happening.matter, WRITER)), ""
        ),
        template=template.id,
        variables=variables,
        words=template.words.format(*variables),
        **build_happening_fields(happening.model_copy(update={"about": happening.matter})),
    )


def hold_at_night(happening: Happening, now: datetime) -> timedelta:
    """How long until seven in the morning, at night; nothing for whom we promised an answer within minutes, or who has just written."""
    local = now.astimezone(SHANGHAI)
    has_just_written = happening.came_at is not None and now - happening.came_at <= _JUST_WROTE
    if _MORNING <= local.hour < _EVENING or happening.channel in _AWAITED or has_just_written:
        return timedelta()
    morning = local.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    return (morning if local.hour < _MORNING else morning + timedelta(days=1)) - local


SMS = System(
    id="sms",
    zh="短信平台",
    office=Office.PARTY,
    wants=tuple(TEMPLATES),
    message=TextMessage,
    says=_say,
    # What people answer to the texts that ask them how they were served comes as letters (短信评警).
    opens=(OpenLetter,),
    carries_to=WRITER,
    holds=hold_at_night,
)
