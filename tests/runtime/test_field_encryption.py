"""Keys of veiled fields: wrapped by the ring, each for one holder; a value opens at its own place alone."""

import secrets

import pytest

from runtime.encryption import KeyRing, Unreadable
from runtime.field_encryption import hash_keyed, make_wrapped_key, open_field, rewrap_key, seal_field, unwrap_key


def test_a_value_opens_under_its_key_at_its_place_and_nowhere_else() -> None:
    old = KeyRing([("old", secrets.token_bytes(32))])
    wrapped = make_wrapped_key(old, "LX1")
    key = unwrap_key(old, "LX1", "old", wrapped)
    sealed = seal_field(key, "韩素芬", "LX1/open-letter/writer_name")
    assert open_field(key, sealed, "LX1/open-letter/writer_name") == "韩素芬"
    with pytest.raises(Unreadable):
        open_field(key, sealed, "LX1/open-letter/writer_phone")
    with pytest.raises(Unreadable):
        unwrap_key(old, "LX2", "old", wrapped)


def test_a_key_is_wrapped_anew_and_stays_the_same() -> None:
    shared = ("old", secrets.token_bytes(32))
    old, both = KeyRing([shared]), KeyRing([("new", secrets.token_bytes(32)), shared])
    wrapped = make_wrapped_key(old, "LX1")
    again = rewrap_key(both, "LX1", "old", wrapped)
    assert unwrap_key(both, "LX1", "new", again) == unwrap_key(old, "LX1", "old", wrapped)


def test_a_hash_says_nothing_to_who_lacks_the_key() -> None:
    assert hash_keyed(b"a" * 32, "韩素芬") != hash_keyed(b"b" * 32, "韩素芬")
