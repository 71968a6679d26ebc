"""Whether the databases are whole, fit this version, and keep what they acknowledge."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from bersinar.audit import queries as audit
from bersinar.upkeep.backup.places import data
from bersinar.upkeep.doctor.findings import Finding, bad, note, warn, well
from bersinar.upkeep.errors import NewerSchema
from bersinar.upkeep.installation import check_schema_is_known

# Versions before this one can lose pages when two connections write or reset the write-ahead log at once.
FIXED_SQLITE = (3, 51, 3)
OLDEST_POSTGRESQL = 160000


def integrity(*, deep: bool) -> Iterator[Finding]:
    """Pages, indexes and foreign keys; deep compares every index entry as well."""
    for alias, name in (("default", _("utama")), ("audit", _("audit"))):
        connection = connections[alias]
        if connection.vendor == "sqlite":
            yield _sqlite(f"{'main' if alias == 'default' else alias}.sqlite3", name, deep=deep)
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            yield well("doctor.database", _("Basis data %(name)s menjawab.") % {"name": name})


def _sqlite(file: str, name: str, *, deep: bool) -> Finding:
    path = data() / file
    if not path.exists():
        return warn(
            "doctor.database_missing",
            _("Basis data %(name)s belum ada.") % {"name": name},
            _(
                "Jalankan: bersinar start --setup. Bila kantor ini sudah pernah dipakai, jangan; pulihkan cadangan."
            ),
        )
    try:
        with closing(sqlite3.connect(path, timeout=60)) as database:
            database.execute("PRAGMA query_only = ON")
            (said,) = database.execute(
                "PRAGMA integrity_check(1)" if deep else "PRAGMA quick_check(1)"
            ).fetchone()
            broken = database.execute("PRAGMA foreign_key_check").fetchone() if said == "ok" else None
    except sqlite3.DatabaseError as error:
        said, broken = str(error), None
    if said != "ok" or broken is not None:
        return bad(
            "doctor.database_damaged",
            _("Basis data %(name)s rusak: %(finding)s.")
            % {"name": name, "finding": said if broken is None else f"{broken[0]} -> {broken[2]}"},
            _(
                "Hentikan Bersinar dan jangan mengubah apa pun. Salin folder data ke disk lain, "
                "lalu pulihkan cadangan terakhir: bersinar restore"
            ),
        )
    return well("doctor.database", _("Basis data %(name)s utuh.") % {"name": name})


def schema() -> Iterator[Finding]:
    """Whether the tables are those of this version."""
    for alias in ("default", "audit"):
        executor = MigrationExecutor(connections[alias])
        try:
            check_schema_is_known(executor.loader)
        except NewerSchema as error:
            yield bad("doctor.schema_newer", str(error), _("Pasang versi yang lebih baru itu."))
            return
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield warn(
                "doctor.schema_older",
                _("Tabel masih dari versi sebelumnya."),
                _("Hentikan Bersinar, lalu jalankan lagi: bersinar start. Cadangan dibuat lebih dulu."),
            )
            return
    yield well("doctor.schema", _("Tabel sesuai dengan versi ini."))


def chain() -> Iterator[Finding]:
    """The sealed audit against the events."""
    report = audit.verify()
    if report.problems:
        yield bad(
            "doctor.audit_broken",
            _("Catatan audit tidak cocok dengan salinan tersegelnya: %(count)s perbedaan.")
            % {"count": len(report.problems)},
            _("Jangan ubah apa pun. Ikuti docs/operate/audit.md, mulai dengan: bersinar audit verify"),
        )
    else:
        yield well("doctor.audit", _("Catatan audit utuh: %(count)s tersegel.") % {"count": report.sealed})


def engine() -> Iterator[Finding]:
    """Versions of the database, and what they mean for keeping what was acknowledged."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        yield _sqlite_version(sqlite3.sqlite_version_info)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            yield from _careless(int(cursor.fetchone()[0]) >= 2, "synchronous")
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
        if number < OLDEST_POSTGRESQL:
            yield bad(
                "doctor.postgresql_old",
                _("PostgreSQL ini terlalu tua (%(version)s).") % {"version": number // 10000},
                _("Pasang PostgreSQL 16 atau lebih baru; lihat docs/operate/postgresql.md."),
            )
        else:
            yield well("doctor.postgresql", _("PostgreSQL %(version)s.") % {"version": number // 10000})
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {setting}")
            yield from _careless(cursor.fetchone()[0] != "off", setting)


def _sqlite_version(version: tuple[int, ...]) -> Finding:
    text = ".".join(str(part) for part in version)
    if version >= FIXED_SQLITE:
        return well("doctor.sqlite", _("SQLite %(version)s.") % {"version": text})
    return note(
        "doctor.sqlite_wal_reset",
        _(
            "SQLite %(version)s: versi sebelum 3.51.3 dapat merusak data bila dua program menulis bersamaan. "
            "Di Bersinar itu tidak terjadi: hanya satu proses yang menulis, dan penulisnya bergiliran. "
            "Jangan membuka main.sqlite3 dengan program lain selama Bersinar berjalan."
        )
        % {"version": text},
    )


def _careless(kept: bool, setting: str) -> Iterator[Finding]:
    if not kept:
        yield bad(
            "doctor.not_durable",
            _("Setelan %(setting)s dimatikan: listrik padam dapat menghilangkan yang sudah tersimpan.")
            % {"setting": setting},
            _("Nyalakan kembali setelan itu pada basis data."),
        )
