"""Who came: the whole list on one page, names pasted from anywhere, one wrong row taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.programme import actions, present, queries
from bersinar.programme.forms.attendance import AttendanceForm, PasteForm
from bersinar.programme.rules.meetings import SeatPlan, parts, read_names
from bersinar.programme.views.meetings import own_meeting

# More lines than this are no page any more, and more fields than a form may send.
SHORT = 120


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """One line a seat; saved as a whole."""
    own_meeting(request, pk)
    plan = queries.seats(pk, request.actor)
    form = AttendanceForm(request.POST or None, plan=plan, part=_part(request, plan))
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.save_attendance(
                pk,
                answers=form.answers(),
                walk_ins=form.walk_ins(),
                client_key=form.cleaned_data["client_key"],
                by=request.actor,
            )
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            text = _("Kehadiran disimpan: %(n)d perubahan.") if changed else _("Tidak ada yang berubah.")
            messages.success(request, text % {"n": changed} if changed else text)
            return redirect("programme:meeting", pk=pk)
    return _page(request, pk, form)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_POST
def paste_names(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a pasted list onto the seats it names. Nothing is stored until somebody has looked at it."""
    row = own_meeting(request, pk)
    plan = queries.seats(pk, request.actor)
    paste = PasteForm(request.POST)
    if not paste.is_valid():
        return _page(request, pk, AttendanceForm(plan=plan, part=_part(request, plan)), paste)
    lines = read_names(paste.cleaned_data["names"], plan, [one.place for one in row.villages])
    form = AttendanceForm(plan=plan, pasted=lines, part=_part(request, plan))
    seated = sum(bool(line.place_code) for line in lines)
    note = _("%(seated)d dari %(all)d nama mengisi kursinya. Periksa, lalu simpan.") % {
        "seated": seated,
        "all": len(lines),
    }
    return _page(request, pk, form, note=note)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_POST
def withdraw_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """One person was recorded by mistake."""
    row = actions.withdraw_attendance(pk, by=request.actor)
    messages.success(
        request,
        _("Kehadiran “%(who)s” ditarik.") % {"who": row},
        extra_tags=present.undo("restore_attendance", pk),
    )
    return redirect("programme:attendance", pk=row.meeting_id)


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_POST
def restore_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    row = actions.restore_attendance(pk, by=request.actor)
    messages.success(request, _("Kehadiran “%(who)s” dicatat lagi.") % {"who": row})
    return redirect("programme:attendance", pk=row.meeting_id)


def _part(request: HttpRequest, plan: SeatPlan) -> str:
    """A long list is shown by place: the one in the address, or the first. A short one is shown whole."""
    if plan.n_seats <= SHORT:
        return ""
    known = [code for code, _label in parts(plan)]
    asked = request.GET.get("bagian", "")
    return asked if asked in known else known[0]


def _page(
    request: HttpRequest, pk: int, form: AttendanceForm, paste: PasteForm | None = None, note: str = ""
) -> HttpResponse:
    row = queries.meeting(pk, request.actor)
    seats = queries.seats(pk, request.actor)
    part = _part(request, seats)
    context = {
        "meeting": present.meeting(row),
        "form": form,
        "rows": list(form.rows()),
        "guests": form.guests(),
        "walk_ins": seats.walk_ins,
        "paste_form": paste or PasteForm(),
        "note": note,
        "chips": [
            {"label": label, "url": f"?bagian={code}", "current": code == part}
            for code, label in parts(seats)
        ]
        if part
        else [],
        "part": part,
    }
    refused = bool(form.errors) or (paste is not None and bool(paste.errors))
    return render(request, "programme/attendance.html", context, status=400 if refused else 200)
