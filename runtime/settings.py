"""Settings: everything that differs between one machine and another, read from the environment once per process."""

import os
from collections.abc import Collection, Iterator
from functools import cache
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from runtime.channel_settings import ChannelSettings
from runtime.credentials import ClientSecret, Key, PublicKey, Ring, TokenSecret, WebhookSecret
from runtime.transport_security import database_over_tls, is_loopback, leads_here, over_tls
from runtime.virus_scanner import check_address

_ADDRESS = TypeAdapter(HttpUrl)
SPEAKERS = ("api", "worker", "watchdog", "clerk")
"""Who of ours signs what it hands to Temporal."""
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# No house has its proxies or its terminals in a network of more addresses.
_WIDEST = {4: 8, 6: 16}
# An address of IPv4 as IPv6 spells it.
_MAPPED = IPv6Network("::ffff:0:0/96")
# What LOUKE_IN_CLEAR calls the lines to other machines.
_LINES = ("door", "database", "temporal", "scanner", "collector")


class Unusable(Exception):
    """The settings are not as they must be; its words name each setting and what is wrong with it, and repeat no value."""


class Line(NamedTuple):
    """A line to another machine, what is to be done for it, and whether that was done or the line stays here."""

    name: str
    setting: str
    encrypted: bool
    remedy: str


