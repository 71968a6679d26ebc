"""Pages of letters and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bersinar.access import Actor, BersinarError, Level, Right, access
from bersinar.accounts.errors import NeedsSecondPerson
from bersinar.documents import actions, keys, present, queries
from bersinar.documents.actions.templates import WORD
from bersinar.documents.forms import IssueForm, PatternForm, RecordForm, TemplateForm, VerifyForm, VoidForm
from bersinar.documents.joint import ask_void
from bersinar.documents.models import Letter
from bersinar.documents.papers.check_template import sample
from bersinar.documents.papers.compose import compose
from bersinar.documents.papers.word import build_template
from bersinar.documents.queries import LetterRow
from bersinar.documents.rules import code
from bersinar.documents.standing import standing
from bersinar.documents.vocabulary import DocumentKind, LetterState

PAGE = 25


@access(Right.DOCUMENTS_SEE, level=Level.L2)
def index(request: HttpRequest) -> HttpResponse:
    """Letters of the office, newest first, with where they stand; both filters live in the address."""
    state = LetterState.read(request.GET.get("keadaan", ""))
    kind = DocumentKind.read(request.GET.get("jenis", ""))
    of_kind = queries.letters(request.actor, kind=kind or "")
    found = queries.in_state(of_kind, state) if state else of_kind
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    context = {
        "rows": [present.row(one) for one in queries.rows(list(page.object_list))],
        "page": page,
        "is_filtered": bool(state or kind),
        "states": [_chip(_("Semua keadaan"), kind, None, current=not state)]
        + [
            _chip(present.state_word(one), kind, one, current=state == one)
            | {"count": queries.in_state(of_kind, one).count()}
            for one in LetterState
        ],
        "kinds": [_chip(_("Semua jenis"), None, state, current=not kind)]
        + [_chip(present.kind_word(one), one, state, current=kind == one) for one in DocumentKind],
    }
    return render(request, "documents/list.html", context)


def _chip(
    label: str, kind: DocumentKind | None, state: LetterState | None, *, current: bool
) -> dict[str, Any]:
    chosen = {key: str(value) for key, value in (("jenis", kind), ("keadaan", state)) if value}
    return {"label": label, "url": f"?{urlencode(chosen)}", "current": current}


@access(Right.DOCUMENTS_SEE, level=Level.L2)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: what it says, what is still empty, and the next step."""
    return _letter_page(request, pk)


def _letter_page(request: HttpRequest, pk: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    row = queries.letter_row(pk, request.actor)
    versions = [present.row(one) for one in queries.versions(row.letter, request.actor)]
    shown = present.letter(row)
    context = {
        "letter": shown | {"newer": versions[0]["pk"] if versions[0]["version"] > shown["version"] else None},
        "versions": versions if len(versions) > 1 else [],
        "asks": _asks(row, request.actor),
        "can_void": row.issue is not None
        and row.state is not LetterState.BATAL
        and _is_ours(row, request.actor),
        "issue_form": IssueForm(),
        "record_form": RecordForm(),
        "void_form": VoidForm(),
        **forms,
    }
    return render(request, "documents/letter.html", context, status=status)


def _asks(row: LetterRow, actor: Actor) -> str:
    """Which step the page offers, if any."""
    if row.state is not LetterState.RANCANGAN or not _is_ours(row, actor):
        return ""
    return "issue" if row.letter.signed_here else "record"


def _is_ours(row: LetterRow, actor: Actor) -> bool:
    return row.letter.office_id == actor.office_id and actor.can(Right.DOCUMENTS_ISSUE)


@access(Right.DOCUMENTS_ISSUE, level=Level.L2)
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the office's own letter its number."""

    def act(found: Letter, data: dict[str, Any]) -> None:
        issued = actions.issue_letter(found, by=request.actor, on=data["on"])
        messages.success(request, _("Surat terbit dengan nomor %(number)s.") % {"number": issued.number})

    return _step(request, pk, "issue_form", IssueForm(request.POST), act)


@access(Right.DOCUMENTS_ISSUE, level=Level.L2)
@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Type number and date from the paper that was signed elsewhere."""

    def act(found: Letter, data: dict[str, Any]) -> None:
        actions.record_signed(found, number=data["number"], date=data["date"], by=request.actor)
        messages.success(request, _("Nomor dan tanggal naskah dicatat."))

    return _step(request, pk, "record_form", RecordForm(request.POST), act)


@access(Right.DOCUMENTS_ISSUE, level=Level.L2)
@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a letter void."""

    def act(found: Letter, data: dict[str, Any]) -> None:
        try:
            actions.void_letter(found, reason=data["reason"], by=request.actor)
        except NeedsSecondPerson:
            ask_void(found, reason=data["reason"], by=request.actor)
            messages.success(
                request, _("SK baru batal sesudah orang kedua menyetujui: lihat Tindakan berdua.")
            )
        else:
            messages.success(request, _("Surat dibatalkan. Nomornya tidak dipakai lagi."))

    return _step(request, pk, "void_form", VoidForm(request.POST), act)


def _step(
    request: HttpRequest,
    pk: int,
    name: str,
    form: forms.Form,
    act: Callable[[Letter, dict[str, Any]], None],
) -> HttpResponse:
    """One form of the letter's page; what was typed stays when it is refused."""
    found = queries.letter_row(pk, request.actor).letter
    status = 400
    if form.is_valid():
        try:
            act(found, form.cleaned_data)
        except BersinarError as refused:
            form.add_error(None, str(refused))
            status = refused.status
        else:
            return redirect("documents:letter", pk=pk)
    return _letter_page(request, pk, status=status, **{name: form})


@access(Right.DOCUMENTS_SEE, level=Level.L2)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as PDF."""
    found = queries.letter_row(pk, request.actor).letter
    return download(queries.pdf(found, request.actor), queries.file_name(found, "pdf"), "application/pdf")


@access(Right.DOCUMENTS_SEE, level=Level.L2)
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter for Word."""
    found = queries.letter_row(pk, request.actor).letter
    return download(queries.docx(found, request.actor), queries.file_name(found, "docx"), WORD)


@access(Right.DOCUMENTS_ISSUE, level=Level.L1)
def templates(request: HttpRequest) -> HttpResponse:
    """The office's own Word templates and how its numbers read."""
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_template(
                DocumentKind(form.cleaned_data["kind"]),
                content=form.cleaned_data["file"].read(),
                note=form.cleaned_data["note"],
                by=request.actor,
            )
        except BersinarError as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("Templat disimpan. Surat berikutnya memakainya."))
            return redirect("documents:templates")
    return _templates_page(request, form, _pattern_form())


