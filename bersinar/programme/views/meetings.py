"""The meetings: their list, the plan, the meeting's own page, and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.documents.queries import LetterRow
from bersinar.documents.vocabulary import DocumentKind
from bersinar.programme import actions, present, queries
from bersinar.programme.forms.attendance import PasteForm
from bersinar.programme.forms.commitments import PromiseForm
from bersinar.programme.forms.meetings import (
    CancelForm,
    CloseForm,
    FileForm,
    MoveForm,
    PlanForm,
    plan_initial,
)
from bersinar.programme.queries import MeetingRow, YearRow
from bersinar.programme.queries.steps import standing_event
from bersinar.programme.rules.minutes import blocks
from bersinar.programme.vocabulary import FileKind, MeetingState, Stage
from bersinar.ui import address

PAGE = 25
SHOWN = 8
# Stands in the plan and on the invitation, so it is Indonesian whatever language the page has.
USUAL_AGENDA = "Pembukaan\nHasil pemetaan dan desa sasaran\nKomitmen tiap unsur\nRencana berikutnya"
FORM = require_http_methods(["GET", "POST"])


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings of a year, the latest first."""
    years = queries.meeting_years(request.actor)
    year = year_asked(request, years[0] if years else None)
    rows = queries.meetings(request.actor, year=year)
    wanted = request.GET.get("keadaan", "")
    counts = {state: sum(row.state is state for row in rows) for state in MeetingState}
    shown = [row for row in rows if not wanted or row.state.value == wanted]
    page = Paginator(shown, PAGE).get_page(request.GET.get("hal"))
    context = {
        "year": year,
        "years": sorted({*years, year, timezone.localdate().year}),
        "page": page,
        "rows": [present.meeting(row) for row in page],
        "chips": [
            {"label": _("Semua"), "url": f"?tahun={year}", "current": not wanted, "count": len(rows)},
            *(
                {
                    "label": present.state_word(state).capitalize(),
                    "url": f"?tahun={year}&keadaan={state.value}",
                    "current": wanted == state.value,
                    "count": number,
                }
                for state, number in counts.items()
                if number
            ),
        ],
    }
    return render(request, "programme/meetings.html", context)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@FORM
def plan_meeting(request: HttpRequest) -> HttpResponse:
    """Plan a rakor, or the one that follows another for those who were absent."""
    before = _followed(request)
    year = year_asked(request, before.on.year if before else None)
    years = queries.programme_years(request.actor, year=year, office_id=request.actor.office_id)
    form = PlanForm(request.POST or None, years=years, initial=_first_plan(request, before, year, years))
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.plan_meeting(
                **form.plan(),
                follows_id=before.id if before else None,
                client_key=form.cleaned_data["client_key"],
                by=request.actor,
            )
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Rapat direncanakan. Berikutnya: undangan."))
            return redirect("programme:meeting", pk=meeting.pk)
    context = {"form": form, "before": before, "year": year}
    return render(request, "programme/plan_meeting.html", context, status=400 if form.errors else 200)


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: promises first, then minutes and papers; who came stands beside them."""
    row = queries.meeting(pk, request.actor)
    return render(request, "programme/meeting.html", meeting_context(request, row))


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@FORM
def move_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, place or circle; calendars and the invitation follow."""
    row = own_meeting(request, pk)
    years = queries.programme_years(request.actor, office_id=request.actor.office_id)
    near = [one for one in years if one.year == row.on.year or one.id in row.year_ids]
    form = MoveForm(request.POST or None, years=near, initial=plan_initial(row))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.move_meeting(
                pk,
                reason=data["reason"],
                based_on=data["based_on"],
                client_key=data["client_key"],
                by=request.actor,
                **form.plan(),
            )
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Rencana diubah. Perbarui dan kirim lagi undangannya."))
            return redirect("programme:invitation", pk=pk)
    context = {"form": form, "meeting": present.meeting(row)}
    return render(request, "programme/move_meeting.html", context, status=400 if form.errors else 200)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@FORM
