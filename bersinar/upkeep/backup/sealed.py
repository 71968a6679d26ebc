"""One file pressed and sealed with age, and opened again; in pieces, so that a nation fits through a small memory."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyrage
from pyrage import DecryptError, x25519

from bersinar.upkeep.backup.disk import CHUNK
from bersinar.upkeep.backup.errors import CopyDamaged

_FAST = 1


@dataclass(frozen=True, slots=True)
class Sealed:
    """The sealed bytes as they were handed to the disk."""

    size: int
    sha256: str


def seal(source: Path, target: Path, recipients: Sequence[x25519.Recipient]) -> Sealed:
    """Write target and sync it; whoever calls gives it its final name."""
    with source.open("rb") as plain, target.open("xb") as file:
        writer = _Counted(file)
        pyrage.encrypt_io(_Pressed(plain), writer, list(recipients))
        file.flush()
        os.fsync(file.fileno())
    return Sealed(writer.size, writer.digest.hexdigest())


def unseal(source: Path, target: IO[bytes], identity: x25519.Identity) -> str:
    """Write the plain bytes and return their hash; anything cut off or changed is refused."""
    writer = _Unpressed(target)
    try:
        with source.open("rb") as file:
            pyrage.decrypt_io(file, writer, [identity])
        writer.end()
    except (DecryptError, OSError, zlib.error, EOFError) as error:
        raise CopyDamaged(source.name) from error
    return writer.digest.hexdigest()


class _Pressed:
    """Gives deflated bytes of a plain file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._press = zlib.compressobj(_FAST)
        self._ready = bytearray()
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        while not self._ended and (size < 0 or len(self._ready) < size):
            chunk = self._file.read(CHUNK)
            self._ready += self._press.compress(chunk) if chunk else self._press.flush()
            self._ended = not chunk
        taken = bytes(self._ready if size < 0 else self._ready[:size])
        del self._ready[: len(taken)]
        return taken


class _Counted:
    """Hashes what goes to the disk, so that reading it back proves the disk and not only the program."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


class _Unpressed:
    """Takes deflated bytes and writes plain ones."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._press = zlib.decompressobj()
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        rest = bytes(data)
        while rest and not self._press.eof:
            # In pieces: a small sealed file may hold a very large plain one.
            plain = self._press.decompress(rest, CHUNK)
            self.digest.update(plain)
            self._file.write(plain)
            rest = self._press.unconsumed_tail
        return len(data)

    def flush(self) -> None:
        self._file.flush()

    def end(self) -> None:
        """Raise when the end of the plain file never came."""
        plain = self._press.flush()
        self.digest.update(plain)
        self._file.write(plain)
        if not self._press.eof:
            raise EOFError("cut off")
