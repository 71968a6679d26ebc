"""Borders of villages: upload, look over, decide the doubtful, use or go back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar import jobs
from bersinar.access import BersinarError, Level, Right, access, get_or_404
from bersinar.territory import actions, queries, sentences
from bersinar.territory.errors import NotOurs, TerritoryError
from bersinar.territory.forms import BY_CODE, LEFT_OUT, BordersForm, DecideForm
from bersinar.territory.models import Boundary, Village
from bersinar.territory.vocabulary import BoundaryMatch, SetState

# Larger files take longer than a second to read, and larger offices longer to draw.
IN_BACKGROUND_FROM = 500_000
DRAW_IN_BACKGROUND_FROM = 600
PER_PAGE = 20


@access(Right.BORDERS_IMPORT, level=Level.L1)
@require_http_methods(["GET", "POST"])
def borders(request: HttpRequest) -> HttpResponse:
    """Every imported file of the office, which of them is used, and a form for another."""
    form = BordersForm(request.POST, request.FILES) if request.method == "POST" else BordersForm()
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            received = actions.receive_borders(
                given.read(),
                file_name=given.name,
                name=given.name,
                attribution=form.cleaned_data["attribution"],
                swap_axes=form.cleaned_data["swap_axes"],
                by=request.actor,
            )
        except TerritoryError as refused:
            form.add_error("file", str(refused))
        else:
            return _read(request, received.pk, size=given.size)
    sets = queries.boundary_sets(request.actor)
    context = {"form": form, "sets": sets, "is_used": any(row.in_use for row in sets)}
    return render(request, "territory/borders.html", context, status=400 if form.errors else 200)


def _read(request: HttpRequest, pk: int, *, size: int) -> HttpResponse:
    if size < IN_BACKGROUND_FROM:
        actions.read_borders(pk, by=request.actor)
        return redirect("territory:border_set", pk=pk)
    key = f"territory.read_borders:{pk}"
    job = jobs.enqueue("territory.read_borders", by=request.actor, key=key, set_id=pk)
    return redirect("jobs:job", pk=job.pk)


@access(Right.BORDERS_IMPORT, level=Level.L1)
@require_GET
def border_set(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of one file: counts, picture, the shapes that wait."""
    return _set_page(request, pk)


@access(Right.BORDERS_IMPORT, level=Level.L1)
@require_POST
def use_set(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's maps show these borders from now on."""
    before = queries.set_in_use(request.actor.office_id) if request.actor.office_id else None
    try:
        actions.use_boundaries(pk, by=request.actor)
    except TerritoryError as refused:
        return _set_page(request, pk, refused=refused)
    back = reverse("territory:use_set", args=[before.pk]) if before else reverse("territory:use_schematic")
    messages.success(request, _("Peta unit Anda sekarang memakai batas ini."), f"undo:{back}")
    return _drawn(request)


@access(Right.BORDERS_IMPORT, level=Level.L1)
@require_POST
def use_schematic(request: HttpRequest) -> HttpResponse:
    """The office's maps are schematic from now on; the imported sets stay."""
    before = queries.set_in_use(request.actor.office_id) if request.actor.office_id else None
    actions.use_boundaries(None, by=request.actor)
    undo = f"undo:{reverse('territory:use_set', args=[before.pk])}" if before else ""
    messages.success(request, _("Peta unit Anda sekarang skematik."), undo)
    return redirect("territory:borders")


@access(Right.BORDERS_IMPORT, level=Level.L1)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's answer about one doubtful shape."""
    shape = get_or_404(Boundary, request.actor, pk=pk)
    known = queries.candidates([shape], request.actor)
    form = _form(shape, known, data=request.POST)
    if form.is_valid():
        try:
            actions.decide_boundary(pk, village_id=_village_id(form, request), by=request.actor)
        except BersinarError as refused:
            form.add_error("code" if form.cleaned_data["village"] == BY_CODE else "village", str(refused))
        else:
            return redirect(reverse("territory:border_set", args=[shape.boundary_set_id]) + "#bentuk")
    return _set_page(request, shape.boundary_set_id, answered=(shape.pk, form))


def _village_id(form: DecideForm, request: HttpRequest) -> int | None:
    answer = form.cleaned_data["village"]
    if answer == LEFT_OUT:
        return None
    if answer != BY_CODE:
        return int(answer)
    named = queries.village_by_code(form.cleaned_data["code"].strip())
    ours = queries.villages_of_office(request.actor.office_id) if request.actor.office_id else None
    if named is None or ours is None or not ours.filter(pk=named.pk).exists():
        raise NotOurs
    return named.pk


def _drawn(request: HttpRequest) -> HttpResponse:
    """A province takes longer than a second to draw, so nobody has to wait for its first page."""
    office_id = request.actor.office_id
    if office_id is not None and queries.villages_of_office(office_id).count() >= DRAW_IN_BACKGROUND_FROM:
        key = f"territory.draw_map:{queries.last_choice(office_id)}"
        jobs.enqueue("territory.draw_map", by=request.actor, key=key, office_id=office_id)
    return redirect("territory:borders")


def _set_page(
    request: HttpRequest,
    pk: int,
    *,
    refused: TerritoryError | None = None,
    answered: tuple[int, DecideForm] | None = None,
) -> HttpResponse:
    found = queries.boundary_set(pk, request.actor)
    report = queries.match_report(found, request.actor)
    pages = Paginator(report.listed, PER_PAGE)
    at = next((n for n, row in enumerate(report.listed) if answered and row.pk == answered[0]), None)
    page = pages.get_page(request.GET.get("hal") if at is None else at // PER_PAGE + 1)
    known = queries.candidates(list(page.object_list), request.actor)
    shown = [
        {
            "shape": shape,
            "place": ", ".join(part for part in (shape.district, shape.regency, shape.code) if part),
            "why": sentences.WHY.get(shape.why, ""),
            "form": answered[1] if answered and answered[0] == shape.pk else _form(shape, known),
        }
        for shape in page.object_list
    ]
    in_use = queries.set_in_use(found.office_id)
    is_read = found.state == SetState.TERBACA
    context = {
        "set": found,
        "report": report,
        "page": page,
        "shown": shown,
        "map": queries.set_shapes(found) if is_read and report.matched else None,
        "is_read": is_read,
        "is_refused": found.state == SetState.DITOLAK,
        "in_use": in_use is not None and in_use.pk == found.pk,
        "may_use": is_read and report.matched and found.office_id == request.actor.office_id,
        "refused": refused,
    }
    failed = refused is not None or answered is not None
    return render(request, "territory/border_set.html", context, status=400 if failed else 200)


def _form(shape: Boundary, known: dict[int, Village], data: Any = None) -> DecideForm:
    choices = [
        (str(pk), f"{known[pk].name}, {known[pk].district.name} ({known[pk].code})")
        for pk in shape.candidates
        if pk in known
    ]
    initial: dict[str, str] = {}
    if shape.match == BoundaryMatch.DILEWATI:
        initial = {"village": LEFT_OUT}
    elif shape.village is not None and shape.village_id in shape.candidates:
        initial = {"village": str(shape.village_id)}
    elif shape.village is not None:
        initial = {"village": BY_CODE, "code": shape.village.code}
    return DecideForm(data, choices=choices, prefix=f"b{shape.pk}", initial=initial)
