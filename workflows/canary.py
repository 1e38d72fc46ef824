"""The canary: a matter that exists to ring once."""

from typing import Literal

from models.forms.canary import ArmCanary
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.CANARY)
class Canary(Lifecycle):
    """A clock armed through the same path as any other, which proves that the watch works (自检)."""

    @stage("未布设")
    def unopened(self, step: ArmCanary) -> Literal["armed"]:
        """Arm the clock."""
        return "armed"

    @stage("已布设", final=True)
    def armed(self) -> None:
        """It ends once it has rung."""
