"""Rounds: their list, one round with its completeness, its template."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bersinar.access import BersinarError, Level, Right, access
from bersinar.documents.views import download
from bersinar.fieldwork import actions, present, queries
from bersinar.fieldwork.actions.imports import XLSX
from bersinar.fieldwork.forms import RoundForm
from bersinar.fieldwork.sheets import template_name, write_template

SHOWN, FILES = 12, 20
TITLE = "Pemetaan kawasan rawan narkoba"


@access(Right.VALUES_SEE, level=Level.L2)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The rounds with how complete they are."""
    page = Paginator(queries.rounds(request.actor), SHOWN).get_page(request.GET.get("hal"))
    shown = []
    done = queries.progresses(list(page.object_list), request.actor)
    for one in page.object_list:
        answered, total = done[one.pk]
        shown.append(
            {
                "round": one,
                "answered": answered,
                "total": total,
                "may_fill": present.may_fill(one, request.actor),
            }
        )
    context = {"rounds": shown, "page": page, "several": len(request.actor.office_ids) > 1}
    return render(request, "fieldwork/home.html", context)


@access(Right.VALUES_ENTER, level=Level.L1)
@require_http_methods(["GET", "POST"])
def open_round(request: HttpRequest) -> HttpResponse:
    """Begin collecting for a year."""
    form = RoundForm(request.POST or None, initial={"year": timezone.localdate().year, "title": _(TITLE)})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_round(by=request.actor, **form.cleaned_data)
        except BersinarError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Putaran dibuka. Unduh templatnya, atau isi langsung di layar."))
            return redirect("fieldwork:round", pk=made.pk)
    return render(request, "fieldwork/open.html", {"form": form}, status=400 if form.errors else 200)


@access(Right.VALUES_SEE, level=Level.L2)
@require_GET
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: completeness by kecamatan, files, what to do next."""
    found = queries.round_of(pk, request.actor)
    done = queries.completeness(pk, request.actor)
    may_fill = present.may_fill(found, request.actor)
    page = Paginator(queries.imports_of(found, request.actor), FILES).get_page(request.GET.get("hal"))
    context = {
        "round": found,
        "may_fill": may_fill,
        "completeness": done,
        "figures": present.figures(done),
        "districts": present.districts(found, done, may_fill=may_fill),
        "imports": [present.import_row(one) for one in page.object_list],
        "page": page,
        "instrument": queries.instrument_of(found),
    }
    return render(request, "fieldwork/round.html", context)


@access(Right.VALUES_ENTER, level=Level.L2)
@require_GET
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The empty sheet with the office's villages."""
    found = queries.round_of(pk, request.actor)
    return download(write_template(found, request.actor), template_name(found), XLSX)


@access(Right.VALUES_ENTER, level=Level.L1)
@require_POST
def close_round(request: HttpRequest, pk: int) -> HttpResponse:
    """No more values after this."""
    actions.close_round(pk, by=request.actor)
    messages.success(request, _("Putaran ditutup. Datanya tetap dapat dilihat dan dihitung."))
    return redirect("fieldwork:round", pk=pk)
