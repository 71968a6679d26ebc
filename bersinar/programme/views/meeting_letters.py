"""What leaves the office about a meeting: invitation, calendar file, WhatsApp text, sheet to sign, report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.documents import calendar
from bersinar.documents.queries import LetterRow
from bersinar.documents.vocabulary import DocumentKind
from bersinar.programme import actions, errors, present, queries, sharing
from bersinar.programme.forms.meetings import InvitationForm, RecordForm, SignatoryForm
from bersinar.programme.views.meetings import own_meeting

FORM = require_http_methods(["GET", "POST"])


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@FORM
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the invitation and hand it out in every form people read."""
    row = own_meeting(request, pk)
    drawn = _drawn(request, pk, DocumentKind.UNDANGAN)
    form = InvitationForm(request.POST or None, initial=_signer(request, drawn))
    if request.method == "POST" and form.is_valid():
        try:
            actions.draft_invitation(
                pk,
                signatory=form.signatory(),
                purpose=form.cleaned_data["purpose"],
                contact=form.cleaned_data["contact"],
                by=request.actor,
            )
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Rancangan undangan siap. Periksa, lalu terbitkan."))
            return redirect("programme:invitation", pk=pk)
    papers = present.letters(drawn, row)
    context = {
        "meeting": present.meeting(row),
        "form": form,
        "letter": papers[0] if papers else None,
        "seats": queries.seats(pk, request.actor).seats,
        "message": sharing.invitation_message(
            row, request.actor.office_name, issued=bool(papers and papers[0]["number"])
        ),
        "has_hour": row.start is not None,
    }
    return render(request, "programme/invitation.html", context, status=400 if form.errors else 200)


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_GET
def invitation_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting for calendars; a moved or cancelled one replaces what they hold."""
    row = queries.meeting(pk, request.actor)
    if row.start is None:
        raise errors.HourMissing
    content = calendar.invitation(
        uid=f"{row.uid}@bersinar",
        title=row.title,
        on=row.on,
        start=row.start,
        end=row.end,
        zone=row.zone.value,
        place=row.place,
        description="\n".join(row.agenda),
        sequence=row.sequence,
        cancelled=row.cancelled,
        updated_at=row.planned_at,
    )
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="undangan-{row.on:%Y-%m-%d}.ics"'
    return answer


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_POST
def attendance_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The list people sign by hand, ready to print."""
    try:
        letter = actions.draft_attendance_sheet(pk, by=request.actor)
    except errors.HourMissing as refused:
        messages.error(request, str(refused))
        return redirect("programme:meeting", pk=pk)
    return redirect("documents:letter", pk=letter.pk)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@FORM
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in what the agency's form asks, then print minutes, attendance and promises as one paper."""
    row = own_meeting(request, pk)
    drawn = _drawn(request, pk, DocumentKind.NOTULEN)
    form = RecordForm(request.POST or None, initial=_record_initial(request, pk))
    signer = SignatoryForm(request.POST or None, initial=_signer(request, drawn))
    if request.method == "POST" and form.is_valid() and signer.is_valid():
        try:
            actions.save_record(pk, by=request.actor, **form.record())
            if "cetak" in request.POST:
                letter = actions.draft_minutes_letter(pk, signatory=signer.signatory(), by=request.actor)
                return redirect("documents:letter", pk=letter.pk)
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Isian laporan disimpan."))
            return redirect("programme:report", pk=pk)
    papers = present.letters(drawn, row)
    refused_post = bool(form.errors or signer.errors)
    context = {
        "meeting": present.meeting(row),
        "form": form,
        "signer": signer,
        "letter": papers[0] if papers else None,
    }
    return render(request, "programme/report.html", context, status=400 if refused_post else 200)


def _drawn(request: HttpRequest, pk: int, kind: DocumentKind) -> list[LetterRow]:
    return [one for one in queries.meeting_letters(pk, request.actor) if one.letter.kind == kind.value]


def _signer(request: HttpRequest, drawn: list[LetterRow]) -> dict[str, Any]:
    """Who signed the last version, otherwise the head of the office."""
    if not drawn:
        return {"position": f"Kepala {request.actor.office_name}"}
    letter = drawn[0].letter
    return {
        "position": letter.signatory_position,
        "name": letter.signatory_name,
        "purpose": letter.facts.get("purpose", ""),
        "contact": letter.facts.get("contact", ""),
    }


def _record_initial(request: HttpRequest, pk: int) -> dict[str, Any]:
    record = queries.meeting_record(pk, request.actor)
    if record is None:
        return {"minutes_by": request.actor.name}
    lines = {"committee", "speakers"}
    return {
        name: "\n".join(getattr(record, name)) if name in lines else getattr(record, name)
        for name in RecordForm.base_fields
    }
