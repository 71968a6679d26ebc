"""The Desa Bersinar list as units report it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.reporting import actions
from bersinar.reporting.queries import listing as queries
from bersinar.ui import address

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@access(Right.REPORTS_EXPORT, level=Level.L2)
@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """The list of one year on screen, with what is still missing."""
    found = queries.desa_bersinar_list(request.actor, year=_year(request), on=timezone.localdate())
    chips = [
        {"label": year, "url": f"?tahun={year}", "current": year == found.year}
        for year in sorted({*found.years, found.year} - {queries.ALL}, reverse=True)
    ]
    chips.append({"label": _("Semua tahun"), "url": "?tahun=semua", "current": found.year == queries.ALL})
    return render(request, "reporting/list.html", {"found": found, "chips": chips})


@access(Right.REPORTS_EXPORT, level=Level.L2, fresh=True)
@require_GET
def report_list_xlsx(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook; the same data give the same bytes."""
    found, content = actions.export_list(year=_year(request), on=timezone.localdate(), by=request.actor)
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.file_name}.xlsx"'
    return answer


def _year(request: HttpRequest) -> int | None:
    """The year in the address, or all of them; what is no year is as good as none."""
    text = request.GET.get("tahun", "")
    if text == "semua":
        return queries.ALL
    return address.year(text)
