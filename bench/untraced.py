"""The API without traces of reading, for comparison in a measurement; nothing else runs it."""

from api.access_log import AccessLog, AccessRecord
from api.app import make_app
from models.external import get_systems
from operations.processes import serve
from runtime.settings import get_settings


def _no_trace(self: AccessLog, trace: AccessRecord, status: int) -> None:
    """Leave none."""


def main() -> None:
    """Serve it."""
    AccessLog.add_reading = _no_trace
    serve(make_app(get_settings(), get_systems()), get_settings().host, get_settings().port)


if __name__ == "__main__":
    main()
