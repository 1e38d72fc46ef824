"""A county on a server whose histories are short, so that every matter soon continues as new."""

from pathlib import Path

import pytest

from runtime.settings import Settings
from tests.world import AS_IN_LIFE, found


@pytest.fixture
def restless(peopled: str, restless_address: str, tmp_path: Path) -> Settings:
    """The invented county on that server."""
    return found(peopled, restless_address, tmp_path, pool_size=AS_IN_LIFE)
