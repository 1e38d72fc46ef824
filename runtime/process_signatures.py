"""Process signatures: each process signs what it submits to Temporal; the receiver has only public keys, and can sign nothing."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from runtime.encryption import keep_secret
from runtime.settings import SPEAKERS, Settings

API, WORKER, WATCHDOG, CLERK = SPEAKERS

_KEY_BYTES = 32


class Speaker:
    """One of our processes with its own signing key."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        """The process of that name, with that key."""
        self.name, self._key = name, key

    @property
    def public(self) -> str:
        """Its public key in base64."""
        return b64encode(self._key.public_key().public_bytes_raw()).decode()

    def sign(self, statement: bytes) -> str:
        """The signature of these bytes in base64."""
        return b64encode(self._key.sign(statement)).decode()


class Speakers:
    """The public keys of the processes that are trusted; a new key is added before it is used, so that both are accepted."""

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        """ValueError for a name that is none of our processes, or a key that is not 32 bytes in base64 (Ed25519)."""
        if strangers := sorted(set(keys) - set(SPEAKERS)):
            raise ValueError(f"LOUKE_SPEAKERS names {', '.join(strangers)}, but only {', '.join(SPEAKERS)} may speak")
        self._keys = {
            name: [Ed25519PublicKey.from_public_bytes(_parse_key(name, each)) for each in given] for name, given in keys.items()
        }

    def verifies(self, name: str, statement: bytes, signature: str) -> bool:
        """Whether the process of that name signed these bytes."""
        try:
            raw = b64decode(signature, validate=True)
        except (NotBase64, ValueError):
            return False
        return any(_verifies(key, raw, statement) for key in self._keys.get(name, ()))


def load_speaker(settings: Settings, name: str) -> Speaker:
    """That process with its key: from the settings, else from the data directory, where it is made at the first call."""
    given = settings.speaking_key.get_secret_value()
    raw = _parse_key(name, given) if given else keep_secret(_get_key_file(settings, name), _make_key)
    return Speaker(name, Ed25519PrivateKey.from_private_bytes(raw))


def load_speakers(settings: Settings) -> Speakers:
    """The processes that this one trusts: by the settings, else those whose keys are in the data directory."""
    if settings.speakers:
        return Speakers(settings.speakers)
    kept_here = settings.model_copy(update={"speaking_key": type(settings.speaking_key)("")})
    return Speakers({name: [load_speaker(kept_here, name).public] for name in SPEAKERS})


def load_current_and_former_speakers(settings: Settings) -> Speakers | None:
    """The processes whose signatures the journal may contain, under present and former keys; None where no public key is known."""
    known = {name: list(keys) for name, keys in settings.speakers.items()}
    if not known:
        kept_here = settings.model_copy(update={"speaking_key": type(settings.speaking_key)("")})
        known = {name: [load_speaker(kept_here, name).public] for name in SPEAKERS if _get_key_file(settings, name).exists()}
    for name, keys in settings.former_speakers.items():
        known.setdefault(name, []).extend(keys)
    return Speakers(known) if known else None


def make_keys() -> dict[str, tuple[str, str]]:
    """A new key for each process: its private key, and the public key for the others, both in base64."""
    made = {name: _make_key() for name in SPEAKERS}
    return {
        name: (b64encode(raw).decode(), Speaker(name, Ed25519PrivateKey.from_private_bytes(raw)).public)
        for name, raw in made.items()
    }


def _get_key_file(settings: Settings, name: str) -> Path:
    return settings.data_dir / "keys" / "speakers" / name


def _make_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def _parse_key(name: str, key: str) -> bytes:
    try:
        raw = b64decode(key, validate=True)
    except (NotBase64, ValueError):
        raw = b""
    if len(raw) != _KEY_BYTES:
        raise ValueError(f"the key of {name} is not {_KEY_BYTES} bytes in base64")
    return raw


def _verifies(key: Ed25519PublicKey, signature: bytes, statement: bytes) -> bool:
    try:
        key.verify(signature, statement)
    except InvalidSignature:
        return False
    return True
