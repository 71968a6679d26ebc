"""It tells how complete a round is, what waits, and where every figure of a village came from."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse

from bersinar import jobs
from bersinar.fieldwork import actions, queries
from bersinar.fieldwork.models import Import
from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.views import imports
from bersinar.fieldwork.vocabulary import ImportState, Origin, SourceType, State
from bersinar.territory.queries import villages_of_office

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ON = date(2023, 3, 1)


@pytest.fixture
def applied(filled, upload, actor_p2m_cleared):
    found = upload(filled({"E5": 3, "F5": "nihil", "G5": "belum: desa belum menjawab", "E6": 1}))
    return actions.apply_import(found.pk, by=actor_p2m_cleared)


def test_it_counts_completeness_in_sums_that_add_up(applied, round_, actor_p2m_cleared):
    done = queries.completeness(round_.pk, actor_p2m_cleared)
    assert done.adds_up
    assert (done.total.filled, done.total.none, done.total.missing) == (2, 1, 88 * 13 - 3)
    assert (done.total.villages, done.total.untouched) == (88, 86)
    assert len(done.districts) == 12
    by_indicator = {one.id: share.answered for one, share in done.indicators}
    assert by_indicator["P1"] == 2 and by_indicator["P3"] == 0
    assert queries.progress(round_, actor_p2m_cleared) == (3, 88 * 13)


def test_it_counts_a_cell_taken_back_to_belum_as_unanswered(applied, round_, actor_p2m_cleared):
    first = queries.villages_of_round(round_).first()
    stored = queries.current_entry(round_, first.pk, "P1", actor_p2m_cleared)
    actions.enter_value(
        round_.pk,
        village_id=first.pk,
        indicator="P1",
        reading=Reading(State.BELUM, None, "LAINNYA", "angka keliru"),
        based_on=stored.pk,
        by=actor_p2m_cleared,
    )
    assert queries.progress(round_, actor_p2m_cleared) == (2, 88 * 13)
    assert queries.completeness(round_.pk, actor_p2m_cleared).total.answered == 2


def test_it_shows_completeness_by_kecamatan_and_indicator(applied, round_, client_as):
    page = client_as("actor_head").get(reverse("fieldwork:round", args=[round_.pk])).content.decode()
    assert "Tanjungpandan, Belitung" in page and "P1 Kasus kejahatan narkoba" in page
    assert "Unduh templat" not in page


def test_it_gives_the_template_to_download(round_, client_as):
    answer = client_as("actor_p2m").get(reverse("fieldwork:template", args=[round_.pk]))
    assert "isian-2023-pemetaan-kawasan.xlsx" in answer.headers["Content-Disposition"]


def test_it_tells_where_each_figure_came_from(applied, round_, actor_p2m_cleared):
    village = queries.villages_of_round(round_).first()
    values = {one.indicator: one for one in queries.village_values(village.pk, actor_p2m_cleared)}
    assert len(values) == 13
    first = values["P1"]
    assert (first.state, first.value, first.unit, first.is_main) == ("TERISI", 3, "kasus", True)
    origin = first.provenance
    assert (origin.file, origin.sheet, origin.column, origin.row) == ("isian.xlsx", "Isian", "E", 5)
    assert (origin.origin, origin.source_type) == (Origin.BERKAS, SourceType.PENINDAKAN)
    assert origin.person == actor_p2m_cleared.name
    assert (values["P2"].state, values["P3"].reason) == ("NIHIL", "desa belum menjawab")
    assert (values["D1"].state, values["D1"].provenance, values["D1"].is_main) == ("BELUM", None, False)


def test_it_keeps_the_history_of_a_cell(applied, round_, client_as, actor_p2m_cleared):
    actions.withdraw_import(applied.pk, reason="salah tahun", by=actor_p2m_cleared)
    village = queries.villages_of_round(round_).first()
    first = queries.village_values(village.pk, actor_p2m_cleared, round_.pk)[0]
    assert (first.state, first.provenance) == ("BELUM", None)
    (answer,) = first.history
    assert (answer.text, answer.counts, answer.withdrawn_why) == ("3", False, "salah tahun")
    page = client_as("actor_p2m_cleared").get(reverse("fieldwork:village", args=[round_.pk, village.pk]))
    assert "salah tahun" in page.content.decode()


def test_it_tells_nothing_of_villages_of_other_offices(applied, elsewhere, actor_p2m_cleared, round_):
    other = villages_of_office(elsewhere.pk).first()
    assert queries.village_values(other.pk, actor_p2m_cleared) == []
    assert queries.village_values(other.pk, actor_p2m_cleared, round_.pk) == []


def titles(actor):
    return [one.title for one in queries.work_queue(actor, on=ON)]


def test_it_lists_waiting_files_and_incomplete_villages(filled, upload, round_, actor_p2m_cleared):
    assert titles(actor_p2m_cleared) == ["Lengkapi data 88 desa"]
    waiting = upload(filled({"E5": 3}), name="gelombang.xlsx")
    assert titles(actor_p2m_cleared) == ["Periksa dan simpan gelombang.xlsx", "Lengkapi data 88 desa"]
    actions.apply_import(waiting.pk, by=actor_p2m_cleared)
    assert titles(actor_p2m_cleared) == ["Lengkapi data 88 desa"]
    actions.close_round(round_.pk, by=actor_p2m_cleared)
    assert titles(actor_p2m_cleared) == []


def test_it_asks_for_a_round_where_none_is_open(actor_p2m, actor_head, actor_kades):
    assert titles(actor_p2m) == ["Buka putaran data 2023"]
    assert titles(actor_head) == titles(actor_kades) == []


def test_it_reads_and_stores_a_large_file_as_a_job(filled, round_, client_as, monkeypatch, actor_p2m_cleared):
    monkeypatch.setattr(imports, "IN_BACKGROUND_FROM", 1)
    monkeypatch.setattr(imports, "CELLS_AT_ONCE", 1)
    browser = client_as("actor_p2m_cleared")
    content = filled({"E5": 3, "F5": 4})
    stream = io.BytesIO(content)
    stream.name = "besar.xlsx"
    sent = browser.post(reverse("fieldwork:upload", args=[round_.pk]), {"file": stream})
    job_page = browser.get(sent.headers["Location"]).content.decode()
    assert "Halaman ini boleh ditutup" in job_page
    # The page is closed; the work goes on.
    jobs.run_pending()
    received = Import.objects.for_actor(actor_p2m_cleared).get()
    assert received.state == ImportState.TERBACA
    for _twice in range(2):
        browser.post(reverse("fieldwork:apply", args=[received.pk]))
    jobs.run_pending()
    received.refresh_from_db()
    assert received.state == ImportState.DITERAPKAN
    assert received.entries.for_actor(actor_p2m_cleared).count() == 2
