"""It leads from the candidates to the decree on pages; a second tap or a second person changes nothing unseen."""

import re

import pytest
from django.urls import reverse

from bersinar.targeting import actions, queries
from bersinar.targeting.models import Decision, OfficePolicy, Readiness
from tests.targeting.conftest import choose

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def address(name, *args):
    return reverse(f"targeting:{name}", args=args)


def page(browser, where, status=200):
    response = browser.get(where)
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


def hidden(html):
    """The hidden fields of the page, as its browser would send them."""
    return {
        name: value
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', html)
        if name != "csrfmiddlewaretoken"
    }


@pytest.fixture
def browser(client_as, officer):
    return client_as("actor_p2m_cleared")


@pytest.fixture
def head_browser(client_as, head):
    return client_as("actor_head")


@pytest.fixture
def proposed(mapped, make_ready, officer):
    make_ready(*mapped.bahaya)
    return actions.save_proposal(2023, run_id=mapped.run.pk, lines=choose(*mapped.bahaya), by=officer)


def typed(draft, villages, **changes):
    told = {"run": draft.run_id, "revision": draft.revision, "passed_over_reason": ""}
    for village in villages:
        told |= {f"money_{village.pk}": "DIPA", f"reason_{village.pk}": "Kepala desa bersedia"}
    return told | changes


def test_it_shows_each_no_with_its_reason_and_how_sure_the_category_is(browser, mapped, make_ready):
    make_ready(mapped.bahaya[0])
    html = page(browser, address("home") + "?tahun=2023")
    assert "Pakta integritas belum dicatat" in html and "garis dilaporkan" in html
    only = page(browser, address("home") + "?tahun=2023&lihat=layak")
    assert mapped.bahaya[0].name in only and "Belum memenuhi syarat</h2>" not in only
    assert "belum dapat ditentukan" in page(browser, address("home") + "?tahun=2023&lihat=terbuka").lower()


def test_it_teaches_the_next_step_before_a_map_is_released(browser, belitung):
    assert "Belum ada pemetaan yang dirilis" in page(browser, address("home") + "?tahun=2023")


def test_it_picks_writes_and_decides(browser, head_browser, mapped, make_ready, officer):
    make_ready(*mapped.bahaya)
    for village in mapped.bahaya:
        assert browser.post(address("pick", 2023), {"tambah": village.pk}).status_code == 302
    draft = queries.proposal(officer.office_id, 2023, officer)
    assert "Lengkapi usulan" in page(head_browser, address("decide", 2023))
    saved = browser.post(address("proposal", 2023), typed(draft, mapped.bahaya))
    assert saved.status_code == 302
    html = page(head_browser, address("decide", 2023))
    decided = head_browser.post(address("decide", 2023), hidden(html))
    found = Decision.objects.for_actor(officer).get()
    assert decided.headers["Location"] == address("decision", found.pk)
    assert "Kepala desa bersedia" in page(browser, address("decision", found.pk))


def test_it_decides_once_though_the_button_is_tapped_twice(head_browser, proposed, head):
    sent = hidden(page(head_browser, address("decide", 2023)))
    first, second = (head_browser.post(address("decide", 2023), sent) for _tap in range(2))
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Decision.objects.for_actor(head).count() == 1


def test_it_tells_the_second_officer_that_a_colleague_decided_first(head_browser, proposed, head):
    mine, theirs = (hidden(page(head_browser, address("decide", 2023))) for _screen in range(2))
    assert head_browser.post(address("decide", 2023), theirs).status_code == 302
    refused = head_browser.post(address("decide", 2023), mine)
    html = refused.content.decode()
    assert refused.status_code == 409 and "sudah ditetapkan" in html
    # From here it can only go on knowingly: the page now asks why the standing decision is replaced.
    assert "Alasan mengganti putusan" in html and hidden(html)["replaces"]
    assert Decision.objects.for_actor(head).count() == 1


def test_it_shows_the_new_draft_when_it_changed_under_the_head(head_browser, proposed, mapped, officer, head):
    sent = hidden(page(head_browser, address("decide", 2023)))
    actions.save_proposal(2023, run_id=mapped.run.pk, lines=choose(mapped.bahaya[0]), by=officer)
    refused = head_browser.post(address("decide", 2023), sent)
    assert refused.status_code == 409 and officer.name in refused.content.decode()
    assert not Decision.objects.for_actor(head).exists()
    again = head_browser.post(address("decide", 2023), hidden(refused.content.decode()))
    assert again.status_code == 302


def test_it_replaces_a_decision_with_a_reason(head_browser, proposed, decided, head):
    sent = hidden(page(head_browser, address("decide", 2023)))
    assert sent["replaces"] == str(decided.pk)
    assert head_browser.post(address("decide", 2023), sent).status_code == 400
    done = head_browser.post(address("decide", 2023), sent | {"reason": "Nama desa keliru"})
    later = Decision.objects.for_actor(head).get(number=2)
    assert done.headers["Location"] == address("decision", later.pk)
    earlier = page(head_browser, address("decision", decided.pk))
    assert "sudah diganti" in earlier and address("decision", later.pk) in earlier


