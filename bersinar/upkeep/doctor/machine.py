"""The computer under the installation: disk, clock, folder and who may read it."""

from __future__ import annotations

import os
import platform as system
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar import __version__
from bersinar.audit.models import Event
from bersinar.config import storage
from bersinar.upkeep import platform
from bersinar.upkeep.backup.places import data
from bersinar.upkeep.doctor.findings import Finding, bad, note, warn, well
from bersinar.upkeep.present import megabytes, moment

LITTLE = 2 * 1024**3
VERY_LITTLE = 500 * 1024**2
# No computer that runs this version can rightly say it is earlier.
RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
_TOLERANCE = timedelta(minutes=5)
_LONG = timedelta(days=400)


def disk() -> Iterator[Finding]:
    """Room on the disk of the data, and whether this server has met one that failed."""
    if storage.has_failed():
        yield bad(
            "doctor.disk_failed",
            storage.sentence(storage.FAILED),
            _("Buat salinan folder data ke disk lain dulu; lalu ganti disk ini dan pulihkan cadangan."),
        )
    usage = shutil.disk_usage(data())
    told = {"free": megabytes(usage.free)}
    if usage.free < VERY_LITTLE:
        yield bad(
            "doctor.disk_full",
            _("Disk hampir penuh: tersisa %(free)s.") % told,
            _("Kosongkan disk sekarang: pindahkan foto dan berkas lain, kosongkan tempat sampah."),
        )
    elif usage.free < LITTLE:
        yield warn(
            "doctor.disk_low",
            _("Ruang disk tinggal sedikit: tersisa %(free)s.") % told,
            _("Kosongkan disk sampai sedikitnya 2 GB; cadangan dan impor memerlukannya."),
        )
    else:
        yield well("doctor.disk", _("Ruang disk cukup: tersisa %(free)s.") % told)


def clock() -> Iterator[Finding]:
    """Whether the clock can be right, judged by what has been recorded already."""
    now = timezone.now()
    last = Event.objects.unscoped("the clock is compared with the newest event").order_by("-seq").first()
    todo = _("Betulkan tanggal dan jam komputer ini, juga zona waktunya, lalu jalankan lagi Bersinar.")
    if now < RELEASED or (last is not None and now < last.at - _TOLERANCE):
        yield bad(
            "doctor.clock_behind",
            _("Jam komputer ini tertinggal: sekarang %(now)s.") % {"now": moment(now)},
            todo,
        )
    elif last is not None and now > last.at + _LONG:
        yield warn(
            "doctor.clock_ahead",
            _("Jam komputer ini %(now)s, padahal catatan terakhir %(last)s.")
            % {"now": moment(now), "last": moment(last.at)},
            todo,
        )
    else:
        yield well("doctor.clock", _("Jam komputer: %(now)s.") % {"now": moment(now)})


def folder() -> Iterator[Finding]:
    """A local disk, not a network folder or one that a program copies to a cloud."""
    if refusal := platform.unsuitable(data()):
        yield bad(
            "doctor.folder",
            refusal,
            _("Hentikan Bersinar, pindahkan folder data, lalu jalankan dengan --data."),
        )
    elif not os.access(data(), os.W_OK):
        yield bad(
            "doctor.folder_closed",
            _("Bersinar tidak boleh menulis di folder data."),
            _("Jalankan Bersinar dengan akun komputer yang membuat folder itu."),
        )
    else:
        yield well("doctor.folder", _("Folder data ada di disk komputer ini."))


def rights() -> Iterator[Finding]:
    """Whether other accounts of this computer can read the data."""
    if os.name == "nt":
        return  # a user's folders are closed there by themselves
    open_ones = [path for path in (data(), *_ours()) if not path.is_symlink() and path.stat().st_mode & 0o077]
    if open_ones:
        yield warn(
            "doctor.rights",
            _("Akun lain di komputer ini dapat membaca %(name)s dan %(more)s lainnya.")
            % {"name": open_ones[0].name, "more": len(open_ones) - 1},
            _("Hentikan dan jalankan lagi Bersinar; ia menutupnya sendiri."),
        )
    else:
        yield well("doctor.rights", _("Folder data hanya terbaca oleh akun yang menjalankan Bersinar."))


def _ours() -> Iterator[Path]:
    for name in ("main.sqlite3", "audit.sqlite3", "secret_key"):
        if (data() / name).exists():
            yield data() / name
    for name in ("keys", "files"):
        yield from (data() / name).rglob("*")


def versions() -> Iterator[Finding]:
    """What a helper asks first."""
    yield note(
        "doctor.versions",
        f"Bersinar {__version__}, Python {system.python_version()}, Django {django.get_version()}, "
        f"{system.system()} {system.release()}.",
    )
