"""Words and marks of categories and statuses, the same on every page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.mapping.rules import stand_ins
from bersinar.mapping.vocabulary import OPEN
from bersinar.methods.categories import Category, CountRule, Status

PAIR = 2
MARKS = {"BAHAYA": "bahaya", "WASPADA": "waspada", "SIAGA": "siaga", "AMAN": "aman", OPEN: "buka"}


def category_word(value: str) -> str:
    """The word people see; the open one says so."""
    words = {
        "BAHAYA": _("Bahaya"),
        "WASPADA": _("Waspada"),
        "SIAGA": _("Siaga"),
        "AMAN": _("Aman"),
        OPEN: _("Belum dapat ditentukan"),
    }
    return words[value]


def mark_of(category: Category | None) -> str:
    """The name of shape, pattern and colour."""
    return MARKS[category.value if category else OPEN]


def status_word(status: Status) -> str:
    """How sure a rule or line is, in the words of the screen."""
    words = {
        Status.CONFIRMED: _("terkonfirmasi"),
        Status.REPORTED: _("dilaporkan"),
        Status.PLACEHOLDER: _("sementara"),
        Status.OWN: _("milik unit"),
        Status.CONTOH: _("contoh"),
    }
    return words[status]


def line_word(status: Status | None) -> str:
    """ "garis milik unit": what stands wherever a category shows; empty where no line gave one."""
    return _("garis %(status)s") % {"status": status_word(status)} if status else ""


def limits_word(rule: CountRule) -> str:
    """ "batas “ada” sementara: 13 dari 13": beside the categories, which rest on it; empty when all are known."""
    number = stand_ins(rule)
    words = {"number": number, "all": len(rule.indicators)}
    return _("batas “ada” sementara: %(number)d dari %(all)d") % words if number else ""


def possible_words(categories: tuple[Category, ...], *, open_end: bool) -> str:
    """ "Aman, Siaga, atau Waspada", mildest first, with what happens when no line is reached."""
    words = [category_word(category.value) for category in sorted(categories, key=lambda c: c.severity)]
    if open_end:
        words.insert(0, _("tidak mencapai garis mana pun"))
    if len(words) > PAIR:
        return _("%(others)s, atau %(last)s") % {"others": ", ".join(words[:-1]), "last": words[-1]}
    return _(" atau ").join(words)
