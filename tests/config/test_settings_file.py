"""One line of the data folder says where PostgreSQL is; what says nothing is refused without telling a password."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from bersinar.config import environment, postgresql, settings_file

LINE = "BERSINAR_DATABASE_URL=postgresql://bersinar:rahasia@komputer:5433/kantor?sslmode=require\n"


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch):
    for name in (environment.MAIN_URL, environment.AUDIT_URL, "BERSINAR_DATABASE_THREADS"):
        # Set first, so that whatever a test reads into the environment is taken out again.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_one_line_moves_both_databases(tmp_path):
    (tmp_path / settings_file.NAME).write_text("# kantor\n\n" + LINE)
    found = environment.databases(tmp_path)
    assert {alias: told["NAME"] for alias, told in found.items()} == {
        "default": "kantor",
        "audit": "kantor_audit",
    }
    told = found["default"]
    assert (told["HOST"], told["PORT"], told["USER"], told["PASSWORD"]) == (
        "komputer",
        "5433",
        "bersinar",
        "rahasia",
    )
    assert told["OPTIONS"]["sslmode"] == "require"
    assert "synchronous_commit=on" in told["OPTIONS"]["options"]
    assert "pool" not in told["OPTIONS"]


def test_a_server_pools_as_many_as_its_threads_need(tmp_path, monkeypatch):
    (tmp_path / settings_file.NAME).write_text(LINE)
    monkeypatch.setenv("BERSINAR_DATABASE_THREADS", "8")
    found = environment.databases(tmp_path)
    assert found["default"]["OPTIONS"]["pool"]["max_size"] == 11
    assert found["default"]["CONN_HEALTH_CHECKS"]


def test_the_environment_outranks_the_file(tmp_path, monkeypatch):
    (tmp_path / settings_file.NAME).write_text(LINE)
    monkeypatch.setenv(environment.MAIN_URL, "")
    assert environment.database_urls(tmp_path) is None


def test_a_line_that_says_nothing_is_named_but_not_shown(tmp_path):
    (tmp_path / settings_file.NAME).write_text("sandi rahasia\n")
    with pytest.raises(ImproperlyConfigured, match="baris 1") as refused:
        settings_file.read(tmp_path)
    assert "rahasia" not in str(refused.value)


def test_an_address_that_is_not_postgresql_is_refused():
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        postgresql.configuration("BERSINAR_DATABASE_URL", "mysql://a@b/c", threads=0)


def test_writing_one_line_keeps_the_others(tmp_path):
    (tmp_path / settings_file.NAME).write_text("# tetap\nBERSINAR_DEMO=0\n" + LINE)
    settings_file.write(tmp_path, environment.MAIN_URL, None)
    assert (tmp_path / settings_file.NAME).read_text() == "# tetap\nBERSINAR_DEMO=0\n"


def test_a_folder_that_was_moved_is_not_opened_as_an_empty_one(tmp_path):
    (tmp_path / "main.sqlite3.dipindahkan").touch()
    with pytest.raises(ImproperlyConfigured, match="sudah dipindahkan"):
        environment.databases(tmp_path)
