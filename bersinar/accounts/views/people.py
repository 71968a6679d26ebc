"""The people of an office and their rights."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, Role, Section, access
from bersinar.access.vocabulary import MAY_BE_GRANTED_ENFORCEMENT
from bersinar.accounts import actions, queries
from bersinar.accounts.forms.people import (
    ROLE_LABELS,
    SECTION_LABELS,
    AccountForm,
    NewPasswordForm,
)
from bersinar.accounts.models import User


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
