"""Pages of upkeep: copies, the recovery key, the doctor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.documents.views import download
from bersinar.upkeep import actions, queries, support
from bersinar.upkeep.backup import keys, standing
from bersinar.upkeep.backup.errors import AlreadyPrinted
from bersinar.upkeep.doctor import visit
from bersinar.upkeep.doctor.findings import Mood
from bersinar.upkeep.forms import DrillForm, RenewForm, SecondFolderForm, WordsBackForm


@access(Right.INSTALLATION_SEE, level=Level.L1)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """How this installation is kept: copies first, then everything the doctor can say quickly."""
    context = {
        "found": queries.overview(),
        "keeps": queries.keeps(request.actor),
        "keeper": queries.keeper(),
        "folder_form": SecondFolderForm(),
    }
    return render(request, "upkeep/home.html", context)


@access(Right.INSTALLATION_SEE, level=Level.L1)
@require_GET
def doctor(request: HttpRequest) -> HttpResponse:
    """The quick examination; the command line reads every page and every seal."""
    findings = visit.examine(deep=False)
    context = {
        "trouble": [finding for finding in findings if finding.is_trouble],
        "fine": [finding for finding in findings if finding.mood is Mood.WELL],
        "notes": [finding for finding in findings if finding.mood is Mood.NOTE],
    }
    return render(request, "upkeep/doctor.html", context)


@access(Right.INSTALLATION_SEE, level=Level.L1)
@require_POST
def bundle(request: HttpRequest) -> HttpResponse:
    """A file for the helper; nothing about persons is in it."""
    return download(support.bundle(), support.name_of(timezone.localtime()), "application/zip")


@access(Right.INSTALLATION_KEEP, level=Level.L1)
@require_POST
def make_copy(request: HttpRequest) -> HttpResponse:
    job = actions.request_copy(request.actor)
    return redirect("jobs:job", job.pk)


@access(Right.INSTALLATION_KEEP, level=Level.L1)
@require_POST
def second_folder(request: HttpRequest) -> HttpResponse:
    form = SecondFolderForm(request.POST)
    if form.is_valid():
        try:
            actions.choose_second(form.cleaned_data["folder"], request.actor)
            messages.success(
                request, _("Folder kedua dicatat. Salinannya dibuat bersama cadangan berikutnya.")
            )
        except BersinarError as refused:
            messages.error(request, str(refused))
    return redirect("upkeep:home")


@access(Right.INSTALLATION_KEEP, level=Level.L1)
@require_http_methods(["GET", "POST"])
def recovery_key(request: HttpRequest) -> HttpResponse:
    """The words, once: on paper. Typed back in part, they leave this computer."""
    if not queries.keeps(request.actor):
        return redirect("upkeep:home")
    try:
        words = keys.unprinted_words()
    except AlreadyPrinted:
        return render(request, "upkeep/key.html", {"key": keys.recovery(), "renew": RenewForm()})
    form = WordsBackForm(keys.asked_numbers(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_words(form.typed(), request.actor)
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            standing.forget()
            messages.success(
                request, _("Kunci pemulihan hanya ada di kertas sekarang. Simpan di tempat terkunci.")
            )
            return redirect("upkeep:home")
    context = {"key": keys.recovery(), "words": words, "form": form, "today": timezone.localdate()}
    return render(request, "upkeep/key.html", context)


@access(Right.INSTALLATION_KEEP, level=Level.L1)
@require_POST
def renew_key(request: HttpRequest) -> HttpResponse:
    if RenewForm(request.POST).is_valid():
        actions.renew_key(request.actor)
        standing.forget()
        messages.info(
            request, _("Kunci baru dibuat. Cetak sekarang; cadangan lama tetap memerlukan kertas lama.")
        )
    return redirect("upkeep:key")


@access(Right.INSTALLATION_KEEP, level=Level.L1)
@require_http_methods(["GET", "POST"])
def drill(request: HttpRequest) -> HttpResponse:
    """Open the last copy with the paper; nothing is replaced."""
    form = DrillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.start_drill(form.cleaned_data["words"], request.actor)
        except BersinarError as refused:
            form.add_error("words", str(refused))
        else:
            messages.info(request, _("Uji pemulihan berjalan. Hasilnya muncul di halaman ini."))
            return redirect("upkeep:home")
    return render(request, "upkeep/drill.html", {"form": form, "found": queries.overview()})
