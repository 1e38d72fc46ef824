"""12345政务服务热线: what citizens tell the city's line of us comes as letters, under the line's own order numbers."""

from law.offices import Office
from models.forms.letter import OpenLetter
from models.outside import System

HOTLINE = System(id="hotline", zh="12345热线平台", office=Office.HOTLINE, wants=(), opens=(OpenLetter,))
