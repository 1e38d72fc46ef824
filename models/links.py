"""Links between matters (关联): what a step says that its matter has to do with another, and which facts of that one it wants to hear."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from law.facts import Fact
from law.labelled_enum import LabelledEnum


class Relation(LabelledEnum):
    """What a matter is to the one that it is linked with; `label` is how its own card calls that other one."""

    ABOUT = "about", "所涉事项"
    STAY_OF = "stay-of", "在区人员"
    DUPLICATES = "duplicates", "此前已登记为"
    CONTINUES = "continues", "接续"
    EVIDENCE_FOR = "evidence-for", "作为证据用于"
    SAME_PERSON = "same-person", "同一人"
    SAME_CAUSE = "same-cause", "同一事由"
    LED_TO = "led-to", "引出"
    SERIES = "series", "串案"


BACKWARDS: Mapping[Relation, str] = {
    Relation.ABOUT: "涉及本事项",
    Relation.STAY_OF: "办案区使用",
    Relation.DUPLICATES: "重复登记",
    Relation.CONTINUES: "后续",
    Relation.EVIDENCE_FOR: "所附证据",
    Relation.SAME_PERSON: "同一人",
    Relation.SAME_CAUSE: "同一事由",
    Relation.LED_TO: "起因",
    Relation.SERIES: "串案",
}
"""How the card of the linked matter calls the one that links to it, by relation."""


class Link(BaseModel):
    """That a matter has to do with the one of that `number`, how, and the facts of that one which it `hears` from then on.

    Heard facts meet and end clocks, and start none. `field` is where the form names the number.
    """

    model_config = ConfigDict(frozen=True)

    number: str
    relation: Relation
    hears: tuple[Fact, ...] = ()
    field: str = "number"
