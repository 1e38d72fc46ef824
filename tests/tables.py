"""A test over a whole table: for tables so long that to set up a test for each row would cost more than the rows themselves."""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest

Ids = Iterable[object] | Callable[[Any], object]
# What a row may end with that is a failure: a row is not skipped, and a table of tables fails with the group of the inner one.
_FAILURES = (Exception, BaseExceptionGroup, pytest.fail.Exception, pytest.skip.Exception)


def table(
    names: str | tuple[str, ...], rows: Iterable[Any], ids: Ids = str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As `pytest.mark.parametrize` says it, but one test: every row is tried, and all that fail are named at once, each with its traceback.

    The rows share the test's fixtures. Raises ValueError if there is no row.
    """
    fields = (names,) if isinstance(names, str) else names
    values = [(row,) if isinstance(names, str) else tuple(row) for row in rows]
    named = ["-".join(str(ids(value)) for value in row) for row in values] if callable(ids) else [str(each) for each in ids]
    if not values:
        raise ValueError(f"there is no {'-'.join(fields)} to try")
    lines = [(name, dict(zip(fields, row, strict=True))) for name, row in zip(named, values, strict=True)]

    def over(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def each_row(**fixtures: Any) -> None:
            failed = list[tuple[str, BaseException]]()
            for name, row in lines:
                try:
                    test(**row, **fixtures)
                except _FAILURES as failure:
                    failure.add_note(f"with {name}")
                    failed.append((name, failure))
            if failed:
                which = ", ".join(name for name, _ in failed)
                raise BaseExceptionGroup(f"{len(failed)} of {len(lines)}: {which}", [failure for _, failure in failed])

        asked = inspect.signature(test)
        # By it pytest sees which fixtures are wanted.
        others = [each for each in asked.parameters.values() if each.name not in fields]
        each_row.__dict__["__signature__"] = asked.replace(parameters=others)
        return each_row

    return over
