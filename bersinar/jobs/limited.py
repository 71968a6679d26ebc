"""Run a parser of a foreign file in a process of its own, with hard limits.

    from bersinar.jobs.limited import run_limited
    answer = run_limited("bersinar.fieldwork.reading.child", stdin=path, memory_mb=512, seconds=60)

The child is a module run as `__main__`: it reads `sys.stdin.buffer` and writes its answer, refusals included, to
`sys.stdout.buffer` (say JSON) and ends normally. It gets no settings, no environment and no database, and cannot
write files. Whatever else happens is one of three sentences: LimitExceeded with jobs.too_large, jobs.too_slow or
jobs.crashed. The limits themselves live in bersinar.upkeep.platform, which the child is told by name: upkeep
stands above this folder and is never imported here.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from bersinar.access import BersinarError

MEGABYTE = 1024 * 1024
_ROOT = str(Path(__file__).resolve().parents[2])
_LAUNCH = (
    "import sys; sys.path.insert(0, sys.argv[1])\n"
    "from bersinar.upkeep.platform import run_limited_module as run\n"
    "run(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5:])"
)
_EXIT_TOO_LARGE = 71
_XCPU = -24
_KEEP_ERRORS = 4096
# On the clock a child may take longer than its processor time: the disk and other programs are slow too.
_GRACE_SECONDS = 30.0
logger = logging.getLogger("bersinar.jobs")


class LimitExceeded(BersinarError):
    """The file asked for more than this system gives, or broke its reader."""

    status = 413

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            {
                "jobs.too_large": _(
                    "Berkas ini terlalu besar atau terlalu rumit untuk dibaca. "
                    "Simpan hanya lembar yang perlu ke berkas baru, lalu unggah lagi."
                ),
                "jobs.too_slow": _(
                    "Membaca berkas ini terlalu lama, jadi dihentikan. "
                    "Simpan hanya lembar yang perlu ke berkas baru, lalu unggah lagi."
                ),
                "jobs.crashed": _(
                    "Berkas ini tidak dapat dibaca; mungkin rusak. "
                    "Buka di aplikasi asalnya, simpan ulang, lalu unggah lagi."
                ),
            }[code]
        )


def run_limited(
    module: str,
    *,
    stdin: Path | bytes,
    arguments: Sequence[str] = (),
    memory_mb: int = 512,
    seconds: int = 60,
    max_output: int = 64 * MEGABYTE,
) -> bytes:
    """The child's output; `seconds` counts its processor time; on the clock it may take half a minute more."""
    command = [sys.executable, "-I", "-B", "-c", _LAUNCH, _ROOT, str(memory_mb), str(seconds), module]
    with ExitStack() as stack:
        source = subprocess.PIPE if isinstance(stdin, bytes) else stack.enter_context(stdin.open("rb"))
        # Started by exec with a closed environment: the child inherits no settings, keys or connections.
        child = stack.enter_context(
            subprocess.Popen(
                [*command, *arguments],
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
                close_fds=True,
            )
        )
        return _answer(child, stdin if isinstance(stdin, bytes) else None, seconds, max_output)


def _environment() -> dict[str, str]:
    """Only what the interpreter itself needs. One thread each: more would only spend memory on stacks."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR", "TEMP", "TMP") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class _Drain(threading.Thread):
    """Collects what the child says; more than the limit ends the child."""

    def __init__(self, child: subprocess.Popen[bytes], stream: IO[bytes], limit: int, *, end: bool) -> None:
        super().__init__(daemon=True)
        self.data = bytearray()
        self.exceeded = False
        self._child, self._stream, self._limit, self._end = child, stream, limit, end
        self.start()

    def run(self) -> None:
        while chunk := self._stream.read1(65536):  # type: ignore[attr-defined]  # buffered pipes have it
            if len(self.data) + len(chunk) <= self._limit:
                self.data += chunk
            elif self._end:
                self.exceeded = True
                self._child.kill()
                return


def _answer(child: subprocess.Popen[bytes], feed: bytes | None, seconds: int, max_output: int) -> bytes:
    if child.stdout is None or child.stderr is None:
        raise RuntimeError("the child was started without pipes")
    output = _Drain(child, child.stdout, max_output, end=True)
    errors = _Drain(child, child.stderr, _KEEP_ERRORS, end=False)
    if feed is not None and child.stdin is not None:
        threading.Thread(target=_feed, args=(child.stdin, feed), daemon=True).start()
    slow = False
    try:
        child.wait(timeout=seconds + _GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        slow = True
        child.kill()
    except BaseException:
        child.kill()
        raise
    output.join()
    errors.join()
    code = child.wait()
    if code == 0 and not (slow or output.exceeded):
        return bytes(output.data)
    problem = _problem(code, bytes(errors.data), slow=slow, flood=output.exceeded)
    logger.warning("limited process ended with %s (%s)", code, problem)
    raise LimitExceeded(problem)


def _feed(pipe: IO[bytes], data: bytes) -> None:
    try:
        with pipe:
            pipe.write(data)
    except OSError:
        return  # The child ended early; its exit code tells why.


def _problem(code: int, errors: bytes, *, slow: bool, flood: bool) -> str:
    if slow or code == _XCPU:
        return "jobs.too_slow"
    # Compiled parsers do not raise MemoryError, they abort with this sentence.
    if flood or code == _EXIT_TOO_LARGE or b"memory allocation of" in errors or b"MemoryError" in errors:
        return "jobs.too_large"
    return "jobs.crashed"
