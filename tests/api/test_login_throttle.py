"""Passwords are not guessed as often as a machine would like, also while the database cannot count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import login_throttle
from api.login_throttle import MemoryThrottle


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_five_failures_close_the_door_to_that_user_until_the_first_is_a_minute_old() -> None:
    clock = Clock()
    gate = MemoryThrottle(clock)
    for _ in range(5):
        assert gate.enter("wang", "10.0.0.1") == 0
        clock.now += 1
    assert gate.enter("wang", "10.0.0.2") == 55
    assert gate.enter("li", "10.0.0.1") == 0
    clock.now += 55
    assert gate.enter("wang", "10.0.0.1") == 0


def test_asking_at_a_closed_door_does_not_keep_it_closed() -> None:
    clock = Clock()
    gate = MemoryThrottle(clock)
    for _ in range(100):
        gate.enter("wang", "10.0.0.1")
    clock.now += 60
    assert gate.enter("wang", "10.0.0.1") == 0


def test_an_address_that_tries_many_names_is_stopped() -> None:
    gate = MemoryThrottle(Clock())
    waits = [gate.enter(f"user-{number}", "10.0.0.1") for number in range(31)]
    assert waits == [0] * 30 + [60]


def test_who_signs_in_is_forgiven_at_once() -> None:
    gate = MemoryThrottle(Clock())
    for _ in range(20):
        assert gate.enter("wang", "10.0.0.1") == 0
        gate.forgive("wang", "10.0.0.1")
    assert not gate._attempts


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.floats(0, 40)), max_size=120))
def test_nobody_gets_more_than_the_limit_in_any_minute(attempts: list[tuple[str, str, float]]) -> None:
    clock = Clock()
    gate = MemoryThrottle(clock)
    entered: list[tuple[float, str, str]] = []
    for user, address, pause in attempts:
        clock.now += pause
        wait = gate.enter(user, address)
        assert 0 <= wait <= 60
        if not wait:
            entered.append((clock.now, user, address))
        recent = [one for one in entered if one[0] > clock.now - 60]
        assert all(sum(one[1] == name for one in recent) <= 5 for name in "abc")
        assert all(sum(one[2] == name for one in recent) <= 30 for name in "xyz")


def test_a_flood_of_invented_names_is_swept_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login_throttle, "_SWEEP_ABOVE", 50)
    clock = Clock()
    gate = MemoryThrottle(clock)
    for number in range(500):
        gate.enter(f"user-{number}", f"10.0.{number}.1")
        clock.now += 10
    assert len(gate._attempts) <= 52
