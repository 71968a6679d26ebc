"""The minutes: a page that saves while one types, and works without a script."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bersinar.access import BersinarError, Level, Right, access
from bersinar.programme import actions, present, queries
from bersinar.programme.errors import MinutesChanged
from bersinar.programme.forms.meetings import MinutesForm
from bersinar.programme.models import Minutes
from bersinar.programme.views.meetings import own_meeting
from bersinar.ui.writing import time_of_day


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Type; the script posts the same form every few seconds and gets a short answer."""
    row = own_meeting(request, pk)
    newest = queries.minutes(pk, request.actor)
    initial = {"text": newest.text if newest else "", "based_on": newest.revision if newest else 0}
    form = MinutesForm(request.POST or None, initial=initial)
    quick = "application/json" in request.headers.get("Accept", "")
    other: MinutesChanged | None = None
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                saved = _save(pk, form, request)
            except MinutesChanged as changed:
                other, status = changed, changed.status
                form.add_error(None, str(changed))
            except BersinarError as refused:
                form.add_error(None, str(refused))
            else:
                if quick:
                    return JsonResponse({"revision": saved.revision, "said": _saved(saved)})
                messages.success(request, _("Notulen disimpan."))
                return redirect("programme:meeting", pk=pk)
    if quick:
        return JsonResponse(
            {
                "said": " ".join(str(error) for error in form.non_field_errors()) or _("Belum tersimpan."),
                "other": other.text if other else None,
                "revision": other.revision if other else None,
            },
            status=status,
        )
    context = {
        "meeting": present.meeting(row),
        "form": form,
        "newest": newest,
        "other": other,
    }
    return render(request, "programme/minutes.html", context, status=status)


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_GET
def minutes_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every saved version; nothing that was typed is lost."""
    context = {
        "meeting": present.meeting(queries.meeting(pk, request.actor)),
        "versions": queries.minutes_versions(pk, request.actor),
    }
    return render(request, "programme/minutes_versions.html", context)


def _save(pk: int, form: MinutesForm, request: HttpRequest) -> Minutes:
    data = form.cleaned_data
    return actions.write_minutes(pk, data["text"], data["based_on"], request.actor, data["client_key"])


def _saved(row: Minutes) -> str:
    at = time_of_day(timezone.localtime(row.recorded_at))
    return _("Tersimpan %(at)s") % {"at": at}
