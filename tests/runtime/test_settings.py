"""What is configured wrongly does not start, and says which setting it is without repeating its value."""

import base64
import json
from pathlib import Path

import pytest

from models.external import get_systems
from runtime.settings import Unusable, check_partners, read_settings

_GOOD = "whsec_" + base64.b64encode(b"twenty-four bytes at least").decode()
_EQUAL = base64.b64encode(b"k" * 32).decode()
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
        ("LOUKE_DATABASE_URL", "mysql://louke:secret@db/louke"),
        ("LOUKE_IN_CLEAR", "everything"),
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


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LOUKE_PARTNERS", _partner(secret=f"whsec_{_EQUAL}"), "LOUKE_PARTNERS.procuratorate.secret: must be whsec_"),
        (
            "LOUKE_PARTNERS",
            _partner(accepts=[f"whsec_{base64.b64encode(bytes(32)).decode()}"]),
            "procuratorate.accepts.0: must be whsec_",
        ),
        ("LOUKE_PAYLOAD_KEYS", f"one:{_EQUAL}", "LOUKE_PAYLOAD_KEYS: must be 32 random bytes"),
        ("LOUKE_PASSWORD_KEYS", f"one:{base64.b64encode(bytes(32)).decode()}", "LOUKE_PASSWORD_KEYS: must be 32 random bytes"),
        ("LOUKE_BACKUP_KEY", _EQUAL, "LOUKE_BACKUP_KEY: must be 32 random bytes"),
        ("LOUKE_SPEAKING_KEY", _EQUAL, "LOUKE_SPEAKING_KEY: must be 32 random bytes"),
        ("LOUKE_TOKEN_SECRET", _EQUAL, "LOUKE_TOKEN_SECRET: must be at least 32 random characters"),
        ("LOUKE_TRUSTED_PROXIES", "0.0.0.0/1,128.0.0.0/1", "LOUKE_TRUSTED_PROXIES: must name some"),
        ("LOUKE_TRUSTED_PROXIES", ",".join(f"{n}.0.0.0/8" for n in range(256)), "LOUKE_TRUSTED_PROXIES: must name some"),
        ("LOUKE_TRUSTED_PROXIES", "::ffff:0:0/97,10.0.0.5", "LOUKE_TRUSTED_PROXIES: must name some"),
        ("LOUKE_TRUSTED_PROXIES", "2000::/3", "LOUKE_TRUSTED_PROXIES: must name some"),
        ("LOUKE_ADMINISTERED_FROM", "0.0.0.0/1,128.0.0.0/1", "LOUKE_ADMINISTERED_FROM: must name some"),
        ("LOUKE_TOKEN_HOURS", "0", "LOUKE_TOKEN_HOURS: .* greater than or equal to 1"),
        ("LOUKE_TOKEN_HOURS", "8760", "LOUKE_TOKEN_HOURS: .* less than or equal to 24"),
        ("LOUKE_IDLE_MINUTES", "-5", "LOUKE_IDLE_MINUTES: .* greater than or equal to 1"),
        ("LOUKE_IDLE_MINUTES", "100000", "LOUKE_IDLE_MINUTES: .* less than or equal to 240"),
        ("LOUKE_SPEAKERS", '{"api": ["no key"]}', "LOUKE_SPEAKERS.api.0: must be 32 random bytes"),
        ("LOUKE_FORMER_SPEAKERS", '{"worker": [""]}', "LOUKE_FORMER_SPEAKERS.worker.0: must be 32 random bytes"),
        ("LOUKE_SPEAKERS", json.dumps({"stranger": [_KEY]}), "LOUKE_SPEAKERS: must name api, worker, watchdog, clerk alone"),
        ("LOUKE_LOG_LEVEL", "loud", "LOUKE_LOG_LEVEL: must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
    ],
)
def test_what_cannot_be_meant_keeps_every_process_from_starting_and_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Unusable, match=said):
        read_settings()


def test_what_can_be_meant_at_the_edges_of_that_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOUKE_TRUSTED_PROXIES", "10.0.0.0/8, 172.16.0.0/12,::ffff:192.168.0.1,fd00::/16")
    monkeypatch.setenv("LOUKE_SPEAKERS", json.dumps({"api": [_KEY]}))
    monkeypatch.setenv("LOUKE_LOG_LEVEL", "debug")
    monkeypatch.setenv("LOUKE_TOKEN_HOURS", "24")
    assert read_settings().log_level == "DEBUG"


def test_a_system_outside_that_nobody_knows_keeps_us_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOUKE_PARTNERS", _partner())
    assert check_partners(read_settings(), get_systems()).partners
    monkeypatch.setenv("LOUKE_PARTNERS", json.dumps({"procuratrate": json.loads(_partner())["procuratorate"]}))
    with pytest.raises(Unusable, match=r"LOUKE_PARTNERS: procuratrate: no system of that name is known, but .*procuratorate"):
        check_partners(read_settings(), get_systems())


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


