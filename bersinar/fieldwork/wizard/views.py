"""Pages of the matching. Each step is a form of its own; what was chosen waits until its owner comes back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access, get_or_404
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.matching.codes import Kind
from bersinar.fieldwork.matching.columns import shown
from bersinar.fieldwork.models import ForeignFile, Import, Round
from bersinar.fieldwork.rules.template import letter
from bersinar.fieldwork.views import imports
from bersinar.fieldwork.views.imports import IN_BACKGROUND_FROM
from bersinar.fieldwork.vocabulary import ImportState, SourceType
from bersinar.fieldwork.wizard import actions, words
from bersinar.fieldwork.wizard.forms import ColumnsForm, FeedsForm, FileForm, SheetForm, VillagesForm
from bersinar.fieldwork.wizard.state import Draft, file_of

PAGE = 25
SHOWN_ROWS, SHOWN_COLUMNS = 8, 12
# An import that is planned is looked over and stored on its own page.
IMPORT_PAGE = "fieldwork:import"


@access(Right.VALUES_ENTER, level=Level.L2, repeatable="only receiving is kept from it, not the long reading")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, round_id: int) -> HttpResponse:
    round_ = get_or_404(Round, request.actor, pk=round_id)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            received = imports.receive_once(request, round_.pk, given)
            if given.size >= IN_BACKGROUND_FROM:
                return imports.read_in_background(request, received)
            received = fieldwork.read_import(received.pk, by=request.actor)
        except BersinarError as error:
            form.add_error("file", str(error))
        else:
            return _after_reading(request, received, form, round_)
    return _start_page(request, round_, form)


def _after_reading(request: HttpRequest, received: Import, form: FileForm, round_: Round) -> HttpResponse:
    if received.state == ImportState.DITOLAK:
        form.add_error("file", received.report.get("refused", ""))
        return _start_page(request, round_, form)
    if received.report.get("foreign"):
        file = actions.begin(received.pk, by=request.actor)
        return redirect("fieldwork:wizard_sheet", pk=file.pk)
    messages.info(request, _("Ini templat kami, jadi tidak perlu dicocokkan."))
    return redirect(IMPORT_PAGE, pk=received.pk)


def _start_page(request: HttpRequest, round_: Round, form: FileForm) -> HttpResponse:
    waiting = ForeignFile.objects.for_actor(request.actor).filter(round=round_)
    waiting = waiting.exclude(imported__state=ImportState.DITERAPKAN)[:PAGE]
    status = 400 if form.errors else 200
    page = {"round": round_, "form": form, "waiting": waiting}
    return render(request, "fieldwork/wizard/start.html", page, status=status)


@access(Right.VALUES_ENTER, level=Level.L2)
@require_POST
def match(request: HttpRequest, import_id: int) -> HttpResponse:
    """From the page of a file that is not our template."""
    file = actions.begin(import_id, by=request.actor)
    return redirect("fieldwork:wizard_sheet", pk=file.pk)


@access(Right.VALUES_ENTER, level=Level.L2)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    form = SheetForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        chosen, heading = form.cleaned_data["sheet"], form.cleaned_data["heading"] - 1
        if heading < len(draft.sheets[chosen].rows):
            actions.choose_sheet(pk, sheet=chosen, heading=heading, by=request.actor)
            return redirect("fieldwork:wizard_columns", pk=pk)
        form.add_error("heading", _("Lembar ini tidak mempunyai baris itu."))
    return _page(request, draft, "wizard_sheet", form, first=_first_rows(draft))


@access(Right.VALUES_ENTER, level=Level.L2)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    if not draft.has_sheet:
        return redirect("fieldwork:wizard_sheet", pk=pk)
    form = ColumnsForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        actions.choose_columns(pk, columns=form.chosen, by=request.actor)
        return redirect("fieldwork:wizard_villages", pk=pk)
    closed = [draft.suggestions[one.id] for one in _closed(draft)]
    return _page(
        request,
        draft,
        "wizard_columns",
        form,
        groups=form.groups(),
        closed=[f"{letter(one.column)} · {one.heading}" for one in closed],
        remembered=draft.remembered,
    )


@access(Right.VALUES_ENTER, level=Level.L2)
@require_http_methods(["GET", "POST"])
def villages(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    if not draft.has_columns:
        return redirect("fieldwork:wizard_columns", pk=pk)
    waiting = [
        one for one in draft.decided if one.match.place_id is None or one.place_id in draft.claimed_twice
    ]
    page = Paginator(waiting, PAGE).get_page(request.GET.get("halaman"))
    form = VillagesForm(request.POST or None, draft=draft, page=list(page.object_list))
    if request.method == "POST" and form.is_valid():
        actions.decide_villages(pk, decisions=form.decisions, by=request.actor)
        if page.has_next():
            following = page.next_page_number()
            return redirect(f"{reverse('fieldwork:wizard_villages', args=[pk])}?halaman={following}")
        return redirect("fieldwork:wizard_feeds", pk=pk)
    rows = [
        {
            "decided": one,
            "why": words.WHY[one.match.why],
            "choice": form[f"row_{one.row.number}"],
            "code": form[f"code_{one.row.number}"],
        }
        for one in page.object_list
    ]
    return _page(
        request,
        draft,
        "wizard_villages",
        form,
        rows=rows,
        page=page,
        counts=draft.counts,
        code_note=_code_note(draft),
    )


@access(Right.VALUES_ENTER, level=Level.L2)
@require_http_methods(["GET", "POST"])
def feeds(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    if not draft.has_columns:
        return redirect("fieldwork:wizard_columns", pk=pk)
    form = FeedsForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        source = SourceType(form.cleaned_data["source_type"])
        actions.choose_feeds(pk, feeds=form.feeds, source_type=source, by=request.actor)
        return redirect("fieldwork:wizard_check", pk=pk)
    return _page(request, draft, "wizard_feeds", form, groups=form.groups())


@access(Right.VALUES_ENTER, level=Level.L2)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    if not draft.has_feeds:
        return redirect("fieldwork:wizard_feeds", pk=pk)
    if request.method == "POST":
        prepared = actions.prepare_import(pk, by=request.actor)
        return redirect(IMPORT_PAGE, pk=prepared.pk)
    listed = [
        {
            "indicator": one,
            "letter": letter(draft.columns[one.id]),
            "heading": draft.profiles[draft.columns[one.id]].heading,
            "how": words.HOWS[draft.feed_of(one).how],
        }
        for one in draft.fed
    ]
    return _page(request, draft, "wizard_check", None, listed=listed, counts=draft.counts)


@access(Right.VALUES_ENTER, level=Level.L2)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    file = file_of(pk, request.actor)
    actions.discard(pk, by=request.actor)
    messages.success(request, _("Pilihan dibuang. Berkasnya sendiri tetap ada di daftar berkas."))
    return redirect("fieldwork:wizard_start", round_id=file.round_id)


def _draft(request: HttpRequest, pk: int) -> Draft:
    return Draft(file_of(pk, request.actor), request.actor)


def _closed(draft: Draft) -> list[Any]:
    """Indicators the file seems to hold that this person may not bring."""
    open_ids = {one.id for one in draft.allowed}
    found = draft.suggestions
    return [one for one in draft.instrument.indicators if one.id in found and one.id not in open_ids]


def _code_note(draft: Draft) -> dict[str, object] | None:
    verdict = draft.code_verdict
    if verdict is None:
        return None
    return {
        "verdict": verdict,
        "text": words.CODE_KINDS[verdict.kind],
        "warn": verdict.kind is not Kind.KEMENDAGRI,
    }


def _first_rows(draft: Draft) -> list[dict[str, object]]:
    """The first rows as they stand, so that the heading row can be told by its number."""
    rows = draft.sheet.rows
    until = max(SHOWN_ROWS, draft.heading + 3)
    return [
        {
            "number": at + 1,
            "cells": [shown(cell)[:30] for cell in row[:SHOWN_COLUMNS]],
            "here": at == draft.heading,
        }
        for at, row in enumerate(rows[:until])
    ]


def _page(request: HttpRequest, draft: Draft, step: str, form: object, **more: object) -> HttpResponse:
    names = [name for name, _label in words.STEPS]
    here = names.index(step)
    reached = 4 if draft.has_feeds else 2 if draft.has_columns else 1 if draft.has_sheet else 0
    steps = [
        {
            "label": label,
            "state": "here" if at == here else "done" if at < here else "",
            "url": reverse(f"fieldwork:{name}", args=[draft.file.pk])
            if at <= max(reached, here) and at != here
            else "",
        }
        for at, (name, label) in enumerate(words.STEPS)
    ]
    page = {"file": draft.file, "round": draft.round, "form": form, "steps": steps, **more}
    status = 400 if form is not None and getattr(form, "errors", None) else 200
    return render(request, f"fieldwork/wizard/{step.removeprefix('wizard_')}.html", page, status=status)