def test_it_keeps_both_texts_when_two_people_write(browser, head_browser, proposed, mapped, officer, head):
    theirs = {f"reason_{mapped.bahaya[0].pk}": "Alasan kepala"}
    head_browser.post(address("proposal", 2023), typed(proposed, mapped.bahaya, **theirs))
    mine = typed(proposed, mapped.bahaya, **{f"reason_{mapped.bahaya[0].pk}": "Alasan petugas"})
    refused = browser.post(address("proposal", 2023), mine)
    html = refused.content.decode()
    assert refused.status_code == 400 and "Alasan kepala" in html and "Alasan petugas" in html
    again = browser.post(address("proposal", 2023), mine | {"revision": hidden(html)["revision"]})
    assert again.status_code == 302
    lines = queries.proposal(officer.office_id, 2023, officer).lines
    assert lines[0]["reason"] == "Alasan petugas"


def test_it_keeps_a_village_a_colleague_added_meanwhile(browser, proposed, mapped, officer, head):
    actions.add_to_proposal(2023, run_id=mapped.run.pk, village_id=mapped.waspada[0].pk, by=head)
    refused = browser.post(address("proposal", 2023), typed(proposed, mapped.bahaya))
    html = refused.content.decode()
    assert refused.status_code == 400 and f"money_{mapped.waspada[0].pk}" in html


def test_it_asks_for_the_exception_and_for_those_passed_over(browser, mapped, make_ready, officer):
    make_ready(*mapped.bahaya)
    actions.add_to_proposal(2023, run_id=mapped.run.pk, village_id=mapped.waspada[0].pk, by=officer)
    html = page(browser, address("proposal", 2023))
    assert "Alasan pengecualian" in html and "Desa yang dilewati" in html
    assert mapped.bahaya[0].name in html


def test_it_drafts_the_decree_from_the_decision(browser, decided):
    for _press in range(2):
        assert browser.post(address("draft_decree", decided.pk)).status_code == 302
    html = page(browser, address("decision", decided.pk))
    assert html.count("Bupati Belitung</a>") == 1 and "Nomor dan tanggal tetap kosong" in html


def test_it_records_readiness_with_evidence(browser, mapped, officer):
    where = address("readiness", 2023, mapped.bahaya[0].code)
    answers = {"pact": "YA", "item_penduduk": "YA", "item_dukungan": "BELUM", "item_warga": "TIDAK"}
    refused = browser.post(where, answers | {"pact_evidence": ""})
    assert refused.status_code == 400 and "tempat simpan paktanya" in refused.content.decode()
    for _tap in range(2):
        assert browser.post(where, answers | {"pact_evidence": "Nota 1"}).status_code == 302
    assert Readiness.objects.for_actor(officer).count() == 1
    assert "Warga berperan aktif: tidak" in page(browser, where)


def test_it_stores_the_units_policy_as_its_own(browser, mapped, officer):
    where = address("policy", 2023)
    typed = {
        "title": "Kebijakan unit",
        "document": "Notulen 3 Januari 2023",
        "quota_dipa": "1",
        "quota_non_dipa": "",
        "checklist": "Data penduduk mutakhir\nAda posko",
        "excluded": ["AMAN", "SIAGA"],
        "open_category": "TUNDA",
        "signatory": "KEPALA_UNIT",
        "needs_pact": "on",
    }
    assert browser.post(where, typed | {"quota_dipa": "-1"}).status_code == 400
    for _tap in range(2):
        assert browser.post(where, typed).status_code == 302
    assert OfficePolicy.objects.for_actor(officer).count() == 1
    html = page(browser, where)
    assert "milik unit" in html and "DIPA: 1 desa" in html and "Ada posko" in html
    rows = queries.candidates(2023, officer).by_id()
    assert not rows[mapped.siaga[0].pk].verdict.eligible


def test_it_opens_only_to_the_own_office(client_as, decided, mapped, actor_elsewhere):
    stranger = client_as("actor_elsewhere")
    page(stranger, address("decision", decided.pk), status=404)
    page(stranger, address("readiness", 2023, mapped.bahaya[0].code), status=404)
    assert "Belum ada pemetaan" in page(stranger, address("home") + "?tahun=2023")


def test_it_lets_the_officer_prepare_but_not_decide(browser, proposed):
    page(browser, address("decide", 2023), status=403)
    assert "Kepala unit memeriksa dan menetapkan" in page(browser, address("proposal", 2023))


@pytest.mark.parametrize(
    "query", ["?tahun=abc", "?tahun=99999", "?tahun=2023&hal=x&urut=skor&lihat=semua&cari=%00"]
)
def test_it_bears_any_address(browser, mapped, query):
    page(browser, address("home") + query)


def test_it_leads_to_readiness_where_nothing_else_is_missing(browser, mapped, make_ready):
    html = page(browser, address("home"))
    assert "Belum ada desa yang memenuhi syarat" in html
    row = html[html.index(f'id="desa-{mapped.bahaya[0].code}"') :].split("</details>", 1)
    readiness = address("readiness", 2023, mapped.bahaya[0].code)
    assert readiness not in row[0] and row[1].split("</div>", 1)[0].count(readiness) == 1
    make_ready(mapped.bahaya[0])
    assert "Belum ada desa yang memenuhi syarat" not in page(browser, address("home"))


def test_it_shows_the_first_reason_and_folds_the_others(browser, mapped):
    html = page(browser, address("home"))
    row = html[html.index(f'id="desa-{mapped.bahaya[0].code}"') :]
    before, folded = row.split("<details>", 1)
    folded = folded.split("</details>")[0]
    assert before.count('class="i" aria-hidden="true"') >= 1
    assert "syarat lain" in folded
    assert 'name="tambah"' in folded and 'name="tambah"' not in before
