"""A count rule as data: when an indicator counts as present, and the lines that give a category."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

Combine = Literal["and", "or"]
OPERATORS = (">=", ">", "<=", "<")


class RuleError(ValueError):
    """A rule that cannot be meant; the sentence is shown to the officer who wrote it."""


class Category(StrEnum):
    """The four categories; the order of severity is fixed here and nowhere else.

    Waspada is worse than Siaga at BNN, the reverse of its use for disasters.

    >>> sorted([Category.BAHAYA, Category.AMAN, Category.WASPADA, Category.SIAGA])
    [<Category.AMAN: 'AMAN'>, <Category.SIAGA: 'SIAGA'>, <Category.WASPADA: 'WASPADA'>, <Category.BAHAYA: 'BAHAYA'>]
    """

    AMAN = "AMAN"
    SIAGA = "SIAGA"
    WASPADA = "WASPADA"
    BAHAYA = "BAHAYA"

    @property
    def severity(self) -> int:
        """0 for Aman up to 3 for Bahaya."""
        return _SEVERITY[self.value]

    # A StrEnum would compare by alphabet, where BAHAYA stands before SIAGA.
    def __lt__(self, other: str) -> bool:
        return self.severity < Category(other).severity

    def __le__(self, other: str) -> bool:
        return self.severity <= Category(other).severity

    def __gt__(self, other: str) -> bool:
        return self.severity > Category(other).severity

    def __ge__(self, other: str) -> bool:
        return self.severity >= Category(other).severity


_SEVERITY = {"AMAN": 0, "SIAGA": 1, "WASPADA": 2, "BAHAYA": 3}


class Status(StrEnum):
    """How sure a rule, a line or a threshold is."""

    CONFIRMED = "confirmed"  # read in the official document itself
    REPORTED = "reported"  # said by an official, read in the press
    PLACEHOLDER = "placeholder"  # unknown; a stand-in so that the work can go on
    OWN = "own"  # entered by the unit from its own manual
    CONTOH = "contoh"  # made up for the demo


@dataclass(frozen=True, slots=True)
class Presence:
    """When a filled value counts as "the indicator is present"."""

    op: str
    threshold: float
    unit: str = ""
    status: Status = Status.PLACEHOLDER
    note: str = ""

    def __post_init__(self) -> None:
        if self.op not in OPERATORS:
            raise RuleError(f"Tanda “{self.op}” tidak dikenal. Pakai salah satu dari {', '.join(OPERATORS)}.")
        if not math.isfinite(self.threshold):
            raise RuleError("Batas indikator harus berupa angka biasa.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rule: at least so many main and (or) so many supporting indicators present."""

    category: Category
    min_main: int
    min_supporting: int
    combine: Combine = "and"
    status: Status = Status.OWN
    source: str = ""

    def __post_init__(self) -> None:
        name = self.category.value.capitalize()
        if self.combine not in ("and", "or"):
            raise RuleError(f"Garis {name}: gabungan harus “and” (dan) atau “or” (atau).")
        if self.min_main < 0 or self.min_supporting < 0:
            raise RuleError(f"Garis {name}: jumlah indikator tidak boleh negatif.")
        if self.combine == "or" and 0 in (self.min_main, self.min_supporting):
            raise RuleError(
                f"Garis {name}: dengan “atau”, jumlah 0 membuat semua desa cocok. Isi kedua jumlah paling sedikit 1."
            )
        if self.category is not Category.AMAN and self.min_main == 0 and self.min_supporting == 0:
            raise RuleError(
                f"Garis {name}: tanpa syarat semua desa menjadi {name}. Hanya garis Aman boleh 0 dan 0."
            )

    def matches(self, n_main: int, n_supporting: int) -> bool:
        """Does a village with these counts reach the line?"""
        enough = (n_main >= self.min_main, n_supporting >= self.min_supporting)
        return all(enough) if self.combine == "and" else any(enough)


@dataclass(frozen=True, slots=True)
class CountRule:
    """A dated, sourced count rule. Lines are tried from worst to best; the first match wins."""

    id: str
    version: str
    title: str
    authority: str
    document: str
    status: Status
    main: tuple[str, ...]
    supporting: tuple[str, ...]
    presence: Mapping[str, Presence]
    lines: tuple[Line, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    source_url: str = ""
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "presence", MappingProxyType(dict(self.presence)))
        self._check_heading()
        self._check_indicators()
        self._check_lines()

    @property
    def indicators(self) -> tuple[str, ...]:
        """All indicators, main first."""
        return self.main + self.supporting

    @property
    def worst(self) -> Category:
        """The most severe category the rule can give."""
        return self.lines[0].category

    def line_for(self, n_main: int, n_supporting: int) -> Line | None:
        """The first line these counts reach; None when the rule is silent."""
        return next((line for line in self.lines if line.matches(n_main, n_supporting)), None)

    def _check_heading(self) -> None:
        for label, text in (("id", self.id), ("version", self.version), ("title", self.title)):
            if not text.strip():
                raise RuleError(f"Aturan belum punya “{label}”. Isi dulu.")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise RuleError("Tanggal berakhirnya aturan lebih awal dari tanggal mulainya.")

    def _check_indicators(self) -> None:
        names = self.indicators
        if not self.main or not self.supporting:
            raise RuleError("Aturan harus menyebut indikator pokok dan indikator pendukung.")
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise RuleError(f"Indikator disebut dua kali: {', '.join(doubled)}.")
        without = [name for name in names if name not in self.presence]
        if without:
            raise RuleError(f"Belum ada batas “ada” untuk indikator: {', '.join(without)}.")
        unknown = sorted(set(self.presence) - set(names))
        if unknown:
            raise RuleError(f"Ada batas untuk indikator yang tidak dipakai: {', '.join(unknown)}.")

    def _check_lines(self) -> None:
        if not self.lines:
            raise RuleError("Aturan belum punya satu garis pun.")
        for line in self.lines:
            name = line.category.value.capitalize()
            if line.min_main > len(self.main) or line.min_supporting > len(self.supporting):
                raise RuleError(
                    f"Garis {name} meminta {line.min_main} pokok dan {line.min_supporting} pendukung, "
                    f"padahal hanya ada {len(self.main)} pokok dan {len(self.supporting)} pendukung."
                )
        for worse, better in zip(self.lines, self.lines[1:], strict=False):
            if better.category > worse.category:
                raise RuleError("Urutan garis harus dari yang terberat: Bahaya, Waspada, Siaga, Aman.")
        for number, line in enumerate(self.lines):
            if not self._reached(number):
                raise RuleError(
                    f"Garis {line.category.value.capitalize()} ({line.min_main} pokok, {line.min_supporting} "
                    "pendukung) tidak pernah tercapai, karena garis di atasnya sudah mencakup semuanya."
                )

    def _reached(self, number: int) -> bool:
        earlier, line = self.lines[:number], self.lines[number]
        return any(
            line.matches(m, s) and not any(other.matches(m, s) for other in earlier)
            for m in range(len(self.main) + 1)
            for s in range(len(self.supporting) + 1)
        )
