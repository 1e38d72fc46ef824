"""`louke doctor`: print the findings of the health checks, a line each."""

from rich.console import Console

from api.health_checks.finding import Finding, Level
from api.health_checks.report import run_checks

__all__ = ["Finding", "Level", "run_checks", "tell"]

_MARKS = {
    Level.WELL: "[green]✓[/]",
    Level.LOOK: "[yellow]![/]",
    Level.BROKEN: "[red]✗[/]",
    Level.UNKNOWN: "[dim]-[/]",
}


def tell(finding: Finding, console: Console) -> None:
    """Print one finding on a line."""
    remedy = f" → {finding.remedy}" if finding.remedy else ""
    console.print(f"{_MARKS[finding.level]} {finding.check}：", end="", highlight=False)
    console.print(f"{finding.words}{remedy}", highlight=False, markup=False, soft_wrap=True)
