"""Count rules as text: parsed, checked, combined with a unit's own lines and written back, without Django."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from bersinar.fieldwork.rules.cells import LARGEST
from bersinar.fieldwork.rules.instrument import DEFAULT_INSTRUMENT, instrument
from bersinar.methods.categories import Category, CountRule, Line, Presence, RuleError, Status

PUBLISHED = "banda-aceh-2021"
_HEADING = ("id", "version", "title", "authority", "document", "status", "main", "supporting")
# The surest first; of two lines for one category a reader is told the weaker.
_SURENESS = (Status.CONFIRMED, Status.REPORTED, Status.OWN, Status.PLACEHOLDER, Status.CONTOH)
_KNOWN = {*_HEADING, "valid_from", "valid_to", "source_url", "notes", "lines", "presence"}


def parse_rule(text: str) -> CountRule:
    """Read a rule file; every fault is told in one sentence."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"Berkas aturan tidak dapat dibaca sebagai TOML: {error}.") from error
    lacking = [key for key in _HEADING if key not in data]
    if lacking:
        raise RuleError(f"Berkas aturan belum memuat: {', '.join(lacking)}.")
    # A misspelt key would silently be left out, and with it a threshold somebody relies on.
    unknown = sorted(set(data) - _KNOWN)
    if unknown:
        raise RuleError(
            f"Berkas aturan memuat bagian yang tidak dikenal: {', '.join(unknown)}. Periksa ejaannya."
        )
    presence = data.get("presence", {})
    if not isinstance(presence, dict):
        raise RuleError("Bagian “presence” harus berisi satu tabel untuk setiap indikator.")
    return CountRule(
        **{key: _text(data, key) for key in ("id", "version", "title", "authority", "document")},
        status=_status(data["status"]),
        main=_names(data, "main"),
        supporting=_names(data, "supporting"),
        presence={name: _presence(name, part) for name, part in presence.items()},
        lines=tuple(_line(number, part) for number, part in enumerate(data.get("lines", []), start=1)),
        valid_from=_date(data, "valid_from"),
        valid_to=_date(data, "valid_to"),
        source_url=_text(data, "source_url") if "source_url" in data else "",
        notes=_names(data, "notes") if "notes" in data else (),
    )


@cache
def shipped_text(name: str = PUBLISHED) -> str:
    """The text of a rule file that ships with the product."""
    return resources.files("bersinar.mapping").joinpath(f"rules_data/{name}.toml").read_text(encoding="utf-8")


@cache
def published_rule() -> CountRule:
    """The published line with its stand-in thresholds."""
    return parse_rule(shipped_text())


def with_own_lines(
    base: CountRule,
    lines: Sequence[Line],
    *,
    presence: Mapping[str, Presence] | None = None,
    rule_id: str,
    version: str,
    title: str,
    authority: str,
    document: str,
    status: Status,
) -> CountRule:
    """The base rule's published lines and stand-in thresholds, with the lines and thresholds a unit entered.

    A published line is never replaced; a threshold the unit did not enter keeps its value and its status.
    """
    own = {name: _own_presence(name, limit, base) for name, limit in (presence or {}).items()}
    taken = {line.category for line in base.lines if line.status in (Status.CONFIRMED, Status.REPORTED)}
    for line in lines:
        if line.category in taken:
            raise RuleError(
                f"Garis {line.category.value.capitalize()} sudah ditetapkan dari sumber resmi "
                "dan tidak dapat diganti."
            )
    kept = tuple(line for line in base.lines if line.category in taken)
    ordered = sorted((*kept, *lines), key=lambda line: -line.category.severity)
    return replace(
        base,
        id=rule_id,
        version=version,
        title=title,
        authority=authority,
        document=document,
        status=status,
        lines=tuple(ordered),
        presence={**base.presence, **own},
        valid_from=None,
        valid_to=None,
        source_url=base.source_url,
        notes=(),
    )


def write_rule(rule: CountRule) -> str:
    """The rule as canonical TOML; `parse_rule` gives the same rule back."""
    out = [
        f"{key} = {_quoted(getattr(rule, key))}"
        for key in ("id", "version", "title", "authority", "document")
    ]
    out.append(f"source_url = {_quoted(rule.source_url)}")
    out.append(f"status = {_quoted(rule.status.value)}")
    out += [f"{key} = {day.isoformat()}" for key in ("valid_from", "valid_to") if (day := getattr(rule, key))]
    for key in ("main", "supporting", "notes"):
        out.append(f"{key} = [{', '.join(_quoted(text) for text in getattr(rule, key))}]")
    for line in rule.lines:
        out += ["", "[[lines]]", f"category = {_quoted(line.category.value)}"]
        out += [f"min_main = {line.min_main}", f"min_supporting = {line.min_supporting}"]
        out += [f"{key} = {_quoted(str(getattr(line, key)))}" for key in ("combine", "status", "source")]
    for name in rule.indicators:
        presence = rule.presence[name]
        out += ["", f"[presence.{_quoted(name)}]", f"op = {_quoted(presence.op)}"]
        out.append(f"threshold = {presence.threshold!r}")
        out += [f"{key} = {_quoted(str(getattr(presence, key)))}" for key in ("unit", "status", "note")]
    return "\n".join(out) + "\n"


def has_examples(rule: CountRule) -> bool:
    """Is any line or threshold made up for the demo?"""
    limits = (rule.presence[name].status for name in rule.indicators)
    return Status.CONTOH in {rule.status, *(line.status for line in rule.lines), *limits}


