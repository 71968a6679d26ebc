"""Where villages lie."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from bersinar.access import ANONYMOUS
from bersinar.territory.errors import PointRefused
from bersinar.territory.models import Village, VillagePoint


@transaction.atomic
def set_points(rows: Iterable[tuple[str, float, float]], *, source: str) -> int:
    """One place a village (code, lat, lon) with its source; stored places are replaced. Returns how many."""
    wanted = {code: (float(lat), float(lon)) for code, lat, lon in rows}
    for code, (lat, lon) in wanted.items():
        if not (-11.5 <= lat <= 6.5 and 94.5 <= lon <= 141.5):
            raise PointRefused(code)
    villages = Village.objects.for_actor(ANONYMOUS).filter(code__in=wanted)
    ids = dict(villages.values_list("code", "pk"))
    points = [
        VillagePoint(village_id=ids[code], lat=lat, lon=lon, source=source)
        for code, (lat, lon) in wanted.items()
        if code in ids
    ]
    VillagePoint.objects.bulk_create(
        points,
        update_conflicts=True,
        unique_fields=["village"],
        update_fields=["lat", "lon", "source"],
        batch_size=2000,
    )
    return len(points)
