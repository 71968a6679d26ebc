"""Promises: the list with its filters, one promise with its history, and what to write to whoever made it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.programme import actions, present, queries, sharing
from bersinar.programme.forms.commitments import PromiseForm, StepForm
from bersinar.programme.queries import CommitmentRow
from bersinar.programme.views.meetings import meeting_context, own_meeting, year_asked
from bersinar.programme.vocabulary import CommitmentStatus, Element

PAGE = 50
MOST_SILENT = 30
SOON = timedelta(days=7)
Test = Callable[[CommitmentRow, date], bool]
FILTERS: dict[str, Test] = {
    "": lambda one, on: True,
    "terlambat": lambda one, on: one.is_overdue(on),
    "pekan-ini": lambda one, on: (
        one.status.is_open and one.due_date is not None and on <= one.due_date <= on + SOON
    ),
    "tanpa-tenggat": lambda one, on: one.status.is_open and one.due_date is None,
    "terbuka": lambda one, on: one.status.is_open,
    "ditepati": lambda one, on: one.status is CommitmentStatus.SELESAI,
    "dibatalkan": lambda one, on: one.status is CommitmentStatus.DIBATALKAN,
}


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_GET
def commitments(request: HttpRequest) -> HttpResponse:
    """All promises of a year: late ones first, filters in the address."""
    today = timezone.localdate()
    years = queries.commitment_years(request.actor)
    newest = years[0] if years else None
    # Work does not stop with the year: the lines of the work queue lead to promises of every year.
    asked = request.GET.get("saring", "")
    year = (
        year_asked(request, newest) if "tahun" in request.GET or asked not in FILTERS or not asked else None
    )
    everything = queries.commitments(request.actor, year=year)
    village, element = request.GET.get("desa", ""), request.GET.get("unsur", "")
    meeting_id = request.GET.get("rapat", "")
    inside = [
        one
        for one in everything
        if (not village or one.village_code == village)
        and (not element or one.element.value == element)
        and (not meeting_id or str(one.meeting_id) == meeting_id)
    ]
    wanted = asked if asked in FILTERS else ""
    shown = [one for one in inside if FILTERS[wanted](one, today)]
    page = Paginator(shown, PAGE).get_page(request.GET.get("hal"))
    kept = {"tahun": year or "", "desa": village, "unsur": element, "rapat": meeting_id}
    address = f"?{urlencode({key: value for key, value in kept.items() if value})}&saring="
    context = {
        "year": year,
        "years": sorted({*years, *([year] if year else [])}),
        "village": village,
        "villages": sorted({(one.village_code, one.village) for one in everything}, key=lambda pair: pair[1]),
        "element": element,
        "elements": [(one.value, one.label) for one in Element],
        "wanted": wanted,
        "meeting_id": meeting_id,
        "page": page,
        "rows": [present.promise(one, today) for one in page],
        "figures": present.figures(queries.tally(inside, today), address),
        "chips": _chips(inside, wanted, today, address),
        "silent": _silent(request, year or newest, village),
    }
    return render(request, "programme/commitments.html", context)


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_http_methods(["GET", "POST"])
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise: what was promised, what became of it, and the next step."""
    row = queries.commitment(pk, request.actor)
    today = timezone.localdate()
    records = request.actor.can(Right.PROGRAMME_RECORD) and row.office_id == request.actor.office_id
    form = StepForm(request.POST or None, request.FILES or None, promise=row, initial={"on": today})
    if request.method == "POST":
        request.actor.require(Right.PROGRAMME_RECORD)
        if form.is_valid() and _change(request, row, form):
            messages.success(request, _("Janji diperbarui."))
            return redirect("programme:commitment", pk=pk)
    context = {
        "promise": present.promise(row, today),
        "history": [present.step(one) for one in queries.commitment_history(pk, request.actor)],
        "form": form,
        "records": records and not row.withdrawn,
        "may_restore": records and row.withdrawn,
        "reminder": sharing.reminder(row, request.actor.office_name, today),
    }
    return render(request, "programme/commitment.html", context, status=400 if form.errors else 200)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_POST
def add_commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """Pick up a promise while everybody is still in the room."""
    row = own_meeting(request, pk)
    form = PromiseForm(request.POST, villages=row.villages)
    if form.is_valid():
        try:
            made = actions.record_commitments(meeting_id=pk, by=request.actor, **form.promise())
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("Janji “%(what)s” dicatat.") % {"what": made[0].what},
                extra_tags=present.undo("withdraw_commitment", made[0].pk) if len(made) == 1 else "",
            )
            return redirect(f"{reverse('programme:meeting', args=[pk])}#janji-baru")
    context = meeting_context(request, row) | {"promise_form": form}
    return render(request, "programme/meeting.html", context, status=400)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_POST
def withdraw_commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """It was recorded by mistake; one press takes it back."""
    made = actions.withdraw_commitment(pk, reason=request.POST.get("reason", ""), by=request.actor)
    messages.success(
        request,
        _("Janji “%(what)s” ditarik.") % {"what": made.what},
        extra_tags=present.undo("restore_commitment", pk),
    )
    return _back(made.meeting_id, pk)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_POST
def restore_commitment(request: HttpRequest, pk: int) -> HttpResponse:
    made = actions.restore_commitment(pk, by=request.actor)
    messages.success(request, _("Janji “%(what)s” berlaku lagi.") % {"what": made.what})
    return redirect("programme:commitment", pk=pk)


def _change(request: HttpRequest, row: CommitmentRow, form: StepForm) -> bool:
    """Write the step; False when it was refused, with the reason in the form."""
    data = form.cleaned_data
    try:
        file = data["file"]
        stored = (
            actions.keep_evidence(
                row.id,
                content=file.read(),
                name=file.name,
                by=request.actor,
            )
            if file
            else None
        )
        actions.change_commitment(
            row.id,
            status=CommitmentStatus(data["status"]),
            on=data["on"],
            evidence=data["evidence"],
            note=data["note"],
            due_date=data["due_date"],
            file_id=stored.pk if stored else None,
            client_key=data["client_key"],
            by=request.actor,
        )
    except BersinarError as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _chips(rows: list[CommitmentRow], wanted: str, on: date, address: str) -> list[dict[str, Any]]:
    words = {
        "": _("Semua"),
        "terlambat": _("Lewat tenggat"),
        "pekan-ini": _("Pekan ini"),
        "tanpa-tenggat": _("Tanpa tenggat"),
        "terbuka": _("Terbuka"),
        "ditepati": _("Ditepati"),
        "dibatalkan": _("Dibatalkan"),
    }
    return [
        {
            "label": label,
            "url": f"{address}{key}",
            "current": wanted == key,
            "count": sum(FILTERS[key](one, on) for one in rows),
        }
        for key, label in words.items()
    ]


def _silent(request: HttpRequest, year: int | None, village: str) -> list[dict[str, Any]]:
    """Which elements of which village have promised nothing in this year."""
    if year is None:
        return []
    years = [
        one
        for one in queries.programme_years(request.actor, year=year)
        if one.year == year and (not village or one.code == village)
    ][:MOST_SILENT]
    by_year = queries.uncommitted_by_year([one.id for one in years], request.actor)
    return [
        {"name": one.name, "elements": [element.label for element in by_year[one.id]]}
        for one in years
        if by_year[one.id]
    ]


def _back(meeting_id: int | None, pk: int) -> HttpResponse:
    if meeting_id is None:
        return redirect("programme:commitment", pk=pk)
    return redirect("programme:meeting", pk=meeting_id)
