"""The office's authority is made once, speaks for the office's network alone, and renews what grows old."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from bersinar.upkeep.lan import authority

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NAMES = ["192.168.1.10", "kantor.local"]


def server_of(files):
    return x509.load_pem_x509_certificate(files.server.read_bytes())


@pytest.fixture
def files(tmp_path):
    return authority.prepare(tmp_path / "jaringan", NAMES, now=NOW)


def trusted(files, name, at=NOW):
    chain = x509.load_pem_x509_certificates(files.server.read_bytes())
    subject = x509.DNSName(name) if name.endswith(("local", "localhost", "id")) else x509.IPAddress(_ip(name))
    builder = PolicyBuilder().store(Store([authority.authority_of(files.folder)])).time(at)
    return builder.build_server_verifier(subject).verify(chain[0], chain[1:])


def _ip(text):
    import ipaddress

    return ipaddress.ip_address(text)


@pytest.mark.parametrize("name", [*NAMES, "127.0.0.1", "localhost"])
def test_whoever_trusts_the_authority_trusts_the_server(files, name):
    assert trusted(files, name)


@pytest.mark.parametrize("name", ["192.168.1.11", "lain.local", "bank.co.id"])
def test_it_stands_for_no_other_name(files, name):
    with pytest.raises(VerificationError):
        trusted(files, name)


def test_a_stolen_authority_opens_no_bank(tmp_path):
    """Name constraints: even a certificate it signs for a public name is refused."""
    files = authority.prepare(tmp_path / "jaringan", ["bank.co.id"], now=NOW)
    with pytest.raises(VerificationError):
        trusted(files, "bank.co.id")


def test_nothing_changes_at_the_next_start(files):
    before = {path.name: path.read_bytes() for path in files.folder.iterdir()}
    authority.prepare(files.folder, list(reversed(NAMES)), now=NOW + timedelta(days=300))
    assert {path.name: path.read_bytes() for path in files.folder.iterdir()} == before


@pytest.mark.parametrize(
    ("names", "later"),
    [(["192.168.1.99"], 1), (NAMES, 397 - 30), (NAMES, 500)],
    ids=["moved", "old", "too late"],
)
def test_the_server_gets_a_new_certificate_and_the_authority_stays(files, names, later):
    before, key, root = server_of(files), files.server_key.read_bytes(), files.authority.read_bytes()
    authority.prepare(files.folder, names, now=NOW + timedelta(days=later))
    after = server_of(files)
    assert after.serial_number != before.serial_number and files.server_key.read_bytes() != key
    assert files.authority.read_bytes() == root
    assert set(authority.names_of(after)) == {*names, "127.0.0.1", "localhost"}
    assert after.not_valid_after_utc > NOW + timedelta(days=later + 300)


@pytest.mark.parametrize("lost", ["server.key", "server.pem", "otoritas.pem"])
def test_a_start_that_was_killed_in_between_is_made_good(files, lost):
    (files.folder / lost).unlink()
    authority.prepare(files.folder, NAMES, now=NOW)
    assert trusted(files, NAMES[0])


def test_a_key_that_does_not_fit_its_certificate_is_replaced(files, tmp_path):
    other = authority.prepare(tmp_path / "lain", NAMES, now=NOW)
    files.server_key.write_bytes(other.server_key.read_bytes())
    before = server_of(files).serial_number
    authority.prepare(files.folder, NAMES, now=NOW)
    assert server_of(files).serial_number != before


@pytest.mark.skipif(os.name == "nt", reason="Windows closes a user's folders by itself")
def test_its_keys_are_for_this_account_alone(files):
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    for path in files.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_two_offices_have_two_names(files, tmp_path):
    other = authority.prepare(tmp_path / "lain", NAMES, now=NOW)
    names = {authority.authority_of(one.folder).subject.rfc4514_string() for one in (files, other)}
    assert len(names) == 2


def test_the_fingerprint_is_the_one_a_phone_computes(files):
    import hashlib

    made = authority.authority_of(files.folder)
    plain = hashlib.sha256(authority.as_file(made)).hexdigest().upper()
    assert authority.fingerprint(made).replace(":", "") == plain
