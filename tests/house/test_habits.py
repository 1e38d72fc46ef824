"""What a reviewer would otherwise have to remember."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from law.time_limits import TimeLimit, get_limits
from models.matter import Kind
from models.problems import PROBLEMS, Problem
from tests.house.source import AROUND, ROOT, files, functions, imported, name_of, nodes, parsed
from tests.law.test_examples import EXAMPLES
from tests.tables import table
from workflows.registry import get_lifecycles

WRITING = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\S+(\s+(AS\s+)?\w+)?\s+SET|DELETE\s+FROM|TRUNCATE)\b")
# Every statement that writes stands where things are stored, whoever executes it; migrations make the tables that they fill.
WRITERS = ("models/store/", "migrations/")
# A logger of its own is made in one place; commands speak to whoever typed them.
SPEAKING_FILES = {"runtime/logging.py", "cli.py"}
COMMANDS = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]

every_file = table("file", files(), ids=name_of)
every_limit = table("limit", get_limits().values(), ids=get_limits().keys())


def strings(file: Path) -> Iterator[str]:
    """Every literal text of a file that is no docstring."""
    docstrings = {id(node.value) for node in nodes(file) if isinstance(node, ast.Expr)}
    for node in nodes(file):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


# Writing, speaking, refusing


@every_file
def test_statements_that_write_stand_in_the_store(file: Path) -> None:
    if not name_of(file).startswith(WRITERS):
        assert [text for text in strings(file) if WRITING.search(text)] == []


def untyped(file: Path) -> Iterator[str]:
    """Where a file reads from the database what nobody has said the type of: over which connection, or in which rows."""
    named = ("connection", "cursor")
    for node in nodes(file):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            declared = [(each.lineno, each.annotation) for each in arguments if each.arg in named]
        elif isinstance(node, ast.AnnAssign):
            declared = [(node.lineno, node.annotation)] if ast.unparse(node.target) in named else []
        else:
            declared = []
        yield from (f"{name_of(file)}:{line}" for line, each in declared if each is None or "Any" in ast.unparse(each))
        # `connection.execute(…).fetchall()`, awaited or not: the rows of a bare statement are of no type.
        if isinstance(node, ast.Call) and re.search(r"\.fetch(one|many|all)$", ast.unparse(node.func)):
            source = ast.unparse(node.func)
            if ".execute(" in source and "row_factory=" not in source:
                yield source


@every_file
def test_what_is_read_from_the_database_has_a_type(file: Path) -> None:
    assert list(untyped(file)) == []


@table("file", files("api"), ids=name_of)
def test_no_router_refuses_but_with_a_problem_of_ours(file: Path) -> None:
    raised = [node.exc for node in nodes(file) if isinstance(node, ast.Raise) and node.exc]
    assert [ast.unparse(each) for each in raised if "HTTPException" in ast.unparse(each)] == []


@every_file
def test_nobody_prints_or_logs_past_the_log(file: Path) -> None:
    if name_of(file) in SPEAKING_FILES or name_of(file).startswith("migrations/"):
        return
    called = {node.func.id for node in nodes(file) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert "print" not in called
    assert "logging" not in set(imported(file))


@table("file", files("law", "models", "workflows", "activities", "api", "operations"), ids=name_of)
def test_no_instant_is_made_without_a_zone(file: Path) -> None:
    called = [node for node in nodes(file) if isinstance(node, ast.Call) and not (node.args or node.keywords)]
    asked = [node.func for node in called if isinstance(node.func, ast.Attribute) and node.func.attr in ("now", "utcnow", "today")]
    assert [node.lineno for node in asked if ast.unparse(node.value).endswith("datetime")] == []


@every_file
def test_every_public_name_has_a_sentence(file: Path) -> None:
    tree = parsed(file)
    assert ast.get_docstring(tree) is not None or not tree.body
    public = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    silent = [node.name for node in public if not node.name.startswith("_") and not ast.get_docstring(node)]
    if not name_of(file).startswith("migrations/"):
        assert silent == []


# Keys

TAKES_APART = frozenset(
    {
        "split",
        "rsplit",
        "partition",
        "rpartition",
        "startswith",
        "endswith",
        "removeprefix",
        "removesuffix",
        "replace",
        "find",
        "index",
    }
)
READ_IN_SQL = re.compile(
    r"\b(split_part|substr|substring|left|right|starts_with|strpos|string_to_array|regexp_\w+)\(\s*(\w+\.)?key\b|\bkey\s+(NOT\s+)?(I?LIKE|~)",
    re.IGNORECASE,
)
# Old messages and old rows are read here, once.
READ_OLD_KEYS = ("models/old_messages.py", "migrations/")


def taken_apart(tree: ast.AST) -> Iterator[int]:
    """The lines in which something is read inside a key."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TAKES_APART:
            whose = node.func.value
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and isinstance(node.slice, ast.Slice):
            whose = node.value
        else:
            continue
        if getattr(whose, "attr", getattr(whose, "id", "")) == "key":
            yield node.lineno


