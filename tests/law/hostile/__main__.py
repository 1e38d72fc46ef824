"""`python -m tests.law.hostile --stories 20000 --workers 2 --seed 1`: tell stories, print what came of them, and the shortest of each fault."""

import argparse
import sys

from tests.law.hostile import mutations
from tests.law.hostile.stories import MOVES
from tests.law.hostile.telling import Tally, tell


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> int:
    """Tell them; 1 where something that must hold did not."""
    asked = argparse.ArgumentParser(prog="python -m tests.law.hostile")
    asked.add_argument("--stories", type=int, default=1000)
    asked.add_argument("--first", type=int, default=0, help="the story to begin with, counted from 0")
    asked.add_argument("--moves", type=int, default=MOVES)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--seed", default="1")
    asked.add_argument("--shown", type=int, default=1, help="stories shown of each fault, cut down to what it needs")
    asked.add_argument("--mutations", action="store_true", help="break the product in each known way, and see that it is found")
    said = asked.parse_args()
    if said.mutations:
        return mutations.tried(said.seed, said.stories)
    tally: Tally = tell(said.seed, said.stories, said.moves, said.workers, _say, said.first)
    sys.stdout.write("\n".join(tally.lines(said.shown)) + "\n")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