def line_statuses(rule: CountRule) -> dict[Category, Status]:
    """How sure the line of each category is; it stands wherever the category shows."""
    surest_first = sorted(rule.lines, key=lambda line: _SURENESS.index(line.status))
    return {line.category: line.status for line in surest_first}


def example_limits(rule: CountRule) -> bool:
    """Is any threshold made up for the demo?"""
    return any(rule.presence[name].status is Status.CONTOH for name in rule.indicators)


def stand_ins(rule: CountRule) -> int:
    """How many thresholds nobody knows yet; every category of the rule rests on them."""
    return sum(rule.presence[name].status is Status.PLACEHOLDER for name in rule.indicators)


def fingerprint(text: str) -> str:
    """SHA-256 of a rule's exact text: the same number and version with other words is another rule."""
    return hashlib.sha256(text.encode()).hexdigest()


def _own_presence(name: str, limit: Presence, base: CountRule) -> Presence:
    """A threshold some answers meet and others do not, in the unit the indicator is asked in."""
    if name not in base.indicators:
        raise RuleError(f"Indikator {name} tidak dipakai aturan ini.")
    least = limit.threshold > 0 if limit.op == ">=" else limit.threshold >= 0
    if limit.op not in (">=", ">") or not least:
        raise RuleError(
            f"Batas {name}: dengan “{limit.op} {limit.threshold:g}” nihil pun dianggap ada. "
            "Pakai ≥ dengan angka di atas nol, atau > dengan nol atau lebih."
        )
    unit = base.presence[name].unit
    if limit.unit not in ("", unit):
        raise RuleError(f"Batas {name} ditulis dalam {limit.unit}, padahal ditanyakan dalam {unit}.")
    asked = instrument(*DEFAULT_INSTRUMENT).indicator(name)
    if asked is not None:
        _check_reach(name, limit, asked.minimum, LARGEST if asked.maximum is None else asked.maximum)
    return replace(limit, unit=unit)


def _check_reach(name: str, limit: Presence, low: float, high: float) -> None:
    """Met by every answer or by none, a threshold tells nothing of any village."""
    said = f"Batas {name}: “{limit.op} {_written(limit.threshold)}”"
    if limit.threshold > high or (limit.op == ">" and limit.threshold == high):
        raise RuleError(
            f"{said} tidak dapat dicapai desa mana pun, karena jawabannya paling besar {_written(high)}."
        )
    if limit.threshold < low or (limit.op == ">=" and limit.threshold == low):
        raise RuleError(
            f"{said} dicapai setiap desa yang menjawab, karena jawabannya paling kecil {_written(low)}."
        )


def _written(number: float) -> str:
    return f"{number:.12g}".replace(".", ",")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data[key]
    if not isinstance(value, str):
        raise RuleError(f"“{key}” harus berupa teks di antara tanda petik.")
    return value


def _names(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = data[key]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RuleError(f"“{key}” harus berupa daftar teks.")
    return tuple(value)


def _date(data: Mapping[str, Any], key: str) -> date | None:
    value = data.get(key)
    if value is not None and type(value) is not date:
        raise RuleError(f"“{key}” harus berupa tanggal, misalnya 2021-12-07 tanpa tanda petik.")
    return value


def _status(value: object) -> Status:
    try:
        return Status(str(value))
    except ValueError:
        known = ", ".join(status.value for status in Status)
        raise RuleError(f"Status “{value}” tidak dikenal. Pakai salah satu dari {known}.") from None


def _table(label: str, part: object, allowed: set[str]) -> Mapping[str, Any]:
    if not isinstance(part, dict):
        raise RuleError(f"{label} harus berupa tabel.")
    unknown = sorted(set(part) - allowed)
    if unknown:
        raise RuleError(f"{label} memuat bagian yang tidak dikenal: {', '.join(unknown)}. Periksa ejaannya.")
    return part


def _presence(name: str, part: object) -> Presence:
    data = _table(f"Batas {name}", part, {"op", "threshold", "unit", "status", "note"})
    threshold = data.get("threshold")
    if "op" not in data or isinstance(threshold, bool) or not isinstance(threshold, int | float):
        raise RuleError(f"Batas {name} harus punya “op” dan “threshold” berupa angka.")
    return Presence(
        op=_text(data, "op"),
        threshold=float(threshold),
        unit=str(data.get("unit", "")),
        status=_status(data.get("status", Status.PLACEHOLDER)),
        note=str(data.get("note", "")),
    )


def _line(number: int, part: object) -> Line:
    allowed = {"category", "min_main", "min_supporting", "combine", "status", "source"}
    data = _table(f"Garis ke-{number}", part, allowed)
    try:
        category = Category(str(data.get("category", "")))
    except ValueError:
        words = ", ".join(reversed(Category))
        raise RuleError(f"Garis ke-{number}: kategori harus salah satu dari {words}.") from None
    least = [data.get(key) for key in ("min_main", "min_supporting")]
    if not all(type(n) is int for n in least):
        raise RuleError(f"Garis ke-{number}: “min_main” dan “min_supporting” harus bilangan bulat.")
    combine = data.get("combine", "and")
    if combine not in ("and", "or"):
        raise RuleError(f"Garis ke-{number}: “combine” harus “and” atau “or”.")
    return Line(
        category,
        data["min_main"],
        data["min_supporting"],
        combine,
        _status(data.get("status", Status.OWN)),
        str(data.get("source", "")),
    )
