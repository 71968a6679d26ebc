"""The office's own certificate authority and the certificate its server shows.

The authority may speak for private addresses and .local names alone (name constraints): a key stolen from the office
PC opens no bank. Keys are written for this account of the computer only. Times are UTC.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from bersinar.config.shape import LOOPBACK, OFFICE_NETWORKS

AUTHORITY_YEARS = 10
# Phones refuse certificates that are good for longer than this.
SERVER_DAYS = 397
RENEW_DAYS = 30
_BEFORE = timedelta(days=1)  # a phone whose clock is a little behind


@dataclass(frozen=True, slots=True)
class Files:
    """Where the authority and the certificate lie."""

    folder: Path

    @property
    def authority(self) -> Path:
        return self.folder / "otoritas.pem"

    @property
    def authority_key(self) -> Path:
        return self.folder / "otoritas.key"

    @property
    def server(self) -> Path:
        return self.folder / "server.pem"

    @property
    def server_key(self) -> Path:
        return self.folder / "server.key"


def prepare(folder: Path, names: Sequence[str], *, now: datetime | None = None) -> Files:
    """The authority, made once, and a certificate for these names and this computer itself, good for another month."""
    names = (*names, *LOOPBACK)
    now = now or datetime.now(UTC)
    folder.mkdir(mode=0o700, exist_ok=True)
    files = Files(folder)
    # The certificate is written last: without it the key beside it was never handed to anybody.
    if not files.authority.exists():
        _make_authority(files, now)
    if not _is_good(files, names, now):
        _make_server(files, names, now)
    return files


def authority_of(folder: Path) -> x509.Certificate:
    """The certificate that phones are asked to trust."""
    return x509.load_pem_x509_certificate(Files(folder).authority.read_bytes())


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 as phones show it: pairs of hexadecimal digits."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def as_file(certificate: x509.Certificate) -> bytes:
    """What a phone installs (DER, .crt)."""
    return certificate.public_bytes(serialization.Encoding.DER)


def names_of(certificate: x509.Certificate) -> list[str]:
    """The addresses and names a server's certificate stands for."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(one.value) for one in names]


def _is_good(files: Files, names: Sequence[str], now: datetime) -> bool:
    if not (files.server.exists() and files.server_key.exists()):
        return False
    chain = x509.load_pem_x509_certificates(files.server.read_bytes())
    server, issuer = chain[0], authority_of(files.folder)
    key = serialization.load_pem_private_key(files.server_key.read_bytes(), password=None)
    return (
        chain[-1] == issuer
        and server.public_key() == key.public_key()
        and set(names_of(server)) == set(names)
        and server.not_valid_before_utc <= now
        and server.not_valid_after_utc - now > timedelta(days=RENEW_DAYS)
    )


def _make_authority(files: Files, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    # The number tells two offices' authorities apart in a phone's list.
    name = _subject(f"Bersinar {x509.random_serial_number() % 10**6:06d}")
    networks = (*OFFICE_NETWORKS, ipaddress.IPv4Network("127.0.0.0/8"))
    permitted: list[x509.GeneralName] = [x509.IPAddress(network) for network in networks]
    permitted += [x509.DNSName("local"), x509.DNSName("localhost")]
    made = (
        _builder(name, name, key.public_key(), now, timedelta(days=365 * AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _keep(files.authority_key, _private(key))
    _keep(files.authority, made.public_bytes(serialization.Encoding.PEM))


def _make_server(files: Files, names: Sequence[str], now: datetime) -> None:
    issuer = authority_of(files.folder)
    issuer_key = serialization.load_pem_private_key(files.authority_key.read_bytes(), password=None)
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is of another kind")
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        _builder(_subject("Bersinar"), issuer.subject, key.public_key(), now, timedelta(days=SERVER_DAYS))
        .add_extension(x509.SubjectAlternativeName([_general(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .sign(issuer_key, hashes.SHA256())
    )
    _keep(files.server_key, _private(key))
    chain = (made, issuer)
    _keep(files.server, b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, good_for: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now - _BEFORE + good_for)
    )


def _subject(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _keep(path: Path, content: bytes) -> None:
    """Beside it, closed to others from the first byte, synced, then renamed."""
    beside = path.with_name(f".{path.name}.baru")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
