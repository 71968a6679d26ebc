"""Who may be chosen this year, and why not: policies as text and decisions as plain functions, without Django."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from bersinar.methods.categories import Category, Status
from bersinar.targeting.vocabulary import Answer, MoneySource, OpenCategory, Reason, Signatory

SHIPPED = "umum-sementara"
SOURCED = (
    "excluded_categories",
    "open_category",
    "needs_pact",
    "checklist",
    "skips_earlier_targets",
    "quota",
    "signatory",
)
_HEADING = ("id", "version", "title", "authority", "document", "status", "signatory", "open_category")
_KNOWN = {
    *_HEADING,
    *SOURCED,
    "source_url",
    "valid_from",
    "notes",
    "sources",
}
E_ = TypeVar("E_", bound=StrEnum)


class PolicyError(ValueError):
    """A policy that cannot be meant, with a sentence saying where."""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One point of readiness a village must meet."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What a village must be or have to become a target, how many, and who signs."""

    id: str
    version: str
    title: str
    authority: str
    document: str
    status: Status
    excluded_categories: frozenset[Category]
    open_category: OpenCategory
    needs_pact: bool
    checklist: tuple[ChecklistItem, ...]
    skips_earlier_targets: bool
    quota: Mapping[MoneySource, int]
    signatory: Signatory
    sources: Mapping[str, str] = field(default_factory=dict)
    source_url: str = ""
    valid_from: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """What is known about one village when it is judged."""

    category: Category | None
    possible: tuple[Category, ...] = ()
    open_end: bool = False  # the village may still reach no line at all
    pact: Answer = Answer.BELUM
    answers: Mapping[str, Answer] = field(default_factory=dict)
    chosen_in: int | None = None  # the earlier year it became a target


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One "no": the reason, and the checklist item or year it is about."""

    reason: Reason
    about: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """May the village be chosen, and everything that stands against it."""

    reasons: tuple[Obstacle, ...] = ()

    @property
    def eligible(self) -> bool:
        return not self.reasons


def eligibility(village: VillageFacts, policy: Policy) -> Verdict:
    """May this village be chosen this year? Always says why not."""
    found = [*_category(village, policy), *_pact(village, policy)]
    for item in policy.checklist:
        answer = village.answers.get(item.id, Answer.BELUM)
        if answer is not Answer.YA:
            reason = Reason.ITEM_NOT_MET if answer is Answer.TIDAK else Reason.ITEM_UNKNOWN
            found.append(Obstacle(reason, item.id))
    if policy.skips_earlier_targets and village.chosen_in is not None:
        found.append(Obstacle(Reason.CHOSEN_BEFORE, str(village.chosen_in)))
    return Verdict(tuple(found))


def over_quota(chosen: Mapping[MoneySource, int], policy: Policy) -> tuple[MoneySource, ...]:
    """Money sources with more villages than places. A source without a quota has no limit."""
    return tuple(
        source
        for source in MoneySource
        if source in policy.quota and chosen.get(source, 0) > policy.quota[source]
    )


def severity_ceiling(village: VillageFacts) -> int:
    """The worst category the village may have; what an open village is weighed by."""
    if village.category is not None:
        return village.category.severity
    return max((category.severity for category in village.possible), default=-1)


def passed_over(villages: Mapping[int, tuple[VillageFacts, Verdict]], chosen: Collection[int]) -> list[int]:
    """Eligible villages left out although worse off than one that was chosen."""
    picked = [severity_ceiling(villages[key][0]) for key in chosen if key in villages]
    if not picked:
        return []
    least = min(picked)
    return [
        key
        for key, (facts, verdict) in villages.items()
        if key not in chosen and verdict.eligible and severity_ceiling(facts) > least
    ]


def item_id(title: str) -> str:
    """What a question would be called if nobody had called another one so."""
    return "-".join(re.findall(r"[a-z0-9]+", title.casefold()))[:40].strip("-") or "butir"


def steady(asked: Iterable[ChecklistItem], before: Iterable[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """The questions with ids that no other question ever had; `before` are all earlier ones, newest first.

    A question that comes back finds the answers it had. One that is worded anew begins without any: an answer
    to something else would be worse than none.
    """
    own: dict[str, str] = {}
    for item in before:
        if item.id not in own.values():
            own.setdefault(item.title, item.id)
    taken = {item.id for item in before}
    found = []
    for item in asked:
        name, number = own.get(item.title, ""), 1
        if not name:
            name = item.id
            while name in taken:
                number += 1
                name = f"{item.id}-{number}"
            taken.add(name)
        found.append(ChecklistItem(name, item.title))
    return tuple(found)


def parse_policy(text: str) -> Policy:
    """Read a policy file; every fault is told in one sentence."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"Berkas kebijakan tidak dapat dibaca sebagai TOML: {error}.") from error
    lacking = [key for key in _HEADING if key not in data]
    if lacking:
        raise PolicyError(f"Berkas kebijakan belum memuat: {', '.join(lacking)}.")
    # A misspelt key would silently be left out, and with it a condition somebody relies on.
    unknown = sorted(set(data) - _KNOWN)
    if unknown:
        raise PolicyError(
            f"Berkas kebijakan memuat bagian yang tidak dikenal: {', '.join(unknown)}. Periksa ejaannya."
        )
    return Policy(
        **{key: str(data[key]) for key in ("id", "version", "title", "authority", "document")},
        status=_word(Status, data["status"], "Status"),
        excluded_categories=frozenset(
            _word(Category, value, "Kategori") for value in data.get("excluded_categories", [])
        ),
        open_category=_word(OpenCategory, data["open_category"], "Perlakuan kategori terbuka"),
        needs_pact=_flag(data, "needs_pact"),
        checklist=_checklist(data.get("checklist", [])),
        skips_earlier_targets=_flag(data, "skips_earlier_targets"),
        quota=_quota(data.get("quota", {})),
        signatory=_word(Signatory, data["signatory"], "Penanda tangan"),
        sources={str(key): str(value) for key, value in data.get("sources", {}).items()},
        source_url=str(data.get("source_url", "")),
        valid_from=_day(data, "valid_from"),
        notes=tuple(str(note) for note in data.get("notes", [])),
    )


