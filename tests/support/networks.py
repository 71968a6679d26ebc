"""An office's network on one machine: a PC and a phone, each in a network namespace of its own (root on Linux)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support import machine
from tests.support.server import Server, environment

PC, PHONE, MOVED = "10.77.0.1", "10.77.0.2", "10.77.0.9"


@dataclass(frozen=True, slots=True)
class Office:
    """Names of the two namespaces; nothing leads out of either."""

    pc: str
    phone: str

    def on_pc(self, *words: str, **more) -> subprocess.CompletedProcess:
        return _run(self.pc, *words, **more)

    def on_phone(self, *words: str, **more) -> subprocess.CompletedProcess:
        return _run(self.phone, *words, **more)

    def give_pc(self, address: str, instead_of: str) -> None:
        """What a router does when it hands out another address."""
        # The old one first: the kernel takes later addresses of a network away with its first.
        for words in (("del", f"{instead_of}/24"), ("add", f"{address}/24")):
            _ip("-n", self.pc, "addr", *words, "dev", "kabel")


class OfficeServer(Server):
    """`bersinar start --lan` on the PC of such an office."""

    def __init__(self, folder, office: Office) -> None:
        super().__init__(folder, demo=False)
        self._office = office

    @property
    def url(self) -> str:
        return f"https://{PC}:{self.port}"

    @property
    def authority(self) -> str:
        return str(self.folder / "jaringan" / "otoritas.pem")

    def command(self) -> list[str]:
        return ["ip", "netns", "exec", self._office.pc, *super().command(), "--lan"]

    def answers(self) -> bool:
        return "Bersinar terbuka" in self.log()


def possible() -> bool:
    """Whether we may make network namespaces here."""
    return machine.is_root_on_linux() and shutil.which("ip") is not None


@contextmanager
def office() -> Iterator[Office]:
    """Two namespaces joined by one cable; end what runs in them before you leave."""
    made = Office(f"bersinar-pc-{os.getpid()}", f"bersinar-phone-{os.getpid()}")
    try:
        for name in (made.pc, made.phone):
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _ip(
            "-n",
            made.pc,
            "link",
            "add",
            "kabel",
            "type",
            "veth",
            "peer",
            "name",
            "kabel",
            "netns",
            made.phone,
        )
        for name, address in ((made.pc, PC), (made.phone, PHONE)):
            _ip("-n", name, "addr", "add", f"{address}/24", "dev", "kabel")
            _ip("-n", name, "link", "set", "kabel", "up")
        yield made
    finally:
        for name in (made.pc, made.phone):
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


def _run(namespace: str, *words: str, **more) -> subprocess.CompletedProcess:
    command = ["ip", "netns", "exec", namespace, *words]
    more.setdefault("env", environment())
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **more)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, stdout=sys.stderr)
