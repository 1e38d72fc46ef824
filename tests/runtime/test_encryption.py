"""The key ring opens what it closed, and says in words why it does not open the rest."""

import os
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from runtime.encryption import KeyRing, Unreadable, keep_secret, load_key_ring
from runtime.settings import Settings

OLD, NEW = ("2026-01", b"o" * 32), ("2026-07", b"n" * 32)


@given(st.binary(max_size=5000))
def test_what_was_encrypted_is_decrypted(plain: bytes) -> None:
    ring = KeyRing([NEW])
    sealed = ring.encrypt(plain)
    assert ring.decrypt(ring.key_id, sealed) == plain
    assert ring.encrypt(plain) != sealed


@given(st.integers(0), st.integers(0, 7))
def test_a_single_altered_bit_is_noticed(position: int, bit: int) -> None:
    ring = KeyRing([NEW])
    sealed = bytearray(ring.encrypt("犯罪嫌疑人".encode()))
    sealed[position % len(sealed)] ^= 1 << bit
    with pytest.raises(Unreadable, match="altered"):
        ring.decrypt(ring.key_id, bytes(sealed))


@pytest.mark.parametrize("length", [0, 5, 12, 20])
def test_a_cut_ciphertext_is_unreadable(length: int) -> None:
    ring = KeyRing([NEW])
    with pytest.raises(Unreadable):
        ring.decrypt(ring.key_id, ring.encrypt(b"text")[:length])


def test_after_rotation_the_new_key_encrypts_and_the_old_one_still_decrypts() -> None:
    before, after = KeyRing([OLD]), KeyRing([NEW, OLD])
    assert after.decrypt("2026-01", before.encrypt(b"of January")) == b"of January"
    assert after.key_id == "2026-07"
    with pytest.raises(Unreadable, match="'2026-07', but the ring has only 2026-01"):
        before.decrypt(after.key_id, after.encrypt(b"of July"))


def test_the_key_id_is_bound_to_the_ciphertext() -> None:
    ring = KeyRing([("a", b"k" * 32), ("b", b"k" * 32)])
    with pytest.raises(Unreadable, match="'b' does not open"):
        ring.decrypt("b", ring.encrypt(b"text"))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "entry 1"),
        ("only-an-id", "entry 1"),
        (f"a:{b64encode(b'k' * 32).decode()},b:%%%", "entry 2"),
        (f"a:{b64encode(b'k' * 16).decode()}", "16 bytes instead of 32"),
        (",".join([f"a:{b64encode(b'k' * 32).decode()}"] * 2), "an id of its own"),
    ],
)
def test_a_wrong_key_ring_is_refused_by_entry_without_repeating_a_key(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as refused:
        KeyRing.parse(text)
    assert b64encode(b"k" * 8).decode()[:6] not in str(refused.value)


def test_the_ring_of_the_settings_comes_before_the_kept_one(tmp_path: Path) -> None:
    ring = load_key_ring(Settings(data_dir=tmp_path, payload_keys=SecretStr(f"given:{b64encode(bytes(range(32))).decode()}")))
    assert ring.key_id == "given"
    assert not list(tmp_path.iterdir())


def test_a_ring_is_made_once_and_found_again(tmp_path: Path) -> None:
    first, second = (load_key_ring(Settings(data_dir=tmp_path, payload_keys=SecretStr(""))) for _ in range(2))
    assert second.decrypt(first.key_id, first.encrypt(b"text")) == b"text"


def test_a_kept_secret_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "secret"
    keep_secret(path, lambda: b"s")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    path.chmod(0o644)
    with pytest.raises(PermissionError, match="chmod 600"):
        keep_secret(path, lambda: b"s")


def test_processes_that_start_together_keep_the_same_secret(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "secret"
    with ThreadPoolExecutor(8) as processes:
        secrets = set(processes.map(lambda _: keep_secret(path, lambda: os.urandom(16)), range(32)))
    assert len(secrets) == 1
    assert [one.name for one in path.parent.iterdir()] == ["secret"]


def test_no_folder_that_is_made_for_a_secret_can_be_looked_into_by_others(tmp_path: Path) -> None:
    keep_secret(tmp_path / "keys" / "sandbox" / "procuratorate", lambda: b"secret")
    assert [(tmp_path / folder).stat().st_mode & 0o077 for folder in ("keys", "keys/sandbox")] == [0, 0]
