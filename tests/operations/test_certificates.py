"""What the parts of an installation know each other by: two issuers that do not vouch for each other, and tokens that say what one may."""

import json
import stat
from pathlib import Path

import jwt
import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from operations.certificates import certificates


@pytest.fixture
def laid(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    return tmp_path, certificates(tmp_path, "louke.example", "10.1.2.3")


def certificate(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def serves(leaf: Path, issuer: Path, name: str) -> None:
    store = Store([certificate(issuer)])
    PolicyBuilder().store(store).build_server_verifier(x509.DNSName(name)).verify(certificate(leaf), [])


def asks(leaf: Path, issuer: Path) -> None:
    PolicyBuilder().store(Store([certificate(issuer)])).build_client_verifier().verify(certificate(leaf), [])


def test_each_is_vouched_for_by_its_own_issuer(laid: tuple[Path, dict[str, str]]) -> None:
    folder, _ = laid
    serves(folder / "temporal" / "temporal.pem", folder / "client" / "ca.pem", "temporal")
    serves(folder / "temporal" / "inner.pem", folder / "temporal" / "inner-ca.pem", "temporal")
    serves(folder / "door" / "door.pem", folder / "door" / "ca.pem", "louke.example")
    for name in ("client", "admin"):
        asks(folder / name / f"{name}.pem", folder / "temporal" / "ca.pem")


def test_whoever_may_come_to_the_frontend_cannot_go_past_it(laid: tuple[Path, dict[str, str]]) -> None:
    folder, _ = laid
    for name in ("client", "admin"):
        with pytest.raises(VerificationError):
            asks(folder / name / f"{name}.pem", folder / "temporal" / "inner-ca.pem")
    assert not list((folder / "client").glob("inner*"))


def test_tokens_are_signed_by_the_key_that_the_frontend_knows_and_say_what_their_bearer_may(
    laid: tuple[Path, dict[str, str]],
) -> None:
    folder, tokens = laid
    (key,) = json.loads((folder / "temporal" / "tokens.json").read_text())["keys"]
    assert "d" not in key
    may = {}
    for name, token in tokens.items():
        assert jwt.get_unverified_header(token) == {"alg": "ES256", "kid": key["kid"], "typ": "JWT"}
        may[name] = jwt.decode(token, jwt.PyJWK(key), algorithms=["ES256"])["permissions"]
    assert may == {"louke": ["default:write"], "admin": ["temporal-system:admin"]}


def test_no_key_is_anybodys_but_its_owners(laid: tuple[Path, dict[str, str]]) -> None:
    folder, _ = laid
    keys = list(folder.rglob("*.key"))
    assert keys
    assert [file for file in keys if stat.S_IMODE(file.stat().st_mode) != 0o600] == []
    assert [each for each in folder.iterdir() if stat.S_IMODE(each.stat().st_mode) != 0o700] == []


def test_what_is_issued_anew_is_vouched_for_by_the_same_issuers(laid: tuple[Path, dict[str, str]]) -> None:
    folder, tokens = laid
    before = (folder / "client" / "client.pem").read_bytes()
    (folder / "old-ca.pem").write_bytes((folder / "temporal" / "ca.pem").read_bytes())
    assert certificates(folder)["louke"] != tokens["louke"]
    assert (folder / "client" / "client.pem").read_bytes() != before
    asks(folder / "client" / "client.pem", folder / "old-ca.pem")
