"""The support bundle: what a helper far away needs, safe to post in a chat group.

Everything in it is a count, a date, a version, a code of this program or a name from its source. No sentence, no path,
no address and no text of any row goes in; a code that this program does not know is left out.
"""

from __future__ import annotations

import io
import json
import platform as system
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from bersinar import __version__
from bersinar.config import logs
from bersinar.jobs import registry
from bersinar.jobs.models import Job
from bersinar.jobs.vocabulary import JobState
from bersinar.upkeep.backup import copies, places
from bersinar.upkeep.backup.places import data
from bersinar.upkeep.doctor import visit

_WHY = "counts for the support bundle"
_CODE = re.compile(r"\A[a-z_]{2,40}(\.[a-z0-9_]{2,40}){1,2}\Z")
_PLACE = re.compile(r"\A[\w./-]{1,120}\.py:\d{1,6} [\w<>]{1,80}\Z")
_CLASS = r"[A-Z]\w{0,50}(?:Error|Exception|Interrupt|Exit)"
_ERROR = re.compile(rf"\A{_CLASS}( \d{{1,4}})?( < {_CLASS})?\Z")
_LOGGER = re.compile(r"\A(bersinar|django|granian)(\.[a-z_]+){0,3}\Z")
_VIEW = re.compile(r"\A[a-z_]{1,40}(:[a-z_]{1,60})?\Z")
_JOBS = 200
README = """\
Paket bantuan Bersinar. Isinya hanya hitungan, tanggal, versi, dan kode kesalahan: tidak ada nama, nomor, alamat,
nilai indikator, atau isi berkas. Aman dikirim ke grup percakapan.
"""


def name_of(moment: datetime) -> str:
    return f"bersinar-bantuan-{moment:%Y%m%d-%H%M}.zip"


def bundle() -> bytes:
    """The zip file. A part that cannot be made says so by its class of error; the others are made all the same."""
    parts: dict[str, Callable[[], Any]] = {
        "versi.json": _versions,
        "dokter.json": _doctor,
        "tabel.json": _tables,
        "pekerjaan.json": _jobs,
        "cadangan.json": _copies,
        "catatan.json": _log,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("BACA.txt", README)
        for name, make in parts.items():
            try:
                content = make()
            except Exception as error:
                content = {"error": logs.told(error)[0]}
            archive.writestr(name, json.dumps(content, indent=1))
    return buffer.getvalue()


def _versions() -> dict[str, Any]:
    usage = shutil.disk_usage(data())
    return {
        "bersinar": __version__,
        "python": system.python_version(),
        "django": django.get_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": system.system(),
        "machine": system.machine(),
        "engine": connections["default"].vendor,
        "shape": settings.BERSINAR_STANDING.shape.value,
        "demo": settings.BERSINAR_DEMO,
        "at": timezone.now().isoformat(timespec="minutes"),
        "disk_total_mb": usage.total >> 20,
        "disk_free_mb": usage.free >> 20,
    }


def _doctor() -> list[dict[str, str]]:
    """Codes only: a sentence may name a folder or an address."""
    return [{"code": one.code, "mood": one.mood.name} for one in visit.examine(deep=False)]


def _tables() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for alias in ("default", "audit"):
        connection = connections[alias]
        ours = set(connection.introspection.django_table_names(only_existing=True))
        with connection.cursor() as cursor:
            rows = {}
            for table in sorted(ours):
                cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  (names of our own models)
                rows[table] = cursor.fetchone()[0]
        loader = MigrationLoader(connection)
        applied = set(loader.applied_migrations)
        known = set(loader.disk_migrations)
        found[alias] = {
            "rows": rows,
            "missing": sorted(".".join(step) for step in known - applied),
            "unknown": len(applied - known),
        }
    return found


def _jobs() -> list[dict[str, Any]]:
    rows = Job.objects.unscoped(_WHY).order_by("-pk")[:_JOBS]
    return [
        {
            "number": job.pk,
            "kind": job.kind if registry.find(job.kind) is not None else None,
            "state": job.state if job.state in list(JobState) else None,
            "attempts": job.attempts,
            "code": _known(_CODE, job.error_code),
            "created": job.created_at.isoformat(timespec="seconds"),
            "finished": job.finished_at.isoformat(timespec="seconds") if job.finished_at else None,
        }
        for job in rows
    ]


def _copies() -> dict[str, Any]:
    second = places.second()
    return {
        "here": [[copy.name, copy.counts] for copy in copies.listing(places.local())],
        "second": None if second is None else [[copy.name, copy.counts] for copy in copies.listing(second)],
        "second_code": _known(_CODE, places.chosen().failed),
    }


def _log() -> list[dict[str, Any]]:
    """Every line again by its fields: the file is ours, but what stands in it is believed by its form only."""
    found = []
    for path in sorted((data() / logs.FOLDER).glob("bersinar-*.log")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                fields = json.loads(line)
                found.append(_line(fields))
            except (ValueError, TypeError, AttributeError):
                continue
    return found[-2000:]


def _line(fields: dict[str, Any]) -> dict[str, Any]:
    status = fields.get("status")
    where = fields.get("where")
    return {
        "at": datetime.fromisoformat(fields["at"]).isoformat(timespec="seconds") if "at" in fields else None,
        "level": fields.get("level") if fields.get("level") in ("WARNING", "ERROR", "CRITICAL") else None,
        "logger": _known(_LOGGER, fields.get("logger")),
        "code": _known(_CODE, fields.get("code")),
        "page": _known(_VIEW, fields.get("page")),
        "status": status if isinstance(status, int) else None,
        "error": _known(_ERROR, fields.get("error")),
        "where": [place for place in where if _known(_PLACE, place)] if isinstance(where, list) else [],
    }


def _known(form: re.Pattern[str], value: object) -> str | None:
    return value if isinstance(value, str) and form.match(value) else None
