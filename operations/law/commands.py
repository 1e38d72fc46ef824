"""`louke law …`: what the law says, for people."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

law_commands = typer.Typer(no_args_is_help=True)


@law_commands.command()
def docs(
    folder: Annotated[Path, typer.Argument(help="Where the pages are kept.")] = Path("docs/law"),
    check: Annotated[bool, typer.Option("--check", help="Only say which pages are not current.")] = False,
) -> None:
    """Write the pages about the law that follow from the code; with --check, end with 1 if one is not current."""
    from operations.law.pages import list_stale, write

    changed = list_stale(folder) if check else write(folder)
    for name in changed:
        typer.echo(folder / name)
    raise typer.Exit(1 if check and changed else 0)


@law_commands.command()
def diff(
    limit: Annotated[str, typer.Option(help="Only clocks of this time limit.")] = "",
    year: Annotated[int | None, typer.Option(help="The year whose rest days are supposed; with --rest-days.")] = None,
    rest_days: Annotated[Path | None, typer.Option(help="A file with the year's rest days: JSON, or a day a line.")] = None,
    edition: Annotated[str, typer.Option(help="Suppose that the edition in force since this day held for whatever runs.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Say it to a program, an object a line.")] = False,
) -> None:
    """List the deadlines of open matters that the law here now, or what is supposed, would move; nothing is moved.

    Ends with 0 if there are none, 1 if there are, 2 if that could not be found out.
    """
    from psycopg import Error

    from operations.engine_addresses import fill_engine_settings
    from operations.law import diff as comparing
    from runtime.settings import get_settings

    tally = comparing.Tally()
    try:
        since = date.fromisoformat(edition) if edition else None
        found = comparing.diff(fill_engine_settings(get_settings()), limit, since, year, rest_days, tally)
        count = comparing.print_changes(found, typer.echo, comparing.change_as_json if as_json else comparing.describe_change)
    except (Error, OSError, ValueError) as error:
        typer.echo(f"无法比较：{error}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"看了{tally.matters}件未结事项的{tally.clocks}个时钟，其中{count}个会改变；未作任何变更。", err=True)
    for each in tally.unreadable:
        typer.echo(f"无法计算：{each}", err=True)
    raise typer.Exit(2 if tally.unreadable else 1 if count else 0)


@law_commands.command()
def recompute(
    by: Annotated[str, typer.Option(help="The user name of the legal reviewer or administrator who orders it.")],
    reason: Annotated[str, typer.Option(help="Why, as it will stand in each journal.")],
    limit: Annotated[str, typer.Option(help="Only matters with a clock of this time limit that would move.")] = "",
) -> None:
    """Reckon anew the open matters of which the law here now would move a clock; each gets an entry with the reason.

    Ends with 0 if all were, 1 if one refused, 2 if that could not be done.
    """
    from psycopg import Error
    from temporalio.service import RPCError

    from operations.engine_addresses import fill_engine_settings
    from operations.law import diff as comparing
    from operations.law.recompute import recompute as carry_out
    from runtime.settings import get_settings

    tally, refused, done = comparing.Tally(), 0, 0

    async def each() -> None:
        nonlocal refused, done
        async for outcome in carry_out(fill_engine_settings(get_settings()), by, reason, limit, tally):
            refused, done = refused + bool(outcome.refused), done + (not outcome.refused)
            typer.echo(f"{outcome.number} {outcome.refused or '已重新计算'}")

    try:
        asyncio.run(each())
    except (Error, OSError, ValueError, RuntimeError, RPCError) as error:
        typer.echo(f"无法重新计算：{error}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"看了{tally.matters}件未结事项，重新计算{done}件，未能计算{refused}件。", err=True)
    raise typer.Exit(1 if refused else 0)
