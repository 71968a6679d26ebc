"""What this machine has, and what root may add to it for the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SMALL = "96m"


def chromium() -> str | None:
    """The path of Debian's Chromium; installed first when we are root on a system with apt."""
    return _find_or_install("chromium", "chromium-browser", "google-chrome")


def strace() -> str | None:
    """The path of strace, which shows whether a server really syncs before it answers."""
    return _find_or_install("strace")


def certutil() -> str | None:
    """The tool by which a test's browser learns to trust an authority (package libnss3-tools)."""
    return _find_or_install("certutil", package="libnss3-tools")


def compiler() -> str | None:
    """A C compiler with the headers of the system, for the few lines that move the clock of a process."""
    return _find_or_install("cc", "gcc", package="g++") if sys.platform == "linux" else None


def tool(name: str) -> str:
    """The path of a tool of Debian that a run cannot do without; installed first when we may."""
    path = _find_or_install(name)
    if path is None:
        raise SystemExit(f"{name} tidak ada (apt install {name})")
    return path


@contextmanager
def small_disk() -> Iterator[str | None]:
    """A disk of few megabytes that can be filled to the brim; None where we may not mount one."""
    if not is_root_on_linux() or shutil.which("mount") is None:
        yield None
        return
    folder = tempfile.mkdtemp(prefix="bersinar-small-")
    options = ["-t", "tmpfs", "-o", f"size={_SMALL},mode=0700", "tmpfs", folder]
    mounted = subprocess.run(["mount", *options], check=False).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=False)
        Path(folder).rmdir()


def _find_or_install(*names: str, package: str = "") -> str | None:
    found = _find(names)
    if found is None and is_root_on_linux() and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", package or names[0]]):
            subprocess.run(["apt-get", "-qq", *command], env=environment, check=False)
        found = _find(names)
    return found


def _find(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def is_root_on_linux() -> bool:
    """Whether we may install, mount and make networks."""
    return sys.platform == "linux" and os.geteuid() == 0
