"""Temporal's server: each of its services a process of its own, from the configuration that is deployed, under mutual TLS and an authorizer."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import randint
from urllib.parse import urlsplit

from runtime.embedded.ports import find_free_port, is_free
from runtime.embedded.process import CannotStart, Part
from tests.conftest import ROOT
from tests.production.databases import PATIENCE_S, TEMPORAL_ROLE

# Where the binaries are; without it there is nothing to run.
WHERE = "LOUKE_TEMPORAL_SERVER"
# Two of each; the server's own workers come in by the inner frontend, since they bear no token.
SERVICES = ("history", "matching", "internal-frontend", "frontend", "worker")
EACH = 2
DEPLOYED = ROOT / "deploy" / "temporal"
_SHARDS = "16"
# Ours are the workers.
_CALLED = {"worker": "system-worker"}
# In PostgreSQL the server notes where its processes meet in a column that ends here.
_MEETING_PORTS = (10_000, 32_767)
# What Go's own installer calls them, and what their makers do.
_NAMES = {"temporal-server": ("temporal-server", "server"), "temporal-sql-tool": ("temporal-sql-tool", "sql")}


@dataclass(frozen=True, slots=True)
class Server:
    """The server's parts by name, and the frontends among them by their addresses."""

    parts: Mapping[str, Part]
    frontends: tuple[str, ...]


def binaries(folder: Path) -> Path:
    """A folder beside ours in which the server's programs have the names that its makers give them. CannotStart where one is missing."""
    said = Path(os.environ[WHERE])
    tools = folder / "programs"
    tools.mkdir()
    for name, called in _NAMES.items():
        found = [said / each for each in called if os.access(said / each, os.X_OK)]
        if not found:
            raise CannotStart(f"{said} has no {' nor '.join(called)}: {WHERE} names the folder of the Temporal server's binaries.")
        (tools / name).symlink_to(found[0].resolve())
    return tools


def lay_schemas(tools: Path, url: str, password: str, certs: Path) -> None:
    """Lay the schemas in Temporal's databases, by the steps that are deployed."""
    at = urlsplit(url)
    where = {"SQL_HOST": str(at.hostname), "SQL_PORT": str(at.port), "SQL_USER": TEMPORAL_ROLE, "SQL_PASSWORD": password}
    run_step("schema.sh", tools, {**where, "SQL_TLS_CA_FILE": str(certs / "admin" / "servers-ca.pem")})


def make_namespace(tools: Path, address: str, certs: Path, token: str) -> None:
    """Make the namespace, by the steps that are deployed."""
    admin = certs / "admin"
    where = {
        "TEMPORAL_ADDRESS": address,
        "TEMPORAL_TLS_SERVER_CA_CERT_PATH": str(admin / "ca.pem"),
        "TEMPORAL_TLS_CLIENT_CERT_PATH": str(admin / "admin.pem"),
        "TEMPORAL_TLS_CLIENT_KEY_PATH": str(admin / "admin.key"),
        "TEMPORAL_TLS_SERVER_NAME": "temporal",
        "TEMPORAL_API_KEY": token,
    }
    run_step("namespace.sh", tools, where)


def run_step(script: str, tools: Path, environment: Mapping[str, str]) -> None:
    """Run one deployed script; CannotStart with what it said."""
    path = f"{tools}:{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"
    command = ["sh", str(DEPLOYED / script)]
    done = subprocess.run(command, env={**os.environ, **environment, "PATH": path}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"{script} failed.\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


def server(tools: Path, certs: Path, hosts: str, password: str) -> Server:
    """The parts, over the databases at those hosts; nothing runs yet."""
    parts, frontends = dict[str, Part](), list[str]()
    for service in SERVICES:
        for number in range(1, EACH + 1):
            port, meeting = find_free_port(), _low_port()
            environment = {
                "TEMPORAL_SERVICES": service,
                "TEMPORAL_SERVER_CONFIG_FILE_PATH": str(DEPLOYED / "server.yaml"),
                "TEMPORAL_DYNAMIC_CONFIG": str(DEPLOYED / "dynamic.yaml"),
                "TEMPORAL_CERTS": str(certs / "temporal"),
                "TEMPORAL_DB_HOSTS": hosts,
                "TEMPORAL_DB_PASSWORD": password,
                "TEMPORAL_DB_CONNECTIONS": "12",
                "TEMPORAL_SHARDS": _SHARDS,
                "TEMPORAL_BROADCAST_ADDRESS": "127.0.0.1",
                "BIND_ON_IP": "127.0.0.1",
                "TEMPORAL_GRPC_PORT": str(port),
                "TEMPORAL_MEMBERSHIP_PORT": str(meeting),
                "GOMAXPROCS": "2",
            }
            name = f"{_CALLED.get(service, service)}-{number}"
            parts[name] = Part(
                name,
                (str(tools / "temporal-server"), "start"),
                ready=lambda _, port=port: not is_free("127.0.0.1", port),
                address=f"127.0.0.1:{port}",
                environment=environment,
                patience=PATIENCE_S,
            )
            if service == "frontend":
                frontends.append(parts[name].address)
    return Server(parts, tuple(frontends))


def _low_port() -> int:
    while not is_free("127.0.0.1", port := randint(*_MEETING_PORTS)):
        pass
    return port
