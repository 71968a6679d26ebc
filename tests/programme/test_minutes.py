"""It keeps the minutes as they are typed, and two people writing at once see both texts."""

import pytest
from django.http import Http404
from django.urls import reverse

from bersinar.access import NotAllowed
from bersinar.programme import actions, errors, queries
from bersinar.programme.rules.minutes import Block, blocks, points

pytestmark = pytest.mark.django_db
TEXT = """Rapat dibuka.

Yang disepakati:
- Posko dibuka
2. Patroli tiap bulan

Yang belum dijawab
* Sumber dana"""


def saved(meeting, actor):
    return [(one.revision, one.text) for one in queries.minutes_versions(meeting.pk, actor)]


def test_it_appends_every_version(rakor, actor_p2m):
    actions.write_minutes(rakor.pk, "Satu", 0, actor_p2m)
    actions.write_minutes(rakor.pk, "Satu dua", 1, actor_p2m)

    assert saved(rakor, actor_p2m) == [(2, "Satu dua"), (1, "Satu")]


def test_it_stores_the_same_text_once(rakor, actor_p2m):
    for _ in range(3):
        actions.write_minutes(rakor.pk, "Satu  \n", 0, actor_p2m)

    assert saved(rakor, actor_p2m) == [(1, "Satu")]


def test_it_refuses_to_write_over_somebody_elses_text_and_shows_it(rakor, actor_p2m, actor_p2m_cleared):
    actions.write_minutes(rakor.pk, "Tulisan pertama", 0, actor_p2m)

    with pytest.raises(errors.MinutesChanged) as refused:
        actions.write_minutes(rakor.pk, "Tulisan kedua", 0, actor_p2m_cleared)

    assert (refused.value.revision, refused.value.text) == (1, "Tulisan pertama")
    assert refused.value.by_name == actor_p2m.name
    assert saved(rakor, actor_p2m) == [(1, "Tulisan pertama")]
    actions.write_minutes(rakor.pk, "Tulisan keduanya", refused.value.revision, actor_p2m_cleared)
    assert saved(rakor, actor_p2m)[0] == (2, "Tulisan keduanya")


def test_it_does_not_quarrel_with_a_page_whose_answer_got_lost(rakor, actor_p2m):
    actions.write_minutes(rakor.pk, "Satu", 0, actor_p2m, client_key="halaman")

    actions.write_minutes(rakor.pk, "Satu dua", 0, actor_p2m, client_key="halaman")

    assert saved(rakor, actor_p2m)[0] == (2, "Satu dua")


def test_it_lets_only_the_own_office_write(rakor, actor_head, actor_elsewhere, actor_province):
    with pytest.raises(NotAllowed):
        actions.write_minutes(rakor.pk, "Satu", 0, actor_head)
    for actor in (actor_elsewhere, actor_province):
        with pytest.raises(Http404):
            actions.write_minutes(rakor.pk, "Satu", 0, actor)


def test_it_reads_headings_lists_and_paragraphs_from_the_way_people_type():
    assert blocks(TEXT) == [
        Block("text", "Rapat dibuka."),
        Block("heading", "Yang disepakati"),
        Block("list", lines=("Posko dibuka", "Patroli tiap bulan")),
        Block("heading", "Yang belum dijawab"),
        Block("list", lines=("Sumber dana",), is_open=True),
    ]
    assert points(TEXT) == [
        "Rapat dibuka.",
        "Yang disepakati:",
        "Posko dibuka",
        "Patroli tiap bulan",
        "Yang belum dijawab:",
        "Sumber dana",
    ]


def test_it_saves_from_the_page_without_a_script(rakor, actor_p2m, client_as):
    client = client_as("actor_p2m")
    address = reverse("programme:minutes", args=[rakor.pk])
    key = client.get(address).context["form"]["client_key"].value()

    answered = client.post(address, {"client_key": key, "based_on": 0, "text": TEXT})

    assert answered.headers["Location"] == reverse("programme:meeting", args=[rakor.pk])
    assert saved(rakor, actor_p2m)[0][1] == TEXT
    assert "Yang disepakati</h3>" in client.get(answered.headers["Location"]).content.decode()


def test_it_answers_the_script_with_the_new_revision(rakor, client_as):
    client = client_as("actor_p2m")
    address = reverse("programme:minutes", args=[rakor.pk])

    answered = client.post(
        address, {"client_key": "a", "based_on": 0, "text": "Satu"}, headers={"Accept": "application/json"}
    )

    assert answered.status_code == 200
    assert answered.json()["revision"] == 1
    assert answered.json()["said"].startswith("Tersimpan ")


def test_it_shows_both_texts_to_the_second_person_and_loses_neither(rakor, actor_p2m, client_as):
    actions.write_minutes(rakor.pk, "Tulisan pertama", 0, actor_p2m)
    client = client_as("actor_p2m_cleared")
    address = reverse("programme:minutes", args=[rakor.pk])
    mine = {"client_key": "kedua", "based_on": 0, "text": "Tulisan kedua"}

    quick = client.post(address, mine, headers={"Accept": "application/json"})
    page = client.post(address, mine)

    assert (quick.status_code, quick.json()["other"], quick.json()["revision"]) == (409, "Tulisan pertama", 1)
    assert page.status_code == 409
    text = page.content.decode()
    assert "Tulisan pertama" in text
    assert "Tulisan kedua</textarea>" in text
    assert 'name="based_on" value="1"' in text


def test_it_shows_what_people_typed_as_text(rakor, actor_p2m, client_as):
    actions.write_minutes(rakor.pk, "<script>alert(1)</script> {{ 7 }}", 0, actor_p2m)

    text = client_as("actor_p2m").get(reverse("programme:meeting", args=[rakor.pk])).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }}" in text


@pytest.mark.parametrize("person", ["actor_head", "actor_kades"])
def test_it_opens_the_page_to_nobody_without_the_right_to_record(rakor, client_as, person):
    assert client_as(person).get(reverse("programme:minutes", args=[rakor.pk])).status_code == 403


def test_it_shows_every_version_to_the_head(rakor, actor_p2m, client_as):
    actions.write_minutes(rakor.pk, "Satu", 0, actor_p2m)
    actions.write_minutes(rakor.pk, "Satu dua", 1, actor_p2m)

    text = (
        client_as("actor_head").get(reverse("programme:minutes_versions", args=[rakor.pk])).content.decode()
    )

    assert "Versi 1" in text
    assert "Versi 2" in text
