"""Record what a running server writes and syncs, by strace, and play it to a disk that forgets."""

from __future__ import annotations

import codecs
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.faults.disk import Cut, Disk, Write

_CALLS = "openat,pwrite64,write,lseek,ftruncate,fsync,fdatasync,rename,renameat2,unlink,unlinkat"
_LINE = re.compile(r"^(\d+) +(\d+\.\d+) (.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+)(<.*>)?.*$")
_FD = re.compile(r"^\d+<(.*?)>(?:, |$)")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LONGEST = 1 << 22


@dataclass(frozen=True, slots=True)
class Event:
    """One call that came back; `begun` is its place in the order of beginnings, for a sync covers what came before."""

    at: float
    begun: int
    name: str
    arguments: str
    result: int
    opened: str


@contextmanager
def recorded(pid: int, path: Path) -> Iterator[None]:
    """Everything the process and its threads write meanwhile goes to `path`, with the bytes."""
    words = ["-f", "-qq", "-y", "-x", "-ttt", "-s", str(_LONGEST), "-e", f"trace={_CALLS}"]
    # A signal that strace is told not to report would still be delivered; nothing else is changed in the server.
    tracer = subprocess.Popen(["strace", *words, "-e", "signal=none", "-o", str(path), "-p", str(pid)])
    with traced(pid, tracer):
        yield


@contextmanager
def traced(pid: int, tracer: subprocess.Popen[bytes]) -> Iterator[None]:
    """From the moment the tracer holds every thread until it has let go."""
    try:
        _wait_until_all_threads_are_traced(pid, tracer)
        yield
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.wait(30)


def _wait_until_all_threads_are_traced(pid: int, tracer: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert tracer.poll() is None, "strace ended by itself"
        threads = [one.read_text() for one in Path(f"/proc/{pid}/task").glob("*/status")]
        if threads and all("TracerPid:\t0" not in one for one in threads):
            return
        time.sleep(0.01)
    raise AssertionError("strace did not take hold")


def events(path: Path) -> list[Event]:
    """The calls in the order in which they came back; a call that strace tells in two parts is put together."""
    found: list[Event] = []
    open_calls: dict[str, tuple[int, str]] = {}
    with path.open(encoding="latin-1") as lines:
        for number, line in enumerate(lines):
            matched = _LINE.match(line.rstrip("\n"))
            if matched is None:
                continue
            thread, at, text = matched.groups()
            begun = number
            if text.endswith("<unfinished ...>"):
                open_calls[thread] = (number, text.removesuffix("<unfinished ...>").rstrip())
                continue
            if text.startswith("<... "):
                begun, head = open_calls.pop(thread, (number, ""))
                text = head + text.split(" resumed>", 1)[1]
            call = _CALL.match(text)
            if call is not None:
                name, arguments, result, opened = call.groups()
                found.append(Event(float(at), begun, name, arguments, int(result), opened or ""))
    return found


class Player:
    """Plays a recording to a disk, one event after the other."""

    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk = disk
        self._folder = f"{folder}/"
        self._positions: dict[str, int] = {}
        # Changes per file as they began, so that a sync covers exactly those from before its own beginning.
        self._begun: dict[str, list[int]] = {}

    def play(self, event: Event) -> None:
        if event.result < 0:
            return
        if event.name == "openat":
            self._open(event)
        elif event.name in ("rename", "renameat2"):
            old, new = (self._inside(text) for text in _texts(event.arguments)[:2])
            if old is not None and new is not None:
                self._disk.rename(old, new)
                self._begun[new] = self._begun.pop(old, [])
                self._name_changed(event, old)
                self._name_changed(event, new)
        elif event.name in ("unlink", "unlinkat"):
            name = self._inside(_texts(event.arguments)[0])
            if name is not None:
                self._disk.remove(name)
                self._begun.pop(name, None)
                self._name_changed(event, name)
        else:
            self._on_file(event)

    def _open(self, event: Event) -> None:
        name = self._inside(event.opened[1:-1])
        if name is None:
            return
        self._positions[name] = 0
        if "O_CREAT" in event.arguments and self._disk.file(name) is None:
            self._disk.create(name)
            self._begun[name] = []
            self._name_changed(event, name)

    def _on_file(self, event: Event) -> None:
        matched = _FD.match(event.arguments)
        name = self._inside(matched[1]) if matched else None
        if name is None:
            return
        if event.name in ("fsync", "fdatasync"):
            begun = self._begun.get(name, [])
            count = sum(1 for one in begun if one < event.begun)
            self._disk.sync(name, count)
            del begun[:count]
            return
        file = self._disk.file(name)
        if file is None:
            return
        rest = event.arguments.rsplit(", ", 2)
        if event.name == "pwrite64":
            file.waiting.append(Write(int(rest[2]), _data(event)))
        elif event.name == "write":
            at = self._positions.get(name, 0)
            file.waiting.append(Write(at, _data(event)))
            self._positions[name] = at + event.result
        elif event.name == "ftruncate":
            file.waiting.append(Cut(int(rest[-1])))
        elif event.name == "lseek":
            self._positions[name] = event.result
            return
        self._begun.setdefault(name, []).append(event.begun)

    def _name_changed(self, event: Event, name: str) -> None:
        parent = name.rpartition("/")[0]
        self._begun.setdefault(parent, []).append(event.begun)

    def _inside(self, path: str) -> str | None:
        """The path within the data folder; the folder itself is the empty name."""
        if path == self._folder[:-1]:
            return ""
        if not path.startswith(self._folder) or path.endswith(" (deleted)"):
            return None
        # The index of the log lives in memory and is made anew at every opening.
        return None if path.endswith("-shm") else path[len(self._folder) :]


def _texts(arguments: str) -> list[str]:
    return [_bytes(text).decode() for text in _TEXT.findall(arguments)]


def _data(event: Event) -> bytes:
    matched = _TEXT.search(event.arguments)
    assert matched is not None, event.arguments[:200]
    data = _bytes(matched[1])
    assert len(data) >= event.result, "strace shortened what was written"
    return data[: event.result]


def _bytes(text: str) -> bytes:
    return codecs.escape_decode(text.encode("latin-1"))[0]
