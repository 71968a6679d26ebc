"""Villages by a part of their name, a misspelt name or a code."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock, Timer

from django.db import DatabaseError, connection
from django.db.models import QuerySet

from bersinar.access import ANONYMOUS, Actor, Right
from bersinar.territory import words
from bersinar.territory.models import FormerCode, Village
from bersinar.territory.search import Named, NameIndex

_CODE = re.compile(r"[0-9][0-9.\s]{2,}")
MOST_FOUND = 300
WARM_AFTER = 5.0
_ENDS = ("-pk", "code", "-code")
logger = logging.getLogger("bersinar.territory")
_lock = Lock()
# One index a process; the mark says which state of which database it was made from.
_held: list[tuple[tuple[object, ...], NameIndex]] = []


@dataclass(frozen=True, slots=True)
class FoundVillage:
    """A village with everything that tells it from others of its name."""

    id: int
    code: str
    name: str
    kind_word: str
    district_word: str
    district: str
    regency: str
    province: str
    is_own: bool
    former_codes: tuple[str, ...] = ()


def search(text: str, actor: Actor, *, limit: int = 20) -> list[FoundVillage]:
    """The villages most like what was typed, those of the person's own regions first among equals."""
    return found(search_ids(text, actor)[:limit], actor)


def search_ids(text: str, actor: Actor) -> list[int]:
    """Numbers of all that fit, best first, so that a page can show a slice of them."""
    actor.require(Right.TERRITORY_SEARCH)
    text = " ".join(text.split())[:100]
    if _CODE.fullmatch(text):
        return _by_code(text)
    ids = _index().find(text, own=actor.prefixes)
    valid = set(_villages().filter(pk__in=ids, valid_to=None).values_list("pk", flat=True))
    return [pk for pk in ids if pk in valid]


def warm() -> None:
    """Build the index before the first person searches: a second and a half that nobody then waits for."""
    if _villages().exists():
        _index()


def warm_later(seconds: float = WARM_AFTER) -> Timer:
    """The same in the background of a server that has just started, so that it serves people first."""
    timer = Timer(seconds, _warm_and_leave)
    timer.daemon = True
    timer.start()
    return timer


def found(ids: Sequence[int], actor: Actor) -> list[FoundVillage]:
    """These villages with their parents, in the same order."""
    rows = {
        row.pk: row for row in _villages().filter(pk__in=ids).select_related("district__regency__province")
    }
    old: dict[int, list[str]] = {}
    for village_id, code in (
        FormerCode.objects.for_actor(ANONYMOUS).filter(village_id__in=ids).values_list("village_id", "code")
    ):
        old.setdefault(village_id, []).append(code)
    inside = tuple(prefix + "." for prefix in actor.prefixes)
    return [_found(rows[pk], inside, tuple(old.get(pk, ()))) for pk in ids if pk in rows]


def _warm_and_leave() -> None:
    try:
        warm()
    except DatabaseError:
        # The first search builds it then, or says what is wrong to somebody who can read it.
        logger.warning("search: the index could not be built ahead", exc_info=True)
    finally:
        connection.close()


def _found(village: Village, inside: tuple[str, ...], old: tuple[str, ...]) -> FoundVillage:
    regency = village.district.regency
    return FoundVillage(
        id=village.pk,
        code=village.code,
        name=village.name,
        kind_word=words.kind_word(village.code, village.kind),
        district_word=words.district_word(village.code),
        district=village.district.name,
        regency=f"{regency.get_kind_display()} {regency.name}",
        province=regency.province.name,
        is_own=bool(inside) and village.code.startswith(inside),
        former_codes=old,
    )


def _by_code(text: str) -> list[int]:
    digits = re.sub(r"[^0-9]", "", text)[:10]
    cuts = (digits[:2], digits[2:4], digits[4:6], digits[6:])
    start = ".".join(part for part in cuts if part)
    ids = list(
        _villages().filter(code__startswith=start, valid_to=None).values_list("pk", flat=True)[:MOST_FOUND]
    )
    former = FormerCode.objects.for_actor(ANONYMOUS).filter(code__startswith=start)
    return list(dict.fromkeys([*ids, *former.values_list("village_id", flat=True)[:MOST_FOUND]]))


def _villages() -> QuerySet[Village]:
    return Village.objects.for_actor(ANONYMOUS)


def _index() -> NameIndex:
    with _lock:
        mark = _mark()
        if not _held or _held[0][0] != mark:
            rows = (
                _villages()
                .order_by("code")
                .values_list(
                    "pk",
                    "code",
                    "name",
                    "district__name",
                    "district__regency__name",
                    "district__regency__province__name",
                )
            )
            _held[:] = [(mark, NameIndex(Named(*row) for row in rows.iterator(chunk_size=5000)))]
        return _held[0][1]


def _mark() -> tuple[object, ...]:
    """Which villages there are. Three looks at the ends of an index; one query for all three would read every row."""
    ends = [_villages().order_by(name).values_list(name.lstrip("-"), flat=True).first() for name in _ENDS]
    return (str(connection.settings_dict["NAME"]), *ends)
