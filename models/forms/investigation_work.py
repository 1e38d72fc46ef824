"""The record of work on a case that has no step of its own (侦查、调查工作记录): at the scene, with a witness, from door to door."""

from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import MPSA, MPSC, RULE
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Form, Line, OptionalLine, Text
from models.forms.widget import Widget

TELLING = 20
"""So many characters, spaces aside, say what was done; fewer are kept, and are no work that keeps a case from standing still."""


class RecordInvestigation(
    Form,
    title="记录侦查（调查）工作",
    by=Office.CASE_OFFICER,
    fact=Fact.INVESTIGATION_ADVANCED,
    basis=(MPSC.article(191), MPSA.article(49), RULE.section("侦查工作记录")),
    made_elsewhere="侦查工作记录",
    chapter=Chapter.EVIDENCE,
    when="工作时间",
):
    """Say what was done in the investigation that no other step records (侦查工作记录).

    Two words are no work: only what says enough brings about the fact by which inspections see that the case moves.
    """

    sort: Literal["scene", "witness", "search", "collect", "identify", "canvass", "watch", "footage", "other"] = Field(
        title="工作种类",
        description="scene 现场勘验检查、witness 询问证人、search 搜查、collect 调取证据、identify 辨认、canvass 走访摸排、"
        "watch 蹲守布控、footage 视频和数据研判、other 其他",
    )
    place: Line = Field(title="地点")
    done: Text = Field(
        title="工作内容和结果", description=f"做了什么、得到什么；不足{TELLING}字的照样留存，但不算办案活动，案件仍按停滞计算"
    )
    companion: Annotated[OptionalLine, Widget("colleague")] = Field(default="", title="同行民警")
    concerned: OptionalLine = Field(default="", title="涉及的人", description="证人、见证人、持有人等")
    papers: OptionalLine = Field(default="", title="形成的材料", description="笔录、勘验记录、调取清单等的名称和页数")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That the case moved, where it says enough of how."""
        return (Fact.INVESTIGATION_ADVANCED,) if len("".join(self.done.split())) >= TELLING else ()
