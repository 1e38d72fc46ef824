"""Process signatures: each process signs what it submits to Temporal; the receiver has the public keys alone, and can sign nothing."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from runtime.encryption import kept
from runtime.settings import SPEAKERS, Settings

API, WORKER, WATCHDOG, CLERK = SPEAKERS

_KEY_BYTES = 32


class Speaker:
    """One process, under its own key."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        """Called so, and signing with that key."""
        self.name, self._key = name, key

    @property
    def public(self) -> str:
        """The public key in base64, by which others know it."""
        return b64encode(self._key.public_key().public_bytes_raw()).decode()

    def sign(self, statement: bytes) -> str:
        """Its signature over these bytes, in base64."""
        return b64encode(self._key.sign(statement)).decode()


class Speakers:
    """Those whom we believe, each under any of its public keys (a new one is put beside the old before it is used)."""

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        """ValueError where a name is none of ours, or a key is not the 32 bytes of an Ed25519 key in base64."""
        if strangers := sorted(set(keys) - set(SPEAKERS)):
            raise ValueError(f"LOUKE_SPEAKERS names {', '.join(strangers)}, but only {', '.join(SPEAKERS)} may speak")
        self._keys = {
            name: [Ed25519PublicKey.from_public_bytes(_raw(name, each)) for each in given] for name, given in keys.items()
        }

    def verifies(self, name: str, statement: bytes, signature: str) -> bool:
        """Whether that speaker signed these bytes."""
        try:
            raw = b64decode(signature, validate=True)
        except (NotBase64, ValueError):
            return False
        return any(_verifies(key, raw, statement) for key in self._keys.get(name, ()))


NOBODY = Speakers({})


def speaker(settings: Settings, name: str) -> Speaker:
    """A process as that speaker: under the key from the settings, else under the one kept in the data directory, made at the first call."""
    given = settings.speaking_key.get_secret_value()
    raw = _raw(name, given) if given else kept(_kept_at(settings, name), _new_key)
    return Speaker(name, Ed25519PrivateKey.from_private_bytes(raw))


def speakers(settings: Settings) -> Speakers:
    """Those whom this process believes: as the settings say, else those whose keys are kept in the data directory."""
    if settings.speakers:
        return Speakers(settings.speakers)
    kept_here = settings.model_copy(update={"speaking_key": type(settings.speaking_key)("")})
    return Speakers({name: [speaker(kept_here, name).public] for name in SPEAKERS})


def once_believed(settings: Settings) -> Speakers | None:
    """Those whose word the journal may hold, under keys of today and of before; None where no public key is known, and none is made."""
    known = {name: list(keys) for name, keys in settings.speakers.items()}
    if not known:
        kept_here = settings.model_copy(update={"speaking_key": type(settings.speaking_key)("")})
        known = {name: [speaker(kept_here, name).public] for name in SPEAKERS if _kept_at(settings, name).exists()}
    for name, keys in settings.former_speakers.items():
        known.setdefault(name, []).extend(keys)
    return Speakers(known) if known else None


def new_keys() -> dict[str, tuple[str, str]]:
    """A new key for each speaker: what it alone is given, and what the others know it by, both in base64."""
    made = {name: _new_key() for name in SPEAKERS}
    return {
        name: (b64encode(raw).decode(), Speaker(name, Ed25519PrivateKey.from_private_bytes(raw)).public)
        for name, raw in made.items()
    }


def _kept_at(settings: Settings, name: str) -> Path:
    return settings.data_dir / "keys" / "speakers" / name


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def _raw(name: str, key: str) -> bytes:
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
