"""No test, and so no page that a test opens, speaks to another machine: whoever tries is stopped and named."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

_NAMES = {"localhost", "", None}


class OutboundRefused(RuntimeError):
    """Something asked for an address beyond this machine."""


def forbid() -> None:
    """For the rest of this process; a hook of Python itself, so no library can go round it."""
    sys.addaudithook(_look)


def _look(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" or event == "socket.sendto":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_here(host.decode() if isinstance(host, bytes) else host):
        raise OutboundRefused(f"{event} {host}")


def _is_here(host: Any) -> bool:
    if host in _NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
