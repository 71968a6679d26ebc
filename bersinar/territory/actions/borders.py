"""A file of borders on its way: received, read, decided, used. Each step may be repeated without harm."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor, BersinarError, Right, get_or_404
from bersinar.territory import queries
from bersinar.territory.borders import limits
from bersinar.territory.borders.matching import Matched, match_features
from bersinar.territory.borders.reader import Reading, read_features
from bersinar.territory.borders.shaping import shape_features
from bersinar.territory.errors import BordersRefused, NoOfficeOfOwn, SetNotReady, VillageTaken
from bersinar.territory.matching.villages import Place
from bersinar.territory.models import Boundary, BoundaryChoice, BoundaryFile, BoundarySet
from bersinar.territory.vocabulary import BoundaryMatch, SetState, VillageKind

_OPEN = (BoundaryMatch.RAGU, BoundaryMatch.TIDAK_ADA, BoundaryMatch.DILEWATI, BoundaryMatch.ORANG)
_LISTED = 200


def receive_borders(
    content: bytes, *, file_name: str, name: str, attribution: str, by: Actor, swap_axes: bool = False
) -> BoundarySet:
    """Keep the uploaded bytes; nothing is read yet."""
    by.require(Right.BORDERS_IMPORT)
    if by.office_id is None:
        raise NoOfficeOfOwn
    if len(content) > limits.MAX_BYTES:
        megabyte = 1024 * 1024
        raise BordersRefused(
            "file_too_large", mb=-(-len(content) // megabyte), limit=limits.MAX_BYTES // megabyte
        )
    with transaction.atomic():
        received = BoundarySet.objects.create(
            office_id=by.office_id,
            name=name[:200],
            attribution=attribution[:300],
            file_name=PurePath(file_name).name[-200:],
            sha256=hashlib.sha256(content).hexdigest(),
            swap_axes=swap_axes,
            imported_by_id=by.user_id,
            imported_by_name=by.name[:200],
        )
        BoundaryFile.objects.create(boundary_set=received, content=zlib.compress(content, 1))
        audit.record(by, "territory.borders_received", about=received, sha256=received.sha256)
    return received


def read_borders(set_id: int, *, by: Actor) -> BoundarySet:
    """Read, repair, match and store; or keep why the file was refused. A set that was read stays as it is."""
    by.require(Right.BORDERS_IMPORT)
    waiting = get_or_404(BoundarySet, by, pk=set_id, office_id=by.office_id)
    if waiting.state != SetState.MENUNGGU:
        return waiting
    kept = BoundaryFile.objects.for_actor(by).get(boundary_set=waiting)
    try:
        rows, report = _rows(waiting, zlib.decompress(bytes(kept.content)))
    except BersinarError as refused:
        return _end(waiting, SetState.DITOLAK, [], {}, by, refused=refused)
    return _end(waiting, SetState.TERBACA, rows, report, by)


def import_boundaries(
    content: bytes, *, file_name: str, name: str, attribution: str, by: Actor, swap_axes: bool = False
) -> tuple[BoundarySet, queries.MatchReport]:
    """Both steps at once, for files that are read within a second."""
    received = receive_borders(
        content, file_name=file_name, name=name, attribution=attribution, by=by, swap_axes=swap_axes
    )
    read = read_borders(received.pk, by=by)
    return read, queries.match_report(read, by)


def decide_boundary(boundary_id: int, *, village_id: int | None, by: Actor) -> Boundary:
    """A person says which village a doubtful shape is; without a village the shape is left out."""
    by.require(Right.BORDERS_IMPORT)
    with transaction.atomic():
        found = get_or_404(Boundary, by, pk=boundary_id, boundary_set__office_id=by.office_id)
        found_set = _held(found.boundary_set_id, by)
        if found.match not in _OPEN:
            raise SetNotReady
        if village_id is None:
            found.village, found.match = None, BoundaryMatch.DILEWATI
        else:
            village = queries.villages_of_office(found_set.office_id).filter(pk=village_id).first()
            if village is None:
                raise SetNotReady
            rivals = Boundary.objects.for_actor(by).filter(boundary_set=found_set, village=village)
            if rivals.exclude(pk=found.pk).exists():
                raise VillageTaken(village.name)
            found.village, found.match = village, BoundaryMatch.ORANG
        found.decided_by_name, found.decided_at = by.name[:200], timezone.now()
        found.save(update_fields=["village", "match", "decided_by_name", "decided_at"])
        audit.record(by, "territory.boundary_decided", about=found, village=village_id)
    return found


def use_boundaries(set_id: int | None, *, by: Actor) -> BoundaryChoice:
    """From now on the office's maps use this set; without one they are schematic. Going back is choosing again."""
    by.require(Right.BORDERS_IMPORT)
    if by.office_id is None:
        raise NoOfficeOfOwn
    with transaction.atomic():
        chosen = None if set_id is None else _held(set_id, by)
        if chosen is not None:
            matched = Boundary.objects.for_actor(by).filter(boundary_set=chosen, village__isnull=False)
            if chosen.state != SetState.TERBACA or not matched.exists():
                raise SetNotReady
        choice = BoundaryChoice.objects.create(
            office_id=by.office_id,
            boundary_set=chosen,
            chosen_by_id=by.user_id,
            chosen_by_name=by.name[:200],
        )
        audit.record(by, "territory.borders_chosen", about=choice, set=set_id)
    return choice


