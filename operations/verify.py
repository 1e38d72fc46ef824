"""`louke verify`: print what a verification of the journal found."""

from rich.console import Console

from verification.rules.report_words import Report, as_json, place, summary, told, verdicts
from verification.verification import verify

__all__ = ["Report", "as_json", "tell", "verify"]


def tell(report: Report, console: Console) -> None:
    """Say it to a person."""
    for fault in report.faults:
        console.print(f"[red]✗[/] {fault.chain} {place(fault.position)}：{fault.words}", highlight=False, soft_wrap=True)
    results = told(report, 0)
    console.print(summary(results), highlight=False, soft_wrap=True)
    for verdict in verdicts(results):
        mark, above = ("[green]✓[/]", "") if verdict.holds else ("[red]✗[/]", ",见上")
        console.print(f"{mark} {verdict.name}（{verdict.question}）：{verdict.words}{above}", highlight=False)
    if report.newest:
        console.print(f"最新封存摘要（请另行保管，下次以 --anchor 核对）：{report.newest}", highlight=False, soft_wrap=True)