@every_file
def test_nobody_reads_inside_a_key(file: Path) -> None:
    if not name_of(file).startswith(READ_OLD_KEYS):
        assert [*taken_apart(parsed(file))] == []
        assert [text for text in strings(file) if READ_IN_SQL.search(text)] == []


def test_whoever_would_read_inside_a_key_is_found() -> None:
    for code in ("proposal.key.partition('/')[0]", "key.split('/')", "key[:3]", "key.removesuffix('/told')"):
        assert [*taken_apart(ast.parse(code))] == [1]
    for text in (
        "SELECT split_part(e.key, '/', 2)",
        "WHERE starts_with(task.key, %(a)s)",
        "WHERE key LIKE 'a%'",
        "WHERE e.key ~ '^a'",
    ):
        assert READ_IN_SQL.search(text)


# Facts, limits and clocks are named whole: what is meant by several of them is declared, not spelt alike.
SEVERAL_IN_SQL = re.compile(r"\b(fact|limit_id)\s+(NOT\s+)?(I?LIKE\b|~)|\bstarts_with\(\s*(\w+\.)?(fact|limit_id)\b", re.IGNORECASE)


@every_file
def test_no_statement_means_facts_or_limits_by_how_their_ids_begin(file: Path) -> None:
    if not name_of(file).startswith("migrations/"):
        assert [text for text in strings(file) if SEVERAL_IN_SQL.search(text)] == []


def test_whoever_would_mean_several_by_their_beginning_is_found() -> None:
    for text in ("AND f.fact LIKE 'detention.%%'", "starts_with(c.limit_id, 'arrest')", "WHERE limit_id ~ '^arrest'"):
        assert SEVERAL_IN_SQL.search(text)


# Kinds

_LETTERS = "|".join(kind.prefix for kind in Kind)
KIND_IN_SQL = re.compile(rf"\bleft\(\s*(\w+\.)?(matter|number|chain|parent)\b|'({_LETTERS})[%_']|^({_LETTERS})%?$", re.IGNORECASE)
# Who may look at how a number begins: where it is made and old messages are read, and where it is checked against the kind that is said.
OF_NUMBERS = {
    "prefix": ("models/matter.py", "models/old_messages.py", "operations/scaffold/"),
    "parse_kind_of_old_number": ("models/old_messages.py",),
    "is_numbered_as": ("models/matter.py", "models/proofs.py", "models/store/epochs.py", "operations/resume.py", "verification/"),
}
# Of a canary that was summed up, and of a matter that was lost, nothing is left but the number; migrations filled the columns once.
KNOW_LETTERS = ("models/matter.py", "runtime/rollback_detection.py", "migrations/")


@every_file
def test_nobody_learns_a_kind_from_a_number(file: Path) -> None:
    names = {name for node in nodes(file) for name in (getattr(node, "attr", ""), getattr(node, "id", "")) if name}
    for name, allowed in OF_NUMBERS.items():
        assert name not in names or name_of(file).startswith(allowed), name
    if not name_of(file).startswith(KNOW_LETTERS):
        assert [text for text in strings(file) if KIND_IN_SQL.search(text)] == []


