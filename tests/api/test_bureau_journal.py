"""What administrators do is read by whoever supervises the whole bureau, and by nobody else."""

import ast
import asyncio
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from api.bureau_journal import get_step_label
from models.second_factors import FactorStep
from models.store.appointment_confirmations import CONFIRMS
from operations.founding import found_bureau
from tests.house.source import parsed
from tests.world import World

ROOT = Path(__file__).parents[2]
# Of a matter, and of the watchdog, which the page does not list.
ELSEWHERE = {"look-at-file", "look-at-veiled", "read-document", "sum-up-canaries"}
# What writes into the bureau's chain, or in whose block a refusal does.
WRITERS = {"journal_change", "journal_account_act", "journal_upkeep", "open_attempt", "append"}

SEAT = {"username": "zhangsan", "unit": "donghe", "office": "case-officer"}


async def test_whoever_supervises_the_bureau_reads_in_words_whom_an_administrator_gave_what(bureau: World) -> None:
    admin = await bureau.as_("guanli")
    new = SEAT | {"zh": "章三", "badge": "339901", "unit": "chengguan", "password": "Aster-Kelp-71-Quarry"}
    assert (await admin.http.post("/api/admin/people", json=new)).is_success
    assert (await admin.http.post("/api/admin/holdings", json=SEAT)).is_success
    assert (await admin.http.patch("/api/admin/people/zhangsan", json={"zh": "章四"})).is_success
    told = (await (await bureau.as_("mengqiu")).read("/api/bureau-journal", limit=3))["items"]
    assert [(each["zh"], each["step_zh"]) for each in told] == [("关理", "变更人员"), ("关理", "授予职务"), ("关理", "录入人员")]
    assert "名称由“章三”改为“章四”" in told[0]["words"]
    assert "人员：zhangsan；单位：东河派出所；职务：办案民警" in told[1]["words"]
    assert "Aster" not in told[2]["words"]


async def test_it_goes_on_where_the_page_ended(bureau: World) -> None:
    supervisor, seen, cursor = await bureau.as_("mengqiu"), [], None
    for _ in range(3):
        page = await supervisor.read("/api/bureau-journal", limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [each["position"] for each in page["items"]]
        cursor = page["next"]
    assert seen == sorted(set(seen), reverse=True)


@pytest.mark.parametrize("username", ["guanli", "liusiyuan", "zhouminghui", "qinwanqing"])
async def test_nobody_else_reads_it(bureau: World, username: str) -> None:
    assert (await (await bureau.as_(username)).get("/api/bureau-journal")).status_code == 403


async def test_it_says_that_an_office_was_held_without_anybodys_confirmation(idle: World) -> None:
    await idle.ask("DELETE FROM holding WHERE office = ANY(%(offices)s)", offices=list(CONFIRMS))
    admin = await idle.as_("guanli")
    first = await admin.post("/api/admin/holdings", username="liusiyuan", unit="qinglan", office="supervisor")
    assert first.json()["awaiting"] == []
    (entry,) = (await (await idle.as_("liusiyuan")).read("/api/bureau-journal", limit=1))["items"]
    assert "尚无督察或者法制员可以确认，即时生效：青岚县公安局督察" in entry["words"]


async def test_whoever_is_founded_is_called_what_they_are(idle: World) -> None:
    said = {"username": "zhou.an", "zh": "周安", "badge": "", "unit": "qinglan", "office": "supervisor"}
    await asyncio.to_thread(
        found_bureau, idle.settings.model_copy(update={"database_url": idle.settings.owner_url}), said, besides=True
    )
    (entry,) = (await (await idle.as_("mengqiu")).read("/api/bureau-journal", limit=1))["items"]
    assert "职务：督察" in entry["words"]
    assert "管理员" not in entry["step_zh"] + entry["words"]


def _names(tree: ast.Module) -> dict[str, str]:
    """The module's constants that are texts; of several in one assignment each."""
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs: Iterable[tuple[ast.expr, ast.expr]] = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = zip(target.elts, node.value.elts, strict=True)
                for name, value in pairs:
                    if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                        found[name.id] = value.value
    return found


def _written() -> Iterator[str]:
    """Every step that product code appends to the bureau's chain by name, or is refused under."""
    folders = ("activities", "api", "models", "operations", "watchdog")
    trees = [parsed(file) for folder in folders for file in (ROOT / folder).rglob("*.py")]
    everywhere = {name: value for tree in trees for name, value in _names(tree).items() if name != "STEP"}
    for tree in trees:
        names = everywhere | _names(tree)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name not in WRITERS or (name == "append" and not {"BUREAU", "chain"} & {ast.unparse(each) for each in call.args}):
                continue
            for given in call.args:
                value = names.get(given.id, "") if isinstance(given, ast.Name) else getattr(given, "value", "")
                if isinstance(value, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", value):
                    yield value


def test_every_step_of_the_bureaus_chain_has_a_word() -> None:
    steps = {
        *_written(),
        "export",
        "inbound",
        "forget-readings",
        *FactorStep,
    }
    steps -= ELSEWHERE
    assert {"grant-office", "resume-matters", "release-message", "propose-calendar", "sign-out-everywhere"} <= steps
    assert sorted(step for step in steps if get_step_label(step) == f"没有的步骤“{step}”") == []
