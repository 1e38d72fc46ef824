"""局长信箱: what citizens write to the chief on the bureau's own site, which is no system of ours."""

from law.offices import Office
from models.forms.letter import OpenLetter
from models.outside import System

CHIEF_MAILBOX = System(id="chief-mailbox", zh="局长信箱", office=Office.PARTY, wants=(), opens=(OpenLetter,))
