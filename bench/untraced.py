"""The API as it would be if reading left no trace, for the other side of a measurement; nothing else runs it."""

from activities.external import systems
from api.app import make_app
from api.traces import Traces
from operations.running import serve
from runtime.settings import settings


def main() -> None:
    """Serve it."""
    Traces.leave = lambda *_: None
    serve(make_app(settings(), systems()), settings().host, settings().port)


if __name__ == "__main__":
    main()