def match_content(
    content: bytes, *, file_name: str, office_id: int, swap_axes: bool = False
) -> tuple[Reading, Matched]:
    """What a file would give, without keeping anything."""
    reading = read_features(content, file_name=file_name, swap_axes=swap_axes)
    villages = queries.villages_of_office(office_id)
    places = [
        Place(
            id=village.pk,
            code=village.code,
            name=village.name,
            kecamatan=village.district.name,
            kabupaten=f"{village.district.regency.get_kind_display()} {village.district.regency.name}",
            is_kelurahan=village.kind == VillageKind.KELURAHAN,
        )
        for village in villages
    ]
    matched = match_features(
        reading.features,
        places,
        prefixes=queries.office_scope(office_id).prefixes,
        former=queries.former_codes(office_id),
    )
    return reading, matched


def _rows(waiting: BoundarySet, content: bytes) -> tuple[list[Boundary], dict[str, object]]:
    reading, matched = match_content(
        content, file_name=waiting.file_name, office_id=waiting.office_id, swap_axes=waiting.swap_axes
    )
    shaped = shape_features([one.feature.polygons for one in matched.kept])
    rows, empty = [], list(reading.empty)
    for n, one in enumerate(matched.kept):
        if shaped.shapes[n].is_empty:
            empty.append(one.feature.number)
            continue
        rows.append(
            Boundary(
                boundary_set=waiting,
                number=one.feature.number,
                code=one.feature.code,
                name=one.feature.name,
                district=one.feature.district,
                regency=one.feature.regency,
                village_id=one.village_id,
                match=one.match,
                why=one.why,
                candidates=list(one.candidates),
                is_repaired=bool(shaped.repaired[n]),
                geometry=shaped.packed(n),
            )
        )
    if not rows:
        raise BordersRefused("no_areas")
    report: dict[str, object] = {
        "empty": empty[:_LISTED],
        "n_empty": len(empty),
        "outside": list(reading.outside[:_LISTED]),
        "n_outside": len(reading.outside),
        "repaired": [row.number for row in rows if row.is_repaired][:_LISTED],
        "joined": matched.joined,
        "elsewhere": matched.elsewhere,
    }
    return rows, report


def _end(
    waiting: BoundarySet,
    state: SetState,
    rows: list[Boundary],
    report: dict[str, object],
    by: Actor,
    *,
    refused: BersinarError | None = None,
) -> BoundarySet:
    """All of it in one step, or nothing; the uploaded bytes are not kept longer than needed."""
    with transaction.atomic():
        found = _held(waiting.pk, by)
        if found.state != SetState.MENUNGGU:
            return found
        Boundary.objects.bulk_create(rows, batch_size=500)
        found.state, found.report = state, report
        if refused is not None:
            found.refused_code, found.refused_why = refused.code, str(refused)
        found.save(update_fields=["state", "report", "refused_code", "refused_why"])
        BoundaryFile.objects.for_actor(by).filter(boundary_set=found).delete()
        verb = "territory.borders_refused" if refused else "territory.borders_read"
        audit.record(by, verb, about=found, shapes=len(rows))
    return found


def _held(set_id: int, by: Actor) -> BoundarySet:
    """The set of one's own office, locked, so that two people never write it at once."""
    get_or_404(BoundarySet, by, pk=set_id, office_id=by.office_id)
    return BoundarySet.objects.for_actor(by).select_for_update().get(pk=set_id)
