"""By which addresses and names other devices of the office reach this computer."""

from __future__ import annotations

import ipaddress
import re
import socket

import ifaddr

from bersinar.config.shape import OFFICE_NETWORKS

_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def own_names() -> list[str]:
    """Private IPv4 addresses first, in a fixed order, then this computer's name in the local network."""
    return [*own_addresses(), *_local_names()]


def own_addresses() -> list[str]:
    """IPv4 alone: a phone in an office has one, and people can read it from a paper."""
    found = {
        ipaddress.IPv4Address(ip.ip)
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if isinstance(ip.ip, str)
    }
    return [str(one) for one in sorted(found, key=_usual_first) if is_private(one)]


def is_private(address: ipaddress.IPv4Address) -> bool:
    """Inside an office's network; not this computer's own loopback."""
    return any(address in network for network in OFFICE_NETWORKS)


def _usual_first(address: ipaddress.IPv4Address) -> tuple[int, int]:
    # Routers of offices give 192.168; programs that make networks inside the computer prefer 172.
    order = ("192.168.", "10.", "100.", "172.")
    rank = next((n for n, start in enumerate(order) if str(address).startswith(start)), len(order))
    return rank, int(address)


def _local_names() -> list[str]:
    # Only under .local, which the authority may speak for: a bare name could be anybody's elsewhere.
    name = socket.gethostname().split(".")[0].lower()
    return [f"{name}.local"] if _NAME.fullmatch(name) and name != "localhost" else []
