"""Which of the three shapes this installation has: one PC, office network, or server; read before the settings are.

One PC is what there is without a choice. `bersinar start --lan` leaves its addresses in the data folder, so that every
command agrees; a server is named by BERSINAR_PUBLIC_URL, because its folder may serve several processes.
"""

from __future__ import annotations

import ipaddress
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

FOLDER = "jaringan"
ADDRESSES = "alamat.json"
LOOPBACK = ("127.0.0.1", "localhost")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# Networks inside an office. Whoever has a public address needs a public name and certificate: the third shape.
OFFICE_NETWORKS = tuple(
    ipaddress.IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
)


class Shape(StrEnum):
    ONE_PC = "a"
    OFFICE_NETWORK = "b"
    SERVER = "c"


@dataclass(frozen=True, slots=True)
class Standing:
    """The shape and what follows from it; `address` ends without a slash and is empty on one PC."""

    shape: Shape
    address: str = ""
    hosts: tuple[str, ...] = LOOPBACK
    proxies: tuple[Network, ...] = ()

    @property
    def is_beyond_this_machine(self) -> bool:
        return self.shape is not Shape.ONE_PC


def read(folder: Path) -> Standing:
    """From the environment or the data folder; ImproperlyConfigured with a sentence where it contradicts itself."""
    public = os.environ.get("BERSINAR_PUBLIC_URL", "")
    proxies = _networks(os.environ.get("BERSINAR_TRUSTED_PROXIES", ""))
    if public:
        return _server(public, proxies)
    if proxies:
        raise ImproperlyConfigured(
            "BERSINAR_TRUSTED_PROXIES hanya berlaku bersama BERSINAR_PUBLIC_URL (alamat umum server)."
        )
    kept = folder / FOLDER / ADDRESSES
    return office_network(kept) if kept.exists() else Standing(Shape.ONE_PC)


def office_network(kept: Path) -> Standing:
    """The shape that `bersinar start --lan` left in the folder."""
    told = json.loads(kept.read_text(encoding="utf-8"))
    names, port = tuple(told["names"]), int(told["port"])
    return Standing(Shape.OFFICE_NETWORK, f"https://{names[0]}:{port}", (*LOOPBACK, *names))


def _server(public: str, proxies: tuple[Network, ...]) -> Standing:
    parts = urlsplit(public)
    if (
        parts.scheme != "https"
        or not parts.hostname
        or parts.path.strip("/")
        or parts.query
        or parts.username
    ):
        raise ImproperlyConfigured(
            f"BERSINAR_PUBLIC_URL harus berbentuk https://nama.server tanpa apa pun di belakangnya, bukan {public!r}."
        )
    return Standing(Shape.SERVER, public.rstrip("/"), (*LOOPBACK, parts.hostname), proxies)


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError as error:
        raise ImproperlyConfigured(
            f"BERSINAR_TRUSTED_PROXIES harus berisi alamat IP yang dipisah koma, bukan {text!r}."
        ) from error


def check(standing: Standing, *, debug: bool, demo: bool) -> None:
    """Refuse what must not be seen from other machines."""
    if not standing.is_beyond_this_machine:
        return
    if debug:
        raise ImproperlyConfigured(
            "BERSINAR_DEBUG=1 menampilkan isi program dan hanya boleh di satu komputer. Hapus, lalu jalankan lagi."
        )
    if demo:
        raise ImproperlyConfigured(
            "Folder ini berisi contoh, dan contoh hanya terbuka di komputer ini. Pilih folder lain dengan --data."
        )


def hsts_seconds(standing: Standing) -> int:
    """How long browsers refuse plain http: a week until the office has seen a good one, then what it says (days)."""
    if standing.shape is not Shape.SERVER:
        return 0
    days = os.environ.get("BERSINAR_HSTS_DAYS", "7")
    if not (days.isascii() and days.isdecimal() and len(days) <= 4):
        raise ImproperlyConfigured(f"BERSINAR_HSTS_DAYS harus jumlah hari, misalnya 365, bukan {days!r}.")
    return int(days) * 24 * 3600


def cookie_name(plain: str, standing: Standing) -> str:
    """With the prefix that browsers hold to https and to this very host; on one PC there is no https."""
    return f"__Host-{plain}" if standing.is_beyond_this_machine else plain
