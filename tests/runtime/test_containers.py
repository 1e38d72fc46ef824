"""The containers are described as their engine expects, and set up by the same names as everything else."""

import json
import re
from importlib.resources import files
from pathlib import Path

import check_jsonschema
import jsonschema
import pytest
import yaml

from runtime.embedded.temporal import DYNAMIC_CONFIG
from runtime.settings import Settings

ROOT = Path(__file__).parent.parent.parent
OURS = ("migrate", "api", "worker", "watch")


@pytest.fixture(scope="module")
def described() -> dict[str, dict]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def services(described: dict[str, dict]) -> dict[str, dict]:
    return described["services"]


def test_the_description_follows_the_compose_specification(described: dict[str, dict]) -> None:
    schema = json.loads((files(check_jsonschema) / "builtin_schemas" / "vendor" / "compose-spec.json").read_text())
    jsonschema.validate(described, schema)


def test_temporal_is_set_as_on_one_machine(described: dict[str, dict]) -> None:
    written = yaml.safe_load(described["configs"]["temporal"]["content"])
    assert {name: [{"value": value}] for name, value in DYNAMIC_CONFIG.items()} == written


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting(services: dict[str, dict], name: str) -> None:
    known = set[str]()
    for field, info in Settings.model_fields.items():
        aliases = info.validation_alias.choices if info.validation_alias else [f"LOUKE_{field.upper()}"]
        known.update(aliases)
    assert set(services[name]["environment"]) <= known


def test_workers_can_be_many(services: dict[str, dict]) -> None:
    assert not {"container_name", "ports"} & set(services["worker"])


def test_no_secret_is_written_down(services: dict[str, dict]) -> None:
    secrets = [
        (name, key, value)
        for name, service in services.items()
        for key, value in service.get("environment", {}).items()
        if re.search("PASSWORD|PWD|SECRET|KEYS|DATABASE_URL", key)
    ]
    assert len(secrets) >= 3 + 3 * len(OURS)
    assert not [secret for secret in secrets if not re.search(r"\$\{\w+:\?", str(secret[2]))]


def test_every_image_of_others_is_pinned(services: dict[str, dict]) -> None:
    images = [service["image"] for service in services.values() if "build" not in service]
    assert images
    assert not [image for image in images if not re.fullmatch(r"[\w/-]+:\d[\w.]*", image)]
