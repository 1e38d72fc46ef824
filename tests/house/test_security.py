"""The page on security says what is true: every requirement is answered, every test and file that it names is there, and what it promises of sources holds."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sqlmodel import SQLModel

import models
from tests.api.document import document
from tests.house.source import ROOT, files, functions, imported, name_of, nodes, parsed

PAGE = (ROOT / "docs/security.md").read_text("utf-8")
# What ASVS 4.0.3 asks at level 2 (level 1 included), section by section; what it has deleted and what only level 3 asks are left out.
ASVS = {
    "1.1": "1-7", "1.2": "1-4", "1.4": "1 4-5", "1.5": "1-4", "1.6": "1-4", "1.7": "1-2", "1.8": "1-2", "1.9": "1-2", "1.10": "1",
    "1.11": "1-2", "1.12": "2", "1.14": "1-6",
    "2.1": "1-12", "2.2": "1-3", "2.3": "1-3", "2.4": "1-5", "2.5": "1-7", "2.6": "1-3", "2.7": "1-6", "2.8": "1-7", "2.9": "1-3",
    "2.10": "1-4",
    "3.1": "1", "3.2": "1-4", "3.3": "1-4", "3.4": "1-5", "3.5": "1-3", "3.7": "1",
    "4.1": "1-3 5", "4.2": "1-2", "4.3": "1-3",
    "5.1": "1-5", "5.2": "1-8", "5.3": "1-10", "5.4": "1-3", "5.5": "1-4",
    "6.1": "1-3", "6.2": "1-6", "6.3": "1-2", "6.4": "1-2",
    "7.1": "1-4", "7.2": "1-2", "7.3": "1 3-4", "7.4": "1-3",
    "8.1": "1-4", "8.2": "1-3", "8.3": "1-8",
    "9.1": "1-3", "9.2": "1-4",
    "10.2": "1-2", "10.3": "1-3",
    "11.1": "1-8",
    "12.1": "1-3", "12.2": "1", "12.3": "1-6", "12.4": "1-2", "12.5": "1-2", "12.6": "1",
    "13.1": "1 3-5", "13.2": "1-3 5-6", "13.3": "1-2", "13.4": "1-2",
    "14.1": "1-4", "14.2": "1-6", "14.3": "2-3", "14.4": "1-7", "14.5": "1-4",
}  # fmt: skip
# Of 等保 2.0 level 3, the computing environment and the management centre.
DENGBAO = {
    "8.1.4.1": "abcd", "8.1.4.2": "abcdefg", "8.1.4.3": "abcd", "8.1.4.4": "abcdef", "8.1.4.5": "", "8.1.4.6": "", "8.1.4.7": "ab",
    "8.1.4.8": "ab", "8.1.4.9": "abc", "8.1.4.10": "ab", "8.1.4.11": "ab", "8.1.5.1": "ab", "8.1.5.2": "ab", "8.1.5.3": "ab",
    "8.1.5.4": "abcdef",
}  # fmt: skip
ROW = re.compile(r"^\| (\d[\d.]*(?: [a-g])?) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)
# Where others are asked over the network: systems outside, the services that carry messages to people, the provider of identities, the scanner; registries, by whoever pins images; ourselves,
# when a demonstration is planted.
ASKING = {
    "activities/channels/mail.py",
    "activities/channels/message.py",
    "activities/deliveries.py",
    "operations/image_digests.py",
    "runtime/tokens.py",
    "runtime/virus_scanner.py",
    "seeds/planting.py",
    "partners/answering.py",
    "partners/sandbox.py",
}
# Whose stories are invented by the same lots each time.
LOTS = {"seeds/invention.py"}
# Calendar programs bear nothing but an address: it opens deadlines by number, ends when its person says so, and is kept by us as a digest alone.
BY_ADDRESS = [("/api/calendar-feed/{token}.ics", "token")]
COMMANDS = {("os", "system"), ("os", "popen"), ("subprocess", "getoutput")}


def numbers(said: str) -> Iterator[int]:
    for part in said.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(PAGE)


def named_tests() -> list[tuple[str, str]]:
    return re.findall(r"`((?:[\w-]+/)+test_\w+\.py)(?:::(\w+))?`", PAGE)


@cache
def sentences_of(path: str) -> set[str]:
    file = ROOT / "tests" / path
    return {each.name.removeprefix("test_") for each in functions(file)} if file.exists() else set()


# The page


def test_every_requirement_is_answered_once() -> None:
    asvs = [f"{section}.{n}" for section, said in ASVS.items() for n in numbers(said)]
    dengbao = [f"{section} {item}".strip() for section, items in DENGBAO.items() for item in items or [""]]
    assert [number for number, *_ in rows()] == asvs + dengbao


def test_whatever_is_met_says_where_or_by_which_test_and_whatever_is_not_says_what_is_missing() -> None:
    wrong = []
    for number, _, state, where in rows():
        match state:
            case "met" | "符合":
                good = "`" in where or number in ("1.10.1", "2.1.10", "5.4.1")
            case "n/a" | "不适用":
                good = bool(where.strip())
            case "**NOT MET**" | "**不符合**":
                good = "missing:" in where or "缺：" in where or "as 6.1.1" in where
            case _:
                good = False
        if not good:
            wrong.append((number, state, where))
    assert wrong == []


def test_every_test_that_the_page_names_is_there() -> None:
    missing = [
        (file, sentence)
        for file, sentence in named_tests()
        if not (ROOT / "tests" / file).is_file() or (sentence and sentence not in sentences_of(file))
    ]
    assert missing == []


def test_every_file_that_the_page_names_is_there() -> None:
    said = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|yml|md|lock)|Dockerfile)`", PAGE)
    named = {each for each in said if not re.search(r"test_\w+\.py$", each) and not each.startswith(("documents/", "keys/", "/"))}
    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []


def test_every_table_is_graded_by_how_sensitive_it_is() -> None:
    for module in pkgutil.walk_packages(models.__path__, "models."):
        importlib.import_module(module.name)
    made = {each for file in files("migrations") for each in re.findall(r"CREATE TABLE (\w+)", file.read_text("utf-8"))}
    gone = {each for file in files("migrations") for each in re.findall(r"DROP TABLE (\w+)", file.read_text("utf-8"))}
    (grades,) = re.findall(r"## What is sensitive\n(.*?)\n## ", PAGE, re.DOTALL)
    graded = [each for line in grades.splitlines() if line.count("|") == 5 for each in re.findall(r"`(\w+)`", line.split("|")[3])]
    assert sorted(graded) == sorted(set(graded))
    assert set(graded) == set(SQLModel.metadata.tables) | (made - gone)


# The sources


def made_into_code(file: Path) -> Iterator[str]:
    """Whatever makes code, objects or a command of text."""
    yield from {"pickle", "marshal", "shelve", "yaml", "dill"} & set(imported(file))
    for node in nodes(file):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            on = getattr(getattr(node.func, "value", None), "id", "")
            if (isinstance(node.func, ast.Name) and name in ("eval", "exec", "compile", "__import__")) or (on, name) in COMMANDS:
                yield name
            yield from (each.arg for each in node.keywords if each.arg == "shell")


def test_nothing_is_made_into_code_or_objects_of_text() -> None:
    assert {name_of(file): found for file in files() if (found := list(made_into_code(file)))} == {}


def test_only_these_files_ask_other_machines() -> None:
    asking = {
        name_of(file)
        for file in files()
        if {"httpx", "requests", "aiohttp", "urllib3", "smtplib"} & set(imported(file))
        or any(isinstance(node, ast.Attribute) and node.attr == "open_connection" for node in nodes(file))
    }
    # Whoever starts the parts on one machine asks them whether they are there.
    assert {each for each in asking if not each.startswith("runtime/embedded/")} == ASKING


def test_whoever_is_asked_over_tls_is_asked_whether_their_certificate_was_revoked() -> None:
    """Ourselves aside, and whom the sandbox knows."""
    doubtful = [
        (name, node.lineno)
        for name in sorted(ASKING)
        if name.startswith(("activities/", "runtime/"))
        for node in ast.walk(parsed(ROOT / name))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("AsyncClient", "Client")
        if "build_trust"
        not in {getattr(getattr(each.value, "func", None), "id", "") for each in node.keywords if each.arg == "verify"}
    ]
    assert doubtful == []


def test_no_weak_hash_or_lottery_stands_where_strangers_guess() -> None:
    weak = {"md5", "sha1", "uuid1", "uuid3", "uuid5", "MD5", "SHA1", "TripleDES", "ECB"}
    found = {
        name_of(file)
        for file in files()
        if "random" in imported(file) or any(isinstance(node, ast.Attribute) and node.attr in weak for node in nodes(file))
    }
    assert found == LOTS


def test_nobody_reads_where_a_request_says_it_is_from() -> None:
    said = {
        node.value.lower()
        for file in files("api")
        for node in nodes(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not {"origin", "referer"} & said


def test_no_address_takes_a_token_or_a_secret() -> None:
    secret = re.compile(r"token|secret|password|passw|otp|session|api_?key|authorization|jwt|sid\b", re.IGNORECASE)
    taken = [
        (path, each["name"])
        for path, operations in document()["paths"].items()
        for operation in operations.values()
        for each in operation.get("parameters", ())
        if each["in"] in ("query", "path") and secret.search(each["name"])
    ]
    assert taken == BY_ADDRESS
