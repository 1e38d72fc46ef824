"""The bureau in memory knows what the real `record` asks, lest a story in thousands find that out."""

import ast
import importlib
import re

from tests.house.source import ROOT, parsed
from tests.law.hostile.memory import _ANSWERS

# What decides about nobody's liberty and is left out there; what only others than `record` ask; what is a part of another statement.
ASIDE = {"credit", "documents", "receipts"}
NOT_OF_A_STORY = {
    "dossiers.DECLARE",
    "exhibits.OFFICER_OF_THAT_NAME",
    "holdings.BESIDE",
    "holdings._HELD",
    "outbox.CAUGHT_UP",
    "outbox.DUE",
    "outbox.OWED",
    "outbox.PROMISED",
    "outbox.STANDING",
    "outbox.TELL",
    "statements.BEHIND",
    "statements.COMPLAIN",
    "statements.DELIVERIES",
    "statements.FAMILY",
    "statements.PROMISED",
    "statements.TASKED",
}
STATEMENT = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b")


def _asked_by_record() -> set[str]:
    tree = parsed(ROOT / "activities/recording/records.py")
    return {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module} | {
        "models.store.statements"
    }


def test_every_statement_of_record_is_known() -> None:
    unknown = {
        f"{name.rpartition('.')[2]}.{constant}"
        for name in _asked_by_record()
        if name.startswith("activities.") and name.rpartition(".")[2] not in ASIDE
        for constant, words in vars(importlib.import_module(name)).items()
        if isinstance(words, str) and STATEMENT.match(words) and words not in _ANSWERS
    }
    assert unknown == NOT_OF_A_STORY
