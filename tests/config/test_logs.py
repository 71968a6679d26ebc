"""The log tells what broke and where; nothing of a person, a form or a key is in it."""

import json
import logging
import sys
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client, override_settings
from django.urls import path

from bersinar.access import Level, access
from bersinar.config import logs
from bersinar.config.errors import server_error

SECRET = "PENANDA-budi.s@contoh.id"


@access.public(level=Level.L0, why="a test")
def breaks(request, name):
    typed = request.GET.get("q", "")  # a local that a stack trace with values would show
    raise ValueError(f"{typed} {name} 1902010101010001")


urlpatterns = [path("rusak/<str:name>/", breaks, name="breaks")]
handler500 = server_error


@pytest.fixture
def log(tmp_path, monkeypatch):
    """The real handlers of an installation, into a folder of this test."""
    handler = logs.DayFile(str(tmp_path / "logs"))
    handler.setFormatter(logs.LineFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [
        line for path in sorted((tmp_path / "logs").glob("*.log")) for line in path.read_text().splitlines()
    ]
    root.removeHandler(handler)


@override_settings(ROOT_URLCONF=__name__)
def test_the_code_on_the_page_finds_the_line(log):
    browser = Client(raise_request_exception=False)
    answer = browser.get("/rusak/Budi-Santoso/", {"q": SECRET})
    (line,) = log()
    told = json.loads(line)
    assert told["code"].startswith("server_error.") and told["code"] in answer.content.decode()
    assert told["page"] == "breaks" and told["status"] == 500 and told["method"] == "GET"
    assert (
        told["error"] == "ValueError"
        and "test_logs.py" in told["where"][-1]
        and "breaks" in told["where"][-1]
    )
    for secret in ("PENANDA", "Budi", "1902010101010001", "q="):
        assert secret not in line
    assert set(told) <= {
        "at",
        "level",
        "logger",
        "message",
        "code",
        "method",
        "page",
        "status",
        "error",
        "where",
    }


def test_two_failures_have_two_codes(rf):
    request, other = rf.get("/"), rf.get("/")
    server_error(request)
    server_error(other)
    assert request.error_code != other.error_code


@pytest.mark.parametrize(
    "text",
    [
        "nik 1902010101010001",
        "nik 1902-0101-0101-0001 ada",
        "telp 0812 3456 7890",
        "telp +62812-3456-7890",
        "telp 6281234567890",
        "surat ke budi.s@contoh.id",
        "buka /cari/?q=Budi+Santoso&hal=2",
        "token=abcdef sandi: rahasia",
        "AGE-SECRET-KEY-1QQPQZRFR7ZZ2WCNRFXWDZQ8K2M9NQPQZRFR7ZZ2WCNRFXW",
        "csrfmiddlewaretoken=zzz",
        "sha 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ],
)
def test_what_looks_like_a_person_or_a_key_is_taken_out(text):
    cleaned = logs.clean(text)
    assert logs._GONE in cleaned
    for part in ("1902", "0812", "2812", "3456", "budi", "Budi", "abcdef", "rahasia", "QQPQ", "zzz", "9f86"):
        assert part not in cleaned


def test_ordinary_words_stay():
    assert (
        logs.clean("job 12 (mapping.run) stopped: ValueError") == "job 12 (mapping.run) stopped: ValueError"
    )


def test_of_other_loggers_only_the_fixed_text_is_kept(log):
    logging.getLogger("django.security").error("Invalid host %s", SECRET)
    assert json.loads(log()[0])["message"] == "Invalid host %s"


def test_a_month_is_kept(tmp_path):
    for day in ("2026-10-24", "2026-10-26", "2026-11-25"):
        (tmp_path / f"bersinar-{day}.log").touch()
    (tmp_path / "catatan.txt").touch()
    logs.prune(tmp_path, date(2026, 11, 25))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "bersinar-2026-10-26.log",
        "bersinar-2026-11-25.log",
        "catatan.txt",
    ]


def test_a_log_that_cannot_be_written_breaks_nothing(tmp_path):
    (tmp_path / "logs").touch()  # a file where the folder should be
    handler = logs.DayFile(str(tmp_path / "logs"))
    handler.setFormatter(logs.LineFormatter())
    handler.emit(logging.LogRecord("bersinar", logging.ERROR, "x", 1, "rusak", (), None))


def test_an_error_tells_its_class_and_its_cause(log):
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise OSError(28, "No space left", SECRET) from error
    except OSError:
        logging.getLogger("bersinar.jobs").exception("job %s stopped", 5)
    (line,) = log()
    assert json.loads(line)["error"] == "OSError 28 < KeyError" and "PENANDA" not in line


def test_a_day_has_an_upper_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "_LARGEST", 500)
    handler = logs.DayFile(str(tmp_path))
    handler.setFormatter(logs.LineFormatter())
    for _time in range(100):
        handler.emit(logging.LogRecord("bersinar", logging.ERROR, "x", 1, "rusak", (), None))
    (path,) = tmp_path.iterdir()
    assert path.stat().st_size < 700


def test_places_do_not_tell_where_this_computer_keeps_the_program():
    fake = SimpleNamespace(filename=sys.modules[logs.__name__].__file__)
    assert logs._short(fake.filename) == "bersinar/config/logs.py"
    assert logs._short("/home/budi/x/site-packages/django/db/utils.py") == "django/db/utils.py"
    assert logs._short("/home/budi/rahasia.py") == "rahasia.py"
