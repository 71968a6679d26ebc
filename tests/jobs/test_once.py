"""The very same form counts once; anything else about it makes it another form."""

from __future__ import annotations

import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from bersinar.jobs import once
from bersinar.jobs.models import SentForm

pytestmark = pytest.mark.django_db
PAGE, OTHER_PAGE = "a" * 64, "b" * 64
WHY = "a test counts what is kept"


@pytest.fixture
def form(actor_p2m):
    """`form(text="x")`: a request as the browser sends it."""

    def sent(*, token=PAGE, by=actor_p2m, path="/kegiatan/1/janji/", **fields):
        request = RequestFactory().post(path, {"csrfmiddlewaretoken": token, **fields})
        SessionMiddleware(lambda request: HttpResponse()).process_request(request)
        MessageMiddleware(lambda request: HttpResponse()).process_request(request)
        request.actor = by
        return request

    return sent


class Action:
    """Counts how often it was done."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return HttpResponseRedirect(f"/stored/{self.times}/")


def test_the_second_one_is_led_where_the_first_one_went(form):
    act = Action()
    first, second = once.answered(form(what="x"), act), once.answered(form(what="x"), act)
    assert act.times == 1 and first.url == second.url == "/stored/1/"


def test_the_second_one_is_told_so(form):
    act = Action()
    once.answered(form(what="x"), act)
    again = form(what="x")
    once.answered(again, act)
    assert ["tidak disimpan dua kali" in str(one) for one in again._messages] == [True]


@pytest.mark.parametrize(
    "other", [{"what": "y"}, {"token": OTHER_PAGE}, {"path": "/kegiatan/2/janji/"}, {"more": "1"}]
)
def test_another_form_is_done(form, other):
    act = Action()
    once.answered(form(**{"what": "x"}), act)
    once.answered(form(**{"what": "x", **other}), act)
    assert act.times == 2


def test_another_person_is_not_taken_for_the_first(form, actor_head):
    act = Action()
    once.answered(form(what="x"), act)
    once.answered(form(what="x", by=actor_head), act)
    assert act.times == 2


def test_what_was_typed_back_is_typed_anew(form):
    """A text that saves itself goes to and fro on one page; the last word must stand."""
    act = Action()
    for text in ("x", "xy", "x"):
        once.answered(form(what=text), act)
    assert act.times == 3


def test_a_refusal_is_not_kept(form):
    refused = []

    def refuse():
        refused.append(1)
        return HttpResponse(status=400)

    once.answered(form(what="x"), refuse)
    act = Action()
    once.answered(form(what="x"), act)
    assert refused == [1] and act.times == 1


def test_nothing_is_kept_of_what_was_undone(form):
    def break_off():
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        once.answered(form(what="x"), break_off)
    assert SentForm.objects.unscoped(WHY).count() == 0


def test_files_are_compared_by_their_content(form):
    def sent(content):
        return form(what="x", file=SimpleUploadedFile("a.csv", content))

    act = Action()
    for content in (b"one", b"one", b"two"):
        once.answered(sent(content), act)
    assert act.times == 2


def test_the_action_reads_a_file_from_its_beginning(form):
    request = form(file=SimpleUploadedFile("a.csv", b"one"))
    assert once.result(request, lambda: request.FILES["file"].read().decode()) == "one"


def test_without_a_page_of_its_own_every_form_is_done(form):
    """The secret behind all tokens of a day marks no page."""
    act = Action()
    for _time in range(2):
        once.answered(form(token="c" * 32, what="x"), act)
    assert act.times == 2


def test_neither_the_mark_nor_the_words_can_be_read_back(form):
    once.answered(form(what="rahasia"), Action())
    [row] = SentForm.objects.unscoped(WHY).values()
    assert "rahasia" not in str(row) and PAGE not in str(row)


def test_it_forgets_the_oldest(form, monkeypatch):
    monkeypatch.setattr(once, "KEPT", 2)
    for number in range(4):
        once.answered(form(token=f"{number:064d}", what="x"), Action())
    once.prune()
    assert SentForm.objects.unscoped(WHY).count() == 2
