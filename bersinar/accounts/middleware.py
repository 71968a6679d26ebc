"""Who is asking, on every request; and refusals as pages instead of stack traces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from bersinar.access import ANONYMOUS, Actor, BersinarError
from bersinar.access.errors import ProofNeeded
from bersinar.accounts import clock, factors
from bersinar.accounts.doors import ENDED
from bersinar.accounts.models import User
from bersinar.accounts.queries import actor_of
from bersinar.accounts.sessions import FACTOR, PROVEN, SEEN, SINCE
from bersinar.config import storage

IDLE = 60 * 60
LONGEST = 12 * 60 * 60
# How long a proof of who sits at the PC is good for taking data home or giving others power.
FRESH_FOR = 15 * 60
# A session is written at most this often, so that reading pages does not write to the database all the time.
NOTED_EVERY = 60


class LanguageMiddleware:
    """Indonesian, unless this browser chose another language; what the browser prefers by itself does not count.

    An office PC with an English Windows would otherwise show English to people who never asked for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", known)
        return response


class SessionEndMiddleware:
    """Ends a session nobody uses, and every session after a working day; the sign-in page then says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User):
            return self.get_response(request)
        why = _why_ended(request, request.user, clock.seconds())
        if not why:
            return self.get_response(request)
        logout(request)
        is_sent = request.method not in ("GET", "HEAD")
        request.session[ENDED] = {"why": why, "lost": is_sent}
        # An address that only takes forms shows nothing: one goes back to the page the form stood on.
        return redirect_to_login(_page_of_form(request) if is_sent else request.get_full_path())


def _why_ended(request: HttpRequest, user: User, now: int) -> str:
    session = request.session
    if session.get(FACTOR) not in factors.SECOND_FACTORS and factors.needed(user):
        return "factor"
    since, seen = session.setdefault(SINCE, now), session.setdefault(SEEN, now)
    if now - since >= LONGEST:
        return "old"
    if now - seen >= IDLE:
        return "idle"
    # Reading must go on while the disk is full: that somebody was seen is not worth failing for.
    if now - seen >= NOTED_EVERY and storage.may_write():
        session[SEEN] = now
    return ""


def _page_of_form(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    parts = urlsplit(came_from)
    here = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return urlunsplit(("", "", parts.path, parts.query, "")) if here and parts.path else "/"


class ActorMiddleware:
    """Sets request.actor and answers a BersinarError with its own sentence and code."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = _actor(request)
        response = self.get_response(request)
        return _only_a_form(request, response) if response.status_code == 405 else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, BersinarError):
            return None
        if isinstance(exception, ProofNeeded):
            return _to_proof(request)
        context = {"status": exception.status, "code": exception.code, "sentence": str(exception)}
        return render(request, "ui/error.html", context, status=exception.status)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    age = clock.seconds() - request.session.get(PROVEN, 0)
    # Where no second factor is asked for there is nothing to prove again.
    return replace(actor_of(request.user), is_fresh=age < FRESH_FOR or not factors.needed(request.user))


def _to_proof(request: HttpRequest) -> HttpResponse:
    is_sent = request.method not in ("GET", "HEAD")
    target = _page_of_form(request) if is_sent else request.get_full_path()
    if is_sent:
        messages.warning(request, _("Belum dilakukan. Sesudah membuktikan diri, kirim sekali lagi."))
    return redirect(reverse("accounts:prove") + "?" + urlencode({"next": target}))


def _only_a_form(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """An address typed by hand that only takes a form: a sentence instead of an empty page."""
    sentence = _(
        "Alamat ini hanya menerima kiriman formulir. Buka halamannya dari Beranda, lalu kirim dari sana."
    )
    context = {"status": 405, "code": "method_not_allowed", "sentence": sentence}
    page = render(request, "ui/error.html", context, status=405)
    page.headers["Allow"] = refused.headers.get("Allow", "POST")
    return page
