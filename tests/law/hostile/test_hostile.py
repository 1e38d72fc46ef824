"""Nobody can cheat the clocks: a few hundred stories of the officer who tries, and every known way to break the product found."""

import pytest

from tests.law.hostile.mutations import MUTATIONS, Mutation, found_by
from tests.law.hostile.telling import tell

STORIES, MOVES = 300, 60
# Within so many stories the officer finds a fault; the seed is the one that is told of in docs/testing.md.
WITHIN = 120


def test_whoever_cheats_keeps_nobody_held_with_green_boards() -> None:
    tally = tell("made-by-the-test", STORIES, MOVES, workers=2)
    assert not tally.faults, "\n".join(tally.lines(1))
    assert tally.shortest >= 50
    assert tally.accepted > 20 * STORIES


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_officer_finds_each_way_to_break_the_product(mutation: Mutation) -> None:
    after, fault = found_by(mutation, "broken", WITHIN)
    assert after, f"not found within {WITHIN} stories"
    assert fault
