"""The life of an assessment: drafted by the monthly close, published, objected to where the unit does, and final."""

from typing import Literal

from models.forms.assessment import (
    DecideAssessmentObjection,
    DraftAssessment,
    FinaliseAssessment,
    ObjectToIndicator,
    PublishAssessment,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.ASSESSMENT)
class Assessment(Lifecycle):
    """One unit's month (月度考评), from its close to what is final."""

    @stage("未拟定")
    def unopened(self, step: DraftAssessment) -> Literal["computed"]:
        """The monthly close gave it."""
        return "computed"

    @stage("待公布")
    def computed(self, step: PublishAssessment) -> Literal["published"]:
        """It is looked through, and commented on, before the unit answers."""
        return "published"

    @stage("已公布", rests=True)
    def published(self, step: FinaliseAssessment | ObjectToIndicator) -> Literal["final", "objected"]:
        """The unit may object; once it can no more, two people make it final."""
        return "objected" if isinstance(step, ObjectToIndicator) else "final"

    @stage("异议审查", aside=True)
    def objected(self, step: DecideAssessmentObjection) -> Literal["published"]:
        """Somebody decides who neither published it nor objected."""
        return "published"

    @stage("已定案", final=True)
    def final(self) -> None:
        """Nothing changes it any more."""