class Partner(BaseModel):
    """Where a system outside the bureau takes messages, and the secret (`whsec_` and base64) we sign them with.

    Its own messages may be signed with any of the secrets that we accept; while none is named, with the one we sign with.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    address: str
    # Said where the address is http:// on another machine: something else encrypts the line.
    in_clear: bool = False
    secret: WebhookSecret
    # The newest first; the one before it stays until the system signs with the new one.
    accepts: list[WebhookSecret] = []
    # With which it fetches a bearer token, its id being the name; empty: it may not.
    client_secret: ClientSecret = SecretStr("")

    @field_validator("address")
    @classmethod
    def _is_address(cls, value: str) -> str:
        try:
            _ADDRESS.validate_python(value)
        except ValidationError:
            raise ValueError("must be an address that begins with http:// or https://") from None
        return value

    @model_validator(mode="after")
    def _is_encrypted(self) -> Self:
        if not (self.in_clear or over_tls(self.address)):
            raise ValueError("address must begin with https:// (or say in_clear where something else encrypts the line)")
        return self


class Settings(BaseSettings):
    """The environment of one process; each name is prefixed `LOUKE_`, but for the two that the whole world knows."""

    model_config = SettingsConfigDict(env_prefix="LOUKE_", env_ignore_empty=True, hide_input_in_errors=True)

    # Where people and programs reach us.
    host: str = "127.0.0.1"
    port: int = 8000
    # What the API shows whoever comes to it over TLS, its certificate and key as files in PEM; empty: it answers in clear, and this machine alone.
    tls_cert: Path | None = None
    tls_key: Path | None = None
    # 0: the worker and the watchdog serve no metrics page of their own. Under `louke up` the watchdog has this port, workers the next ones.
    metrics_port: int = 0

    # With which the API's own metrics page is asked for, as a bearer token, from other machines; empty: only from this one.
    metrics_secret: TokenSecret = SecretStr("")

    # Whether each answer of the API is held against its model once it has gone out; a fault is logged. For tests and whoever develops.
    check_answers: bool = False

    # Where we keep what must survive a restart (embedded servers, keys, the signed heads of the journal).
    data_dir: Path = Path(".louke")
    # What encrypts the volumes on which that, the documents and the database lie, by its name (LUKS, disks that do so by themselves, the
    # cloud's storage …), for much of it cannot be seen from here; `clear`: nothing does. Without a word `louke doctor` calls it broken.
    at_rest: str = Field(default="", max_length=200)
    # So much of its disk is kept for reading and for the guards: with less left, steps are refused.
    reserve_mb: int = Field(default=128, ge=0)

    # Invented people whose password everybody knows. `louke up` has them unless told otherwise; nothing else has unless told so.
    demo: bool = False
    # Said besides, where the demonstration may be reached from other machines.
    demo_beyond_loopback: bool = False
    # Under `louke up`: a sandbox stands in for the systems outside, in a demonstration without systems of its own.
    sandbox: bool = False

    # Lines to other machines that something else encrypts, a tunnel or the network of the containers: any of door (from there to the API),
    # database, temporal, scanner and collector, with commas between them. Whatever is not named goes over TLS, or we do not start.
    in_clear: str = ""

    # The two engines. Empty: `louke up` starts its own and passes the addresses on.
    database_url: str = Field(default="", validation_alias=AliasChoices("LOUKE_DATABASE_URL", "DATABASE_URL"))
    # Of the role that owns the database and migrates it, which whoever runs need not know; empty: one role does both.
    owner_database_url: str = ""
    temporal_address: str = Field(default="", validation_alias=AliasChoices("LOUKE_TEMPORAL_ADDRESS", "TEMPORAL_ADDRESS"))
    temporal_namespace: str = "default"
    # Temporal over TLS: who may have issued its certificate, ours and our key, as files in PEM, and the name in its certificate where that
    # is not the one in its address. Empty: in clear, as the server that `louke up` starts on this machine alone.
    temporal_tls_ca: Path | None = None
    temporal_tls_cert: Path | None = None
    temporal_tls_key: Path | None = None
    temporal_tls_server_name: str = ""
    # What Temporal's authorizer asks of us besides: a token, if any.
    temporal_token: SecretStr = SecretStr("")
    task_queue: str = "louke"
    workers: int = Field(default=1, ge=1)  # that `louke up` starts
    # Workflows kept in a worker's memory; each costs about 100 KB, and one that is not kept is replayed when touched.
    cached_workflows: int = 2000
    # Steps that one API process has under way at once; whoever comes later waits their turn.
    steps_at_once: int = Field(default=24, ge=1)
    # So many days it is known who read what; the law wants six months at least (网络安全法 21).
    reading_days: int = Field(default=200, ge=184)
    # One API process opens at most this many connections; so does one worker.
    pool_size: int = 10

    # What was entered so long after it happened bears the mark of a late entry (补录): usually, and where liberty is at stake.
    late_entry_hours: float = Field(default=24.0, gt=0)
    late_entry_liberty_hours: float = Field(default=1.0, gt=0)

    # Lists of revoked certificates (PEM) of the issuers who vouch for systems outside and for the provider of identities, which somebody keeps
    # up to date: nobody is believed then of whose issuer it has none. Empty: nobody asks.
    crl: Path | None = None

    # Systems outside by their ids, as JSON: {"custody-centre": {"address": "https://…", "secret": "whsec_…"}}. Others are told nothing.
    partners: dict[str, Partner] = {}
    # A message that waits so long for the one before it is a person's business: systems outside send again within minutes, and a night
    # and a working day pass in it.
    inbound_patience_hours: float = Field(default=24.0, gt=0)
    partners_port: int = 8001  # where `louke partners` stands in for them

    # By which ways people are told who have no page open, as JSON: {"sms": {"address": "https://…", "secret": "…"}, …}; the watchdog alone needs
    # them. Empty: nobody is told outside. And where whoever is told opens the pages.
    channels: ChannelSettings = ChannelSettings()
    public_address: str = ""
    mail_port: int = 8025  # where `louke partners` stands in for a mail server

    # Proxies (addresses or networks, as 10.0.0.5,10.1.0.0/16) that are believed when they say from which address a request comes.
    trusted_proxies: str = ""
    # From where the house is administered (addresses or networks likewise); empty: from anywhere.
    administered_from: str = ""

    # So often one person, or one system, may hand something in; far more than anybody does, and a machine that imports rarely does.
    writes_per_minute: int = Field(default=3000, ge=1)
    # So often they may ask for anything at all: whoever carries a bureau away is stopped, and whoever works there never notices.
    requests_per_minute: int = Field(default=6000, ge=1)
    # So many megabytes of scans one person may send in a day.
    uploads_mb_per_day: int = Field(default=5000, ge=1)

    # Who signs in: people with a password, or the bureau's own identity provider.
    token_secret: TokenSecret = SecretStr("")
    token_hours: int = Field(default=12, ge=1, le=24)
    # Whoever does nothing for so long has left the desk.
    idle_minutes: int = Field(default=30, ge=1, le=240)
    # A password that somebody else set, and that was not changed for so long, opens nothing any more.
    first_password_hours: int = Field(default=72, ge=1)
    # Who needs a second factor where no identity provider serves: whoever approves, administers or supervises (but for a demonstration), or
    # whoever wants one.
    second_factor: Literal["approvers", "optional"] = "approvers"
    oidc_issuer: str = ""
    oidc_audience: str = "louke"
    oidc_client_id: str = "louke"  # by which the provider knows our pages

    # Key ring of Temporal payloads: "id:base64key,id:base64key"; the first encrypts, all decrypt. Empty: one kept in data_dir.
    payload_keys: Ring = SecretStr("")

    # Secrets that go into passwords before they are hashed, in the same form: whoever has the database has not these, and cannot guess at it.
    # The first is for new passwords, the others go on opening. Empty: one kept in data_dir. Lost: nobody's password opens any more.
    password_keys: Ring = SecretStr("")

    # The key under which this process signs what it hands to Temporal (32 bytes in base64, its own: `louke keys` makes them), and the
    # public keys of those whom it believes, as JSON: {"api": ["…"], "worker": ["…"], "watchdog": ["…"], "clerk": ["…"]}; several of one
    # while it changes its key. Empty: kept in data_dir, for all who share it.
    speaking_key: Key = SecretStr("")
    speakers: dict[str, list[PublicKey]] = {}
    # Public keys that are no longer in use, in the same form: nothing new is believed under them, but what the journal holds is verified.
    former_speakers: dict[str, list[PublicKey]] = {}

    # 32 random bytes in base64, which encrypt backups; empty: one kept in data_dir, to be copied to where backups are not. It is lost with
    # the machine otherwise, and every backup with it.
    backup_key: Key = SecretStr("")

    # A ClamAV daemon that looks at scans before they are kept: unix:/run/clamav/clamd.ctl or tcp://host:3310; empty: nobody does.
    virus_scanner: str = ""

    # Traces, and the log besides stdout, go to these OTLP/HTTP endpoints (https://…/v1/traces, https://…/v1/logs); empty: nowhere.
    otlp_endpoint: str = ""
    otlp_logs_endpoint: str = Field(
        default="", validation_alias=AliasChoices("LOUKE_OTLP_LOGS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT")
    )
    log_level: str = "INFO"

    @property
    def owner_url(self) -> str:
        """Where whoever owns the database reaches it."""
        return self.owner_database_url or self.database_url

    @field_validator("trusted_proxies", "administered_from")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        try:
            networks = [_unmap_network(ip_network(each, strict=False)) for each in _split_words(value)]
        except ValueError:
            raise ValueError("must be addresses or networks, with commas between them") from None
        # Several that lie side by side are one, which may be everything.
        whole = (
            *collapse_addresses(each for each in networks if isinstance(each, IPv4Network)),
            *collapse_addresses(each for each in networks if isinstance(each, IPv6Network)),
        )
        if any(each.prefixlen < _WIDEST[each.version] for each in whole):
            raise ValueError(
                f"must name some, in networks no wider than /{_WIDEST[4]} (IPv6: /{_WIDEST[6]}), several side by side included: "
                "whoever names so many addresses names everybody"
            )
        return value

    @field_validator("speakers", "former_speakers")
    @classmethod
    def _are_ours(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        if not value.keys() <= set(SPEAKERS):
            raise ValueError(f"must name {', '.join(SPEAKERS)} alone, each with its public keys")
        return value

    @field_validator("log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        if value.upper() not in _LEVELS:
            raise ValueError(f"must be one of {', '.join(_LEVELS)}")
        return value.upper()

    @field_validator("database_url", "owner_database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value:
            database_over_tls(value)  # which reads it
        return value

    @field_validator("in_clear")
    @classmethod
    def _are_lines(cls, value: str) -> str:
        if not set(_split_words(value)) <= set(_LINES):
            raise ValueError(f"must be of {', '.join(_LINES)}, with commas between them")
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _is_encrypted(cls, value: str) -> str:
        if value and not over_tls(value):
            raise ValueError("must begin with https://: whoever stands between signs everybody in")
        return value

    @field_validator("public_address")
    @classmethod
    def _is_public(cls, value: str) -> str:
        if value and not over_tls(value):
            raise ValueError("must begin with https://, as people outside open it")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _check_leads_back(self) -> Self:
        if self.channels.list_named() and not self.public_address:
            raise ValueError(
                "LOUKE_PUBLIC_ADDRESS: must name where the pages are opened, since LOUKE_CHANNELS tells people of them"
            )
        return self

    @field_validator("virus_scanner")
    @classmethod
    def _is_scanner(cls, value: str) -> str:
        return check_address(value)

    @model_validator(mode="after")
    def _are_encrypted(self) -> Self:
        allowed = _split_words(self.in_clear)
        faults = [
            f"LOUKE_{line.setting.upper()}: what is said there to another machine would be in clear; {line.remedy} "
            f"(or say LOUKE_IN_CLEAR={line.name} where something else encrypts the line)"
            for line in self._list_lines()
            if not line.encrypted and line.name not in allowed
        ]
        if faults:
            raise ValueError("\n".join(faults))
        return self

    def _list_lines(self) -> Iterator[Line]:
        # A demonstration has nothing to hide, and says twice that it is open.
        open_anyway = self.demo or self.demo_beyond_loopback
        shown = open_anyway or is_loopback(self.host) or bool(self.tls_cert and self.tls_key)
        yield Line("door", "host", shown, "name LOUKE_TLS_CERT and LOUKE_TLS_KEY")
        for setting, url in (("database_url", self.database_url), ("owner_database_url", self.owner_database_url)):
            encrypted = not url or database_over_tls(url)
            yield Line("database", setting, encrypted, "add sslmode=verify-full and sslrootcert to it")
        temporal, scanner = self.temporal_address, self.virus_scanner
        certified = not temporal or self.temporal_tls_ca is not None or leads_here(temporal)
        yield Line("temporal", "temporal_address", certified, "name LOUKE_TEMPORAL_TLS_CA, _CERT and _KEY")
        is_local = not scanner or scanner.startswith("unix:") or leads_here(scanner)
        yield Line("scanner", "virus_scanner", is_local, "it knows no TLS, so let it listen on this machine")
        for setting, collector in (("otlp_endpoint", self.otlp_endpoint), ("otlp_logs_endpoint", self.otlp_logs_endpoint)):
            yield Line("collector", setting, not collector or over_tls(collector), "let it begin with https://")

    @model_validator(mode="after")
    def _check_stays_here(self) -> Self:
        if self.demo and not self.demo_beyond_loopback and not is_loopback(self.host):
            raise ValueError(
                "LOUKE_HOST opens the demonstration, whose passwords everybody knows, to other machines: "
                "set LOUKE_DEMO=0, or say it a second time with LOUKE_DEMO_BEYOND_LOOPBACK=1"
            )
        return self


def _unmap_network(network: IPv4Network | IPv6Network) -> IPv4Network | IPv6Network:
    """A network of IPv4 that is spelt as IPv6 spells it, as what it is."""
    if isinstance(network, IPv6Network) and network.subnet_of(_MAPPED):
        return IPv4Network((int(network.network_address) & 0xFFFFFFFF, network.prefixlen - _MAPPED.prefixlen))
    return network


def check_partners(settings: Settings, known: Collection[str]) -> Settings:
    """The same settings; Unusable where they name a system outside that is none of those known, which would be told nothing."""
    if strangers := sorted(set(settings.partners) - set(known)):
        raise Unusable(f"LOUKE_PARTNERS: {', '.join(strangers)}: no system of that name is known, but {', '.join(sorted(known))}")
    return settings


def _split_words(value: str) -> list[str]:
    """What stands between commas."""
    return [word for word in map(str.strip, value.split(",")) if word]


def read_settings(**chosen: Any) -> Settings:
    """The settings as the environment and these `chosen` have them; Unusable where one cannot be meant."""
    try:
        return Settings(_secrets_dir=_find_secrets_folder(), **chosen)  # pyright: ignore[reportCallIssue] - its base takes it
    except ValidationError as error:
        errors = [
            f"{_format_setting(each['loc'])}{each['msg'].removeprefix('Value error, ')}"
            for each in error.errors(include_input=False)
        ]
        raise Unusable("\n".join(errors)) from None
    except SettingsError as error:  # it names the field alone
        raise Unusable(f"{error}: it must be JSON") from None


def _find_secrets_folder() -> Path | None:
    """A folder in which settings are files of their own, as secrets of containers and credentials of systemd are: `louke_token_secret`."""
    value = os.environ.get("LOUKE_SECRETS_DIR")
    if value and not Path(value).is_dir():
        raise Unusable("LOUKE_SECRETS_DIR: must be a folder")
    return Path(value) if value else None


def _format_setting(place: tuple[int | str, ...]) -> str:
    if not place:
        return ""
    name, *inner = map(str, place)
    called = name if name.isupper() else f"LOUKE_{name.upper()}"
    return f"{'.'.join((called, *inner))}: "


def get_up_settings() -> Settings:
    """The settings of `louke up`: whoever tries it out on one machine meets the invented county, unless they said otherwise."""
    return get_settings() if "demo" in get_settings().model_fields_set else read_settings(demo=True)


@cache
def get_settings() -> Settings:
    """The settings of this process; the environment is read at the first call. Unusable where one cannot be meant."""
    return read_settings()
