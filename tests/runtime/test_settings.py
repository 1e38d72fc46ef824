"""What is configured wrongly does not start, and says which setting it is without repeating its value."""

import base64
import json
from pathlib import Path

import pytest

from runtime.settings import Unusable, read_settings

_GOOD = "whsec_" + base64.b64encode(b"twenty-four bytes at least").decode()
_KEY = base64.b64encode(bytes(range(32))).decode()


def _partner(**said: object) -> str:
    return json.dumps({"procuratorate": {"address": "https://jcy.example/louke", "secret": _GOOD} | said})


def test_secrets_of_the_right_form_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOUKE_PARTNERS", _partner(accepts=[_GOOD], client_secret="twenty-four random letters"))
    monkeypatch.setenv("LOUKE_TOKEN_SECRET", "0123456789abcdef0123456789abcdef")
    monkeypatch.setenv("LOUKE_PAYLOAD_KEYS", f"new:{_KEY},old:{_KEY}")
    monkeypatch.setenv("LOUKE_BACKUP_KEY", _KEY)
    assert read_settings().partners["procuratorate"].secret.get_secret_value() == _GOOD


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        "whsec_short",
        base64.b64encode(b"twenty-four bytes at least").decode(),
        "whsec_" + base64.b64encode(b"x" * 23).decode(),
        "whsec_" + base64.b64encode(b"x" * 65).decode(),
        "whsec_" + "!" + base64.b64encode(b"twenty-four bytes at least").decode(),
        "whsec_" + base64.b64encode(b"twenty-four bytes at least").decode().rstrip("="),
        "whsec_二十四个字节",
    ],
)
@pytest.mark.parametrize("field", ["secret", "accepts"])
def test_a_partner_whose_secret_is_empty_broken_or_short_keeps_us_from_starting(
    monkeypatch: pytest.MonkeyPatch, secret: str, field: str
) -> None:
    monkeypatch.setenv("LOUKE_PARTNERS", _partner(**{field: [secret] if field == "accepts" else secret}))
    with pytest.raises(Unusable, match=r"LOUKE_PARTNERS\.procuratorate") as refused:
        read_settings()
    assert not secret or secret == "whsec_" or secret not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOUKE_TOKEN_SECRET", "too short"),
        ("LOUKE_TOKEN_SECRET", "x" * 40),
        ("LOUKE_PAYLOAD_KEYS", _KEY),
        ("LOUKE_PAYLOAD_KEYS", f"one:{_KEY[:20]}"),
        ("LOUKE_PAYLOAD_KEYS", f"one:{_KEY},"),
        ("LOUKE_PASSWORD_KEYS", _KEY),
        ("LOUKE_PASSWORD_KEYS", f"one:{_KEY},one:{_KEY}"),
        ("LOUKE_BACKUP_KEY", "no base64 at all"),
        ("LOUKE_PARTNERS", "not JSON"),
        ("LOUKE_PARTNERS", _partner(client_secret="short")),
        ("LOUKE_PARTNERS", _partner(address="file:///etc/passwd")),
        ("LOUKE_PARTNERS", _partner(secrets=_GOOD)),
        ("LOUKE_TRUSTED_PROXIES", "everybody"),
        ("LOUKE_TRUSTED_PROXIES", "0.0.0.0/0"),
    ],
)
def test_whatever_else_is_no_secret_or_no_address_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Unusable) as refused:
        read_settings()
    assert name.removeprefix("LOUKE_").lower() in str(refused.value).lower()
    assert value not in str(refused.value)


@pytest.mark.parametrize("address", ["http://jcy.example/louke", "http://10.1.2.3/louke", "http://localhost.example/"])
def test_what_goes_to_other_machines_goes_encrypted_unless_somebody_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("LOUKE_PARTNERS", _partner(address=address))
    with pytest.raises(Unusable, match=r"LOUKE_PARTNERS\.procuratorate"):
        read_settings()
    monkeypatch.setenv("LOUKE_PARTNERS", _partner(address=address, in_clear=True))
    assert read_settings().partners["procuratorate"].address == address
    monkeypatch.setenv("LOUKE_OIDC_ISSUER", address)
    with pytest.raises(Unusable, match="LOUKE_OIDC_ISSUER"):
        read_settings()
    monkeypatch.delenv("LOUKE_OIDC_ISSUER")
    for name in ("LOUKE_OTLP_ENDPOINT", "LOUKE_OTLP_LOGS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"):
        with monkeypatch.context() as these:
            these.setenv(name, address)
            with pytest.raises(Unusable, match=r"LOUKE_OTLP_(LOGS_)?ENDPOINT must begin with https://"):
                read_settings()
            these.setenv("LOUKE_OTLP_IN_CLEAR", "1")
            assert address in (read_settings().otlp_endpoint, read_settings().otlp_logs_endpoint)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8001/procuratorate", "http://[::1]:8001/procuratorate", "https://jcy.example/louke"]
)
def test_what_stays_on_this_machine_may_go_in_clear(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("LOUKE_PARTNERS", _partner(address=address))
    for name in ("LOUKE_OIDC_ISSUER", "LOUKE_OTLP_ENDPOINT", "LOUKE_OTLP_LOGS_ENDPOINT"):
        monkeypatch.setenv(name, address)
    assert read_settings().oidc_issuer == read_settings().otlp_logs_endpoint == address


def test_secrets_may_be_files_that_others_than_us_keep(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "louke_token_secret").write_text("0123456789abcdef0123456789abcdef\n", encoding="utf-8")
    (tmp_path / "louke_partners").write_text(_partner(), encoding="utf-8")
    (tmp_path / "louke_database_url").write_text("postgresql://louke@db/louke", encoding="utf-8")
    for name in ("LOUKE_TOKEN_SECRET", "LOUKE_PARTNERS", "LOUKE_DATABASE_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOUKE_SECRETS_DIR", str(tmp_path))
    settings = read_settings()
    assert settings.token_secret.get_secret_value() == "0123456789abcdef0123456789abcdef"
    assert settings.database_url == "postgresql://louke@db/louke"
    assert set(settings.partners) == {"procuratorate"}
    monkeypatch.setenv("LOUKE_SECRETS_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(Unusable, match="LOUKE_SECRETS_DIR"):
        read_settings()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "louke.example"])
def test_a_demonstration_is_opened_to_other_machines_only_by_saying_so_twice(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("LOUKE_HOST", host)
    assert read_settings().host == host  # without the demonstration
    with pytest.raises(Unusable, match="LOUKE_DEMO_BEYOND_LOOPBACK=1"):
        read_settings(demo=True)
    monkeypatch.setenv("LOUKE_DEMO_BEYOND_LOOPBACK", "1")
    assert read_settings(demo=True).demo


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "::1", "localhost"])
def test_a_demonstration_on_this_machine_needs_no_second_word(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("LOUKE_HOST", host)
    assert read_settings(demo=True).demo


def test_nobody_has_a_demonstration_who_did_not_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOUKE_DEMO", raising=False)
    assert not read_settings().demo
    assert not read_settings().sandbox
