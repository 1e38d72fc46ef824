"""`louke law …`: what the law says, for people."""

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
    from operations.law.pages import stale, write

    changed = stale(folder) if check else write(folder)
    for name in changed:
        typer.echo(folder / name)
    raise typer.Exit(1 if check and changed else 0)
