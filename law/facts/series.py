"""Series (串案): matters that belong together, and are no more."""

from law.facts.area import Area
from law.facts.declaration import SUBJECT, fact


class SeriesFacts:
    """Series (串案): matters that belong together, and are no more. About the other matter."""

    CASE_LINKED = fact("case.linked", "串案", scope=SUBJECT, area=Area.INTAKE)
    CASE_UNLINKED = fact("case.unlinked", "解除串案", scope=SUBJECT, area=Area.INTAKE)
