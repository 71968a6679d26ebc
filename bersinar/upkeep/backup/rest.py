"""What lies beside the databases and must come back with them: keys, choices, and what kind of folder it is."""

from __future__ import annotations

import tarfile
from pathlib import Path, PurePosixPath

from bersinar.config import environment, rehearsal, settings_file
from bersinar.upkeep.backup.errors import CopyDamaged

# Never the recovery key itself: a copy must not hold the key it is sealed with.
# The mark of a rehearsal copy goes along: without it what comes back would look like an office.
_SINGLE = ("secret_key", "demo", rehearsal.MARK, "akun-contoh.txt", settings_file.NAME)
_FOLDERS = ("keys", "jaringan")
_LEFT_OUT = ("recovery.json",)


def pack(data: Path, target: Path) -> list[str]:
    """Put them into a tar file; returns their names."""
    names = [name for name in _SINGLE if (data / name).is_file()]
    for folder in _FOLDERS:
        found = sorted(
            path for path in (data / folder).rglob("*") if path.is_file() and not path.is_symlink()
        )
        names += [path.relative_to(data).as_posix() for path in found if path.name not in _LEFT_OUT]
    with tarfile.open(target, "w") as tar:
        for name in names:
            # Some are made and removed at any moment; what is gone by now need not come back.
            if (data / name).exists():
                tar.add(data / name, arcname=name, recursive=False, filter=_nobodys)
    return names


def unpack(source: Path, data: Path) -> None:
    """Only what pack() may have put in, and only below the folder."""
    try:
        with tarfile.open(source) as tar:
            for member in tar.getmembers():
                if not member.isfile() or not _is_ours(member.name):
                    raise CopyDamaged(member.name)
                file = tar.extractfile(member)
                path = data / member.name
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                path.touch(mode=0o600)
                path.write_bytes(file.read() if file else b"")
    except tarfile.TarError as error:
        raise CopyDamaged(source.name) from error
    # What comes back lies in SQLite files here, wherever it lived before.
    if (data / settings_file.NAME).exists():
        for setting in (environment.MAIN_URL, environment.AUDIT_URL):
            settings_file.write(data, setting, None)


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if ".." in parts or name.startswith("/"):
        return False
    return name in _SINGLE or (len(parts) > 1 and parts[0] in _FOLDERS and parts[-1] not in _LEFT_OUT)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """No account names of this computer."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
