"""Log in with one or two steps, log out, choose a language."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bersinar.access import BersinarError, Level, access
from bersinar.accounts import doors, factors
from bersinar.accounts.actions import factors as actions
from bersinar.accounts.forms.doors import EnrolForm, SignInForm
from bersinar.accounts.models import User
from bersinar.accounts.phones import served
from bersinar.accounts.sealing import seal, unseal
from bersinar.accounts.views.own import app_on_page, show_codes
from bersinar.accounts.views.second import asked


@access.public(level=Level.L0, why="the door itself")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request, request.POST or None)
    target = request.POST.get("next", request.GET.get("next", ""))
    if request.method == "POST" and form.is_valid() and form.user:
        return doors.after_password(request, form.user, target)
    context = {"form": form, "next": target, "ended": request.session.get(doors.ENDED), "phones": served()}
    return render(request, "accounts/sign_in.html", context)


@access.public(level=Level.L0, why="the second half of the door; it opens only after the first")
@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    user = doors.waiting(request)
    if user is None:
        return redirect("accounts:login")
    if not factors.held_by(user).any:
        return redirect("accounts:enrol")
    question = asked(request, user)
    if question.how:
        return doors.open_for(request, user, question.how, doors.half(request)["next"])
    return render(request, "accounts/second_step.html", {"form": question.form, "question": question})


@access.public(level=Level.L0, why="the second half of the door, for whoever has no second factor yet")
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    user = doors.waiting(request)
    if user is None:
        return redirect("accounts:login")
    if factors.held_by(user).any:
        return redirect("accounts:second_step")
    secret = _secret(request)
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.set_up_app(user, secret, form.cleaned_data["code"])
        except BersinarError as refused:
            form.add_error("code", str(refused))
        else:
            return _opened_with_codes(request, user, codes)
    return render(request, "accounts/enrol.html", {"form": form, **app_on_page(secret, user)})


def _secret(request: HttpRequest) -> str:
    """The same one while the page is shown again; sealed, because the session lies in the database."""
    sealed = doors.half(request).get("secret")
    if sealed:
        return unseal(sealed)
    secret = factors.new_secret()
    doors.keep(request, secret=seal(secret))
    return secret


def _opened_with_codes(request: HttpRequest, user: User, codes: list[str]) -> HttpResponse:
    """Signed in; the codes are shown on the next page and nowhere else."""
    target = doors.half(request)["next"]
    response = doors.open_for(request, user, factors.APP, target)
    response.headers["Location"] = show_codes(request, codes, target).headers["Location"]
    return response


@access.public(level=Level.L0, why="whoever leaves may leave")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("accounts:login")


@access.public(level=Level.L0, why="whoever cannot read Indonesian cannot log in first")
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in this browser and go back to the page one came from."""
    response = redirect(doors.safe(request, request.POST.get("next", "")) or "/")
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
