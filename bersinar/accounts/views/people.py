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
from bersinar.accounts.actions import joint_kinds
from bersinar.accounts.actions.sessions import sign_out_person as sign_out
from bersinar.accounts.errors import NeedsSecondPerson
from bersinar.accounts.forms.people import (
    ROLE_LABELS,
    SECTION_LABELS,
    AccountForm,
    NewPasswordForm,
)
from bersinar.accounts.models import User
from bersinar.accounts.rules.pairs import opens_doors
from bersinar.accounts.views.together import asked as told_to_wait


@access(Right.ACCOUNTS_MANAGE, level=Level.L2)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    enrolled = queries.people_with_a_factor(request.actor)
    rows = [
        {
            "user": user,
            "role": ROLE_LABELS[Role(user.role)],
            "section": SECTION_LABELS[Section(user.section)] if user.section else "",
            "place": user.village or user.office,
            "has_factor": user.pk in enrolled,
        }
        for user in queries.accounts_of_office(request.actor)
    ]
    return render(request, "accounts/people.html", {"rows": rows})


@access(Right.ENFORCEMENT_GRANT, level=Level.L2)
@require_GET
def clearance(request: HttpRequest) -> HttpResponse:
    """The people whose work may need enforcement values, for the head to decide."""
    rows = [
        {"user": user, "role": _position(user), "needs_two": opens_doors(Role(user.role))}
        for user in queries.accounts_of_office(request.actor)
        if user.is_active and queries.position_of(user) in MAY_BE_GRANTED_ENFORCEMENT
    ]
    return render(request, "accounts/clearance.html", {"rows": rows})


def _position(user: User) -> str:
    role = str(ROLE_LABELS[Role(user.role)])
    return f"{role} {SECTION_LABELS[Section(user.section)]}" if user.section else role


@access(Right.ACCOUNTS_MANAGE, level=Level.L2, fresh=True)
@require_http_methods(["GET", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.open_account(**form.facts(), by=request.actor)
        except NeedsSecondPerson:
            return _ask_for_account(request, form)
        except BersinarError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Akun %(name)s dibuka.") % {"name": user.name})
            return redirect("accounts:people")
    return render(request, "accounts/open_account.html", {"form": form})


def _ask_for_account(request: HttpRequest, form: AccountForm) -> HttpResponse:
    """A further head or administrator: written down until somebody else agrees."""
    facts = form.facts()
    asked = {name: facts[name] for name in ("username", "password", "name", "role")}
    try:
        joint_kinds.ask_account(**asked, reason=_("Diminta di halaman Buka akun."), by=request.actor)
    except BersinarError as error:
        form.add_error(None, str(error))
        return render(request, "accounts/open_account.html", {"form": form})
    return told_to_wait(request)


@access(Right.ACCOUNTS_MANAGE, level=Level.L2, fresh=True)
@require_POST
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    user = actions.close_account(pk, by=request.actor)
    messages.success(request, _("Akun %(name)s ditutup.") % {"name": user.name})
    return redirect("accounts:people")


@access(Right.ACCOUNTS_MANAGE, level=Level.L2)
@require_POST
def sign_out_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Everywhere: the phone is stolen, or the PC was left open."""
    user = sign_out(pk, by=request.actor)
    messages.success(request, _("%(name)s dikeluarkan dari semua perangkat.") % {"name": user.name})
    return redirect("accounts:people")


@access(Right.ACCOUNTS_MANAGE, level=Level.L2, fresh=True)
@require_POST
def reopen_account(request: HttpRequest, pk: int) -> HttpResponse:
    user = actions.reopen_account(pk, by=request.actor)
    messages.success(request, _("Akun %(name)s dibuka lagi.") % {"name": user.name})
    return redirect("accounts:people")


@access(Right.ACCOUNTS_MANAGE, level=Level.L2, fresh=True)
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    user = queries.one_of_office(pk, request.actor)
    form = NewPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["new"]
        try:
            if opens_doors(Role(user.role)) and pk != request.actor.user_id:
                reason = _("Diminta di halaman Orang.")
                joint_kinds.ask_password(pk, password, reason=reason, by=request.actor)
                return told_to_wait(request)
            actions.give_new_password(pk, password, by=request.actor)
        except BersinarError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kata sandi %(name)s diganti.") % {"name": user.name})
            return redirect("accounts:people")
    context = {"form": form, "person": user, "needs_two": opens_doors(Role(user.role))}
    return render(request, "accounts/new_password.html", context)


@access(Right.ENFORCEMENT_GRANT, level=Level.L2, fresh=True)
@require_POST
def grant_enforcement(request: HttpRequest, pk: int) -> HttpResponse:
    user = actions.grant_enforcement(pk, granted=request.POST.get("granted") == "1", by=request.actor)
    said = (
        _("%(name)s boleh melihat nilai penindakan.") if user.sees_enforcement else _("Hak %(name)s dicabut.")
    )
    messages.success(request, said % {"name": user.name})
    return redirect("accounts:clearance")
