"""The facts each kind of letter takes. Whatever is not named here is refused.

The refusal is the point: a category, a score or a value handed over by mistake cannot reach a letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bersinar.documents.vocabulary import DocumentKind

LONGEST = 2000
MOST_ROWS = 600
MOST_BLANK_ROWS = 100
ZONES = ("WIB", "WITA", "WIT")
Check = Callable[[Any, str], Any]


class FactsError(Exception):
    """A sentence that says which fact is wrong."""


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise FactsError(f"{where} harus berisi teks.")
    if len(value) > LONGEST:
        raise FactsError(f"{where} terlalu panjang. Paling banyak {LONGEST} huruf.")
    # Control signs cannot stand in Word's XML.
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "", value).strip()


def _maybe_text(value: Any, where: str) -> str:
    return "" if value in ("", None) else _text(value, where)


def _year(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 2000 <= value <= 2100:
        raise FactsError(f"{where} harus tahun empat angka.")
    return value


def _day(value: Any, where: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise FactsError(f"{where} harus tanggal, misalnya 2023-02-13.") from None


def _maybe_day(value: Any, where: str) -> str:
    return "" if value in ("", None) else _day(value, where)


def _clock(value: Any, where: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3])[.:][0-5]\d", value):
        raise FactsError(f"{where} harus jam, misalnya 09.00.")
    return value.replace(":", ".")


def _zone(value: Any, where: str) -> str:
    if value not in ZONES:
        raise FactsError(f"{where} harus WIB, WITA, atau WIT.")
    return str(value)


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise FactsError(f"{where} harus ya atau tidak.")
    return value


def _count(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000:
        raise FactsError(f"{where} harus bilangan bulat.")
    return value


def _blank_rows(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_BLANK_ROWS:
        raise FactsError(f"{where} harus bilangan bulat dari 0 sampai {MOST_BLANK_ROWS}.")
    return value


def _list_of(check: Check, *, least: int = 0) -> Check:
    def checked(value: Any, where: str) -> list[Any]:
        if not isinstance(value, list | tuple) or not least <= len(value) <= MOST_ROWS:
            raise FactsError(f"{where} harus daftar dengan {least} sampai {MOST_ROWS} baris.")
        return [check(one, f"{where} baris {number}") for number, one in enumerate(value, 1)]

    return checked


def _record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    known = {**required, **(optional or {})}

    def checked(value: Any, where: str) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise FactsError(f"{where} harus berisi beberapa isian.")
        if unknown := sorted(set(value) - set(known)):
            raise FactsError(f"{where} tidak boleh memuat {', '.join(map(str, unknown))}.")
        if missing := sorted(set(required) - set(value)):
            raise FactsError(f"{where} belum memuat {', '.join(missing)}.")
        return {key: check(value[key], f"{where} {key}") for key, check in known.items() if key in value}

    return checked


_MEETING: dict[str, Check] = {
    "title": _text,
    "date": _day,
    "time": _clock,
    "zone": _zone,
    "place": _text,
}
_VILLAGE = _record(
    {"name": _text, "kind_word": _text, "district": _text, "regency": _text, "money_source": _text}
)
_SEAT: dict[str, Check] = {"name": _maybe_text, "position": _maybe_text, "institution": _maybe_text}
_ATTENDANCE = _record({"element": _text}, {**_SEAT, "present": _flag})
_COMMITMENT = _record({"element": _text, "who": _text, "what": _text, "due": _maybe_day})
# What the national system asks of a coordination meeting beside its minutes (the SIN form); all of it optional,
# because what is missing is printed as missing.
_REPORT = _record(
    {},
    {
        "warrant": _maybe_text,
        "unit": _maybe_text,
        "committee": _list_of(_record({"name": _text}, {"unit": _maybe_text})),
        "target": _maybe_text,
        "participants": _count,
        "speakers": _list_of(_record({"name": _text}, {"position": _maybe_text})),
        "materials": _list_of(_record({"title": _text}, {"speaker": _maybe_text, "summary": _maybe_text})),
        "money_source": _maybe_text,
        "budget": _maybe_text,
        "results": _list_of(_text),
        "photos": _list_of(_text),
    },
)
# Every kind may carry these.
_COMMON: dict[str, Check] = {"example": _flag, "nature": _maybe_text, "place_of_issue": _maybe_text}

SCHEMAS: dict[DocumentKind, Check] = {
    DocumentKind.SK_PENETAPAN: _record(
        {"year": _year, "villages": _list_of(_VILLAGE, least=1)},
        {"considerations": _list_of(_text), "legal_basis": _list_of(_text), **_COMMON},
    ),
    DocumentKind.UNDANGAN: _record(
        {**_MEETING, "agenda": _list_of(_text, least=1), "addressees": _list_of(_text, least=1)},
        {"until": _clock, "contact": _maybe_text, "purpose": _maybe_text, **_COMMON},
    ),
    DocumentKind.NOTULEN: _record(
        {
            "meeting": _record(_MEETING, {"until": _clock, "regency": _maybe_text}),
            "attendance": _list_of(_ATTENDANCE),
            "points": _list_of(_text),
            "commitments": _list_of(_COMMITMENT),
        },
        {"chair": _maybe_text, "minutes_by": _maybe_text, "report": _REPORT, **_COMMON},
    ),
    DocumentKind.DAFTAR_HADIR: _record(
        {"meeting": _record(_MEETING, {"until": _clock, "regency": _maybe_text})},
        {"seats": _list_of(_record({"element": _text}, _SEAT)), "blank_rows": _blank_rows, **_COMMON},
    ),
    DocumentKind.SURAT: _record(
        {"subject": _text, "addressees": _list_of(_text, least=1), "paragraphs": _list_of(_text, least=1)},
        {**_COMMON},
    ),
}


def checked(kind: DocumentKind, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts tidied, or FactsError with the first thing that is wrong."""
    return dict(SCHEMAS[kind](facts, "Isi surat"))


def title_of(kind: DocumentKind, facts: Mapping[str, Any]) -> str:
    """What the letter is called in lists, from its facts."""
    if kind is DocumentKind.SK_PENETAPAN:
        return f"Penetapan Desa Bersinar Tahun {facts['year']}"
    if kind is DocumentKind.UNDANGAN:
        return f"Undangan {facts['title']}"[:300]
    if kind is DocumentKind.NOTULEN:
        return f"Notulen {facts['meeting']['title']}"[:300]
    if kind is DocumentKind.DAFTAR_HADIR:
        return f"Daftar hadir {facts['meeting']['title']}"[:300]
    return str(facts["subject"])[:300]
