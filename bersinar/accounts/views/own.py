"""One's own password, second factors and sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.accounts import actions, clock, doors, factors, passkeys, queries, sessions
from bersinar.accounts.actions import factors as factor_actions
from bersinar.accounts.actions import sessions as session_actions
from bersinar.accounts.forms.doors import EnrolForm
from bersinar.accounts.forms.own import KeyNameForm
from bersinar.accounts.forms.people import PasswordForm
from bersinar.accounts.models import Passkey, User
from bersinar.accounts.qr import drawing
from bersinar.accounts.queries.sessions import own_sessions
from bersinar.accounts.sealing import seal, unseal
from bersinar.accounts.views.second import asked

_SECRET, _CODES = "rahasia", "kode"
WAYS = {
    factors.APP: gettext_lazy("kata sandi dan aplikasi kode"),
    factors.PASSKEY: gettext_lazy("kata sandi dan kunci masuk"),
    factors.RECOVERY: gettext_lazy("kata sandi dan kode pemulihan"),
    factors.PASSWORD: gettext_lazy("kata sandi"),
    factors.PIN: gettext_lazy("PIN di ponsel ini"),
}


@access(Right.HOME, level=Level.L2)
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    user = queries.own_account(request.actor)
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_own_password(user, form.cleaned_data["new"])
        update_session_auth_hash(request, user)
        messages.success(request, _("Kata sandi diganti. Perangkat lain harus masuk lagi."))
        return redirect("reporting:home")
    return render(request, "accounts/own_password.html", {"form": form, "user": user})


@access(Right.HOME, level=Level.L2)
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """The second factor once more, before what takes data home or gives others power."""
    user = queries.own_account(request.actor)
    target = doors.safe(request, request.GET.get("next", "")) or "/"
    question = asked(request, user)
    if question.how:
        request.session[sessions.PROVEN] = clock.seconds()
        return redirect(target)
    return render(request, "accounts/prove.html", {"form": question.form, "question": question})


@access(Right.HOME, level=Level.L2)
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """How one signs in, and where one is signed in."""
    user = queries.own_account(request.actor)
    rows = own_sessions(request.actor, request.session.session_key or "")
    context = {
        "user": user,
        "is_office": user.office_id is not None,
        "has_password": user.has_usable_password(),
        "held": factors.held_by(user),
        "keys": Passkey.objects.for_actor(request.actor).filter(user=user),
        "sessions": [{"row": row, "way": WAYS.get(row.factor, "")} for row in rows],
    }
    return render(request, "accounts/security.html", context)


@access(Right.FACTORS_OWN, level=Level.L2, fresh=True)
@require_http_methods(["GET", "POST"])
def replace_app(request: HttpRequest) -> HttpResponse:
    """A new phone: its application takes the place of the old one."""
    user = queries.own_account(request.actor)
    secret = _waiting_secret(request)
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = factor_actions.set_up_app(user, secret, form.cleaned_data["code"], replacing=True)
        except BersinarError as refused:
            form.add_error("code", str(refused))
        else:
            del request.session[_SECRET]
            return show_codes(request, codes, "/akun/keamanan/")
    return render(request, "accounts/replace_app.html", {"form": form, **app_on_page(secret, user)})


@access(Right.FACTORS_OWN, level=Level.L2, fresh=True)
@require_http_methods(["GET", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """A key of this device; the page tells when the address cannot have one."""
    user = queries.own_account(request.actor)
    form = KeyNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = passkeys.take_new(
                request, user, request.POST.get("passkey", ""), name=form.cleaned_data["name"]
            )
            codes = factor_actions.add_passkey(made)
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kunci masuk %(name)s dipasang.") % {"name": made.name})
            return show_codes(request, codes, "/akun/keamanan/") if codes else redirect("accounts:security")
    possible = passkeys.possible(request)
    options = passkeys.ask_new(request, user) if possible else ""
    by_name = "" if possible else passkeys.address_with_name(request)
    context = {"form": form, "options": options, "possible": possible, "by_name": by_name}
    return render(request, "accounts/add_passkey.html", context)


@access(Right.FACTORS_OWN, level=Level.L2, fresh=True)
@require_POST
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    removed = factor_actions.remove_passkey(queries.own_account(request.actor), pk)
    messages.success(request, _("Kunci masuk %(name)s dihapus.") % {"name": removed.name})
    return redirect("accounts:security")


@access(Right.FACTORS_OWN, level=Level.L2, fresh=True)
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New codes for paper; the old paper is worth nothing from now on."""
    codes = factor_actions.renew_recovery_codes(queries.own_account(request.actor))
    return show_codes(request, codes, "/akun/keamanan/")


@access(Right.HOME, level=Level.L2)
@require_GET
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes, shown once: opened again, this page has none any more."""
    shown = request.session.pop(_CODES, None)
    if shown is None:
        return redirect("accounts:security")
    context = {"codes": unseal(shown["codes"]).split(), "next": shown["next"] or "/"}
    return render(request, "accounts/recovery_codes.html", context)


@access(Right.HOME, level=Level.L2)
@require_POST
def end_session(request: HttpRequest, key: str) -> HttpResponse:
    session_actions.end_session(key, by=request.actor)
    messages.success(request, _("Perangkat itu dikeluarkan."))
    return redirect("accounts:security")


@access(Right.HOME, level=Level.L2)
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    count = session_actions.end_other_sessions(request.session.session_key or "", by=request.actor)
    messages.success(request, _("%(count)s perangkat lain dikeluarkan.") % {"count": count})
    return redirect("accounts:security")


def show_codes(request: HttpRequest, codes: list[str], target: str) -> HttpResponse:
    """On to the page that shows them once; sealed meanwhile, because the session lies in the database."""
    request.session[_CODES] = {"codes": seal(" ".join(codes)), "next": target}
    return redirect("accounts:recovery_codes")


def app_on_page(secret: str, user: User) -> dict[str, Any]:
    """The QR, the link for the same phone, and the key in groups for whoever types it."""
    address = factors.address_of(secret, user.username)
    return {
        "address": address,
        "qr": drawing(address, title=_("Kode QR untuk aplikasi kode")),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }


def _waiting_secret(request: HttpRequest) -> str:
    """The same one while the page is shown again."""
    if _SECRET not in request.session:
        request.session[_SECRET] = seal(factors.new_secret())
    return unseal(request.session[_SECRET])
