"""Certificates and tokens by which the parts of an installation authenticate each other, where the bureau has no issuer of its own.

Temporal has two issuers, so that a client of its frontend cannot connect to the services behind it, which check no token: `inner` for the
server's own processes, `outer` for the frontend and its clients. A client also shows a token that says what it may do in which namespace;
the frontend verifies it by a public key. A third issuer, `servers`, is for servers whose clients authenticate by password or token:
PostgreSQL, and the API behind its proxy.
"""

import json
import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from jwt.algorithms import ECAlgorithm

# The name in the server's certificates, whatever machine it runs on.
TEMPORAL = "temporal"
# The name in the API's certificate, by which its door knows it.
API = "api"
# The servers of the databases, as docker-compose.yml calls them.
DATABASES = ("postgres", "temporal-postgres")
# What each may do at Temporal, as its authorizer reads it.
PERMISSIONS = {"louke": ("default:write",), "admin": ("temporal-system:admin",)}

# A certificate that is stolen serves its thief no longer than this, and whoever renews them does so often enough to know how.
DAYS = 90
_ISSUER_LASTS = timedelta(days=3650)
# A machine whose clock is a little behind takes it too.
_BEFORE = timedelta(hours=1)


class Issued(NamedTuple):
    """A certificate and its key, as PEM files."""

    cert: Path
    key: Path


class Issuer:
    """An issuer of certificates for one installation, whose own certificate and key are kept in a folder."""

    def __init__(self, folder: Path, name: str, days: int = DAYS) -> None:
        """In that folder under that name, made at the first call; what it issues is valid for so many days."""
        self._lasts = timedelta(days=days)
        self.own = Issued(folder / f"{name}.pem", folder / f"{name}.key")
        if not self.own.key.exists():
            key, subject = generate_private_key(SECP256R1()), _build_name(name)
            _keep(self.own, _sign_certificate(subject, key, (subject, key), _ISSUER_LASTS, ()), key)
        found = load_pem_private_key(self.own.key.read_bytes(), password=None)
        assert isinstance(found, EllipticCurvePrivateKey)
        self._key = found
        self._name = x509.load_pem_x509_certificate(self.own.cert.read_bytes()).subject

    def issue(self, folder: Path, name: str, *hosts: str, file: str = "") -> Issued:
        """Issue a certificate into that folder, for that name and those hosts (names or addresses).

        The file is called as it is, unless said otherwise.
        """
        key, called = generate_private_key(SECP256R1()), file or name
        issued = Issued(folder / f"{called}.pem", folder / f"{called}.key")
        _keep(issued, _sign_certificate(_build_name(name), key, (self._name, self._key), self._lasts, (name, *hosts)), key)
        return issued


def issue_certificates(
    folder: Path, *hosts: str, databases: Sequence[str] = (), days: int = DAYS, anew: bool = False
) -> dict[str, str]:
    """Write each part's certificates and tokens into a folder of its own, issued anew by the same issuers; returns the tokens.

    `hosts` are the names and addresses of the proxy, `databases` those of each PostgreSQL; without them, those of before. All of it is
    valid for so many `days`. Where something was lost or stolen, issuers and token key are made `anew`: whoever has the new ones accepts
    nothing issued before. Keep `issuers` away from the running machines.
    """
    issuers = _make_folder(folder / "issuers")
    for old in list(issuers.iterdir()) if anew else ():
        old.unlink()
    inner, outer, servers, door = (Issuer(issuers, name, days) for name in ("inner", "outer", "servers", "door"))
    server = _make_folder(folder / "temporal")
    inner.issue(server, "inner", TEMPORAL)
    outer.issue(server, TEMPORAL, "localhost", "127.0.0.1")
    (server / "inner-ca.pem").write_bytes(inner.own.cert.read_bytes())
    bearers = _load_token_key(issuers)
    (server / "tokens.json").write_text(json.dumps({"keys": [_build_public_key(bearers)]}))
    for name in ("client", "admin"):
        outer.issue(_make_folder(folder / name), name)
    for name in ("temporal", "client", "admin"):
        (folder / name / "ca.pem").write_bytes(outer.own.cert.read_bytes())
    for name in databases or _list_databases(folder / "databases"):
        servers.issue(_make_folder(_make_folder(folder / "databases") / name), name, file="server")
    servers.issue(_make_folder(folder / "api"), API, "localhost", "127.0.0.1")
    for name in ("temporal", "client", "admin", "api", "door"):
        (_make_folder(folder / name) / "servers-ca.pem").write_bytes(servers.own.cert.read_bytes())
    if reached := hosts or _list_hosts(folder / "door"):
        door.issue(folder / "door", "door", *reached)
        (folder / "door" / "ca.pem").write_bytes(door.own.cert.read_bytes())
    return {name: _build_token(bearers, name, may, timedelta(days=days)) for name, may in PERMISSIONS.items()}