def write_policy(policy: Policy) -> str:
    """The policy as canonical TOML; `parse_policy` gives the same policy back."""
    out = [
        f"{key} = {_quoted(str(getattr(policy, key)))}"
        for key in ("id", "version", "title", "authority", "document", "source_url")
    ]
    out += [
        f"{key} = {_quoted(getattr(policy, key).value)}" for key in ("status", "open_category", "signatory")
    ]
    out += [f"{key} = {str(getattr(policy, key)).lower()}" for key in ("needs_pact", "skips_earlier_targets")]
    if policy.valid_from:
        out.append(f"valid_from = {policy.valid_from.isoformat()}")
    out.append(f"excluded_categories = [{_listed(c.value for c in sorted(policy.excluded_categories))}]")
    out.append(f"notes = [{_listed(policy.notes)}]")
    out += ["", "[quota]"]
    out += [f"{source.value} = {policy.quota[source]}" for source in MoneySource if source in policy.quota]
    out += ["", "[sources]"]
    out += [f"{key} = {_quoted(policy.sources[key])}" for key in SOURCED if key in policy.sources]
    for item in policy.checklist:
        out += ["", "[[checklist]]", f"id = {_quoted(item.id)}", f"title = {_quoted(item.title)}"]
    return "\n".join(out) + "\n"


@cache
def shipped_text(name: str = SHIPPED) -> str:
    """The text of a policy that ships with the product."""
    return resources.files("bersinar.targeting").joinpath(f"policies/{name}.toml").read_text(encoding="utf-8")


@cache
def shipped_policy() -> Policy:
    """The stand-in used until a unit enters its own."""
    return parse_policy(shipped_text())


def _category(village: VillageFacts, policy: Policy) -> list[Obstacle]:
    if village.category is not None:
        excluded = village.category in policy.excluded_categories
        return [Obstacle(Reason.CATEGORY_EXCLUDED, village.category.value)] if excluded else []
    if policy.open_category is OpenCategory.BOLEH:
        return []
    # Only when every category the village may still get is allowed does the missing answer not matter.
    settled = (
        bool(village.possible)
        and not village.open_end
        and not policy.excluded_categories.intersection(village.possible)
    )
    if policy.open_category is OpenCategory.KEMUNGKINAN and settled:
        return []
    return [Obstacle(Reason.CATEGORY_OPEN)]


def _pact(village: VillageFacts, policy: Policy) -> list[Obstacle]:
    if not policy.needs_pact or village.pact is Answer.YA:
        return []
    return [Obstacle(Reason.PACT_REFUSED if village.pact is Answer.TIDAK else Reason.PACT_UNKNOWN)]


def _word(kind: type[E_], value: object, what: str) -> E_:
    try:
        return kind(str(value))
    except ValueError:
        known = ", ".join(word.value for word in kind)
        raise PolicyError(f"{what} “{value}” tidak dikenal. Pakai salah satu dari {known}.") from None


def _flag(data: Mapping[str, Any], key: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise PolicyError(f"“{key}” harus true atau false.")
    return value


def _day(data: Mapping[str, Any], key: str) -> date | None:
    value = data.get(key)
    # A moment is a date too, but would come back as another text.
    if value is None or type(value) is date:
        return value
    raise PolicyError(f"“{key}” harus berupa tanggal, misalnya 2026-01-31.")


def _checklist(parts: Any) -> tuple[ChecklistItem, ...]:
    if not isinstance(parts, list):
        raise PolicyError("“checklist” harus berupa daftar butir [[checklist]].")
    items = []
    for number, part in enumerate(parts, start=1):
        if not isinstance(part, dict) or set(part) != {"id", "title"}:
            raise PolicyError(f"Butir kesiapan ke-{number} harus punya “id” dan “title” saja.")
        items.append(ChecklistItem(str(part["id"]), str(part["title"])))
    if len({item.id for item in items}) != len(items):
        raise PolicyError("Dua butir kesiapan memakai “id” yang sama. Beri nama yang berbeda.")
    return tuple(items)


def _quota(part: Any) -> dict[MoneySource, int]:
    if not isinstance(part, dict):
        raise PolicyError("“quota” harus berupa tabel [quota].")
    for value in part.values():
        if type(value) is not int or value < 0:
            raise PolicyError("Kuota harus bilangan bulat, paling kecil 0.")
    return {_word(MoneySource, key, "Sumber dana"): value for key, value in part.items()}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(_quoted(text) for text in texts)
