"""Whatever the contract lets somebody send, and what it does not: no answer is a fault of ours, and each is one that the contract names.

Schemathesis makes the requests from the contract: fitting ones and unfitting ones, with instants at the edges of every calendar. There are
hundreds of operations; each run tries as many as fit into its time, in another order each day. LOUKE_ORDER repeats that of a day.
"""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from itertools import cycle
from random import Random
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from models.outside import build_machine_name
from tests.amounts import amount
from tests.api.matters import a_case
from tests.routes import ENDLESS, SIGN_OUT
from tests.world import Hand, World

EDGES = (
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999999-14:00",
    "1949-09-30T23:59:59+08:00",
    "1949-10-01T00:00:00+08:00",
    "2100-12-31T23:59:59+08:00",
    "2101-01-01T00:00:00+08:00",
    "2016-12-31T23:59:60Z",
    "2026-03-01T24:00:00+08:00",
    "1970-01-01T00:00:00-23:59",
    "2026-02-30T00:00:00Z",
    "2026-03-01T08:00:00",
)
DAYS = ("0001-01-01", "9999-12-31", "1949-09-30", "2100-12-31", "2101-01-01", "2026-02-30", "0000-00-00")
# On a busy machine fewer operations are tried, but so many of either half however slow it is.
BUDGET_S = amount(12.0, 300.0)
AT_LEAST = 5
EACH = 2
PEOPLE = ("liusiyuan", "zhouminghui", "guanli", "leijianfeng", "linxiaoyu", build_machine_name("procuratorate"))
# What the door and the engines say of any request, wherever it goes.
ALWAYS = frozenset({401, 404, 413, 415, 422, 429, 503})
# What tells about the client that makes requests, and not about the request.
ITS_OWN = ("user-agent", "accept-encoding", "connection", "x-schemathesis-testcaseid", "host")

schemathesis.openapi.format("date-time", st.sampled_from(EDGES))
schemathesis.openapi.format("date", st.sampled_from(DAYS))


def drawn(operation: Any, mode: GenerationMode) -> list[Any]:
    """A few requests of that operation, fitting or not."""
    cases: list[Any] = []

    @settings(
        max_examples=EACH,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),  # pyright: ignore[reportArgumentType] - all of them, by a metaclass of its own
    )
    @given(case=operation.as_strategy(mode))
    def collect(case: Any) -> None:
        cases.append(case)

    with suppress(Unsatisfiable):  # of some operations nothing unfitting can be made
        collect()
    return cases


def request_of(case: Any) -> dict[str, Any]:
    """A request as our client sends it."""
    made = case.as_transport_kwargs(base_url="http://louke")
    headers = {name: value for name, value in (made.get("headers") or {}).items() if name.lower() not in ITS_OWN}
    parts = {name: made[name] for name in ("params", "json", "data", "files") if made.get(name) is not None}
    if isinstance(parts.get("data"), str | bytes):
        parts["content"] = parts.pop("data")
    return {"method": made["method"], "url": made["url"], "headers": headers, **parts}


def fault(answer: Any, documented: frozenset[int]) -> str:
    if answer.status_code >= 500 and answer.status_code != 503:
        return f"{answer.status_code} {answer.text[:200]}"
    if answer.status_code not in documented | ALWAYS:
        return f"{answer.status_code}, which the contract does not name"
    kind = answer.headers.get("content-type", "")
    if answer.status_code >= 400 and kind != "application/problem+json":
        return f"{answer.status_code} as {kind}"
    return ""


async def sent(hand: Hand, case: Any, number: str) -> Any:
    """The answer to a request about a matter that there is, as often as about one that is not; None where no client could send it."""
    try:
        if "number" in (case.path_parameters or {}):
            case.path_parameters["number"] = number
        return await hand.http.request(**request_of(case))
    except (ValueError, TypeError, UnicodeError):  # what no address or header can hold never reaches us
        return None


@pytest.mark.long
async def test_no_request_that_the_contract_lets_somebody_make_or_forbids_is_a_fault_of_ours(bureau: World) -> None:
    number = await a_case(bureau)
    hands = cycle([await bureau.as_(username) for username in PEOPLE])
    order = int(os.environ.get("LOUKE_ORDER", datetime.now(UTC).toordinal()))
    schema = schemathesis.openapi.from_dict(bureau.app.openapi())
    operations = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    Random(order).shuffle(operations)
    # Steps are hundreds of forms on one route: of the time, half is for the routes.
    steps = [each for each in operations if "/steps/" in each.path]
    others = [each for each in operations if "/steps/" not in each.path and each.path not in ENDLESS | SIGN_OUT]
    wrong, tried = [], 0
    for share in (others, steps):
        until = time.monotonic() + BUDGET_S / 2
        for n, operation in enumerate(share, start=1):
            documented = frozenset(map(int, operation.definition.raw["responses"]))
            for case in (case for mode in GenerationMode for case in drawn(operation, mode)):
                answer = await sent(next(hands), case, number if tried % 2 else "XA209900000001")
                if answer is not None and (what := fault(answer, documented)):
                    wrong.append((operation.label, what, request_of(case)))
            tried += 1
            if n >= AT_LEAST and time.monotonic() > until:
                break
    assert wrong == [], f"LOUKE_ORDER={order}\n" + "\n".join(map(str, wrong[:10]))
