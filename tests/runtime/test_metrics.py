"""The metrics page tells the machine's state in series of bounded number."""

import socket
import time
from datetime import timedelta
from urllib.request import urlopen

from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from api import problems
from models.problems import PROBLEMS, Problem
from runtime import metrics
from runtime.embedded.ports import find_free_port


def samples() -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    page, _ = metrics.render_page()
    families = text_string_to_metric_families(page.decode())
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def test_a_step_is_counted_under_its_kind_name_and_outcome() -> None:
    metrics.STEPS.labels("incident", "classify-incident", "recorded").inc()
    key = ("louke_steps_total", (("kind", "incident"), ("outcome", "recorded"), ("step", "classify-incident")))
    before = samples()[key]
    metrics.STEPS.labels("incident", "classify-incident", "recorded").inc()
    assert samples()[key] == before + 1


def test_lateness_is_told_in_seconds_up_to_an_hour() -> None:
    hour, quarter = (("louke_ring_lateness_seconds_bucket", (("le", bound),)) for bound in ("3600.0", "900.0"))
    before = samples()
    metrics.RING_LATENESS.observe(3599)
    after = samples()
    assert after[hour] == before[hour] + 1
    assert after[quarter] == before[quarter]


def test_the_canarys_age_grows_by_itself_from_the_instant_it_rang() -> None:
    metrics.note_canary_rang("watchdog", timedelta(minutes=5))
    key = ("louke_canary_age_seconds", (("by", "watchdog"),))
    first = samples()[key]
    assert 300 <= first < 310
    assert samples()[key] > first


def test_a_canary_that_never_rang_has_no_age() -> None:
    assert ("louke_canary_age_seconds", (("by", "nobody"),)) not in samples()


def test_a_process_without_http_serves_the_same_page() -> None:
    metrics.serve(port := find_free_port())
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        assert b"louke_queue_depth" in answer.read()


def test_the_page_of_a_process_without_http_is_this_machines_alone() -> None:
    port = find_free_port()
    metrics.serve(port)
    with socket.socket() as another:  # whoever listens at all addresses leaves no other one free
        another.bind(("127.0.0.2", port))


def test_a_canary_that_never_rang_grows_old_until_the_first_rings() -> None:
    metrics.note_canary_awaited(time.monotonic() - 600)
    assert REGISTRY.get_sample_value("louke_canary_age_seconds", {"by": "nobody"}) >= 600  # pyright: ignore[reportOptionalOperand] - there is one
    metrics.note_canary_rang("workflow", timedelta(seconds=5))
    assert REGISTRY.get_sample_value("louke_canary_age_seconds", {"by": "nobody"}) is None


def test_every_refusal_is_counted_from_nothing_so_that_the_first_is_noticed() -> None:
    assert problems.REFUSALS is metrics.REFUSALS
    for slug in (Problem.slug, *PROBLEMS):
        assert REGISTRY.get_sample_value("louke_refusals_total", {"problem": slug}) is not None
