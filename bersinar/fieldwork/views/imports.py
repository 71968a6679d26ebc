"""A file: upload, look over, store, take back, and get it again with comments."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar import jobs
from bersinar.access import BersinarError, Level, Right, access
from bersinar.accounts.errors import NeedsSecondPerson
from bersinar.accounts.views.together import asked
from bersinar.documents.views import download
from bersinar.fieldwork import actions, errors, present, queries
from bersinar.fieldwork.actions.imports import XLSX
from bersinar.fieldwork.forms import UploadForm, WithdrawForm
from bersinar.fieldwork.joint import ask_withdrawal
from bersinar.fieldwork.models import Import
from bersinar.fieldwork.rules import stored
from bersinar.fieldwork.sheets import marked_copy
from bersinar.fieldwork.vocabulary import ImportState, SourceType
from bersinar.jobs import once

# Larger files take longer than a second to read.
IN_BACKGROUND_FROM = 150_000
CELLS_AT_ONCE = 3_000


@access(Right.VALUES_ENTER, level=Level.L2, repeatable="only receiving is kept from it, not the long reading")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive a filled template; it is read, but nothing is stored yet."""
    round_ = queries.round_of(pk, request.actor)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, source = form.cleaned_data["file"], form.cleaned_data["source_type"]
        try:
            received = receive_once(request, pk, given, SourceType(source) if source else None)
        except BersinarError as refused:
            form.add_error("file", str(refused))
        else:
            return _read(request, received, size=given.size)
    context = {"form": form, "round": round_, "may_fill": present.may_fill(round_, request.actor)}
    return render(request, "fieldwork/upload.html", context, status=400 if form.errors else 200)


def receive_once(
    request: HttpRequest, pk: int, given: UploadedFile, source: SourceType | None = None
) -> Import:
    """The file as a waiting import; sent again it is the same one."""

    def receive() -> str:
        name = given.name or ""
        kept = actions.receive_file(pk, given.read(), name=name, by=request.actor, source_type=source)
        return str(kept.pk)

    return queries.import_of(int(once.result(request, receive) or 0), request.actor)


def _read(request: HttpRequest, received: Import, *, size: int) -> HttpResponse:
    if size < IN_BACKGROUND_FROM:
        actions.read_import(received.pk, by=request.actor)
        return redirect("fieldwork:import", pk=received.pk)
    return read_in_background(request, received)


def read_in_background(request: HttpRequest, received: Import) -> HttpResponse:
    """Read a large file as a job that goes on when the page is closed."""
    key = f"fieldwork.read_upload:{received.pk}"
    job = jobs.enqueue("fieldwork.read_upload", by=request.actor, key=key, import_id=received.pk)
    return redirect("jobs:job", pk=job.pk)


@access(Right.VALUES_SEE, level=Level.L2)
@require_GET
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would do, or did."""
    return _import_page(request, pk)


@access(Right.VALUES_ENTER, level=Level.L2, repeatable="what is applied stays as it is")
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Store the rows that are ready; a large file as a job that goes on when the page is closed."""
    waiting = queries.import_of(pk, request.actor)
    if waiting.state == ImportState.TERBACA and len(stored.unpacked(waiting.cells)) > CELLS_AT_ONCE:
        key = f"fieldwork.apply_import:{pk}:{queries.basis_of(waiting)}"
        job = jobs.enqueue("fieldwork.apply_import", by=request.actor, key=key, import_id=pk)
        return redirect("jobs:job", pk=job.pk)
    try:
        applied = actions.apply_import(pk, by=request.actor)
    except errors.FieldworkError as refused:
        return _import_page(request, pk, refused=refused)
    undo = "undo:" + reverse("fieldwork:withdraw", args=[pk])
    messages.success(request, _("Nilai dari %(name)s disimpan.") % {"name": applied.file_name}, undo)
    return redirect("fieldwork:import", pk=pk)


@access(Right.VALUES_ENTER, level=Level.L2)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take everything of a file back."""
    form = WithdrawForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else _("Diurungkan setelah disimpan")
    try:
        actions.withdraw_import(pk, reason=reason, by=request.actor)
    except NeedsSecondPerson:
        ask_withdrawal(queries.import_of(pk, request.actor), reason=reason, by=request.actor)
        return asked(request)
    except errors.FieldworkError as refused:
        return _import_page(request, pk, refused=refused)
    messages.success(request, _("Data berkas ini ditarik. Nilai sebelumnya berlaku lagi."))
    return redirect("fieldwork:import", pk=pk)


@access(Right.VALUES_SEE, level=Level.L2)
@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file exactly as it was uploaded."""
    kept = queries.import_file(queries.import_of(pk, request.actor), request.actor)
    return download(kept.content, kept.file.name, kept.file.content_type)


@access(Right.VALUES_ENTER, level=Level.L2)
@require_GET
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The uploaded file with a comment in every cell that needs one."""
    found = queries.import_of(pk, request.actor)
    if found.state not in (ImportState.TERBACA, ImportState.DITERAPKAN):
        raise errors.NotMarkable
    kept = queries.import_file(found, request.actor)
    seen = queries.preview(found, request.actor)
    content = marked_copy(
        kept.content, name=found.file_name, sheet=found.sheet, bad=seen.errors, look=seen.notes
    )
    return download(content, f"{found.file_name.rsplit('.', 1)[0]}-komentar.xlsx", XLSX)


def _import_page(
    request: HttpRequest, pk: int, *, refused: errors.FieldworkError | None = None
) -> HttpResponse:
    found = queries.import_of(pk, request.actor)
    seen = queries.preview(found, request.actor)
    is_mine = found.uploaded_by_id is not None and found.uploaded_by_id == request.actor.user_id
    may_open = queries.may_open_file(found, request.actor)
    may_fill = present.may_fill(found.round, request.actor) and queries.may_decide(found, request.actor)
    faulty = {one.problem.village for one in seen.errors if one.problem.indicator} if may_fill else set()
    boxes = queries.villages_named(found.round_id, faulty, request.actor) if faulty else {}
    context = {
        "import": found,
        "round": found.round,
        "preview": seen,
        "errors": present.problems(seen.errors, boxes),
        "notes": present.problems([one for one in seen.notes if one.problem.row]),
        "remarks": present.remarks([one for one in seen.notes if not one.problem.row]),
        **present.changes(seen),
        "may_fill": may_fill,
        "withdrawal": getattr(found, "withdrawal", None),
        "is_waiting": found.state == ImportState.MENUNGGU and not found.report.get("foreign"),
        "is_foreign": found.state == ImportState.MENUNGGU and bool(found.report.get("foreign")),
        "is_mine": is_mine,
        "is_ready": found.state == ImportState.TERBACA,
        "is_applied": found.state == ImportState.DITERAPKAN,
        "file_refused": found.report.get("refused", "") if found.state == ImportState.DITOLAK else "",
        "may_open": may_open,
        "markable": may_open and found.file_name.casefold().endswith(".xlsx") and (seen.errors or seen.notes),
        "refused": refused,
        "withdraw_form": WithdrawForm(),
    }
    return render(request, "fieldwork/import.html", context, status=refused.status if refused else 200)
