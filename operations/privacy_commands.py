"""`louke privacy …`: who took a file away, and what can be forgotten, for people."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from law.calendar import SHANGHAI
from models.store.connection import BlockingConnection
from runtime.settings import get_settings

T = TypeVar("T")
privacy_commands = typer.Typer(no_args_is_help=True)
_File = Annotated[
    Path, typer.Argument(help="A workbook, Word file, PDF or text that was found somewhere.", exists=True, dir_okay=False)
]


@privacy_commands.command()
def trace(file: _File) -> None:
    """Say who took a file away, when, and with which filters, by the mark that it bears or by what it is.

    Ends with 0 if that is known, 1 if it is not, 2 if nobody could be asked.
    """
    from operations.privacy import find_takings

    found = _ask(lambda connection: find_takings(connection, file.read_bytes()))
    for each in found:
        who = f"{each.name or ''}（{each.username}）"
        typer.echo(f"{each.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S} {who} {each.chain} {each.what} {each.filters}".rstrip())
    if not found:
        typer.echo("文件上没有本系统的标识，也不是本系统交出的原文件。")
    raise typer.Exit(0 if found else 1)


@privacy_commands.command()
def due() -> None:
    """List the letters of which who wrote them in secret may be forgotten by now; people decide on each, by the step 销毁来信人身份信息.

    Ends with 0, or with 2 if nobody could be asked.
    """
    from operations.privacy import list_due

    found = _ask(list_due)
    for each in found:
        typer.echo(f"{each.number} 自{each.since.astimezone(SHANGHAI):%Y-%m-%d}起可以销毁来信人身份信息")
    typer.echo(f"到期{len(found)}件。" if found else "没有到期的。")


def _ask(read: Callable[[BlockingConnection], list[T]]) -> list[T]:
    from psycopg import Error

    from operations.postgres_for_command import run_postgres
    from runtime.database import connect
    from runtime.embedded.process import CannotStart

    try:
        with (
            run_postgres(get_settings(), lambda line: typer.echo(line, err=True)) as there,
            connect(there.database_url, "privacy") as connection,
        ):
            return read(connection)
    except (CannotStart, Error, OSError) as error:
        typer.echo(f"无法查询：{error}", err=True)
        raise typer.Exit(2) from None
