"""Letters from the public (群众来信): what is done with one from the day it comes; petition law's own facts are among the remedies."""

from law.facts.area import Area
from law.facts.declaration import MATTER, fact


class LetterFacts:
    """Letters from the public (群众来信)."""

    LETTER_CLASSIFIED = fact("letter.classified", "标注来信", scope=MATTER, area=Area.INTAKE)
    LETTER_ASSIGNED = fact("letter.assigned", "交办来信", scope=MATTER, area=Area.INTAKE)
    LETTER_LINKED = fact("letter.linked", "关联来信", scope=MATTER, area=Area.INTAKE)
    LETTER_MERGED = fact("letter.merged", "并入另一来信", scope=MATTER, area=Area.INTAKE)
    LETTER_HANDED_OVER = fact("letter.handed-over", "来信转出", scope=MATTER, area=Area.INTAKE)
    LETTER_CONCLUDED = fact("letter.concluded", "来信办结答复", scope=MATTER, area=Area.INTAKE)
    LETTER_EVALUATED = fact("letter.evaluated", "来信人评价", scope=MATTER, area=Area.INTAKE, after="letter.concluded")
    LETTER_UNEVALUATED = fact("letter.unevaluated", "来信人未作评价", scope=MATTER, area=Area.INTAKE, after="letter.concluded")
    LETTER_REOPENED = fact("letter.reopened", "来信重办", scope=MATTER, area=Area.INTAKE)
    LETTER_THANKS_CONVEYED = fact("letter.thanks-conveyed", "转达表扬", scope=MATTER, area=Area.INTAKE)
