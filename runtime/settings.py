"""Settings: everything that differs between one machine and another, read from the environment once per process."""

from functools import cache
from pathlib import Path

from pydantic import AliasChoices, BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Partner(BaseModel):
    """Where a system outside the bureau takes messages, and the secret (`whsec_` and base64) we sign them with.

    Its own messages may be signed with any of the secrets that we accept; while none is named, with the one we sign with.
    """

    address: str
    secret: SecretStr
    # The newest first; the one before it stays until the system signs with the new one.
    accepts: list[SecretStr] = []
    # With which it fetches a bearer token, its id being the name; empty: it may not.
    client_secret: SecretStr = SecretStr("")


class Settings(BaseSettings):
    """The environment of one process; each name is prefixed `LOUKE_`, but for the two that the whole world knows."""

    model_config = SettingsConfigDict(env_prefix="LOUKE_", env_ignore_empty=True)

    # Where people and programs reach us.
    host: str = "127.0.0.1"
    port: int = 8000
    # 0: the worker and the watchdog serve no metrics page of their own. Under `louke up` the watchdog has this port, workers the next ones.
    metrics_port: int = 0

    # Where we keep what must survive a restart (embedded servers, keys, the signed heads of the journal).
    data_dir: Path = Path(".louke")
    # So much of its disk is kept for reading and for the guards: with less left, steps are refused.
    reserve_mb: int = Field(default=128, ge=0)
    demo: bool = True

    # The two engines. Empty: `louke up` starts its own and passes the addresses on.
    database_url: str = Field(default="", validation_alias=AliasChoices("LOUKE_DATABASE_URL", "DATABASE_URL"))
    temporal_address: str = Field(default="", validation_alias=AliasChoices("LOUKE_TEMPORAL_ADDRESS", "TEMPORAL_ADDRESS"))
    temporal_namespace: str = "default"
    task_queue: str = "louke"
    workers: int = Field(default=1, ge=1)  # that `louke up` starts
    # Workflows kept in a worker's memory; each costs about 100 KB, and one that is not kept is replayed when touched.
    cached_workflows: int = 2000
    # Steps that one API process has under way at once; whoever comes later waits their turn.
    steps_at_once: int = Field(default=24, ge=1)
    # One API process opens at most this many connections; so does one worker.
    pool_size: int = 10

    # What was entered so long after it happened bears the mark of a late entry (补录): usually, and where liberty is at stake.
    late_entry_hours: float = Field(default=24.0, gt=0)
    late_entry_liberty_hours: float = Field(default=1.0, gt=0)

    # Systems outside by their ids, as JSON: {"custody-centre": {"address": "https://…", "secret": "whsec_…"}}. Others are told nothing.
    partners: dict[str, Partner] = {}
    # A message that waits so long for the one before it is a person's business: systems outside send again within minutes, and a night
    # and a working day pass in it.
    inbound_patience_hours: float = 24.0
    partners_port: int = 8001  # where `louke partners` stands in for them

    # Who signs in: demo users with a password, or the bureau's own identity provider.
    token_secret: SecretStr = SecretStr("")
    token_hours: int = 12
    oidc_issuer: str = ""
    oidc_audience: str = "louke"
    oidc_client_id: str = "louke"  # by which the provider knows our pages

    # Key ring of Temporal payloads: "id:base64key,id:base64key"; the first encrypts, all decrypt. Empty: one kept in data_dir.
    payload_keys: SecretStr = SecretStr("")

    # 32 random bytes in base64, which encrypt backups; empty: one kept in data_dir, to be copied to where backups are not. It is lost with
    # the machine otherwise, and every backup with it.
    backup_key: SecretStr = SecretStr("")

    # Traces go to this OTLP/HTTP endpoint; empty: no traces.
    otlp_endpoint: str = ""
    log_level: str = "INFO"


@cache
def settings() -> Settings:
    """The settings of this process; the environment is read at the first call."""
    return Settings()
