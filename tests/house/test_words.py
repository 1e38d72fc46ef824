"""The words on screen are those that officers use: what only we would say is nowhere among what they read."""

import ast
import re
from collections.abc import Iterator

from models.forms.form import get_forms
from tests.house.source import ROOT, files, nodes

# Ours for what officers call 接警、受案、立案时间 or 新增; 计时中; 涉案人员 by name; an edition of the law; 报警方式 and 失踪、走失;
# 我呈请的; 下一环节; 限时必办; 其他办案环节.
OURS = re.compile("开立|在走|人员序号|第几人|（旧）|我发起的|推进办理|期限要求的|本阶段还可以办理")
# A sentence in Chinese is parted by Chinese marks.
FOREIGN_MARK = re.compile("[一-鿿》）][,;:!?][一-鿿《（]")


def _said() -> Iterator[tuple[str, str]]:
    """Every string of the programs with where it stands, and every line of the pages."""
    for file in files():
        # Told to who operates the product on a command line, or taken as it is typed there.
        if file.relative_to(ROOT).parts[0] == "operations":
            continue
        docstrings = {id(node.value) for node in nodes(file) if isinstance(node, ast.Expr)}
        for node in nodes(file):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node.value
    for page in (*ROOT.glob("web/src/**/*.ts"), *ROOT.glob("web/src/**/*.tsx")):
        if page.name != "contract.d.ts":
            for n, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
                yield f"{page.relative_to(ROOT)}:{n}", line


def test_no_officer_reads_a_word_that_only_we_use():
    found = [f"{where} {text}" for where, text in _said() if OURS.search(text)]
    assert not found


def test_a_sentence_in_chinese_has_chinese_marks():
    found = [f"{where} {text}" for where, text in _said() if FOREIGN_MARK.search(text)]
    assert not found


def test_the_time_of_a_step_is_called_as_officers_call_it():
    asked = {step: form.model_json_schema()["properties"]["at"]["title"] for step, form in get_forms().items()}
    known = {
        "dispatch-incident": "派警时间",
        "summon": "传唤时间",
        "open-incident": "接警时间",
        "extend-summons": "延长传唤时间的时间",
    }
    assert {step: asked[step] for step in known} == known
    # Approving is dated only where paper was signed before; returning, countersigning and the like are of the moment.
    assert (asked["approve"], asked["countersign"], asked["return"]) == ("纸面批准时间", "", "")
    assert "发生时间" not in asked.values()
