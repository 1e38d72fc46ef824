"""The API as it would be if reading left no trace, for the other side of a measurement; nothing else runs it."""

from api.access_log import Trace, Traces
from api.app import make_app
from models.external import systems
from operations.processes import serve
from runtime.settings import settings


def _no_trace(self: Traces, trace: Trace, status: int) -> None:
    """Leave none."""


def main() -> None:
    """Serve it."""
    Traces.leave = _no_trace
    serve(make_app(settings(), systems()), settings().host, settings().port)


if __name__ == "__main__":
    main()
