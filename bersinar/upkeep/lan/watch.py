"""Sees that a router gave this computer another address, or that the certificate grows old, while Bersinar runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509

from bersinar.upkeep.lan import addresses, authority

LOOK_SECONDS = 10.0


def needs_new_door(files: authority.Files, names: Sequence[str], found: Sequence[str], now: datetime) -> bool:
    """Whether other devices would be shown a certificate that does not fit."""
    certificate = x509.load_pem_x509_certificate(files.server.read_bytes())
    if certificate.not_valid_after_utc - now <= timedelta(days=authority.RENEW_DAYS):
        return True
    return set(found) != set(names)


class Watch(threading.Thread):
    """Calls `stop` once when the door must be opened anew; `changed` then tells why the server ended."""

    def __init__(self, files: authority.Files, names: Sequence[str], stop: Callable[[], object]) -> None:
        super().__init__(name="bersinar-watch", daemon=True)
        self.changed = False
        self._files, self._names, self._stop = files, names, stop
        self._end = threading.Event()

    def run(self) -> None:
        while not self._end.wait(LOOK_SECONDS):
            # A cable pulled out for a moment is no reason to end anybody's work.
            if not addresses.own_addresses():
                continue
            if needs_new_door(self._files, self._names, addresses.own_names(), datetime.now(UTC)):
                self.changed = True
                self._stop()
                return

    def end(self) -> None:
        self._end.set()
