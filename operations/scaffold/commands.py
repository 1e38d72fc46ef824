"""`louke new …`: begin a limit, a step, an outside system, an inspection or a kind of matter; each prints the files it wrote and what to do next."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer

from law.clock import Consequence
from law.facts.declaration import Scope
from law.offices import Office
from law.time_limits import About
from models.matter import Kind
from operations.scaffold import building, kinds, limits
from operations.scaffold.building import NewFact
from operations.scaffold.editing import CannotAdd, Edits
from operations.scaffold.limits import NOTHING, NewLimit

# Named in the help: as choices they are cut in the middle of their names.
_OFFICES, _KINDS = ", ".join(Office), ", ".join(Kind)

new_commands = typer.Typer(no_args_is_help=True, add_completion=False)


def _make_parser(pattern: str, wanted: str) -> Callable[[str], str]:
    """What reads an argument: ids become names of Python and stand in addresses for ever, words stand between quotation marks."""

    def read(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise typer.BadParameter(f"{value!r} is not {wanted}")
        return value

    return read


_id = _make_parser(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "in small letters with hyphens, as thank-witness")
_fact_id = _make_parser(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+", "in small letters with a dot, as incident.witness-thanked")
_words = _make_parser(r"[^\"'\\\n{}$]+", "in words without quotation marks, braces, backslashes and dollar signs")
_chinese = _make_parser(
    r"(?=.*[\u4e00-\u9fff])[^\"'\\\n{}$]+", "in Chinese, without quotation marks, braces, backslashes and dollar signs"
)
Id = Annotated[str, typer.Argument(parser=_id, metavar="ID", help="In small letters, with hyphens: thank-witness.")]
Label = Annotated[str, typer.Argument(parser=_chinese, metavar="LABEL", help="What officers call it, in Chinese.")]
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
    kind: Annotated[Kind, typer.Option(metavar="KIND", help=f"The kind of matter in which it is taken: {_KINDS}.")],
    stage: Annotated[
        list[str],
        typer.Option(help="A stage at which it is open, by the name of its method in workflows/; several times for several."),
    ],
    fact: Annotated[
        str, typer.Option(parser=_fact_id, metavar="FACT", help="The fact that it brings about: incident.witness-thanked.")
    ],
    fact_label: Annotated[str, typer.Option(parser=_chinese, metavar="LABEL", help="What officers call that.")],
    cited: Cited,
    facts: Facts = "incident",
    instrument: Annotated[str, typer.Option(help="Its name in law/instruments.py.")] = "RULE",
    office: Annotated[Office, typer.Option(metavar="OFFICE", help=f"Who may take it: {_OFFICES}.")] = Office.CASE_OFFICER,
    scope: Annotated[
        Scope, typer.Option(help="Whom its fact concerns: all of the matter, or the one whom it is about.")
    ] = Scope.MATTER,
    after: Annotated[
        list[str] | None, typer.Option(help="A fact of which one must have happened first; several times for several.")
    ] = None,
) -> None:
    """A step with its form, its fact and its basis."""
    declared = NewFact(fact, fact_label, facts, scope.name, tuple(after or ()), instrument, cited)
    with _write_edits(
        "what it asks for and says (its form and fact), and its test; make contract; docs/glossary.md, where it brings a word"
    ) as edits:
        building.add_step(edits, id_, title, kind, stage, declared, basis=instrument, cited=cited, office=office)


@new_commands.command("limit")
def new_limit(
    id_: Id,
    label: Label,
    statute: Annotated[str, typer.Option(help="The module of law/statutes it stands in.")],
    about: Annotated[
        About, typer.Option(help="What it runs for: each person, the incident, the case, a document, a thing, a right.")
    ],
    starts: Annotated[str, typer.Option(help="The fact from which it runs.")],
    met: Annotated[str, typer.Option(help="The fact by which it is met.")],
    ended_by: Annotated[
        list[str],
        typer.Option(
            help=f"A fact that ends it though it was not met, as the end of the matter does; several times, or `{NOTHING}`."
        ),
    ],
    length: Annotated[str, typer.Option(help="A number and hour, day, 'working day', month or year: '24 hour'.")],
    in_force: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="From which day the text says so.")],
    cited: Cited,
    answerable: Annotated[Office, typer.Option(metavar="OFFICE", help=f"Who answers for it: {_OFFICES}.")],
    at_expiry: Annotated[Consequence, typer.Option(help="What must happen once it has run out.")],
    worked: Annotated[
        list[str],
        typer.Option(
            "--example",
            metavar="'START END'",
            help="A start and the end that you have reckoned by hand, each a day or an instant: '2026-03-02T20:00 2026-03-05'. Several times.",
        ),
    ],
    instrument: Annotated[str, typer.Option(help="Its name in law/instruments.py, where the statute cites several.")] = "",
    liberty: Annotated[bool, typer.Option("--liberty", help="Somebody is held, or under a measure, until it ends.")] = False,
) -> None:
    """A time limit between two facts that are declared. What it does not ask for stands in the statute: look there."""
    new = NewLimit(
        id=id_,
        label=label,
        statute=statute,
        about=about,
        starts=starts,
        met=met,
        ended_by=ended_by,
        length=length,
        in_force=in_force.date(),
        answerable=answerable,
        at_expiry=at_expiry,
        instrument=instrument,
        cited=cited,
        liberty=liberty,
        examples=worked,
    )
    with _write_edits("its row in tests/law/authority.csv where a law sets it; louke law docs") as edits:
        row = limits.add_limit(edits, new)
    typer.echo(f"the row, ? being its section: {row}", err=True)


@new_commands.command("system")
def new_system(
    id_: Id,
    label: Label,
    told: Annotated[str, typer.Option(help="The fact that it is told of.")],
    answer: Annotated[str, typer.Option(help="The step that it owes as an answer.")] = "",
    answer_title: Annotated[
        str | None, typer.Option(parser=_chinese, metavar="LABEL", help="What officers call that step, where it is not there yet.")
    ] = None,
    kind: Annotated[
        Kind, typer.Option(metavar="KIND", help=f"The kind of matter to which such an answer comes: {_KINDS}.")
    ] = Kind.INCIDENT,
    cited: Annotated[
        str | None, typer.Option("--article", parser=_words, metavar="ARTICLE", help="On what such an answer rests.")
    ] = None,
    instrument: Annotated[str, typer.Option(help="Its name in law/instruments.py.")] = "RULE",
    office: Annotated[
        Office, typer.Option(metavar="OFFICE", help=f"The organ whose it is; by this office it answers: {_OFFICES}.")
    ] = Office.PARTY,
) -> None:
    """A system outside that is told of a fact, and perhaps owes an answer: a step that is there, or a new one with its --answer-title."""
    with _write_edits(
        "what it must know (message, says) and an example of its answer; make contract; its address and secret in LOUKE_PARTNERS"
    ) as edits:
        if answer_title is None:
            building.add_system(edits, id_, label, told, office, answer)
        elif answer and cited:
            new = building.NewAnswer(answer, answer_title, kind, instrument, cited)
            building.add_system(edits, id_, label, told, office, new)
        else:
            raise CannotAdd("a new answer needs the id of its step (--answer) and what it rests on (--article)")


@new_commands.command("inspection")
def new_inspection(
    id_: Id,
    label: Label,
    kind: Annotated[Kind, typer.Option(metavar="KIND", help=f"The kind of matter that it looks at: {_KINDS}.")],
    step: Annotated[str, typer.Option(help="A step on which the finding rests: close-incident.")],
    cited: Cited,
    instrument: Annotated[str, typer.Option(help="Its name in law/instruments.py.")] = "RULE",
) -> None:
    """An inspection of open matters, which gives what it finds to a person."""
    with _write_edits("the predicate, and the evidence and demand that a person reads") as edits:
        building.add_inspection(edits, id_, label, kind, step, basis=instrument, cited=cited)


@new_commands.command("kind")
def new_kind(
    id_: Id,
    label: Label,
    prefix: Annotated[
        str,
        typer.Argument(
            parser=_make_parser("[A-Z]{2}", "two capitals"), metavar="PREFIX", help="Two capitals, with which its numbers begin."
        ),
    ],
    cited: Cited,
    facts: Facts = "incident",
    stages: Annotated[
        str, typer.Option(help="In their order, each as id:verb:label: by the step `verb-…` a matter comes to the stage.")
    ] = "opened:open:登记,accepted:accept:受理,answered:answer:答复,closed:close:办结",
) -> None:
    """A kind of matter with its stages, its forms and its place in the demonstration."""
    with _write_edits(
        "its life in tests/replay/lives.py, then .venv/bin/python -m tests.replay.record THAT_LIFE; make contract; docs/glossary.md"
    ) as edits:
        kinds.add_kind(edits, id_, label, prefix, facts, cited, kinds.parse_stages(stages))


@contextmanager
def _write_edits(further: str) -> Iterator[Edits]:
    try:
        edits = Edits(building.find_root())
        yield edits
        written = edits.write()
        building.check_loads(edits)
    except CannotAdd as why:
        typer.echo(f"nothing was written: {why}", err=True)
        raise typer.Exit(1) from None
    typer.echo("\n".join(map(str, written)))
    typer.echo(f"next: {further}", err=True)