@access(Right.DOCUMENTS_ISSUE, level=Level.L1)
@require_POST
def pattern(request: HttpRequest) -> HttpResponse:
    """How the office's numbers read from now on."""
    form = _pattern_form(request.POST)
    if form.is_valid():
        try:
            actions.set_number_pattern(
                DocumentKind(form.cleaned_data["kind"]),
                year=timezone.localdate().year,
                pattern=form.cleaned_data["pattern"],
                by=request.actor,
            )
        except BersinarError as refused:
            form.add_error("pattern", str(refused))
        else:
            messages.success(request, _("Pola nomor disimpan."))
            return redirect("documents:templates")
    return _templates_page(request, TemplateForm(), form)


def _pattern_form(data: Any = None) -> PatternForm:
    # Two forms of this page have a field "kind"; the names in the page must differ.
    return PatternForm(data, auto_id="pola_%s")


def _templates_page(request: HttpRequest, form: TemplateForm, pattern_form: PatternForm) -> HttpResponse:
    year = timezone.localdate().year
    context = {
        "kinds": [
            {
                "kind": kind.value,
                "label": present.kind_word(kind),
                "own": queries.template_in_force(kind, request.actor),
                "next_number": present.next_number(kind, queries.next_number(kind, year, request.actor)),
                "words": sorted(compose(sample(kind))),
            }
            for kind in DocumentKind
        ],
        "form": form,
        "pattern_form": pattern_form,
        "year": year,
    }
    status = 400 if form.errors or pattern_form.errors else 200
    return render(request, "documents/templates.html", context, status=status)


@access(Right.DOCUMENTS_ISSUE, level=Level.L1)
def built_in(request: HttpRequest, kind: str) -> HttpResponse:
    """Our own template of a kind, to start from."""
    chosen = DocumentKind.read(kind)
    if chosen is None:
        raise Http404
    return download(build_template(chosen), f"templat-{kind.lower()}.docx", WORD)


@access(Right.DOCUMENTS_SEE, level=Level.L2)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a stored file: always as a download, never shown inside our pages."""
    opened = queries.open_file(pk, request.actor)
    return download(opened.content, opened.file.name, opened.file.content_type)


@access.public(level=Level.L0, why="Siapa pun yang memegang surat boleh memeriksa kodenya.")
def verify(request: HttpRequest) -> HttpResponse:
    """Check the text of a code with the public keys of this installation: no network, nothing kept."""
    form = VerifyForm(request.POST or None)
    answer = None
    if request.method == "POST" and form.is_valid():
        checked = code.check(form.cleaned_data["text"], keys.trusted())
        found = standing(checked.claims) if checked.claims else None
        answer = present.verdict(checked, standing=found, at=timezone.now())
    return render(request, "documents/verify.html", {"form": form, "answer": answer})


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file the browser keeps and never opens in our name."""
    response = HttpResponse(content, content_type=content_type)
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store, private"
    return response
