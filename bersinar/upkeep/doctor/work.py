"""Jobs that died, files that are gone, faults in the log, and the shape of the installation."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.config import logs
from bersinar.documents import store
from bersinar.documents.errors import FileDamaged
from bersinar.documents.models import StoredFile
from bersinar.jobs.models import Job
from bersinar.jobs.vocabulary import JobState
from bersinar.upkeep import shape as shapes
from bersinar.upkeep.backup.places import data
from bersinar.upkeep.doctor.findings import Finding, note, warn, well

_WHY = "the doctor looks at the installation as a whole"
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_STUCK = timedelta(hours=1)
_SAMPLED = 50


def jobs() -> Iterator[Finding]:
    """What gave up, and whether anybody works at all."""
    now = timezone.now()
    every = Job.objects.unscoped(_WHY)
    died = every.filter(state=JobState.GAGAL, error_code="jobs.gave_up", finished_at__gt=now - _WEEK)
    if count := died.count():
        yield warn(
            "doctor.jobs_died",
            _("%(count)s pekerjaan berhenti karena kesalahan sistem minggu ini, terakhir nomor %(last)s.")
            % {"count": count, "last": died.order_by("-pk").values_list("pk", flat=True).first()},
            _("Ulangi pekerjaan itu sekali. Bila tetap gagal, kirim paket bantuan: bersinar support-bundle"),
        )
    stuck = every.filter(state=JobState.ANTRE, created_at__lt=now - _STUCK).count()
    if stuck:
        yield warn(
            "doctor.jobs_waiting",
            _("%(count)s pekerjaan menunggu lebih dari satu jam.") % {"count": stuck},
            _("Hentikan dan jalankan lagi Bersinar. Pada server: periksa proses bersinar worker."),
        )
    if not count and not stuck:
        yield well("doctor.jobs", _("Tidak ada pekerjaan yang mati atau tertahan."))


def files(*, deep: bool) -> Iterator[Finding]:
    """Rows whose file is gone or no longer what it was."""
    known = list(StoredFile.objects.unscoped(_WHY).values_list("sha256", flat=True).distinct())
    looked_at = known if deep else random.sample(known, min(_SAMPLED, len(known)))
    damaged = [sha256 for sha256 in looked_at if not _is_whole(sha256)]
    if damaged:
        yield warn(
            "doctor.files_damaged",
            _("%(count)s berkas unggahan hilang atau rusak.") % {"count": len(damaged)},
            _("Jangan hapus apa pun. Uji pemulihan dari cadangan; berkas itu mungkin masih utuh di sana."),
        )
    else:
        yield well(
            "doctor.files", _("Berkas unggahan utuh (%(count)s diperiksa).") % {"count": len(looked_at)}
        )


def _is_whole(sha256: str) -> bool:
    try:
        store.read(sha256)
    except (FileDamaged, OSError):
        return False
    return True


def faults() -> Iterator[Finding]:
    """What the log of the last day holds."""
    since = timezone.now() - _DAY
    found = [line for line in _lines(since) if line.get("level") in ("ERROR", "CRITICAL")]
    if not found:
        yield well("doctor.log", _("Tidak ada kesalahan sistem dalam sehari terakhir."))
        return
    codes = sorted({line["code"] for line in found if "code" in line})[-3:]
    yield warn(
        "doctor.log_errors",
        _("%(count)s kesalahan sistem dalam sehari terakhir. %(codes)s")
        % {"count": len(found), "codes": ", ".join(codes)},
        _("Kirim paket bantuan ke pengelola sistem: bersinar support-bundle"),
    )


def _lines(since: datetime) -> Iterator[dict[str, str]]:
    """Of the last two days' files; a line cut by a kill is passed over."""
    for path in sorted((data() / logs.FOLDER).glob("bersinar-*.log"))[-2:]:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                fields = json.loads(line)
                if datetime.fromisoformat(fields["at"]) > since:
                    yield fields
            except (ValueError, KeyError, TypeError):
                continue


def shape() -> Iterator[Finding]:
    """One PC, office network or server, and what is wrong with it."""
    told = shapes.current()
    yield note("doctor.shape", told.sentence)
    for problem in told.problems:
        yield warn("doctor.shape", problem, _("Lihat docs/operate/jaringan-kantor.md."))
