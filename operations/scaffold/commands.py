"""`louke new …`: begin a limit, a step, an outside system, an inspection or a kind of matter; each prints the files it wrote and what to do next."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from law.facts.declaration import Scope
from law.offices import Office
from models.matter import Kind
from operations.scaffold import building, kinds
from operations.scaffold.building import NewFact
from operations.scaffold.editing import CannotAdd, Edits

new_commands = typer.Typer(no_args_is_help=True)


def _matching(pattern: str, wanted: str) -> Callable[[str], str]:
    """What reads an argument: ids become names of Python and stand in addresses for ever, words stand between quotation marks."""

    def read(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise typer.BadParameter(f"{value!r} is not {wanted}")
        return value

    return read


_id = _matching(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "in small letters with hyphens, as thank-witness")
_fact_id = _matching(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+", "in small letters with a dot, as incident.witness-thanked")
_words = _matching(r"[^\"'\\\n{}$]+", "in words without quotation marks, braces, backslashes and dollar signs")
Id = Annotated[str, typer.Argument(parser=_id, metavar="ID", help="In small letters, with hyphens: thank-witness.")]
Label = Annotated[str, typer.Argument(parser=_words, metavar="LABEL", help="What officers call it, in Chinese.")]
Facts = Annotated[str, typer.Option("--facts", help="The module of law/facts whose area its facts belong to.")]
Cited = Annotated[
    str,
    typer.Option(
        "--article",
        parser=_words,
        metavar="ARTICLE",
        help="The number of the article, or the heading of the section, that it rests on.",
    ),
]


@new_commands.command("step")
def new_step(
    id_: Id,
    title: Label,
    kind: Annotated[Kind, typer.Option(help="The kind of matter in which it is taken.")],
    stage: Annotated[list[str], typer.Option(help="A stage at which it is open; several times for several.")],
    fact: Annotated[
        str, typer.Option(parser=_fact_id, metavar="FACT", help="The fact that it brings about: incident.witness-thanked.")
    ],
    fact_label: Annotated[str, typer.Option(parser=_words, metavar="LABEL", help="What officers call that.")],
    cited: Cited,
    facts: Facts = "incident",
    instrument: Annotated[str, typer.Option(help="Its name in law/instruments.py.")] = "RULE",
    office: Annotated[str, typer.Option(help="Who may take it.")] = "case-officer",
    scope: Annotated[
        Scope, typer.Option(help="Whom its fact concerns: all of the matter, or the one whom it is about.")
    ] = Scope.MATTER,
    after: Annotated[
        list[str] | None, typer.Option(help="A fact of which one must have happened first; several times for several.")
    ] = None,
) -> None:
    """A step with its form, its fact and its basis."""
    declared = NewFact(fact, fact_label, facts, scope.name, tuple(after or ()))
    with _written("make contract; say in docs/glossary.md what is new") as edits:
        building.step(edits, id_, title, kind, stage, declared, basis=instrument, cited=cited, office=office)


@new_commands.command("limit")
def new_limit(
    id_: Id,
    label: Label,
    statute: Annotated[str, typer.Option(help="The module of law/statutes it stands in.")],
    starts: Annotated[str, typer.Option(help="The fact from which it runs.")],
    met: Annotated[str, typer.Option(help="The fact by which it is met.")],
    length: Annotated[str, typer.Option(help="A number and hour, day or month: '24 hour'.")],
    cited: Cited,
    instrument: Annotated[str, typer.Option(help="Its name in law/instruments.py, where the statute cites several.")] = "",
    liberty: Annotated[bool, typer.Option("--liberty", help="Somebody's liberty hangs on it.")] = False,
) -> None:
    """A time limit between two facts that are declared."""
    further = (
        "a row in tests/law/authority.csv where a law sets it; louke law docs; look whether the example is what a lawyer would say"
    )
    with _written(further) as edits:
        building.limit(edits, id_, label, statute, starts, met, length, basis=instrument, cited=cited, liberty=liberty)
        building.example(edits, id_, label, statute)


@new_commands.command("system")
def new_system(
    id_: Id,
    label: Label,
    told: Annotated[str, typer.Option(help="The fact that it is told of.")],
    answer: Annotated[str, typer.Option(help="The step that it owes as an answer.")] = "",
    office: Annotated[Office, typer.Option(help="The organ whose it is; by this office it answers.")] = Office.PARTY,
) -> None:
    """A system outside that is told of a fact, and perhaps owes an answer."""
    with _written(
        "what it must know (message, says) and an example of its answer; make contract; its address and secret in LOUKE_PARTNERS"
    ) as edits:
        building.system(edits, id_, label, told, office, answer)


@new_commands.command("inspection")
def new_inspection(
    id_: Id,
    label: Label,
    kind: Annotated[Kind, typer.Option(help="The kind of matter that it looks at.")],
    step: Annotated[str, typer.Option(help="A step on which the finding rests: close-incident.")],
    cited: Cited,
    instrument: Annotated[str, typer.Option(help="Its name in law/instruments.py.")] = "RULE",
) -> None:
    """An inspection of open matters, which gives what it finds to a person."""
    with _written("the predicate, and the evidence and demand that a person reads") as edits:
        building.inspection(edits, id_, label, kind, step, basis=instrument, cited=cited)


@new_commands.command("kind")
def new_kind(
    id_: Id,
    label: Label,
    prefix: Annotated[
        str,
        typer.Argument(
            parser=_matching("[A-Z]{2}", "two capitals"), metavar="PREFIX", help="Two capitals, with which its numbers begin."
        ),
    ],
    cited: Cited,
    facts: Facts = "incident",
    stages: Annotated[
        str, typer.Option(help="In their order, each as id:verb:label: by the step `verb-…` a matter comes to the stage.")
    ] = "opened:open:登记,accepted:accept:受理,answered:answer:答复,closed:close:办结",
) -> None:
    """A kind of matter with its stages, its forms and its place in the demonstration."""
    with _written("its life in tests/replay/lives.py, then python -m tests.replay.record THAT_LIFE; make contract") as edits:
        kinds.kind(edits, id_, label, prefix, facts, cited, kinds.stages(stages))


@contextmanager
def _written(further: str) -> Iterator[Edits]:
    try:
        edits = Edits(building.root())
        yield edits
        written = edits.write()
        building.check_loads(edits)
    except CannotAdd as why:
        typer.echo(f"nothing was written: {why}", err=True)
        raise typer.Exit(1) from None
    typer.echo("\n".join(map(str, written)))
    typer.echo(f"next: {further}", err=True)
