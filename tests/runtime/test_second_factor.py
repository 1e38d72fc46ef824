"""The password of the moment: whose it is, and for how long."""

import time

import pytest
from pyotp.totp import TOTP

from runtime.second_factor import build_address, find_step, make_secret

NOW = 1_790_000_010.0


@pytest.fixture
def device() -> TOTP:
    return TOTP(make_secret())


@pytest.mark.parametrize(("shown_at", "good"), [(0, True), (-30, True), (30, True), (-61, False), (61, False), (-3600, False)])
def test_it_serves_for_half_a_minute_before_and_after_and_no_longer(device: TOTP, shown_at: int, good: bool) -> None:
    assert (find_step(device.secret, device.at(NOW + shown_at), NOW) is not None) is good


def test_the_step_of_time_that_it_was_for_is_told_so_that_it_serves_once(device: TOTP) -> None:
    assert find_step(device.secret, device.at(NOW), NOW) == int(NOW) // 30
    assert find_step(device.secret, device.at(NOW - 30), NOW) == int(NOW) // 30 - 1


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "-12345", "1e5"])
def test_what_is_no_password_of_the_moment_is_that_of_no_step(device: TOTP, typed: str) -> None:
    assert find_step(device.secret, typed, NOW) is None


def test_it_may_be_typed_as_devices_show_it(device: TOTP) -> None:
    shown = device.now()
    assert find_step(device.secret, f"{shown[:3]} {shown[3:]}", time.time()) is not None


def test_each_device_has_a_secret_of_160_bits_that_no_other_has() -> None:
    secrets = {make_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(len(TOTP(each).byte_secret()) == 20 for each in secrets)


def test_what_a_device_reads_names_the_person_and_the_house() -> None:
    assert build_address("A" * 32, "zhouminghui").startswith("otpauth://totp/")
    assert "zhouminghui" in build_address("A" * 32, "zhouminghui")
