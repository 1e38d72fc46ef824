"""What a page folds away as barred the record refuses, and nothing that it would take, or asks for, is folded away."""

from api.step_descriptions import find_step_bar, list_lacking_facts
from law.bars import Bars
from models.forms.form import get_forms
from models.messages import Proposal, RecordResult
from models.readmodel.known_values import list_idle_fields
from models.store.mappers import FactFound, parse_fact
from tests.law.hostile.stories import told_by

STORIES, MOVES = 24, 60


def test_nothing_that_was_recorded_had_been_folded_away() -> None:
    folded = refused = taken = 0
    for n in range(STORIES):
        _, bureau = told_by(f"bars:{n}", MOVES)
        for asked, came in bureau.written:
            if not (isinstance(asked, Proposal) and isinstance(came, RecordResult)) or asked.type != "step":
                continue
            form = get_forms().get(asked.step)
            rows = [row for row in bureau.memory.facts[asked.number] if row.seq <= asked.seq]
            log = [parse_fact(FactFound(row.fact, row.at, row.about, row.seq, row.said)) for row in rows]
            # As the facts were said to be then, which a correction changes afterwards.
            if form is None or form.rule.opens or not asked.seq or any(fact.corrected for fact in log):
                continue
            barred = find_step_bar(form, asked.number, log, Bars(log, asked.decided_at))
            lacks = list_lacking_facts(form, {fact.fact for fact in log})
            if came.refusal is None:
                assert (barred, lacks) == (None, ()), (n, asked.number, asked.step, asked.form)
                taken += 1
            else:
                # What the record misses could be said.
                assert came.refusal.members.get("field") not in list_idle_fields(form, {each.fact for each in log}), asked
                refused += came.refusal.slug == "law-forbids"
                folded += barred is not None
    assert taken > STORIES * 10
    assert folded > refused // 10, "many of those that the law refused could be told without trying"
