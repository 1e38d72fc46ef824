"""The manifests are as Kubernetes wants them, refer to what is there, and say the same as the containers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from runtime.settings import Settings
from tests.runtime.test_containers import composed

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
# The oldest and the newest that is supported; the schemas come with the validator.
VERSIONS = ("1.31", "1.34")


def documents(file: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(file.read_text()))


@pytest.fixture(scope="module")
def listed() -> dict[str, Any]:
    (one,) = documents(DEPLOY / "kustomization.yaml")
    return one


@pytest.fixture(scope="module")
def applied(listed: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for name in listed["resources"] for each in documents(DEPLOY / name)]


def pods(applied: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for each in applied:
        if "template" in each.get("spec", {}):
            yield each["metadata"]["name"], each["spec"]["template"]["spec"]


def containers(applied: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, pod in pods(applied):
        for container in pod["containers"]:
            yield name, container


@pytest.mark.parametrize("version", VERSIONS)
def test_every_manifest_follows_the_schemas_of_kubernetes(applied: list[dict[str, Any]], version: str) -> None:
    for each in (*applied, *documents(DEPLOY / "kubernetes" / "secrets.example.yaml")):
        kubernetes_validate.validate(each, version, strict=True)


def test_every_manifest_is_applied(listed: dict[str, Any]) -> None:
    there = {f"kubernetes/{file.name}" for file in (DEPLOY / "kubernetes").glob("*.yaml")}
    assert there - set(listed["resources"]) == {"kubernetes/secrets.example.yaml"}


def test_whatever_a_pod_refers_to_is_there(listed: dict[str, Any], applied: list[dict[str, Any]]) -> None:
    secrets = {
        each["metadata"]["name"]: set(each["stringData"]) for each in documents(DEPLOY / "kubernetes" / "secrets.example.yaml")
    }
    maps = {each["name"] for each in listed["configMapGenerator"]}
    maps |= {each["metadata"]["name"] for each in applied if each["kind"] == "ConfigMap"}
    claims = {each["metadata"]["name"] for each in applied if each["kind"] == "PersistentVolumeClaim"}
    for _, pod in pods(applied):
        volumes = {each["name"]: each for each in pod["volumes"]}
        for each in volumes.values():
            assert each.get("secret", {"secretName": "louke"})["secretName"] in secrets
            assert each.get("configMap", {"name": "louke"})["name"] in maps
            assert each.get("persistentVolumeClaim", {"claimName": "heads"})["claimName"] in claims
        for container in pod["containers"]:
            assert {each["name"] for each in container["volumeMounts"]} <= set(volumes)
            for source in container.get("envFrom", []):
                assert source.get("secretRef", {"name": "louke"})["name"] in secrets
                assert source.get("configMapRef", {"name": "louke"})["name"] in maps
            for variable in container.get("env", []):
                if asked := variable.get("valueFrom", {}).get("secretKeyRef"):
                    assert asked["key"] in secrets[asked["name"]]
    for each in listed["configMapGenerator"]:
        assert [file for file in each["files"] if not (DEPLOY / file).is_file()] == []


def test_nothing_runs_as_root_or_gains_a_right_or_writes_on_its_own_files(applied: list[dict[str, Any]]) -> None:
    for _, pod in pods(applied):
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
    for name, container in containers(applied):
        allowed = container["securityContext"]
        assert (allowed["allowPrivilegeEscalation"], allowed["readOnlyRootFilesystem"]) == (False, True), name
        assert allowed["capabilities"] == {"drop": ["ALL"], **({"add": ["NET_BIND_SERVICE"]} if name == "door" else {})}
        assert "memory" in container["resources"]["limits"]


def test_every_variable_of_ours_is_a_setting(applied: list[dict[str, Any]]) -> None:
    known = {f"LOUKE_{name.upper()}" for name in Settings.model_fields}
    (plain,) = [each for each in applied if each["kind"] == "ConfigMap"]
    assert set(plain["data"]) <= known
    secrets = documents(DEPLOY / "kubernetes" / "secrets.example.yaml")
    assert {
        name for each in secrets if each["metadata"]["name"].startswith("louke") for name in each["stringData"] if name.isupper()
    } <= known


@pytest.mark.parametrize("part", ["migrate", "api", "worker", "watch"])
def test_each_part_is_given_what_its_container_is_given(applied: list[dict[str, Any]], part: str) -> None:
    (container,) = [each for name, each in containers(applied) if name == f"louke-{part}"]
    plain = {each["metadata"]["name"]: set(each["data"]) for each in applied if each["kind"] == "ConfigMap"}
    secret = {
        each["metadata"]["name"]: set(each["stringData"]) for each in documents(DEPLOY / "kubernetes" / "secrets.example.yaml")
    }
    given = {each["name"] for each in container.get("env", [])}
    for source in container["envFrom"]:
        given |= plain[source["configMapRef"]["name"]] if "configMapRef" in source else secret[source["secretRef"]["name"]]
    known_to_the_world = {"DATABASE_URL": "LOUKE_DATABASE_URL", "TEMPORAL_ADDRESS": "LOUKE_TEMPORAL_ADDRESS"}
    asked = {known_to_the_world.get(name, name) for name in composed()["services"][part]["environment"]}
    # No demonstration is reached in a cluster, and no line there goes in clear.
    assert asked - given == {"LOUKE_DEMO_BEYOND_LOOPBACK", "LOUKE_IN_CLEAR"}


def test_whoever_sets_louke_up_finds_every_setting_in_the_pages_for_operators() -> None:
    pages = "\n".join(file.read_text() for file in (ROOT / "docs").glob("*.md"))
    names = [f"LOUKE_{name.upper()}" for name in Settings.model_fields]
    assert [name for name in (*names, "LOUKE_SECRETS_DIR", "LOUKE_POSTGRES") if not re.search(rf"\b{name}\b", pages)] == []


def test_whoever_comes_to_a_database_comes_over_tls(applied: list[dict[str, Any]]) -> None:
    secrets = {each["metadata"]["name"]: each["stringData"] for each in documents(DEPLOY / "kubernetes" / "secrets.example.yaml")}
    urls = [value for said in secrets.values() for key, value in said.items() if key.endswith("DATABASE_URL")]
    assert len(urls) == 2
    assert [url for url in urls if "sslmode=verify-full&sslrootcert=/run/louke/certs/servers-ca.pem" not in url] == []
    named = {each["name"]: each.get("value") for _, container in containers(applied) for each in container.get("env", [])}
    assert named["SQL_TLS_CA_FILE"] == "/run/servers/servers-ca.pem"
    assert not {"TEMPORAL_DB_IN_CLEAR", "TEMPORAL_DB_CA"} & set(named)


def test_the_api_answers_its_door_over_tls(applied: list[dict[str, Any]]) -> None:
    (api,) = [container for name, container in containers(applied) if name == "louke-api"]
    said = {each["name"]: each.get("value") for each in api["env"]}
    assert (said["LOUKE_TLS_CERT"], said["LOUKE_TLS_KEY"]) == ("/run/api/certs/api.pem", "/run/api/certs/api.key")
    assert api["readinessProbe"]["httpGet"]["scheme"] == "HTTPS"
    (plain,) = [each["data"] for each in applied if each["kind"] == "ConfigMap"]
    assert not {"LOUKE_HOST", "LOUKE_IN_CLEAR"} & set(plain)


def test_a_probe_of_a_port_asks_one_that_is_open_to_the_pods_address(applied: list[dict[str, Any]]) -> None:
    for name, container in containers(applied):
        open_here = {each["name"] for each in container.get("ports", [])}
        assert "metrics" not in open_here, "it answers its own machine alone"
        for probe in (container.get("livenessProbe", {}), container.get("readinessProbe", {})):
            asked = probe.get("tcpSocket", probe.get("httpGet", {}))
            assert not asked or asked["port"] in open_here, name


def test_the_images_of_others_are_those_of_the_containers(applied: list[dict[str, Any]]) -> None:
    ours = {each["image"] for _, each in containers(applied)}
    assert ours - {"louke"} <= {each["image"] for each in composed()["services"].values()}


def test_two_of_each_run_and_one_may_be_away(applied: list[dict[str, Any]]) -> None:
    many = {each["metadata"]["name"]: each["spec"]["replicas"] for each in applied if each["kind"] == "Deployment"}
    assert min(many.values()) >= 2
    assert many["louke-worker"] == 4
    spared = {each["metadata"]["name"] for each in applied if each["kind"] == "PodDisruptionBudget"}
    assert spared == set(many)


def test_the_key_that_seals_is_the_watchdogs_alone_and_only_it_writes_seals(applied: list[dict[str, Any]]) -> None:
    mounted = {name: {each["name"]: each for each in container["volumeMounts"]} for name, container in containers(applied)}
    assert {name for name, volumes in mounted.items() if "seal-key" in volumes} == {"louke-watch"}
    assert {name for name, volumes in mounted.items() if "heads" in volumes and not volumes["heads"].get("readOnly")} == {
        "louke-watch"
    }


def test_only_the_door_is_reached_from_outside(applied: list[dict[str, Any]]) -> None:
    services = {each["metadata"]["name"]: each["spec"] for each in applied if each["kind"] == "Service"}
    assert {name for name, each in services.items() if each.get("type", "ClusterIP") != "ClusterIP"} == {"door"}
    assert [each["port"] for each in services["door"]["ports"]] == [443]
    policies = {each["metadata"]["name"]: each["spec"] for each in applied if each["kind"] == "NetworkPolicy"}
    assert policies["nobody"] == {"podSelector": {}, "policyTypes": ["Ingress"]}
    everybody = [each for each in policies.values() for rule in each.get("ingress", []) if "from" not in rule]
    assert [each["podSelector"] for each in everybody] == [{"matchLabels": {"app": "door"}}]