@every_file
def test_a_field_says_its_default_by_name(file: Path) -> None:
    """A type checker knows no other."""
    called = [node for node in nodes(file) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    unnamed = [ast.unparse(node) for node in called if node.func.id == "Field" and node.args]  # type: ignore[attr-defined] - a name
    assert unnamed == []


@every_file
def test_whoever_names_a_matter_above_says_its_kind(file: Path) -> None:
    for node in nodes(file):
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if isinstance(node, ast.Call) and called in ("Opening", "Proposal", "Reparenting", "Recorded"):
            named = {each.arg for each in node.keywords}
            assert not named & {"parent", "adopted"} or named & {"parent_kind", "kinds"}, node.lineno


# Forms, limits, problems


def test_every_measure_on_a_person_rests_on_an_article() -> None:
    measures = {
        form for stage in get_lifecycles()[Kind.SUSPECT].stages.values() for form in stage.open_steps if form.rule.approved_by
    }
    assert len(measures) > 10
    assert [form.rule.step for form in measures if not form.rule.basis] == []


@every_limit
def test_every_limit_has_an_article_and_an_example(limit: TimeLimit) -> None:
    assert limit.editions
    for edition in limit.editions:
        assert str(edition.basis)
    assert limit.id in {each["limit"] for each in EXAMPLES}


def test_every_problem_is_explained_and_has_a_name_of_its_own() -> None:
    kinds = [Problem, *Problem.__subclasses__()]
    assert len({each.slug for each in kinds}) == len(kinds) == len(PROBLEMS) + 1
    for each in kinds:
        assert each.__doc__ and each.title and 400 <= each.status < 600


# Opt-outs

OPT_OUT = re.compile(r"#\s*(?:type: ignore|pyright: ignore|noqa)\b(.*)")
# What is waived, and behind a dash or a sign of comment the reason.
REASONED = re.compile(r"(\[[^\]]+\]|: [A-Z]+\d+(, [A-Z]+\d+)*)\s+(-|--|—|#)\s+\w")


def waives_without_a_reason(line: str) -> bool:
    return any(not REASONED.match(waived) for waived in OPT_OUT.findall(line))


@table("file", [*files(), *files(*AROUND)], ids=name_of)
def test_whoever_waives_a_check_says_why(file: Path) -> None:
    if file != Path(__file__):
        lines = file.read_text(encoding="utf-8").splitlines()
        assert [n for n, line in enumerate(lines, start=1) if waives_without_a_reason(line)] == []


def test_a_waiver_without_a_reason_is_found() -> None:
    reasoned = (
        "x  # noqa: E731 - why",
        "x  # noqa: A002, B008 -- why",
        "x  # type: ignore[misc]  # why",
        "x  # pyright: ignore[a, b] - why",
    )
    assert not any(map(waives_without_a_reason, reasoned))
    bare = ("x  # noqa", "x  # noqa: E731", "x  # type: ignore[arg-type]", "x  # pyright: ignore[a] -", "x  # type: ignore - why")
    assert all(map(waives_without_a_reason, bare))


# Pages


@table("page", PAGES, ids=name_of)
def test_pages_name_only_commands_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"`make ([a-z]+)", text)) <= COMMANDS
    known = {each.name.removesuffix("_").replace("_", "-") for each in functions(ROOT / "cli.py")}
    assert set(re.findall(r"`louke ([a-z]+)", text)) <= known


@table("page", PAGES, ids=name_of)
def test_pages_point_at_files_that_exist(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_what_was_renamed_is_where_the_list_says() -> None:
    rows = [
        line.strip("| ").split(" | ")
        for line in (ROOT / "docs/renamed.md").read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert len(rows) > 200 and {len(row) for row in rows} == {2}
    now = [named for _, new in rows for named in re.findall(r"`([\w/.-]+)`", new) if "/" in named]
    assert [named for named in now if not (ROOT / named).exists()] == []
