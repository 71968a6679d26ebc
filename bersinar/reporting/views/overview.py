"""The nation or a province in numbers that may be compared."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.mapping.vocabulary import OPEN
from bersinar.mapping.words import category_word
from bersinar.reporting.queries import overview as queries
from bersinar.reporting.queries.overview import Area, Overview
from bersinar.ui import address
from bersinar.ui.kept import Kept

_MOST_KEPT = 200
_kept: Kept[tuple[Overview, str]] = Kept(_MOST_KEPT)


@access(Right.MAP_SEE, level=Level.L2)
@require_GET
def overview(request: HttpRequest, code: str = queries.NATION) -> HttpResponse:
    """Completeness and released categories of each part; counted in the background, never for one reader."""
    actor, year = request.actor, address.year(request.GET.get("tahun", ""))
    mark = queries.mark()
    if mark is None:
        return render(request, "reporting/overview_waiting.html")
    whose = (actor.office_ids, actor.prefixes, actor.village_code)
    # The name of the database: tests and a restored copy have other figures under the same mark.
    where = (settings.DATABASES["default"]["NAME"], mark, settings.BERSINAR_DEMO)
    found, content = _kept.get(
        (where, whose, code, year, get_language()),
        lambda: _part(queries.overview(actor, code=code, year=year)),
    )
    return render(request, "reporting/overview.html", {"found": found, "content": content, "mark": mark})


def _part(found: Overview) -> tuple[Overview, str]:
    chips = [{"label": one, "url": f"?tahun={one}", "current": one == found.year} for one in found.years]
    context = {
        "found": found,
        "total": _row(found.total, found),
        "words": _words(),
        "rows": [_row(area, found) for area in found.areas],
        "chips": chips,
        "demo": settings.BERSINAR_DEMO,
    }
    return found, render_to_string("reporting/parts/overview.html", context)


def _row(area: Area, found: Overview) -> dict[str, object]:
    """An area with where its numbers lead: a province to its regencies, a regency to its round and its map."""
    deeper = len(area.code) == 2 and area.code != found.code
    return {
        "area": area,
        "url": f"{reverse('reporting:overview', args=[area.code])}?tahun={found.year}" if deeper else "",
        "round_url": reverse("fieldwork:round", args=[area.round_id]) if area.round_id else "",
        "run_url": reverse("reporting:map", args=[area.run_id]) if area.run_id else "",
        "counts": [
            {"word": word, "number": number} for word, number in zip(_words(), area.counts, strict=True)
        ],
    }


def _words() -> list[str]:
    """The headings of the counts, in the order of queries.COUNTED."""
    return [category_word(word.upper() if word != "undecided" else OPEN) for word in queries.COUNTED]
