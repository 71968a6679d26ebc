"""Whoever gets no answer sends again: every form of the product counts once and gives the same answer."""

from __future__ import annotations

import hashlib

import pytest

from tests.support.faults.counts import WHOLE
from tests.support.faults.forms import Form, forms_of
from tests.support.faults.killing import sign_in
from tests.support.faults.mortal import Mortal
from tests.support.faults.work import reading

pytestmark = pytest.mark.server

# Sign-ins, and what the worker and the register of sent forms note for themselves.
_OWN_BUSINESS = ("session", "jobs_sentform", "jobs_job", "django_tasks", "sqlite_")
# At least these must have been stored on the walk, else the walk sees too little.
_MUST_BE_AMONG = {
    "p2m.khusus": (
        "/data/putaran/buka/",
        "/data/putaran/N/isi/N/",
        "/peta/hitung/",
        "/desa-bersinar/N/",
        "/kegiatan/N/janji/",
        "/kegiatan/rencana/",
    ),
    "kepala": ("/sasaran/N/pilih/", "/surat/N/batalkan/"),
    "admin": ("/akun/",),
}
# Files, decisions and letters are sent again by the loops of test_kill.
PEOPLE = list(_MUST_BE_AMONG) if WHOLE else ["p2m.khusus"]


@pytest.mark.parametrize("who", PEOPLE)
def test_a_form_sent_again_after_its_answer_was_lost(own_folder, told, who):
    with Mortal(own_folder) as server:
        server.start()
        web = sign_in(server, who)
        stored, twice = [], []
        for form in forms_of(web, of_each_kind=2 if WHOLE else 1):
            first = send(web, form)
            if first.status not in (302, 303):
                continue
            before = state(server)
            second = send(web, form)
            stored.append(form.kind)
            if state(server) != before or second.location != first.location:
                twice.append(f"{form.kind}: {first.location} then {second.status} {second.location}")
            if "/akun/masuk/" in web.get("/").url:
                web = sign_in(server, who)
        server.kill()
    told(f"{who}: {len(stored)} forms sent twice")
    assert not twice, "\n".join(twice)
    unseen = [one for one in _MUST_BE_AMONG[who] if not any(kind.startswith(one) for kind in stored)]
    assert not unseen, "\n".join(["not stored on the walk:", *unseen, "stored:", *stored])


def send(web, form: Form):
    file = (form.file, "uji.csv", b"kode;nama\n1;satu\n") if form.file else None
    return web.post(form.address, form.fields, file=file, follow=False)


def state(server: Mortal) -> dict[str, str]:
    """A digest of every table that keeps what people do."""
    with reading(server.folder) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in names if not any(part in name for part in _OWN_BUSINESS)]
        return {
            name: hashlib.sha256(
                repr(database.execute(f'SELECT * FROM "{name}"').fetchall()).encode()
            ).hexdigest()
            for name in kept
        }
