"""It keeps files by content, for one office, and hands them out as downloads only."""

from pathlib import Path

import pytest
from django.http import Http404
from django.urls import reverse

from bersinar.access import Level, Right
from bersinar.audit.models import Event
from bersinar.documents import actions, errors, queries, store
from bersinar.documents.models import StoredFile

pytestmark = pytest.mark.django_db


def stored(by, content=b"isi", **fields):
    chosen = {"name": "bukti.txt", "content_type": "text/plain", "level": Level.L1} | fields
    return actions.store_file(content, by=by, **chosen)


def test_it_gives_back_the_same_bytes(actor_p2m):
    file = stored(actor_p2m, b"\x00\xff")
    assert queries.open_file(file.pk, actor_p2m).content == b"\x00\xff"


def test_it_keeps_the_same_file_once(actor_p2m):
    assert stored(actor_p2m) == stored(actor_p2m)
    assert Event.objects.unscoped("test").filter(verb="documents.file_stored").count() == 1


def test_it_keeps_no_half_written_file(actor_p2m, monkeypatch):
    def fails(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr(store.os, "fsync", fails)
    with pytest.raises(OSError):
        stored(actor_p2m)
    assert not [path for path in store.folder().rglob("*") if path.is_file()]


def test_it_refuses_to_be_changed(actor_p2m):
    file = stored(actor_p2m)
    with pytest.raises(errors.NeverChanges):
        file.save()
    with pytest.raises(errors.NeverChanges):
        StoredFile.objects.for_actor(actor_p2m).update(name="lain")


def test_it_tells_when_the_bytes_were_changed(actor_p2m):
    file = stored(actor_p2m)
    Path(store.path_of(file.sha256)).write_bytes(b"isj")
    with pytest.raises(errors.FileDamaged):
        queries.open_file(file.pk, actor_p2m)


def test_it_is_not_there_for_another_office(actor_p2m, actor_elsewhere):
    with pytest.raises(Http404):
        queries.open_file(stored(actor_p2m).pk, actor_elsewhere)


def test_it_opens_only_with_the_right_it_was_stored_under(actor_p2m, actor_p2m_cleared):
    file = stored(actor_p2m_cleared, right=Right.VALUES_SEE_ENFORCEMENT)
    assert queries.open_file(file.pk, actor_p2m_cleared)
    with pytest.raises(Http404):
        queries.open_file(file.pk, actor_p2m)


@pytest.mark.parametrize(
    ("content", "fields", "error"),
    [
        (b"", {}, errors.FileEmpty),
        (b"x" * (20 * 1024 * 1024 + 1), {}, errors.FileTooLarge),
        (b"x", {"level": Level.L3}, errors.TooSensitive),
    ],
    ids=["empty", "large", "secret"],
)
def test_it_refuses(actor_p2m, content, fields, error):
    with pytest.raises(error):
        stored(actor_p2m, content, **fields)


def test_it_names_files_without_paths_and_headers(actor_p2m, client_as):
    file = stored(actor_p2m, name='../../etc/pa"ss\r\nSet-Cookie: a.html', content_type="text/html")
    response = client_as("actor_p2m").get(reverse("documents:file", args=[file.pk]))
    assert "/" not in file.name and '"' not in file.name
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
