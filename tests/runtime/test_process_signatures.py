"""Each process signs under its own key; who listens knows them by their public keys, and by nothing else."""

from base64 import b64encode
from pathlib import Path

import pytest
from pydantic import SecretStr

from runtime.process_signatures import API, SPEAKERS, WATCHDOG, Speakers, load_speaker, load_speakers, make_keys
from runtime.settings import Settings


def test_whoever_shares_a_data_directory_is_believed_from_the_first_moment(tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path)
    believed = load_speakers(here)  # a worker may be the first to start
    for name in SPEAKERS:
        assert believed.verifies(name, b"said", load_speaker(here, name).sign(b"said"))
        assert (tmp_path / "keys" / "speakers" / name).stat().st_mode & 0o777 == 0o600


def test_nobody_speaks_for_another_nor_says_another_thing(tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path)
    signature, believed = load_speaker(here, WATCHDOG).sign(b"said"), load_speakers(here)
    assert believed.verifies(WATCHDOG, b"said", signature)
    assert not believed.verifies(API, b"said", signature)
    assert not believed.verifies(WATCHDOG, b"something else", signature)
    for broken in ("", "—", "AAAA", signature[:-4]):
        assert not believed.verifies(WATCHDOG, b"said", broken)
    assert not Speakers({}).verifies(WATCHDOG, b"said", signature)


def test_who_is_given_public_keys_alone_believes_them_and_can_sign_nothing(tmp_path: Path) -> None:
    made = make_keys()
    secret, public = made[API]
    api = load_speaker(Settings(data_dir=tmp_path / "api", speaking_key=SecretStr(secret)), API)
    worker = Settings(data_dir=tmp_path / "worker", speakers={API: [public]})
    assert load_speakers(worker).verifies(API, b"said", api.sign(b"said"))
    assert not (tmp_path / "worker").exists(), "no key of anybody's is kept where the public ones are given"
    assert secret not in str(worker)


def test_a_key_is_changed_by_putting_the_new_one_beside_the_old(tmp_path: Path) -> None:
    (old, old_public), (new, new_public) = make_keys()[API], make_keys()[API]
    believed = Speakers({API: [new_public, old_public]})
    for secret in (old, new):
        assert believed.verifies(
            API, b"said", load_speaker(Settings(data_dir=tmp_path, speaking_key=SecretStr(secret)), API).sign(b"said")
        )
    assert not Speakers({API: [new_public]}).verifies(
        API, b"said", load_speaker(Settings(data_dir=tmp_path, speaking_key=SecretStr(old)), API).sign(b"said")
    )


@pytest.mark.parametrize("key", ["", "short", "A" * 43, b64encode(bytes(31)).decode(), b64encode(bytes(33)).decode()])
def test_what_is_no_key_is_refused_when_it_is_read_and_not_repeated(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="the key of api is not 32 bytes in base64") as refused:
        Speakers({API: [key]})
    if key:
        assert key not in str(refused.value)
        with pytest.raises(ValueError, match="32") as refused:
            load_speaker(Settings(data_dir=tmp_path, speaking_key=SecretStr(key)), API)
        assert key not in str(refused.value)


def test_a_name_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="names somebody"):
        Speakers({"somebody": []})
