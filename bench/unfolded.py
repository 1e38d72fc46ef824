"""The API that folds away no step the law would refuse whatever is filled in, for comparison in a measurement; nothing else runs it."""

from api import step_descriptions
from api.app import make_app
from models.external import get_systems
from operations.processes import serve
from runtime.settings import get_settings


def main() -> None:
    """Serve it."""
    step_descriptions.find_step_bar = lambda *_: None
    serve(make_app(get_settings(), get_systems()), get_settings().host, get_settings().port)


if __name__ == "__main__":
    main()
