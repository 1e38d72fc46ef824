"""`python -m bench [part …]`: measure those parts, or all of them; it stops by itself."""

import sys

from bench.alerts import alerts
from bench.backup import backup
from bench.boards import boards
from bench.browser import browser
from bench.calculator import calculator
from bench.day.measure import day
from bench.engines import engines
from bench.folding import folding
from bench.former import former
from bench.importing import importing
from bench.lists import age
from bench.officers import officers
from bench.rates import rates
from bench.reads import reads
from bench.reckoning import reckon
from bench.series import series
from bench.steps import steps
from bench.storm import rings
from bench.todo import todo
from bench.web import web

_PARTS = {
    "clocks": lambda _: reckon(),
    "due": lambda _: calculator(),
    "steps": steps,
    "officers": officers,
    "reads": reads,
    "rings": rings,
    "age": age,
    "backup": backup,
    "rates": rates,
    "boards": boards,
    "web": web,
    "todo": todo,
    "browser": browser,
    "former": former,
    "folding": folding,
    "day": day,
    "alerts": alerts,
    "series": series,
    "importing": importing,
}


def main(wanted: list[str]) -> None:
    """Print the report, line by line as it comes about."""
    # Each on engines of its own: what one has filled in is not for the next.
    for name in wanted or _PARTS:
        with engines() as started:
            for line in _PARTS[name](started):
                print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