def cancel_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting will not be held; what was recorded stays."""
    row = own_meeting(request, pk)
    form = CancelForm(request.POST or None, initial={"based_on": row.sequence})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.cancel_meeting(
                pk,
                reason=data["reason"],
                based_on=data["based_on"],
                client_key=data["client_key"],
                by=request.actor,
            )
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Rapat dibatalkan. Kabari yang diundang."))
            return redirect("programme:invitation", pk=pk)
    context = {"form": form, "meeting": present.meeting(row)}
    return render(request, "programme/cancel_meeting.html", context, status=400 if form.errors else 200)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@FORM
def close_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the minutes stand and record the stage for the villages of the meeting."""
    row = own_meeting(request, pk)
    waiting = [one for one in row.villages if standing_event(one.year_id, Stage.RAKOR, request.actor) is None]
    form = CloseForm(request.POST or None, villages=waiting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_meeting(pk, stage_year_ids=form.cleaned_data.get("years", []), by=request.actor)
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Notulen disahkan. Laporan rapat dapat dicetak."))
            return redirect("programme:meeting", pk=pk)
    minutes = queries.minutes(pk, request.actor)
    context = {
        "form": form,
        "meeting": present.meeting(row),
        "minutes": minutes,
        "minutes_blocks": blocks(minutes.text if minutes else ""),
        "seats": present.seats(queries.seats(pk, request.actor)),
        "silent": silent_elements(request, row),
    }
    return render(request, "programme/close_meeting.html", context, status=400 if form.errors else 200)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_POST
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a photo or the signed list."""
    row = own_meeting(request, pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            actions.add_file(
                pk,
                content=sent.read(),
                name=sent.name,
                kind=FileKind(form.cleaned_data["kind"]),
                caption=form.cleaned_data["caption"],
                by=request.actor,
            )
        except BersinarError as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("Berkas disimpan."))
            return redirect(f"{reverse('programme:meeting', args=[pk])}#berkas")
    context = meeting_context(request, row) | {"file_form": form}
    return render(request, "programme/meeting.html", context, status=400)


def meeting_context(request: HttpRequest, row: MeetingRow) -> dict[str, Any]:
    """Everything the meeting's page shows."""
    today = timezone.localdate()
    actor = request.actor
    promises = queries.commitments(actor, meeting_id=row.id)
    papers = queries.meeting_letters(row.id, actor)
    plan = queries.seats(row.id, actor)
    minutes = queries.minutes(row.id, actor)
    records = actor.can(Right.PROGRAMME_RECORD) and row.office_id == actor.office_id
    return {
        "meeting": present.meeting(row),
        "plans": queries.meeting_plans(row.id, actor)[:-1],
        "promises": [present.promise(one, today) for one in promises[:SHOWN]],
        "n_more": max(len(promises) - SHOWN, 0),
        "n_without_day": sum(one.status.is_open and one.due_date is None for one in promises),
        "promise_form": PromiseForm(villages=row.villages) if records and row.villages else None,
        "minutes": minutes,
        "minutes_blocks": blocks(minutes.text if minutes else ""),
        "record": queries.meeting_record(row.id, actor),
        "letters": present.letters(papers, row),
        "files": present.files(queries.meeting_files(row.id, actor)),
        "file_form": FileForm(),
        "paste_form": PasteForm(),
        "seats": present.seats(plan),
        "silent": silent_elements(request, row),
        "records": records,
        "next": _next_step(row, _is_invited(papers)) if records else None,
    }


def silent_elements(request: HttpRequest, row: MeetingRow) -> list[dict[str, Any]]:
    """For each village of the meeting the elements that have promised nothing."""
    by_year = queries.uncommitted_by_year(row.year_ids, request.actor)
    found = [
        {"name": village.name, "elements": [one.label for one in by_year[village.year_id]]}
        for village in row.villages
    ]
    return [one for one in found if one["elements"]]


def own_meeting(request: HttpRequest, pk: int) -> MeetingRow:
    """The meeting, for pages that write: offices above look at it on its own page only."""
    row = queries.meeting(pk, request.actor)
    if row.office_id != request.actor.office_id:
        raise Http404
    return row


def year_asked(request: HttpRequest, otherwise: int | None) -> int:
    """The year in the address, or the newest one there is, or this one."""
    return address.year(request.GET.get("tahun", "")) or otherwise or timezone.localdate().year


def _is_invited(papers: list[LetterRow]) -> bool:
    """Has an invitation of this meeting been issued?"""
    return any(one.letter.kind == DocumentKind.UNDANGAN and one.issue for one in papers)


def _next_step(row: MeetingRow, is_invited: bool) -> dict[str, str] | None:
    """The one yellow button: what this meeting asks for now."""
    steps = {
        MeetingState.DIRENCANAKAN: (
            "invitation",
            _("Bagikan undangan") if is_invited else _("Siapkan undangan"),
        ),
        MeetingState.HARI_INI: ("attendance", _("Catat kehadiran")),
        MeetingState.BELUM_DITUTUP: ("attendance", _("Catat kehadiran")),
        MeetingState.SELESAI: ("report", _("Buat laporan rapat")),
    }
    if row.state not in steps:
        return None
    name, label = steps[row.state]
    if row.state in (MeetingState.HARI_INI, MeetingState.BELUM_DITUTUP) and row.n_people:
        name, label = (
            ("close_meeting", _("Sahkan notulen")) if row.has_minutes else ("minutes", _("Tulis notulen"))
        )
    return {"url": reverse(f"programme:{name}", args=[row.id]), "label": label}


def _followed(request: HttpRequest) -> MeetingRow | None:
    """The meeting this one follows, from the address."""
    asked = address.whole_number(request.GET.get("susulan", ""))
    return queries.meeting(asked, request.actor) if asked is not None else None


def _first_plan(
    request: HttpRequest, before: MeetingRow | None, year: int, years: list[YearRow]
) -> dict[str, Any]:
    if before is None:
        return {
            "title": f"Rapat koordinasi Desa Bersinar {year}",
            # The villages of the year are the reason for its rakor; those of earlier years are in guidance.
            "years": [one.id for one in years if one.year == year],
            "agenda": USUAL_AGENDA,
        }
    absent = queries.seats(before.id, request.actor).unrepresented
    initial = plan_initial(before) | {
        "title": f"Susulan: {before.title}",
        "elements": [element.value for element in absent],
        "on": None,
    }
    del initial["based_on"]
    return initial