# A line to another machine, and how it is said that it may go in clear.
_CLEAR = [
    ("LOUKE_DATABASE_URL", "postgresql://louke:secret@postgres:5432/louke", "database"),
    ("LOUKE_DATABASE_URL", "postgresql://louke:secret@postgres/louke?sslmode=require", "database"),
    ("LOUKE_DATABASE_URL", "postgresql://louke:secret@postgres/louke?sslmode=verify-ca&sslrootcert=/ca.pem", "database"),
    ("LOUKE_DATABASE_URL", "postgresql://louke:secret@127.0.0.1,10.1.2.3/louke", "database"),
    ("LOUKE_DATABASE_URL", "host=localhost hostaddr=10.1.2.3 dbname=louke", "database"),
    ("LOUKE_DATABASE_URL", "service=elsewhere", "database"),
    ("DATABASE_URL", "postgresql://louke:secret@db.example/louke?sslmode=prefer", "database"),
    ("LOUKE_OWNER_DATABASE_URL", "postgresql://louke:secret@postgres:5432/louke", "database"),
    ("LOUKE_TEMPORAL_ADDRESS", "temporal-frontend:7233", "temporal"),
    ("LOUKE_VIRUS_SCANNER", "tcp://clamd:3310", "scanner"),
    ("LOUKE_OTLP_ENDPOINT", "http://collector:4318/v1/traces", "collector"),
    ("LOUKE_OTLP_LOGS_ENDPOINT", "http://collector:4318/v1/logs", "collector"),
    ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://collector:4318/v1/logs", "collector"),
    ("LOUKE_HOST", "0.0.0.0", "door"),
]


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """No engine is configured, and PostgreSQL's library is told nothing by the environment."""
    for name in ("LOUKE_DATABASE_URL", "DATABASE_URL", "LOUKE_TEMPORAL_ADDRESS", "TEMPORAL_ADDRESS", "PGHOST", "PGSSLMODE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(("name", "address", "line"), _CLEAR)
def test_no_line_to_another_machine_is_in_clear_unless_it_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, address: str, line: str
) -> None:
    monkeypatch.setenv(name, address)
    others = ",".join({each for *_, each in _CLEAR} - {line})
    for said in ("", others):
        monkeypatch.setenv("LOUKE_IN_CLEAR", said)
        with pytest.raises(Unusable, match=rf"LOUKE_\w+: .* in clear; .*LOUKE_IN_CLEAR={line} ") as refused:
            read_settings()
        assert "secret" not in str(refused.value)
    monkeypatch.setenv("LOUKE_IN_CLEAR", f"{line}, {others}")
    read_settings()


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("LOUKE_DATABASE_URL", "postgresql://louke@one,two/louke?target_session_attrs=read-write&sslmode=verify-full"),
        ("LOUKE_DATABASE_URL", "postgresql://louke@127.0.0.1:5432/louke"),
        ("LOUKE_DATABASE_URL", "postgresql://louke@[::1],localhost/louke"),
        ("LOUKE_DATABASE_URL", "postgresql:///louke"),
        ("LOUKE_DATABASE_URL", "postgresql:///louke?host=/run/postgresql"),
        ("LOUKE_TEMPORAL_ADDRESS", "localhost:7233"),
        ("LOUKE_TEMPORAL_ADDRESS", "[::1]:7233"),
        ("LOUKE_VIRUS_SCANNER", "unix:/run/clamav/clamd.ctl"),
        ("LOUKE_VIRUS_SCANNER", "tcp://127.0.0.1:3310"),
        ("LOUKE_OTLP_ENDPOINT", "https://collector.example/v1/traces"),
        ("LOUKE_OTLP_ENDPOINT", "http://127.0.0.1:4318/v1/traces"),
    ],
)
def test_a_line_that_is_encrypted_or_ends_here_needs_no_word(monkeypatch: pytest.MonkeyPatch, name: str, address: str) -> None:
    monkeypatch.setenv(name, address)
    read_settings()


@pytest.mark.parametrize("given", [{}, {"tls_cert": "api.pem"}, {"tls_key": "api.key"}])
def test_the_api_answers_other_machines_over_tls_alone(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
    monkeypatch.setenv("LOUKE_HOST", "10.1.2.3")
    with pytest.raises(Unusable, match="name LOUKE_TLS_CERT and LOUKE_TLS_KEY"):
        read_settings(**given)
    assert read_settings(tls_cert="api.pem", tls_key="api.key").tls_cert == Path("api.pem")


@pytest.mark.usefixtures("nowhere")
def test_an_address_that_the_environment_completes_is_read_as_it_will_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOUKE_DATABASE_URL", "postgresql:///louke")
    monkeypatch.setenv("PGHOST", "db.example")
    with pytest.raises(Unusable, match=r"LOUKE_DATABASE_URL: .* in clear"):
        read_settings()
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    read_settings()


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
    (tmp_path / "louke_database_url").write_text("postgresql://louke@db/louke?sslmode=verify-full", encoding="utf-8")
    for name in ("LOUKE_TOKEN_SECRET", "LOUKE_PARTNERS", "LOUKE_DATABASE_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOUKE_SECRETS_DIR", str(tmp_path))
    settings = read_settings()
    assert settings.token_secret.get_secret_value() == "0123456789abcdef0123456789abcdef"
    assert settings.database_url == "postgresql://louke@db/louke?sslmode=verify-full"
    assert set(settings.partners) == {"procuratorate"}
    monkeypatch.setenv("LOUKE_SECRETS_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(Unusable, match="LOUKE_SECRETS_DIR"):
        read_settings()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "louke.example"])
def test_a_demonstration_is_opened_to_other_machines_only_by_saying_so_twice(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("LOUKE_HOST", host)
    assert read_settings(tls_cert="api.pem", tls_key="api.key").host == host  # without the demonstration
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
