"""What somebody is woken by names series that exist, parses, and fires when it should; the units are as systemd wants them."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from runtime import metrics
from runtime.settings import Settings
from tests.conftest import ROOT
from tests.tables import table

DEPLOY = ROOT / "deploy"
RULES = [rule for group in yaml.safe_load((DEPLOY / "prometheus/louke.rules.yml").read_text())["groups"] for rule in group["rules"]]
DASHBOARD: dict[str, Any] = json.loads((DEPLOY / "grafana/louke.json").read_text())
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
OPERATIONS = (ROOT / "docs/operations.md").read_text()
UNITS = sorted((DEPLOY / "systemd").iterdir())
assert metrics.STEPS  # importing them fills the registry


def families() -> dict[str, set[str]]:
    """Every series of ours by the names under which it is asked for, with its labels."""
    found: dict[str, set[str]] = {}
    for collector in {*REGISTRY._collector_to_names}:
        name, labels = getattr(collector, "_name", ""), set[str](getattr(collector, "_labelnames", ()))
        if name.startswith("louke_"):
            endings = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}[collector._type]  # pyright: ignore[reportAttributeAccessIssue] - each of theirs has it
            found.update({f"{name}{ending}": labels for ending in endings})
    return found


def expressions() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        yield rule["alert"], rule["expr"]
    for panel in PANELS:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]


every_expression = table(("name", "expression"), [*expressions()])


@every_expression
def test_only_series_that_exist_are_asked_for_by_labels_that_they_have(name: str, expression: str) -> None:
    known = families()
    asked = re.findall(r"(louke_\w+)(?:\{([^}]*)\})?", expression)
    assert asked or 'up{job="louke"}' in expression
    for series, selector in asked:
        assert series in known
        assert set(re.findall(r"(\w+)=", selector)) <= known[series]


def test_every_series_is_explained_to_whoever_watches() -> None:
    (listed,) = re.findall(r"## What to watch, and what to do(.*?)\n## ", OPERATIONS, re.DOTALL)
    told = set(re.findall(r"louke_\w+", listed))
    bare = {re.sub("_(bucket|count|sum)$", "", name) for name in families()}
    assert told == bare


def test_every_alert_says_what_is_wrong_what_to_do_and_how_urgent_it_is() -> None:
    for rule in RULES:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"] and rule["annotations"]["description"]


def test_every_alert_is_tried() -> None:
    tried = yaml.safe_load((DEPLOY / "prometheus/louke.rules.test.yml").read_text())["tests"]
    fired = {case["alertname"] for each in tried for case in each["alert_rule_test"] if case.get("exp_alerts")}
    assert fired == {rule["alert"] for rule in RULES}


def test_every_panel_has_a_place_a_source_and_a_sentence() -> None:
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    for panel in PANELS:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        assert panel["description"] and panel["targets"]
        assert panel["datasource"] == {"type": "prometheus", "uid": "${source}"}


needs_promtool = pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed here")


@needs_promtool
def test_prometheus_takes_the_rules_and_they_fire_as_they_should() -> None:
    for arguments in (["check", "config", "prometheus.yml"], ["test", "rules", "louke.rules.test.yml"]):
        done = subprocess.run(["promtool", *arguments], cwd=DEPLOY / "prometheus", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@needs_promtool
@every_expression
def test_prometheus_understands_each_expression(name: str, expression: str) -> None:
    command = ["promtool", "--experimental", "promql", "format", expression]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# Units


def said(unit: Path, name: str) -> list[str]:
    return [line.partition("=")[2] for line in unit.read_text().splitlines() if line.startswith(f"{name}=")]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_sets_what_is_a_setting_and_runs_what_is_a_command(unit: Path) -> None:
    known = {f"LOUKE_{name.upper()}" for name in Settings.model_fields}
    assert {each.partition("=")[0] for line in said(unit, "Environment") for each in line.split()} <= known
    commands = set(re.findall(r"^def ([a-z]+)\(", (ROOT / "cli.py").read_text(), re.MULTILINE))
    assert {line.split()[1] for line in said(unit, "ExecStart")} <= commands


@pytest.mark.parametrize("unit", [each for each in UNITS if "Type=notify" in each.read_text()], ids=lambda unit: unit.name)
def test_a_unit_is_never_given_up_and_waits_longer_than_the_process_takes_to_end(unit: Path) -> None:
    from runtime.embedded.supervisor import STOP_SECONDS
    from runtime.heartbeat import GRACE_S

    assert (said(unit, "Restart"), said(unit, "StartLimitIntervalSec")) == (["always"], ["0"])
    assert int(said(unit, "WatchdogSec")[0]) >= 20
    assert int(said(unit, "TimeoutStopSec")[0]) > (STOP_SECONDS if "up" in unit.name else GRACE_S) + 1


def test_no_unit_takes_the_port_of_whoever_measures_the_machine() -> None:
    ports = {port for unit in UNITS for port in re.findall(r"METRICS_PORT=(\S+)", unit.read_text())}
    assert ports == {"9110", "911%i"}
    assert "9100" not in (DEPLOY / "prometheus/prometheus.yml").read_text()


def test_a_port_of_the_metrics_that_is_taken_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        environment = os.environ | {"LOUKE_METRICS_PORT": str(port), "LOUKE_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
        command = [sys.executable, "-m", "cli", "watch"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"指标端口{port}" in done.stderr
    assert "LOUKE_METRICS_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_whoever_needs_a_database_in_its_newest_shape_waits_until_it_comes() -> None:
    (migrate,) = [each for each in UNITS if each.name == "louke-migrate.service"]
    assert "migrate --wait" in said(migrate, "ExecStart")[0]
    assert said(migrate, "TimeoutStartSec") == ["infinity"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        # The program is where it is here, and its account is somebody who exists.
        text = unit.read_text().replace("/opt/louke/bin/louke", str(Path(sys.executable).with_name("louke")))
        (tmp_path / unit.name).write_text(text.replace("User=louke", "User=root"))
    paths = [str(tmp_path / unit.name.replace("@.", "@1.")) for unit in UNITS]
    (tmp_path / "louke-worker@1.service").write_text((tmp_path / "louke-worker@.service").read_text())
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "louke" in line and "postgresql.service" not in line]
    assert ours == []
