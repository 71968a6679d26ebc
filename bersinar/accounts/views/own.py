"""One's own password, second factors and sessions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bersinar.access import Level, Right, access
from bersinar.accounts import actions, queries
from bersinar.accounts.forms.people import PasswordForm
from bersinar.accounts.sealing import unseal


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
    return render(request, "accounts/own_password.html", {"form": form})


@access(Right.HOME, level=Level.L2)
@require_GET
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes, shown once: opened again, this page has none any more."""
    shown = request.session.pop("kode", None)
    if shown is None:
        return redirect("reporting:home")
    context = {"codes": unseal(shown["codes"]).split(), "next": shown["next"] or "/"}
    return render(request, "accounts/recovery_codes.html", context)
