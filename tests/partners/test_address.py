"""Where the sandbox looks for the bureau."""

import pytest

from partners.sandbox import open_bureau


@pytest.mark.parametrize(("port", "address"), [("8137", "http://127.0.0.1:8137"), ("", "http://127.0.0.1:8000")])
async def test_the_bureau_is_at_the_port_that_it_is_told_to_serve(monkeypatch: pytest.MonkeyPatch, port: str, address: str) -> None:
    monkeypatch.setenv("LOUKE_PORT", port)
    async with open_bureau() as house:
        assert str(house.base_url).rstrip("/") == address
