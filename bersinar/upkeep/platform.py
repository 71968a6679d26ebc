"""The one place where operating systems differ: limits of a process, the lock of a data folder, and who may read it.

Run by name as a child process it limits itself and then runs one module (see bersinar.jobs.limited). On Windows
memory is limited by a job object; processor time is not, there the caller's clock alone ends the child.
"""

from __future__ import annotations

import contextlib
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO

if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes
else:
    import fcntl
    import resource

TOO_LARGE = 71
CRASHED = 70
_LOOK_SECONDS = 0.5
_LEAVE_SECONDS = 5.0
_LOCK_FILE = "bersinar.lock"
_OURS = (
    "files",
    "backups",
    "logs",
    "program",
    "keys",
    "jaringan",
    "secret_key",
    "static",
    "static.sha256",
    "akun-contoh.txt",
    "demo",
    "kebenaran",
    "latihan",
    "latihan.json",
    "bersinar.lock",
)
_DATABASES = ("main.sqlite3", "audit.sqlite3")
# Disks of other machines, and folders that a virtual machine borrows from its host: locks and syncs do not hold there.
_NETWORK = (
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "davfs", "vboxsf", "prl_fs"),
    *("fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.davfs2", "fuse.onedriver", "fuse.vmhgfs-fuse"),
)
_SYNCHRONISED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "icloud",
    "nextcloud",
    "pcloud",
)
# What sync programs leave in the folder they watch, and where they say that it is.
_SYNC_MARKS = (
    ".dropbox.cache",
    ".stfolder",
    ".tmp.drivedownload",
    ".tmp.driveupload",
    ".sync_folder",
)
_SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_DRIVE_REMOTE = 4


def run_limited_module(memory_mb: int, seconds: int, module: str, arguments: list[str]) -> None:
    """The child's whole life: limits first, so that even importing the parser happens inside them."""
    _limit(memory_mb * 1024 * 1024, seconds)
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except MemoryError:
        _leave(TOO_LARGE)
    except Exception as error:
        # The class alone: the message may carry what stood in the file.
        with contextlib.suppress(OSError):
            os.write(2, type(error).__name__.encode())
        _leave(CRASHED)


def _leave(code: int) -> None:
    """At once: with the memory used up, a tidy end would only fail again."""
    os._exit(code)


if sys.platform == "win32":

    class _BasicLimits(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class _Limits(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    def _limit(memory: int, seconds: int) -> None:
        active_process, process_memory, extended = 0x8, 0x100, 9
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = _Limits()
        limits.BasicLimitInformation.LimitFlags = active_process | process_memory
        limits.BasicLimitInformation.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = memory
        size = ctypes.sizeof(limits)
        if not kernel.SetInformationJobObject(job, extended, ctypes.byref(limits), size):
            raise OSError(ctypes.get_last_error(), "SetInformationJobObject")
        if not kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess())):
            raise OSError(ctypes.get_last_error(), "AssignProcessToJobObject")

else:

    def _limit(memory: int, seconds: int) -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        # A parser answers through its output; it has no business writing files.
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def keep_new_files_private() -> None:
    """What this process writes from now on is for this account of the computer alone. Windows goes by its own lists."""
    os.umask(0o077)


def close_to_others(folder: Path) -> None:
    """Take from other accounts what an earlier version, a copy or a restore left open to them."""
    if os.name == "nt":
        return  # a user's own folders are closed there, and these numbers mean nothing
    _close(folder)
    for part in folder.iterdir():
        if part.name in _OURS or part.name.startswith(_DATABASES):
            _close(part)
    for name in ("files", "keys", "jaringan"):
        for part in (folder / name).rglob("*"):
            _close(part)


def _close(path: Path) -> None:
    # Never through a link: what it leads to is not ours.
    if path.is_symlink():
        return
    mode = path.stat().st_mode
    if mode & 0o077:
        # A disk without such rights, or a folder of another account: then it is as closed as it can be.
        with contextlib.suppress(OSError):
            path.chmod(mode & 0o700)


