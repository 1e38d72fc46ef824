"""The forms of a drive (专项清查): a review round without lots and points, which goes through open matters one by one."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from law.facts import Fact
from law.instruments import RULE
from law.offices import Office
from models.forms.form import Form, Line, OptionalText, Text
from models.instants import PlannedDay

BASIS = RULE.section("积案清查")
KEEPER = Office.LEGAL_REVIEWER
"""Who launches drives and concludes them."""

USUAL_TERM = "20 day"
"""How long an officer has for each matter, where the plan says nothing."""
MOST_ITEMS = 500
"""How many matters one drive goes through."""


class _Said(BaseModel):
    """A part of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class DrivePhase(_Said):
    """A phase of the drive (阶段), and the day until which it lasts."""

    topic: Line = Field(title="阶段", description="例如 清底数、见卷见物、集中攻坚")
    until: PlannedDay = Field(title="截至")


class Successor(_Said):
    """Who answers for a matter whose officer has left (承继民警)."""

    file: Annotated[str, Field(min_length=1, max_length=40)] = Field(title="事项编号")
    officer: Annotated[str, Field(min_length=1, max_length=60)] = Field(title="承继民警", description="用户名")


class LaunchDrive(Form, title="启动清查", by=KEEPER, fact=Fact.DRIVE_LAUNCHED, basis=BASIS, when="启动时间"):
    """Select what is gone through, and give each matter to its officer; one whose officer has left to a named successor (启动清查)."""

    successors: Annotated[tuple[Successor, ...], Field(max_length=MOST_ITEMS)] = Field(
        default=(), title="承继民警", description="承办民警已离任的，逐件确定承继的民警"
    )


class ConcludeDrive(Form, title="清查总结", by=KEEPER, fact=Fact.DRIVE_CONCLUDED, basis=BASIS):
    """Say what the drive came to, once nothing of it is open (清查总结)."""

    summary: Text = Field(title="清查情况")
    demand: OptionalText = Field(default="", title="工作要求")
