"""What the parts of an installation know each other by: two issuers that do not vouch for each other, and tokens that say what one may."""

import json
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from operations.certificates import DATABASES, DAYS, issue_certificates


@pytest.fixture
def laid(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    return tmp_path, issue_certificates(tmp_path, "louke.example", "10.1.2.3")


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


def test_each_database_has_a_certificate_of_its_own_name_and_nobody_of_ours_can_show_one(laid: tuple[Path, dict[str, str]]) -> None:
    folder, _ = laid
    for name in DATABASES:
        server = folder / "databases" / name / "server.pem"
        for who in ("client", "admin", "temporal"):
            serves(server, folder / who / "servers-ca.pem", name)
        for other in {*DATABASES, "temporal", "server"} - {name}:
            with pytest.raises(VerificationError):
                serves(server, folder / "client" / "servers-ca.pem", other)
    for name in ("client", "admin"):
        with pytest.raises(VerificationError):
            serves(folder / name / f"{name}.pem", folder / "client" / "servers-ca.pem", name)
    issue_certificates(folder, databases=("10.1.2.3",))
    found = certificate(folder / "databases" / "10.1.2.3" / "server.pem").extensions
    names = found.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(each) for each in names.get_values_for_type(x509.IPAddress)] == ["10.1.2.3"]


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
    assert [each for each in folder.rglob("*") if each.is_dir() and stat.S_IMODE(each.stat().st_mode) != 0o700] == []


def test_what_is_issued_anew_is_vouched_for_by_the_same_issuers(laid: tuple[Path, dict[str, str]]) -> None:
    folder, tokens = laid
    before = (folder / "client" / "client.pem").read_bytes()
    (folder / "old-ca.pem").write_bytes((folder / "temporal" / "ca.pem").read_bytes())
    assert issue_certificates(folder)["louke"] != tokens["louke"]
    assert (folder / "client" / "client.pem").read_bytes() != before
    asks(folder / "client" / "client.pem", folder / "old-ca.pem")


def test_whoever_repeats_it_renews_all_that_was_laid(tmp_path: Path) -> None:
    issue_certificates(tmp_path, "louke.example", "10.1.2.3", databases=("one.example", "10.1.2.4"), days=1)
    issue_certificates(tmp_path)
    ends = {file: certificate(file).not_valid_after_utc for file in tmp_path.rglob("*.pem")}
    assert {file for file, end in ends.items() if end < datetime.now(UTC) + timedelta(days=DAYS - 1)} == set()
    for host in ("louke.example", "door"):
        serves(tmp_path / "door" / "door.pem", tmp_path / "door" / "ca.pem", host)
    serves(tmp_path / "databases" / "one.example" / "server.pem", tmp_path / "client" / "servers-ca.pem", "one.example")
    assert sorted(each.name for each in (tmp_path / "databases").iterdir()) == ["10.1.2.4", "one.example"]


def test_all_of_it_holds_for_so_many_days(tmp_path: Path) -> None:
    tokens = issue_certificates(tmp_path, "louke.example", days=7)
    until = datetime.now(UTC) + timedelta(days=7)
    ends = {file: certificate(file).not_valid_after_utc for file in tmp_path.rglob("*.pem") if not file.stem.endswith("ca")}
    issued = {file: end for file, end in ends.items() if file.parent.name != "issuers"}
    assert len(issued) == 8
    ends_of_tokens = [jwt.decode(each, options={"verify_signature": False})["exp"] for each in tokens.values()]
    for end in (*issued.values(), *(datetime.fromtimestamp(each, UTC) for each in ends_of_tokens)):
        assert abs(end - until) < timedelta(minutes=5)


def test_after_a_theft_nothing_is_believed_that_was_issued_before(laid: tuple[Path, dict[str, str]]) -> None:
    folder, tokens = laid
    shutil.copytree(folder, stolen := folder.parent / "stolen")
    issue_certificates(folder, "louke.example", anew=True)
    asks(folder / "client" / "client.pem", folder / "temporal" / "ca.pem")
    for name, server, issuer in (
        ("temporal", "temporal/temporal.pem", "client/ca.pem"),
        ("temporal", "temporal/inner.pem", "temporal/inner-ca.pem"),
        ("postgres", "databases/postgres/server.pem", "client/servers-ca.pem"),
        ("api", "api/api.pem", "door/servers-ca.pem"),
        ("louke.example", "door/door.pem", "door/ca.pem"),
    ):
        serves(folder / server, folder / issuer, name)
        with pytest.raises(VerificationError):
            serves(stolen / server, folder / issuer, name)
    for name in ("client", "admin"):
        with pytest.raises(VerificationError):
            asks(stolen / name / f"{name}.pem", folder / "temporal" / "ca.pem")
    (key,) = json.loads((folder / "temporal" / "tokens.json").read_text())["keys"]
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(tokens["louke"], jwt.PyJWK(key), algorithms=["ES256"])
