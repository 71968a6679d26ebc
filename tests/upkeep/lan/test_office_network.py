"""A phone in the office's network reaches Bersinar by https, once it trusts the office, and by nothing else."""

import json
import os
import shutil
import subprocess
import sys
import time

import pytest

from tests.support import networks
from tests.support.networks import MOVED, PC, OfficeServer
from tests.support.server import REPOSITORY, environment

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not networks.possible(), reason="network namespaces need root on Linux"),
    pytest.mark.skipif(shutil.which("certutil") is None, reason="certutil tidak ada (libnss3-tools)"),
]
CHROMIUM = os.environ.get("BERSINAR_CHROMIUM") or shutil.which("chromium")
PATIENCE = 90


@pytest.fixture(scope="module")
def office():
    with networks.office() as made:
        yield made


@pytest.fixture(scope="module")
def server(office, tmp_path_factory):
    """A real office, opened by its administrator, on its PC."""
    folder = tmp_path_factory.mktemp("kantor")
    prepared = bersinar(folder, "start", "--setup")
    assert prepared.returncode == 0, prepared.stderr
    opened = bersinar(
        folder, "open-office", "--kind", "BNNK", "--name", "BNNK Belitung", "--seat", "Tanjungpandan",
        "--prefix", "19.02", "--admin", "budi", "--admin-name", "Budi S.", "--commit",
    )  # fmt: skip
    assert opened.returncode == 0, opened.stderr
    running = OfficeServer(folder, office)
    running.password = opened.stdout.split("sekali ini saja: ")[1].split()[0]
    running.start()
    yield running
    running.stop()


def bersinar(folder, *words):
    env = {**environment(), "BERSINAR_DATA": str(folder)}
    command = [sys.executable, "-m", "bersinar", *words]
    return subprocess.run(
        command,
        cwd=REPOSITORY,
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def phone(office, server, home, *, url=None):
    """What a browser on the phone sees; `home` holds whom it trusts."""
    told = office.on_phone(
        sys.executable, "-m", "tests.support.phone", url or server.url, "budi", server.password,
        cwd=REPOSITORY, env={**environment(), "HOME": str(home), "BERSINAR_CHROMIUM": CHROMIUM},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


@pytest.fixture
def trusting(server, tmp_path):
    """A phone on which the office's authority was installed from the help door's file."""
    store = tmp_path / ".pki" / "nssdb"
    store.mkdir(parents=True)
    where = ["-d", f"sql:{store}"]
    subprocess.run(["certutil", *where, "-N", "--empty-password"], check=True)
    subprocess.run(
        ["certutil", *where, "-A", "-t", "C,,", "-n", "kantor", "-i", server.authority], check=True
    )
    return tmp_path


def curl(office, *words):
    return office.on_phone("curl", "--silent", "--show-error", "--max-time", "20", *words)


def test_a_phone_that_does_not_trust_yet_refuses(office, server, tmp_path):
    assert "ERR_CERT_AUTHORITY_INVALID" in phone(office, server, tmp_path)["refused"]


def test_a_phone_that_trusts_signs_in_over_https(office, server, trusting):
    seen = phone(office, server, trusting)
    assert seen["url"].startswith(server.url) and not seen["url"].endswith("/akun/masuk/")
    assert seen["secure"] and not seen["said"]
    assert {"__Host-sessionid", "__Host-csrftoken"} <= set(seen["cookies"])
    assert all(seen["cookies"].values())


def test_the_help_door_hands_out_the_same_authority(office, server, tmp_path):
    got = tmp_path / "bersinar.crt"
    help_url = f"http://{PC}:{server.port + 1}"
    assert curl(office, "--output", str(got), f"{help_url}/bersinar.crt").returncode == 0
    der = subprocess.run(
        ["openssl", "x509", "-in", server.authority, "-outform", "der"], capture_output=True, check=True
    )
    assert got.read_bytes() == der.stdout
    page = curl(office, f"{help_url}/").stdout
    assert "Kenalkan perangkat ini" in page and "<form" not in page
    refused = curl(office, "--write-out", "%{http_code}", f"{help_url}/akun/masuk/").stdout
    assert refused.endswith("403") and "door.not_secure" in refused and server.url in refused


def test_plain_http_to_bersinar_gets_no_page(office, server):
    told = curl(office, f"http://{PC}:{server.port}/akun/masuk/")
    assert told.returncode != 0 and "<html" not in told.stdout


def test_it_answers_to_its_own_names_only_and_asks_for_no_hsts(office, server):
    https = ("--cacert", server.authority, "--output", "/dev/null", "--write-out", "%{http_code}")
    assert curl(office, *https, f"{server.url}/akun/masuk/").stdout == "200"
    assert curl(office, *https, "--header", "Host: evil.example", f"{server.url}/akun/masuk/").stdout == "400"
    # The server begins anew when an address of the PC appears late; then it is asked again.
    patient = ("--cacert", server.authority, "--retry", "5", "--retry-all-errors")
    headers = curl(office, *patient, "--head", f"{server.url}/akun/masuk/").stdout.lower()
    assert "strict-transport-security" not in headers and "content-security-policy" in headers


def test_old_tls_is_refused(office, server):
    old = curl(office, "--cacert", server.authority, "--tls-max", "1.1", f"{server.url}/akun/masuk/")
    assert old.returncode != 0


def test_doctor_would_know_the_shape(office, server):
    told = office.on_pc(
        sys.executable, "-m", "bersinar", "shell", "-v0", "-c",
        "from bersinar.upkeep import shape; print(shape.current())",
        cwd=REPOSITORY, env={**environment(), "BERSINAR_DATA": str(server.folder)},
    )  # fmt: skip
    assert "Told(shape=<Shape.OFFICE_NETWORK: 'b'>" in told.stdout, told.stdout + told.stderr
    assert server.url in told.stdout and "problems=()" in told.stdout


def test_nothing_of_the_folder_is_open_to_others(server):
    paths = [server.folder / "jaringan", *(server.folder / "jaringan").iterdir()]
    assert len(paths) > 5 and not [path for path in paths if path.stat().st_mode & 0o077]


def test_it_moves_with_the_address_the_router_gives(office, server, trusting):
    """Last in this file: afterwards the office has another address."""
    office.give_pc(MOVED, instead_of=PC)
    moved = f"https://{MOVED}:{server.port}"
    until = time.monotonic() + PATIENCE
    while curl(office, "--cacert", server.authority, f"{moved}/akun/masuk/").returncode != 0:
        assert time.monotonic() < until, server.log()
        time.sleep(0.5)
    assert phone(office, server, trusting, url=moved)["secure"]
    assert f"Bersinar terbuka di {moved}/" in server.log()
