"""What `louke new` is asked for and cannot be: said in a sentence, before anything is written."""

import re

from typer.testing import CliRunner

from law.offices import Office
from operations.scaffold.commands import new_commands
from tests.tables import table

STEP = ["step", "thank-witness", "感谢证人", "--kind", "incident", "--stage", "received", "--fact", "incident.witness-thanked"]

LIMIT = [
    "limit",
    "scene-report",
    "回报",
    "--statute",
    "service_promises",
    "--starts",
    "incident.arrived",
    "--met",
    "incident.closed",
]
LIMIT += ["--length", "1 hour", "--article", "到场回报"]


@table(
    ("arguments", "said"),
    [
        (["kind", "遗失", "遗失", "ZZ", "--article", "x"], "small letters"),
        (["kind", "lost-property", "遗失", "Z1", "--article", "x"], "two capitals"),
        (["inspection", "检查", "检查", "--kind", "incident", "--step", "close-incident", "--article", "x"], "small letters"),
        (LIMIT, "--about"),
        ([*LIMIT, "--about", "incident"], "--ended-by"),
        ([*LIMIT, "--about", "incident", "--ended-by", "nothing"], "--in-force"),
        ([*LIMIT, "--about", "incident", "--ended-by", "nothing", "--in-force", "今年"], "--in-force"),
        ([*STEP, "--office", "passer-by", "--fact-label", "感谢证人", "--article", "致谢"], "--office"),
        ([*STEP, "--fact-label", '引"号', "--article", "致谢"], "quotation marks"),
        ([*STEP, "--fact-label", "thanked", "--article", "致谢"], "in Chinese"),
        (["inspection", "thanked", "thanks", "--kind", "incident", "--step", "close-incident", "--article", "致谢"], "in Chinese"),
        ([*STEP[:-1], "incident.感谢", "--fact-label", "感谢", "--article", "致谢"], "small letters with a dot"),
    ],
    ids=lambda value: str(value[:2]) if isinstance(value, list) else value,
)
def test_what_cannot_be_a_name_is_refused_with_what_could(arguments: list[str], said: str) -> None:
    told = CliRunner(env={"COLUMNS": "300"}).invoke(new_commands, arguments)
    assert told.exit_code == 2
    assert said in told.output


@table("command", ["step", "limit", "system"])
def test_help_names_every_office_whole_on_a_narrow_terminal(command: str) -> None:
    told = CliRunner(env={"COLUMNS": "80"}).invoke(new_commands, [command, "--help"])
    assert {*re.findall(r"[a-z]+(?:-[a-z]+)*", told.output)} >= {*map(str, Office)}
