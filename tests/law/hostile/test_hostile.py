"""Nobody can cheat the clocks: some stories of the officer who tries. Thousands, and the ways to break the product, are told by the command."""

from tests.law.hostile.telling import tell

STORIES, MOVES = 60, 60


def test_whoever_cheats_keeps_nobody_held_with_green_boards() -> None:
    tally = tell("s4", STORIES, MOVES, workers=2)
    assert not tally.faults, "\n".join(tally.lines(1))
    assert tally.shortest >= 50
    assert tally.accepted > 20 * STORIES
