"""The door for people of villages: a paper with a QR once, then a PIN on that phone."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from bersinar.access import BersinarError, Level, Right, access
from bersinar.accounts import doors, factors, phones, queries
from bersinar.accounts.actions.phones import make_paper
from bersinar.accounts.forms.phones import CodeOnPaperForm, NewPinForm, PinForm
from bersinar.accounts.qr import drawing
from bersinar.accounts.rules.papers import HOURS, plain
from bersinar.accounts.sealing import seal, unseal
from bersinar.ui import outside

_PAPER = "kertas"


@access.public(level=Level.L0, why="the door for people of villages")
@never_cache
@require_http_methods(["GET", "POST"])
def village_door(request: HttpRequest) -> HttpResponse:
    """Who has a PIN on this phone, and the code on the paper for whoever has none."""
    form = CodeOnPaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = plain(form.cleaned_data["code"])
        if phones.invitation(code):
            return redirect("accounts:use_paper", code)
        form.add_error("code", _("Kode ini keliru, sudah dipakai, atau lewat tiga hari. Minta kertas baru."))
    context = {"form": form, "people": phones.people_here(request), "served": phones.served()}
    return render(request, "accounts/village_door.html", context)


@access.public(level=Level.L0, why="the door for people of villages, for one of them")
@never_cache
@require_http_methods(["GET", "POST"])
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    person = next((one for one in phones.people_here(request) if one.pk == pk), None)
    if person is None:
        return redirect("accounts:village_door")
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = phones.by_pin(request, pk, form.cleaned_data["pin"])
        except BersinarError as refused:
            form.add_error("pin", str(refused))
        else:
            if user is not None:
                return doors.open_for(request, user, factors.PIN, "")
            form.add_error(
                "pin", _("PIN keliru. Coba lagi; lupa PIN? Minta kertas masuk baru kepada kantor BNN.")
            )
    return render(request, "accounts/pin.html", {"form": form, "person": person.user})


@access.public(level=Level.L0, why="the paper itself is the key, once")
@never_cache
@require_http_methods(["GET", "POST"])
def use_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Looking at it uses nothing up: chat programs look at every link before a person does."""
    found = phones.invitation(code)
    if found is None:
        return redirect("accounts:village_door")
    form = NewPinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = phones.use_invitation(code)
        if user is None:
            return redirect("accounts:village_door")
        return doors.open_for(request, user, factors.PIN, "", pin=make_password(form.cleaned_data["pin"]))
    return render(request, "accounts/use_paper.html", {"form": form, "person": found.user})


@access(Right.ACCOUNTS_MANAGE, level=Level.L2)
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a paper for somebody of a village, or say why there can be none here."""
    person = queries.one_of_office(pk, request.actor)
    problem = ""
    if request.method == "POST":
        try:
            code = make_paper(pk, by=request.actor)
        except BersinarError as refused:
            problem = str(refused)
        else:
            request.session[_PAPER] = {"code": seal(code), "user": pk}
            return redirect("accounts:print_paper", pk)
    context = {"person": person, "served": phones.served(), "problem": problem}
    return render(request, "accounts/paper.html", context, status=400 if problem else 200)


@access(Right.ACCOUNTS_MANAGE, level=Level.L2)
@require_GET
def print_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper, shown once."""
    person = queries.one_of_office(pk, request.actor)
    shown = request.session.get(_PAPER)
    if shown is None or shown["user"] != pk:
        return redirect("accounts:paper", pk)
    del request.session[_PAPER]
    code = unseal(shown["code"])
    address = _address(request, reverse("accounts:use_paper", args=[plain(code)]))
    context = {
        "person": person,
        "code": code,
        "qr": drawing(address, title=_("Kode QR kertas masuk")),
        "door": _address(request, reverse("accounts:village_door")),
        "until": timezone.localtime() + timedelta(hours=HOURS),
    }
    return render(request, "accounts/print_paper.html", context)


def _address(request: HttpRequest, path: str) -> str:
    """What a phone opens: the installation's own address, also when this person reached it as localhost."""
    return outside.link(path) or request.build_absolute_uri(path)
