"""Nothing of a person leaves in the bundle: a mark is planted in every text of every table, file, name and log line."""

import io
import json
import re
import zipfile

import pytest
from django.apps import apps
from django.db import connections, models

from bersinar.config import logs
from bersinar.upkeep import support
from bersinar.upkeep.backup import places
from tests.support.states import store_file

MARK = "PENANDAxq"
NUMBER = 1902010101010001
WORKS_WITH = (models.CharField, models.TextField, models.JSONField)


def plant(model, alias):
    """One row with the mark in each text, whatever the rules of the table would say."""
    row = {}
    for field in model._meta.concrete_fields:
        kind = field.get_internal_type()
        if kind == "JSONField":
            row[field.column] = json.dumps({MARK: MARK})
        elif kind in ("CharField", "TextField", "SlugField"):
            row[field.column] = f"{MARK}{field.column}"[: field.max_length or 80]
        elif kind in ("DateField", "DateTimeField"):
            row[field.column] = "2026-01-02 03:04:05"
        elif kind == "BinaryField":
            row[field.column] = MARK.encode()
        elif kind == "UUIDField":
            row[field.column] = "a" * 32
        elif field.remote_field is not None and isinstance(field.target_field, models.CharField):
            row[field.column] = MARK
        else:
            row[field.column] = NUMBER if "Big" in kind and not field.primary_key else 1
    names = ", ".join(f'"{name}"' for name in row)
    holders = ", ".join(["%s"] * len(row))
    with connections[alias].cursor() as cursor:
        cursor.execute(
            f'INSERT OR REPLACE INTO "{model._meta.db_table}" ({names}) VALUES ({holders})',
            list(row.values()),
        )


@pytest.fixture
def planted(transactional_db, tmp_path, settings):
    folder = tmp_path / f"{MARK}-folder"
    folder.mkdir()
    settings.BERSINAR_DATA = folder
    count = 0
    for alias in ("default", "audit"):
        connection = connections[alias]
        if connection.vendor != "sqlite":
            pytest.skip("rules of tables are put aside on SQLite only")
        tables = set(connection.introspection.table_names())
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table in tables:
                plant(model, alias)
                count += 1
    store_file(folder, f"isi {MARK}".encode())
    (folder / "files" / MARK).write_text(MARK)
    log = folder / logs.FOLDER
    log.mkdir()
    lines = [
        MARK,
        json.dumps({"at": "2026-11-25T01:00:00+00:00", "level": MARK, "logger": MARK, "message": MARK}),
        json.dumps(
            {"at": "2026-11-25T01:00:00+00:00", "level": "ERROR", "code": MARK, "page": MARK, "where": [MARK]}
        ),
        json.dumps({"at": MARK, "error": MARK, "status": MARK, MARK: MARK}),
        json.dumps({"at": "2026-11-25T01:00:00+00:00", "where": MARK, "error": f"{MARK} 12 < {MARK}"}),
        json.dumps({"at": "2026-11-25T01:00:00+00:00", "level": "ERROR", "code": "server_error.a1b2c3"}),
    ]
    (log / "bersinar-2026-11-25.log").write_text("\n".join(lines))
    stick = tmp_path / f"{MARK}-usb"
    stick.mkdir()
    places.choose_second(str(stick))
    yield count
    for alias in ("default", "audit"):
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_no_mark_leaves(planted):
    assert planted > 50
    with zipfile.ZipFile(io.BytesIO(support.bundle())) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    whole = "\n".join([*parts, *parts.values()])
    assert MARK not in whole
    assert not re.search(r"\b\d{16}\b", whole)
    # And it says what a helper asks for.
    assert "server_error.a1b2c3" in parts["catatan.json"]
    assert json.loads(parts["tabel.json"])["default"]["rows"]["accounts_user"] == 1
    assert json.loads(parts["versi.json"])["bersinar"]
    assert {"code", "mood"} == set(json.loads(parts["dokter.json"])[0])


@pytest.mark.django_db(databases=["default", "audit"])
def test_it_is_made_even_when_a_part_cannot(monkeypatch, settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path

    def broken():
        raise ValueError(MARK)

    monkeypatch.setattr(support, "_tables", broken)
    with zipfile.ZipFile(io.BytesIO(support.bundle())) as archive:
        assert json.loads(archive.read("tabel.json")) == {"error": "ValueError"}
        assert json.loads(archive.read("versi.json"))["engine"]
