"""A complaint was answered by whom it complains of, or by whoever has the matter that it is about."""

from collections.abc import Iterator

from inspections.evidence import Kin, Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import PPL
from models.forms.incident_promises import AnswerLetter
from models.forms.letter import AssignLetter, ConcludeLetter, ConcludePetition, OpenLetter
from models.matter import Kind

_COMPLAINING = frozenset({"complaint", "denunciation", "appeal"})


@inspection(
    "letter-answered-by-accused",
    label="被投诉人自办自答",
    kinds=(Kind.LETTER,),
    basis=(PPL.article(46),),
    severity=Colour.ORANGE,
    demand="请改由他人办理，核对答复",
    remedy=(AssignLetter.rule.step,),
)
def look(letter: Snapshot) -> Iterator[Finding]:
    """Holds once such a complaint was answered by them; who is named in the letter is refused, who has the case is not."""
    opened = next(letter.list_steps(OpenLetter), None)
    if opened is None or opened.values.get("sort") not in _COMPLAINING:
        return
    theirs = {each.officer: each for each in letter.beside if each.linked and each.kind is not Kind.LETTER and each.officer}
    answers = [each for each in letter.list_steps(AnswerLetter, ConcludeLetter, ConcludePetition) if each.username in theirs]
    if answers:
        matters = [Kin(theirs[each].number, "由答复人承办") for each in dict.fromkeys(step.username for step in answers)]
        yield Finding((*(Stepped(each.seq, "由所反映事项的承办民警答复") for each in answers), *matters))
