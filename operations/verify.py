"""`louke verify`: print what a verification of the journal found."""

from rich.console import Console

from verification.rules.report_words import Report, format_position, list_verdicts, report_as_dict, report_as_json, summarise
from verification.verification import verify

__all__ = ["Report", "report_as_json", "tell", "verify"]


def tell(report: Report, console: Console) -> None:
    """Print the report."""
    for fault in report.faults:
        console.print(f"[red]✗[/] {fault.chain} {format_position(fault.position)}：{fault.words}", highlight=False, soft_wrap=True)
    results = report_as_dict(report, 0)
    console.print(summarise(results), highlight=False, soft_wrap=True)
    for verdict in list_verdicts(results):
        mark, above = ("[green]✓[/]", "") if verdict.holds else ("[red]✗[/]", ",见上")
        console.print(f"{mark} {verdict.name}（{verdict.question}）：{verdict.words}{above}", highlight=False)
    if report.newest:
        console.print(f"最新封存摘要（请另行保管，下次以 --anchor 核对）：{report.newest}", highlight=False, soft_wrap=True)
