"""Whoever rewrites the sealed heads is found out, and told where."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from runtime import seals
from runtime.seals import Head, SealBroken, Sealer, hash_sm3, is_torn, load_signing_key, read

KEY = Ed25519PrivateKey.generate()
ROUNDS = [[Head("criminal-case/A1", 3, "aa" * 32)], [Head("criminal-case/A1", 5, "bb" * 32), Head("suspect/甲", 1, "cc" * 32)], []]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "heads" / "heads.jsonl"
    for heads in ROUNDS:
        Sealer(path, KEY).append(heads)
    return path


def reason(path: Path) -> str:
    with pytest.raises(SealBroken) as broken:
        list(read(path, KEY.public_key()))
    return str(broken.value)


def rewrite(path: Path, number: int, old: str, new: str) -> None:
    lines = path.read_text().splitlines(keepends=True)
    assert old in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(old, new)
    path.write_text("".join(lines))


def test_sm3_is_the_standards_own_example() -> None:
    assert hash_sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_what_was_sealed_is_read_in_order(path: Path) -> None:
    assert [list(seal.heads) for seal in read(path, KEY.public_key())] == ROUNDS


def test_appending_tells_the_hash_that_anchors_the_end(path: Path) -> None:
    newest = Sealer(path, KEY).append([])
    assert [seal.hash for seal in read(path, KEY.public_key())][-1] == newest


@pytest.mark.parametrize("piece", [1, 7, 300, 64 * 1024])
def test_seals_are_read_backwards_whatever_their_length_and_one_that_was_torn_is_none(
    path: Path, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "_TAIL", piece)
    oldest_first = list(read(path, KEY.public_key()))
    with path.open("ab") as file:
        file.write(b'{"at": "2026-11-')
    assert list(seals.read_backwards(path)) == oldest_first[::-1]
    assert seals.find_newest(path) == oldest_first[-1]


def test_an_altered_head_is_found(path: Path) -> None:
    rewrite(path, 3, '"heads":[]', '"heads":[["x",1,"aa"]]')
    assert reason(path).startswith("line 3 does not bear the signature")


def test_an_altered_line_in_the_middle_is_found_at_that_line(path: Path) -> None:
    rewrite(path, 2, "criminal-case/A1", "criminal-case/A2")
    assert reason(path).startswith("line 2 does not bear the signature")


def test_a_changed_signature_encoding_breaks_the_chain(path: Path) -> None:
    line = json.loads(path.read_text().splitlines()[0])
    rewrite(path, 1, line["signature"], line["signature"].upper())
    assert reason(path).startswith("line 2 does not follow line 1")


@pytest.mark.parametrize(("kept", "line"), [([2, 3], 1), ([1, 3], 2), ([2, 1, 3], 1), ([1, 1, 2, 3], 2)])
def test_a_removed_exchanged_or_repeated_line_is_found(path: Path, kept: list[int], line: int) -> None:
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[number - 1] for number in kept))
    assert reason(path).startswith(f"line {line} does not follow line {line - 1}")


def test_a_line_signed_by_somebody_else_is_found(path: Path) -> None:
    Sealer(path, Ed25519PrivateKey.generate()).append([])
    assert reason(path).startswith("line 4 does not bear the signature")


@pytest.mark.parametrize(
    "line", ["not json", "[]", "{}", "7", '{"at":"now","heads":[],"previous":"","signature":""}', '{"signature":7}']
)
def test_a_line_that_is_no_seal_is_named(path: Path, line: str) -> None:
    with path.open("a") as file:
        file.write(line + "\n")
    assert reason(path) == "line 4 is not a seal"


def test_a_missing_file_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    assert "no file of seals" in reason(tmp_path / "none")


def test_whole_lines_cut_off_the_end_are_noticed_only_by_the_hash_kept_elsewhere(path: Path) -> None:
    newest = [seal.hash for seal in read(path, KEY.public_key())][-1]
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    assert newest not in [seal.hash for seal in read(path, KEY.public_key())]


def test_a_line_left_unfinished_by_a_crash_is_no_tampering_and_the_next_seal_replaces_it(path: Path) -> None:
    whole = path.read_bytes()
    assert not is_torn(path)
    path.write_bytes(whole + b'{"at":"2026-')
    assert is_torn(path)
    assert [list(seal.heads) for seal in read(path, KEY.public_key())] == ROUNDS
    Sealer(path, KEY).append(ROUNDS[0])
    assert path.read_bytes().startswith(whole)
    assert [list(seal.heads) for seal in read(path, KEY.public_key())] == [*ROUNDS, ROUNDS[0]]


def test_a_first_line_left_unfinished_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "heads.jsonl"
    path.write_bytes(b'{"at"')
    Sealer(path, KEY).append(ROUNDS[0])
    assert [list(seal.heads) for seal in read(path, KEY.public_key())] == [ROUNDS[0]]


def test_a_seal_longer_than_the_piece_read_from_the_end_is_followed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "_TAIL", 7)
    Sealer(path, KEY).append(ROUNDS[1])
    assert len(list(read(path, KEY.public_key()))) == 4


def test_seals_appended_at_once_form_one_chain(path: Path) -> None:
    with ThreadPoolExecutor(8) as processes:
        list(processes.map(lambda _: Sealer(path, KEY).append(ROUNDS[0]), range(24)))
    assert len(list(read(path, KEY.public_key()))) == len(ROUNDS) + 24


@limits(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(position=st.integers(0), bit=st.integers(0, 7))
def test_a_single_altered_bit_anywhere_is_found(path: Path, position: int, bit: int) -> None:
    whole = path.read_bytes()
    altered = bytearray(whole)
    altered[position % len(altered)] ^= 1 << bit
    path.write_bytes(altered)
    try:
        assert _altered_is_found(path, [seal.hash for seal in _seals(whole, path.with_name("whole"))][-1])
    finally:
        path.write_bytes(whole)


def _seals(whole: bytes, path: Path) -> list[seals.Seal]:
    path.write_bytes(whole)
    return list(read(path, KEY.public_key()))


def _altered_is_found(path: Path, newest: str) -> bool:
    try:
        return [seal.hash for seal in read(path, KEY.public_key())][-1] != newest
    except SealBroken:
        return True


def test_the_signing_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first, second = load_signing_key(tmp_path), load_signing_key(tmp_path)
    assert first.public_key().public_bytes_raw() == second.public_key().public_bytes_raw()
    assert (tmp_path / "keys" / "heads.pem").stat().st_mode & 0o777 == 0o600