def _list_databases(folder: Path) -> Sequence[str]:
    """The servers that have been issued certificates; at first, those of the containers."""
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else DATABASES


def _list_hosts(door: Path) -> list[str]:
    """The hosts of the proxy's certificate, if it was issued here."""
    if not (door / "ca.pem").exists():
        return []
    shown = x509.load_pem_x509_certificate((door / "door.pem").read_bytes())
    return [str(each.value) for each in shown.extensions.get_extension_for_class(x509.SubjectAlternativeName).value][1:]


def _make_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _build_name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _sign_certificate(
    subject: x509.Name,
    key: EllipticCurvePrivateKey,
    by: tuple[x509.Name, EllipticCurvePrivateKey],
    lasts: timedelta,
    hosts: tuple[str, ...],
) -> x509.Certificate:
    now, serves = datetime.now(UTC), bool(hosts)
    issuer, signing = by
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - _BEFORE).not_valid_after(now + lasts)
    builder = builder.add_extension(x509.BasicConstraints(ca=not serves, path_length=None if serves else 0), critical=True)
    # Verifiers that go by the letter of RFC 5280 want to see whose key signed it.
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    builder = builder.add_extension(issued_by, critical=False)
    builder = builder.add_extension(_build_usage(issues=not serves), critical=True)
    if serves:
        builder = builder.add_extension(x509.SubjectAlternativeName([_build_host_name(each) for each in hosts]), critical=False)
        both = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
        builder = builder.add_extension(both, critical=False)
    return builder.sign(signing, SHA256())


def _build_usage(*, issues: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not issues,
        key_cert_sign=issues,
        crl_sign=issues,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _build_host_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _keep(issued: Issued, certificate: x509.Certificate, key: EllipticCurvePrivateKey) -> None:
    issued.cert.write_bytes(certificate.public_bytes(Encoding.PEM))
    _write_private(issued.key, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _write_private(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read at any time."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
        new.write(content)


def _load_token_key(folder: Path) -> EllipticCurvePrivateKey:
    """The key that signs tokens."""
    file = folder / "tokens.key"
    if not file.exists():
        new = generate_private_key(SECP256R1())
        _write_private(file, new.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    found = load_pem_private_key(file.read_bytes(), password=None)
    assert isinstance(found, EllipticCurvePrivateKey)
    return found


def _build_public_key(key: EllipticCurvePrivateKey) -> dict[str, str]:
    jwk = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**jwk, "kid": _compute_kid(key), "alg": "ES256", "use": "sig"}


def _compute_kid(key: EllipticCurvePrivateKey) -> str:
    return x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest.hex()[:16]


def _build_token(key: EllipticCurvePrivateKey, bearer: str, may: tuple[str, ...], lasts: timedelta) -> str:
    now = datetime.now(UTC)
    claims = {"sub": bearer, "iat": now - _BEFORE, "exp": now + lasts, "permissions": may, "jti": secrets.token_hex(8)}
    return jwt.encode(claims, key, algorithm="ES256", headers={"kid": _compute_kid(key)})
