"""It opens the door it was told to, keeps a demo at home, and refuses in a sentence with a code."""

import json
import os
import subprocess
import sys

import pytest

from bersinar.config.shape import Shape
from bersinar.upkeep import doors
from bersinar.upkeep.lan import addresses
from tests.support.server import REPOSITORY, environment


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in ("BERSINAR_PUBLIC_URL", "BERSINAR_TRUSTED_PROXIES", "BERSINAR_LISTEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def at_office(monkeypatch):
    """This computer as a router of an office knows it."""
    monkeypatch.setattr(addresses, "own_addresses", lambda: ["192.168.1.10"])
    monkeypatch.setattr(addresses, "own_names", lambda: ["192.168.1.10", "kantor.local"])


def choose(folder, *, lan=False, demo=False, port=None):
    return doors.choose(folder, lan=lan, demo=demo, port=port)


def test_without_a_word_it_opens_for_this_computer_alone(tmp_path):
    door = choose(tmp_path)
    assert (door.shape, door.bind, door.port, door.url) == (
        Shape.ONE_PC,
        "127.0.0.1",
        8000,
        "http://127.0.0.1:8000/",
    )
    assert door.certificate is None and door.ports == (8000,)


def test_the_office_network_has_a_certificate_and_a_help_door(tmp_path, at_office):
    door = choose(tmp_path, lan=True, port=9000)
    assert (door.bind, door.url, door.ports) == ("0.0.0.0", "https://192.168.1.10:9000/", (9000, 9001))
    assert door.certificate.server.exists() and door.certificate.server_key.exists()
    kept = json.loads((tmp_path / "jaringan" / "alamat.json").read_text())
    assert kept == {"names": ["192.168.1.10", "kantor.local"], "port": 9000}


def test_a_later_start_for_this_computer_alone_forgets_the_addresses_and_keeps_the_authority(
    tmp_path, at_office
):
    authority = choose(tmp_path, lan=True).certificate.authority.read_bytes()
    assert choose(tmp_path).shape is Shape.ONE_PC
    assert not (tmp_path / "jaringan" / "alamat.json").exists()
    assert choose(tmp_path, lan=True).certificate.authority.read_bytes() == authority


def test_a_computer_without_an_office_network_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(addresses, "own_addresses", list)
    with pytest.raises(doors.DoorRefused, match=r"Sambungkan ke Wi-Fi.*\[upkeep.no_office_network\]"):
        choose(tmp_path, lan=True)
    assert not (tmp_path / "jaringan").exists()


@pytest.mark.parametrize("how", ["lan", "public"])
def test_a_demo_stays_on_this_computer(tmp_path, at_office, monkeypatch, how):
    if how == "public":
        monkeypatch.setenv("BERSINAR_PUBLIC_URL", "https://bersinar.example.id")
    with pytest.raises(doors.DoorRefused, match=r"\[upkeep.demo_stays_here\]"):
        choose(tmp_path, lan=how == "lan", demo=True)


def test_a_server_listens_for_its_proxy(tmp_path, monkeypatch):
    monkeypatch.setenv("BERSINAR_PUBLIC_URL", "https://bersinar.example.id")
    assert choose(tmp_path).bind == "127.0.0.1"
    monkeypatch.setenv("BERSINAR_LISTEN", "0.0.0.0")
    with pytest.raises(doors.DoorRefused, match=r"\[upkeep.no_trusted_proxy\]"):
        choose(tmp_path)
    monkeypatch.setenv("BERSINAR_TRUSTED_PROXIES", "10.0.0.0/24")
    door = choose(tmp_path)
    assert (door.shape, door.bind, door.url) == (Shape.SERVER, "0.0.0.0", "https://bersinar.example.id/")
    with pytest.raises(doors.DoorRefused, match=r"\[upkeep.two_shapes\]"):
        choose(tmp_path, lan=True)


def test_the_file_of_the_folder_counts_too(tmp_path, monkeypatch):
    # Written through monkeypatch so that the line, once read, does not stay in this process.
    monkeypatch.setenv("BERSINAR_PUBLIC_URL", "")
    monkeypatch.delenv("BERSINAR_PUBLIC_URL")
    (tmp_path / "bersinar.env").write_text("BERSINAR_PUBLIC_URL=https://bersinar.example.id\n")
    assert choose(tmp_path).shape is Shape.SERVER
    monkeypatch.delenv("BERSINAR_PUBLIC_URL")


def start(folder, *words, **more):
    command = [sys.executable, "-m", "bersinar", "start", "--no-browser", "--data", str(folder), *words]
    env = {**environment(), **more}
    return subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("words", "more", "told"),
    [
        (("--demo", "--lan"), {}, "upkeep.demo_stays_here"),
        ((), {"BERSINAR_PUBLIC_URL": "http://bersinar.example.id"}, "https://nama.server"),
        (
            (),
            {"BERSINAR_PUBLIC_URL": "https://bersinar.example.id", "BERSINAR_DEBUG": "1"},
            "BERSINAR_DEBUG=1",
        ),
    ],
    ids=["demo", "no https", "debug"],
)
def test_the_start_says_why_in_one_line(tmp_path, words, more, told):
    refused = start(tmp_path, *words, **more)
    assert refused.returncode == 6
    assert told in refused.stderr and "Traceback" not in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="only where a process's own addresses can be asked")
def test_it_finds_the_addresses_of_an_office_only():
    found = addresses.own_addresses()
    assert all(one.startswith(("192.168.", "10.", "172.", "100.")) for one in found)
    assert "127.0.0.1" not in found
