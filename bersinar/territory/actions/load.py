"""Load the published regions and open offices."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from bersinar.access import ANONYMOUS
from bersinar.territory import codebook
from bersinar.territory.models import District, FormerCode, Office, OfficeArea, Province, Regency, Village
from bersinar.territory.vocabulary import OfficeKind


@transaction.atomic
def load_regions(*, provinces: Collection[str] | None = None) -> int:
    """Store the regions that are not there yet; returns how many villages were new. Safe to repeat."""
    upper = {code: name for code, name in codebook.upper_levels().items() if _wanted(code, provinces)}
    parts = {length: {c: n for c, n in upper.items() if len(c) == length} for length in (2, 5, 8)}
    _add(Province, [Province(code=code, name=name) for code, name in parts[2].items()])
    above = _ids(Province)
    regencies = []
    for code, published in parts[5].items():
        kind, name = codebook.regency_name(published)
        regencies.append(Regency(province_id=above[code[:2]], code=code, name=name, kind=kind))
    _add(Regency, regencies)
    above = _ids(Regency)
    _add(District, [District(regency_id=above[c[:5]], code=c, name=n) for c, n in parts[8].items()])
    above = _ids(District)
    # A code a village had before would otherwise come back as a second village.
    known = set(_ids(Village)) | set(FormerCode.objects.for_actor(ANONYMOUS).values_list("code", flat=True))
    villages = [
        Village(district_id=above[code[:8]], code=code, name=name, kind=codebook.village_kind(code))
        for code, name in codebook.villages().items()
        if _wanted(code, provinces) and code not in known
    ]
    Village.objects.bulk_create(villages, batch_size=5000)
    return len(villages)


@transaction.atomic
def open_office(*, kind: OfficeKind, name: str, prefixes: Collection[str], seat: str = "") -> Office:
    """The office with this name and the regions it serves; opening it again changes nothing but its regions."""
    office, _is_new = Office.objects.for_actor(ANONYMOUS).get_or_create(
        name=name, defaults={"kind": kind, "seat": seat}
    )
    areas = OfficeArea.objects.for_actor(ANONYMOUS).filter(office=office)
    areas.exclude(prefix__in=prefixes).delete()
    known = set(areas.values_list("prefix", flat=True))
    OfficeArea.objects.bulk_create(
        OfficeArea(office=office, prefix=prefix) for prefix in prefixes if prefix not in known
    )
    return office


def _wanted(code: str, provinces: Collection[str] | None) -> bool:
    return provinces is None or code[:2] in provinces


def _ids(model: type[Province | Regency | District | Village]) -> dict[str, int]:
    return dict(model.objects.for_actor(ANONYMOUS).values_list("code", "pk"))


def _add(model: type[Province | Regency | District], rows: list) -> None:
    known = _ids(model)
    model.objects.bulk_create((row for row in rows if row.code not in known), batch_size=2000)
