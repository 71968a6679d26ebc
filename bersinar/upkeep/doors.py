"""By which door a start opens Bersinar: this computer alone, the office network, or a server behind its proxy.

Chosen before Django is set up, because the settings follow from what is left in the data folder here.
"""

from __future__ import annotations

import ipaddress
import json
import os
import ssl
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from bersinar.config import settings_file, shape
from bersinar.config.shape import Shape
from bersinar.upkeep.lan import addresses, authority
from bersinar.upkeep.lan.trust import help_port

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104  (the office network, by --lan alone)
PORT = 8000
LAN_PORT = 8443


class DoorRefused(RuntimeError):
    """This door cannot be opened; the sentence says why and what to do."""

    def __init__(self, sentence: str, code: str) -> None:
        self.code = code
        super().__init__(f"{sentence} [{code}]")


@dataclass(frozen=True, slots=True)
class Door:
    """Where the server listens, and with which certificate; `url` is what people type."""

    shape: Shape
    bind: str
    port: int
    url: str
    certificate: authority.Files | None = None
    names: tuple[str, ...] = ()

    @property
    def ports(self) -> tuple[int, ...]:
        """All that must be free; the office network has its help door beside it."""
        return (self.port, help_port(self.port)) if self.certificate else (self.port,)


def choose(folder: Path, *, lan: bool, demo: bool, port: int | None) -> Door:
    """Prepare the door of this start, or DoorRefused. Hold the folder's lock: what is written here counts for all."""
    settings_file.read_into_environment(folder)
    public = os.environ.get("BERSINAR_PUBLIC_URL", "")
    if demo and (lan or public):
        raise DoorRefused(
            "Contoh hanya terbuka di komputer ini, karena kata sandinya tercetak. "
            "Untuk jaringan kantor jalankan tanpa contoh: bersinar start --lan --data DIR",
            "upkeep.demo_stays_here",
        )
    if lan and public:
        raise DoorRefused(
            "BERSINAR_PUBLIC_URL menyebut server dengan nama umum, jadi --lan tidak berlaku. Pilih salah satu.",
            "upkeep.two_shapes",
        )
    if lan:
        return _office_network(folder, port or LAN_PORT)
    _forget_office_network(folder)
    return _server(folder, port or PORT) if public else _one_pc(port or PORT)


def answers(door: Door) -> bool:
    """Whether a page opens on this computer; any answer counts, a server's own refusal of plain http too."""
    context = None
    if door.certificate is not None:
        context = ssl.create_default_context(cafile=str(door.certificate.authority))
    scheme = "http" if context is None else "https"
    host = LOOPBACK if door.bind == EVERYWHERE else door.bind
    address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{door.port}/akun/masuk/"
    try:
        urllib.request.urlopen(address, timeout=2, context=context)  # noqa: S310  (our own loopback address)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _one_pc(port: int) -> Door:
    return Door(Shape.ONE_PC, LOOPBACK, port, f"http://{LOOPBACK}:{port}/")


def _office_network(folder: Path, port: int) -> Door:
    names = addresses.own_names()
    if not addresses.own_addresses():
        raise DoorRefused(
            "Komputer ini belum tersambung ke jaringan kantor, atau alamatnya alamat umum. Sambungkan ke Wi-Fi "
            "atau kabel kantor, lalu jalankan lagi; sementara itu pakai: bersinar start",
            "upkeep.no_office_network",
        )
    certificate = authority.prepare(folder / shape.FOLDER, names)
    _write(folder / shape.FOLDER / shape.ADDRESSES, json.dumps({"names": names, "port": port}))
    url = f"https://{names[0]}:{port}/"
    return Door(Shape.OFFICE_NETWORK, EVERYWHERE, port, url, certificate, tuple(names))


def _server(folder: Path, port: int) -> Door:
    """Plain http for the proxy in front, which holds the public certificate; the door middleware refuses others."""
    try:
        standing = shape.read(folder)
        bind = ipaddress.ip_address(os.environ.get("BERSINAR_LISTEN", LOOPBACK))
    except (ImproperlyConfigured, ValueError) as error:
        raise DoorRefused(str(error), "upkeep.server_settings") from error
    if not bind.is_loopback and not standing.proxies:
        raise DoorRefused(
            "BERSINAR_LISTEN membuka pintu ke luar komputer ini tanpa proksi yang dipercaya. "
            "Isi BERSINAR_TRUSTED_PROXIES dengan alamat proksinya.",
            "upkeep.no_trusted_proxy",
        )
    return Door(Shape.SERVER, str(bind), port, standing.address + "/")


def _forget_office_network(folder: Path) -> None:
    """Only what the last start served; the authority stays, phones trust it."""
    (folder / shape.FOLDER / shape.ADDRESSES).unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".alamat-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(beside).replace(path)
