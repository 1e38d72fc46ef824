"""The containers are described as their engine expects, and set up by the same names as everything else."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import check_jsonschema
import jsonschema
import pytest
import yaml
from pydantic import AliasChoices

from operations.certificates import DATABASES
from operations.image_digests import of_others
from runtime.embedded.postgres import DISCREET, RUNNING_ROLE
from runtime.embedded.temporal import DYNAMIC_CONFIG
from runtime.process_signatures import SPEAKERS
from runtime.settings import Settings

ROOT = Path(__file__).parent.parent.parent
OURS = ("migrate", "api", "worker", "watch", "clerk")
# Those that somebody uses all day.
RUNNING = ("api", "worker", "watch")


def composed() -> dict[str, Any]:
    """What docker-compose.yml says where nobody named other images."""
    return yaml.safe_load(re.sub(r"\$\{LOUKE_IMAGE_\w+:-([^}]+)\}", r"\1", (ROOT / "docker-compose.yml").read_text()))


@pytest.fixture(scope="module")
def described() -> dict[str, dict]:
    return composed()


@pytest.fixture(scope="module")
def services(described: dict[str, dict]) -> dict[str, dict]:
    return described["services"]


def test_the_description_follows_the_compose_specification(described: dict[str, dict]) -> None:
    schema = json.loads((files(check_jsonschema) / "builtin_schemas" / "vendor" / "compose-spec.json").read_text())
    jsonschema.validate(described, schema)


def test_temporal_is_set_as_on_one_machine() -> None:
    written = yaml.safe_load((ROOT / "deploy" / "temporal" / "dynamic.yaml").read_text())
    assert written.pop("system.enableRingpopTLS") == [{"value": True}]  # on one machine it is one process
    assert {name: [{"value": value}] for name, value in DYNAMIC_CONFIG.items()} == written


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting(services: dict[str, dict], name: str) -> None:
    known = set[str]()
    for field, info in Settings.model_fields.items():
        aliases = (
            [str(each) for each in info.validation_alias.choices]
            if isinstance(info.validation_alias, AliasChoices)
            else [f"LOUKE_{field.upper()}"]
        )
        known.update(aliases)
    assert set(services[name]["environment"]) <= known


def test_workers_can_be_many(services: dict[str, dict]) -> None:
    assert not {"container_name", "ports"} & set(services["worker"])


def test_no_secret_is_written_down(services: dict[str, dict]) -> None:
    secrets = [
        (name, key, value)
        for name, service in services.items()
        for key, value in service.get("environment", {}).items()
        if re.search("PASSWORD|PWD|SECRET|KEYS|SPEAKING_KEY|DATABASE_URL", key)
    ]
    assert len(secrets) >= 3 + 3 * len(OURS)
    assert not [secret for secret in secrets if not re.search(r"\$\{\w+:(\?|-\})", str(secret[2]))]


def mounted(service: dict) -> set[str]:
    return {each.split(":")[0] for each in service["volumes"]}


def test_the_key_that_seals_the_journal_is_not_the_apis_nor_the_workers(services: dict[str, dict]) -> None:
    assert {name for name in OURS if "seal-key" in mounted(services[name])} == {"watch", "clerk"}
    for name in ("api", "worker"):
        assert not [each for each in services[name]["volumes"] if each.endswith((":/var/lib/louke", ":/var/lib/louke/keys"))]
        assert "heads:/var/lib/louke/heads:ro" in services[name]["volumes"]


def test_whoever_runs_does_not_own_the_database(services: dict[str, dict]) -> None:
    for name in RUNNING:
        assert "LOUKE_OWNER_DATABASE_URL" not in services[name]["environment"]
        assert services[name]["environment"]["DATABASE_URL"].startswith(f"postgresql://{RUNNING_ROLE}:")
    owner = services["migrate"]["environment"]["LOUKE_OWNER_DATABASE_URL"]
    assert owner.startswith(f"postgresql://{services['postgres']['environment']['POSTGRES_USER']}:")


def test_each_part_speaks_under_a_key_of_its_own_and_knows_the_others_by_their_public_ones(services: dict[str, dict]) -> None:
    given = {name: services[name]["environment"].get("LOUKE_SPEAKING_KEY") for name in OURS}
    assert given.pop("migrate") is None
    assert len(set(given.values())) == len(given)
    named = {name.lower() for each in given.values() for name in re.findall(r"^\$\{LOUKE_(\w+)_KEY:", str(each))}
    assert named == set(SPEAKERS)
    assert all("LOUKE_SPEAKERS" in services[name]["environment"] for name in RUNNING)


def test_no_log_of_a_database_holds_what_somebody_searched_for(services: dict[str, dict]) -> None:
    for name in DATABASES:
        assert set(services[name]["command"]) >= {f"-c{setting}" for setting in DISCREET}


def test_whoever_comes_to_a_database_comes_over_tls_and_only_to_the_one_that_bears_its_name(services: dict[str, dict]) -> None:
    for name in DATABASES:
        assert "./deploy/postgres:/etc/postgresql/louke:ro" in services[name]["volumes"]
        assert any(each.endswith(f"/databases/{name}:/run/postgres/certs:ro") for each in services[name]["volumes"])
    for name in OURS:
        urls = [url for key, url in services[name]["environment"].items() if key.endswith("DATABASE_URL")]
        assert urls
        for url in urls:
            assert url.rpartition("?")[2] == "sslmode=verify-full&sslrootcert=/run/louke/certs/servers-ca.pem"
        assert any(each.endswith("/client:/run/louke/certs:ro") for each in services[name]["volumes"])
    assert services["temporal-schema"]["environment"]["SQL_TLS_CA_FILE"] == "/run/admin/certs/servers-ca.pem"
    said = {key for each in services.values() for key in each.get("environment", {})}
    assert not {"TEMPORAL_DB_IN_CLEAR", "TEMPORAL_DB_CA"} & said


def test_no_engine_leaves_its_memory_on_a_disk_and_the_place_says_what_encrypts_the_volumes(services: dict[str, dict]) -> None:
    engines = [each for name, each in services.items() if each.get("image", "").startswith(("postgres:", "temporalio/server:"))]
    assert {each["ulimits"]["core"] for each in engines} == {0}
    for name in OURS:
        assert services[name]["environment"]["LOUKE_AT_REST"].startswith("${LOUKE_AT_REST:?")


def test_the_secret_of_passwords_is_the_apis_and_the_clerks_and_has_no_default(services: dict[str, dict]) -> None:
    told = {name: each["environment"].get("LOUKE_PASSWORD_KEYS") for name, each in services.items() if name in OURS}
    assert {name for name, said in told.items() if said} == {"api", "clerk"}
    assert str(told["api"]).startswith("${LOUKE_PASSWORD_KEYS:?")


def test_each_service_of_temporal_runs_alone_and_only_after_the_schemas_are_laid(services: dict[str, dict]) -> None:
    server = {name: each for name, each in services.items() if each.get("image", "").startswith("temporalio/server:")}
    for name, each in server.items():
        assert name == f"temporal-{each['environment']['TEMPORAL_SERVICES']}"
        assert each["environment"]["TEMPORAL_SERVER_CONFIG_FILE_PATH"] == "/etc/temporal/louke/server.yaml"
        assert each["depends_on"] == {"temporal-schema": {"condition": "service_completed_successfully"}}
    assert {name.removeprefix("temporal-") for name in server} == {"frontend", "internal-frontend", "history", "matching", "worker"}
    for name in RUNNING:
        assert services[name]["depends_on"]["temporal-namespace"] == {"condition": "service_completed_successfully"}


def test_temporal_lets_in_nobody_without_a_certificate_and_a_token_and_each_of_ours_shows_both(services: dict[str, dict]) -> None:
    server = (ROOT / "deploy" / "temporal" / "server.yaml").read_text()
    assert server.count("requireClientAuth: true") == 2
    assert re.search(r"authorizer: default\n\s+claimMapper: default", server)
    folder = "/run/louke/certs"
    for name in (*RUNNING, "clerk"):
        environment = services[name]["environment"]
        assert "LOUKE_TEMPORAL_TOKEN" in environment
        for what in ("CA", "CERT", "KEY"):
            assert environment[f"LOUKE_TEMPORAL_TLS_{what}"].startswith(f"{folder}/")
        assert any(each.endswith(f"/client:{folder}:ro") for each in services[name]["volumes"])


def test_one_port_is_open_the_doors(services: dict[str, dict], described: dict[str, dict]) -> None:
    assert {name for name, each in services.items() if "ports" in each} == {"door"}
    assert [each.rpartition(":")[2] for each in services["door"]["ports"]] == ["443"]
    assert {name for name, each in services.items() if "door" in each["networks"]} == {"door", "api"}
    assert described["networks"]["engines"] == {"internal": True}
    assert {
        name for name, each in services.items() if "temporal" in name or "postgres" in name if each["networks"] != ["engines"]
    } == set()


def test_the_api_answers_its_door_over_tls_and_the_door_believes_nobody_else(services: dict[str, dict]) -> None:
    environment = services["api"]["environment"]
    for what in ("CERT", "KEY"):
        assert environment[f"LOUKE_TLS_{what}"].startswith("/run/api/certs/")
    assert any(each.endswith("/api:/run/api/certs:ro") for each in services["api"]["volumes"])
    assert [name for name in OURS if "LOUKE_HOST" in services[name]["environment"]] == ["api"]
    assert environment["LOUKE_IN_CLEAR"] == "${LOUKE_IN_CLEAR:-}"
    assert "tls_trust_pool file" in (ROOT / "deploy" / "door" / "Caddyfile").read_text()


def test_temporal_opens_no_port_for_pages_metrics_or_profiles_unless_it_is_named(services: dict[str, dict]) -> None:
    server = (ROOT / "deploy" / "temporal" / "server.yaml").read_text()
    assert not [word for word in ("httpPort", "pprof", "listenAddress: 0") if word in server]
    assert server.index('if env "TEMPORAL_METRICS_ADDRESS"') < server.index("listenAddress")
    named = {key for each in services.values() for key in each.get("environment", {})}
    assert not {"TEMPORAL_METRICS_ADDRESS", "LOUKE_METRICS_PORT"} & named


def test_every_image_of_others_is_pinned(services: dict[str, dict]) -> None:
    images = [service["image"] for service in services.values() if "build" not in service]
    assert images
    assert not [image for image in images if not re.fullmatch(r"[\w/-]+:\d[\w.]*", image)]


def test_every_image_of_others_can_be_given_by_its_digest(services: dict[str, dict]) -> None:
    variables = {f"{each.name}:{each.tag}" for each in of_others().values()}
    (base,) = {each["build"]["args"]["PYTHON"] for each in services.values() if "build" in each}
    assert variables == {each["image"] for each in services.values() if "build" not in each} | {base}
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert f"ARG PYTHON={base}\n" in dockerfile
    assert {each.split()[0] for each in re.findall(r"^FROM (.+)$", dockerfile, re.MULTILINE)} == {"${PYTHON}"}
