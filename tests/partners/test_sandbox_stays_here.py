"""The stand-in for systems outside answers this machine alone, wherever the bureau itself is open."""

import pytest

import cli
from operations import processes
from runtime.settings import Settings


def test_the_sandbox_is_reached_from_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()
    monkeypatch.setattr(processes, "begin", lambda _: None)
    monkeypatch.setattr(processes, "serve", lambda _, host, *__: asked.append(host))
    monkeypatch.setattr(cli, "get_settings", lambda: Settings(host="0.0.0.0", demo=True, demo_beyond_loopback=True))
    cli.partners()
    assert asked == ["127.0.0.1"]
