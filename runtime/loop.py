"""The loop our processes run in, and their collector of garbage."""

import gc
from collections.abc import Coroutine
from typing import Any

import uvloop

# Almost everything a step makes is freed by counting references; looking for cycles after every 700 new objects found next to none.
_YOUNG, _MIDDLE, _OLD = 50_000, 20, 50


def settle() -> None:
    """Have the collector leave alone what lives as long as the process, and look at the rest seldom; call it when all is imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run a process in a loop on libuv, which takes a fifth less of the processor than that of the standard library."""
    settle()
    uvloop.run(main)
