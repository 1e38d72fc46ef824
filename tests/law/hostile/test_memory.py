"""The bureau in memory knows what the real `record` asks, lest a story in thousands find that out."""

import importlib
import re

from models.store.connection import Query
from tests.house.source import files, name_of
from tests.law.hostile.memory import _ANSWERS

# What decides about nobody's liberty and is left out there; what only others than `record` ask; what is a part of another statement.
ASIDE = {
    *("custody_credit", "documents", "receipts", "epochs", "proofs", "case_reviews", "review_rounds", "case_names"),
    "carried_people",
    "drives",
    *("letters", "letter_reviews", "letter_subjects", "letter_ways"),
    "series",
    "joint_tasks",
    "missing_persons",
    *("lost_property", "incident_handing", "call_backs"),
}
NOT_OF_A_STORY = {
    "deliveries.CHANNEL",
    "deliveries.HAS_TELEPHONE",
    "deliveries.OPEN_DELIVERIES",
    "dossier_rules.DECLARE",
    "exhibit_rules.OFFICER_OF_THAT_NAME",
    "identity.BESIDE",
    "holdings.HELD",
    "identity.HELD",
    "outbox.CAUGHT_UP",
    "outbox.DUE",
    "outbox.OWED",
    "outbox.BACKLOG",
    "outbox.TELL",
    "risk_alerts.AT_ONCE",
    "risk_alerts._ABOUT_TO_BE",
    "risk_alerts._RAISED",
    "risk_alerts.STORM",
    "assessments.CLOSE_OF",
    "assessments.OBJECTED_UNTIL",
    "jurisdiction_disputes.BELOW",
    "jurisdiction_disputes.HEADED",
    "jurisdiction_disputes.IS_ABOVE",
    "jurisdiction_disputes.IS_OFFICER",
    "jurisdiction_disputes.SOMEBODY_HELD",
    "jurisdiction_disputes.UNITS",
    "accountabilities.IS_ENTERED",
    "accountabilities.NAME",
    "accountabilities.UNKNOWN",
    "kept_from.HELD_BY_THEM",
    "kept_from.KEEP_BELOW",
    "kept_from.NAMES",
    "veils.RUNNING",
    "supervisions.FACTS_SINCE",
    "supervisions.OVERDUE_IN_SUBJECT",
    "statements.BEHIND",
    "statements.COMPLAIN",
    "statements.FAMILY",
    "statements.PROMISED",
    "statements.STILL_BEHIND",
    "statements.OPEN_TASKS",
    "steps_taken.TAKEN_SINCE",
}
STATEMENT = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b")


def _asked_by_record() -> set[str]:
    modules = {name_of(file).removesuffix(".py").replace("/", ".") for file in files("activities/recording", "activities/features")}
    return {name.removesuffix(".__init__") for name in modules} | {
        "activities.identity",
        "activities.known_twice",
        "activities.outbox",
        "activities.steps_taken",
        "models.store.statements",
    }


def test_every_statement_of_record_is_known() -> None:
    unknown = {
        f"{name.rpartition('.')[2]}.{constant}"
        for name in _asked_by_record()
        if name.rpartition(".")[2] not in ASIDE
        for constant, value in vars(importlib.import_module(name)).items()
        if (words := value.sql if isinstance(value, Query) else value)
        if isinstance(words, str) and STATEMENT.match(words) and words not in _ANSWERS
    }
    there = {name.rpartition(".")[2] for name in _asked_by_record()}
    assert unknown == {each for each in NOT_OF_A_STORY if each.partition(".")[0] in there}
