"""Log in, log out, own password, and the people of an office."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, Role, Section, access
from bersinar.access.vocabulary import MAY_BE_GRANTED_ENFORCEMENT
from bersinar.accounts import actions, queries
from bersinar.accounts.forms import (
    ROLE_LABELS,
    SECTION_LABELS,
    AccountForm,
    NewPasswordForm,
    PasswordForm,
    SignInForm,
)
from bersinar.accounts.middleware import ENDED
from bersinar.accounts.models import User


@access.public(level=Level.L0, why="the door itself")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request, request.POST or None)
    target = request.POST.get("next", request.GET.get("next", ""))
    if request.method == "POST" and form.is_valid() and form.user:
        request.session.pop(ENDED, None)
        login(request, form.user)
        actions.record_sign_in(form.user)
        return redirect(_safe(request, target) or "reporting:home")
    context = {"form": form, "next": target, "ended": request.session.get(ENDED)}
    return render(request, "accounts/sign_in.html", context)


@access.public(level=Level.L0, why="whoever leaves may leave")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("accounts:login")


@access.public(level=Level.L0, why="whoever cannot read Indonesian cannot log in first")
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in this browser and go back to the page one came from."""
    response = redirect(_safe(request, request.POST.get("next", "")) or "/")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def _safe(request: HttpRequest, target: str) -> str:
    """An address of this installation, or nothing."""
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if here else ""


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


@access(Right.ACCOUNTS_MANAGE, level=Level.L2)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "user": user,
            "role": ROLE_LABELS[Role(user.role)],
            "section": SECTION_LABELS[Section(user.section)] if user.section else "",
            "place": user.village or user.office,
        }
        for user in queries.accounts_of_office(request.actor)
    ]
    return render(request, "accounts/people.html", {"rows": rows})


@access(Right.ENFORCEMENT_GRANT, level=Level.L2)
@require_GET
def clearance(request: HttpRequest) -> HttpResponse:
    """The people whose work may need enforcement values, for the head to decide."""
    rows = [
        {"user": user, "role": _position(user)}
        for user in queries.accounts_of_office(request.actor)
        if user.is_active and queries.position_of(user) in MAY_BE_GRANTED_ENFORCEMENT
    ]
    return render(request, "accounts/clearance.html", {"rows": rows})


def _position(user: User) -> str:
    role = str(ROLE_LABELS[Role(user.role)])
    return f"{role} {SECTION_LABELS[Section(user.section)]}" if user.section else role


@access(Right.ACCOUNTS_MANAGE, level=Level.L2)
@require_http_methods(["GET", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.open_account(**form.facts(), by=request.actor)
        except BersinarError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Akun %(name)s dibuka.") % {"name": user.name})
            return redirect("accounts:people")
    return render(request, "accounts/open_account.html", {"form": form})


@access(Right.ACCOUNTS_MANAGE, level=Level.L2)
@require_POST
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    user = actions.close_account(pk, by=request.actor)
    messages.success(request, _("Akun %(name)s ditutup.") % {"name": user.name})
    return redirect("accounts:people")


@access(Right.ACCOUNTS_MANAGE, level=Level.L2)
@require_POST
def reopen_account(request: HttpRequest, pk: int) -> HttpResponse:
    user = actions.reopen_account(pk, by=request.actor)
    messages.success(request, _("Akun %(name)s dibuka lagi.") % {"name": user.name})
    return redirect("accounts:people")


@access(Right.ACCOUNTS_MANAGE, level=Level.L2)
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    user = queries.one_of_office(pk, request.actor)
    form = NewPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_new_password(pk, form.cleaned_data["new"], by=request.actor)
        except BersinarError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kata sandi %(name)s diganti.") % {"name": user.name})
            return redirect("accounts:people")
    return render(request, "accounts/new_password.html", {"form": form, "person": user})


@access(Right.ENFORCEMENT_GRANT, level=Level.L2)
@require_POST
def grant_enforcement(request: HttpRequest, pk: int) -> HttpResponse:
    user = actions.grant_enforcement(pk, granted=request.POST.get("granted") == "1", by=request.actor)
    said = (
        _("%(name)s boleh melihat nilai penindakan.") if user.sees_enforcement else _("Hak %(name)s dicabut.")
    )
    messages.success(request, said % {"name": user.name})
    return redirect("accounts:clearance")
