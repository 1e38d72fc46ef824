"""Query codes (查询码): what a citizen without an account says to hear how their matter stands; of each only a keyed hash is kept.

A code is made of the number and of what was asked for, so that whoever asks for the same again gets the same, and it need be written down
nowhere. Keys come from the ring of passwords: whoever has the database alone can neither make a code nor guess at a hash.
"""

from collections.abc import Iterable

from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA256, SM3
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from runtime.encryption import load_keys
from runtime.settings import Settings

# Nobody reads one for another: no 0 and O, no 1 and I.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8
_NOTHING = "none:00"


class QueryCodes:
    """Makes codes under the first of several keys, and knows again those of all."""

    def __init__(self, keys: Iterable[tuple[str, bytes]]) -> None:
        """Derive keys of its own from these."""
        self._keys = {key_id: HKDF(SHA256(), 32, None, b"query codes of citizens").derive(key) for key_id, key in keys}
        self._first = next(iter(self._keys))

    def make_code(self, number: str, asked: str) -> str:
        """The code of that matter for whoever asked thus: eight characters, 40 bits."""
        digest = self._compute_mac(self._first, "code", number, asked)
        bits = int.from_bytes(digest[:LENGTH])
        return "".join(_LETTERS[bits >> 5 * n & 31] for n in range(LENGTH))

    def compute_hash(self, number: str, code: str) -> str:
        """What is kept of a code: `key:hash`, by SM3 under a key, of this matter alone."""
        return f"{self._first}:{self._compute_mac(self._first, 'hash', number, code).hex()}"

    def is_code(self, number: str, code: str, kept: str | None) -> bool:
        """Whether that is the code of which this was kept; nothing kept (None) takes as long and is never it."""
        key_id, _, mac = (kept or _NOTHING).partition(":")
        known = key_id if key_id in self._keys else self._first
        reckoned = self._compute_mac(known, "hash", number, code)
        return bytes_eq(reckoned.hex().encode(), mac.encode()) and known == key_id

    def _compute_mac(self, key_id: str, *said: str) -> bytes:
        mac = HMAC(self._keys[key_id], SM3())
        # Neither a number nor a key has a NUL in it: no two read the same.
        mac.update("\0".join(said).encode(errors="surrogatepass"))
        return mac.finalize()


def fold_code(typed: str) -> str:
    """A code as it is compared, however somebody typed it: in capitals, without what stands between."""
    return "".join(each for each in typed.upper() if each in _LETTERS)


def load_query_codes(settings: Settings) -> QueryCodes:
    """Under the secrets that also go into passwords."""
    return QueryCodes(load_keys(settings.password_keys, settings.data_dir / "keys" / "passwords"))
