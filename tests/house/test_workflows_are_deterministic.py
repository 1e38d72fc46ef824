"""Without a sandbox, nothing but these tests keeps a workflow from asking the machine for the time, a number or an id."""

import ast
from pathlib import Path

from tests.tables import table

ROOT = Path(__file__).parents[2]
# What a workflow may see change from one replay to the next.
UNSTEADY = {"time", "random", "uuid", "secrets", "os", "socket", "threading", "subprocess"}
ASKS_THE_CLOCK = {"now", "utcnow", "today"}


def offences(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.split(".")[0] in UNSTEADY]
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in UNSTEADY:
            found.append(node.module)
        # workflow.now() is Temporal's clock, the same at every replay.
        if isinstance(node, ast.Attribute) and node.attr in ASKS_THE_CLOCK and ast.unparse(node.value) != "workflow":
            found.append(ast.unparse(node))
        # The order of a set differs between processes.
        if isinstance(node, ast.For) and isinstance(node.iter, ast.Set):
            found.append(ast.unparse(node.iter))
    return found


@table("path", sorted((ROOT / "workflows").glob("*.py")), ids=lambda path: path.name)
def test_a_workflow_asks_only_temporal_for_what_changes(path: Path) -> None:
    assert offences(path.read_text()) == []


def test_reading_the_machines_clock_or_drawing_lots_would_be_noticed() -> None:
    assert offences("import random\nfrom datetime import datetime\nx = datetime.now()\n") == ["random", "datetime.now"]