class FolderRefused(RuntimeError):
    """The data folder cannot be used now; the sentence says why."""


class AlreadyRunning(FolderRefused):
    """Another Bersinar uses this folder."""


class InstanceLock:
    """One server per data folder. The system frees the lock when the process dies, however it dies."""

    def __init__(self, folder: Path, *, shared: bool = False) -> None:
        """`shared`: the database lies on PostgreSQL, so servers may be many and the folder may lie on the network."""
        self._folder = folder
        self._shared = shared
        self._file: IO[str] | None = None

    def __enter__(self) -> InstanceLock:
        refusal = None if self._shared else unsuitable(self._folder)
        if refusal:
            raise FolderRefused(refusal)
        file = (self._folder / _LOCK_FILE).open("a+", encoding="utf-8")
        try:
            _lock(file, shared=self._shared)
        except OSError:
            file.seek(0)
            owner = file.read().strip()
            file.close()
            raise AlreadyRunning(
                f"Bersinar sudah berjalan dengan folder {self._folder}{f' ({owner})' if owner else ''}. "
                "Pakai jendela yang sudah terbuka, atau tutup dulu."
            ) from None
        file.seek(0)
        file.truncate()
        file.write(f"{socket.gethostname()}, proses {os.getpid()}")
        file.flush()
        self._file = file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":

    def _lock(file: IO[str], *, shared: bool) -> None:
        if shared:
            return  # Windows has no shared lock; there the database alone tells who is connected
        # Far behind the text, so that a second process can still read who holds it.
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def _lock(file: IO[str], *, shared: bool) -> None:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut. Windows keeps names by itself and refuses this."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def unsuitable(folder: Path, *, kind: str | None = None) -> str | None:
    """Why a database must not lie here: locks do not hold on network disks, and sync programs tear files apart.

    `kind` is the file system, when it is known already.
    """
    if _is_synchronised(folder.resolve()):
        return f"Folder {folder} disinkronkan ke awan, dan itu dapat merusak data. Pilih folder lain dengan --data."
    if _is_remote_drive(folder) or (kind or file_system(folder)) in _NETWORK:
        return (
            f"Folder {folder} berada di jaringan, dan itu dapat merusak data. Pilih folder di komputer ini."
        )
    return None


def _is_synchronised(folder: Path) -> bool:
    if any(part.casefold().startswith(_SYNCHRONISED) for part in folder.parts):
        return True
    if any((above / mark).exists() for above in (folder, *folder.parents) for mark in _SYNC_MARKS):
        return True
    # A home folder that a program watches keeps its own name.
    watched = [Path(os.environ[name]) for name in _SYNC_VARIABLES if os.environ.get(name)]
    return any(folder.is_relative_to(one) for one in watched)


if sys.platform == "win32":

    def _is_remote_drive(folder: Path) -> bool:
        root = folder.resolve().anchor
        return root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE

else:

    def _is_remote_drive(folder: Path) -> bool:
        return False


def file_system(folder: Path) -> str:
    """The kind of file system under a folder; empty where the system does not tell."""
    table = Path("/proc/self/mounts")
    if not table.exists():
        return ""
    best, kind = "", ""
    for line in table.read_text(encoding="utf-8", errors="replace").splitlines():
        _device, where, what, *_rest = line.split(" ")
        where = where.replace("\\040", " ")
        if folder.resolve().is_relative_to(where) and len(where) >= len(best):
            best, kind = where, what
    return kind


def end_with_parent(parent: int) -> None:
    """End this process when the one that started it is gone: a killed start must not leave a server behind."""
    if os.name == "nt":
        return  # closing the console ends both

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_LEAVE_SECONDS)
        _leave(CRASHED)

    threading.Thread(target=watch, name="bersinar-parent", daemon=True).start()


def become_start(arguments: list[str]) -> int:
    """Run `bersinar start` anew in this process's place, so that whoever watches it goes on watching it."""
    command = [sys.executable, "-m", "bersinar", "start", *arguments]
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606  (no shell on purpose)
    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def open_browser_possible() -> bool:
    """Whether somebody sits in front of this machine."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
