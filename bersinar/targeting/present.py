"""Plain values for the pages: words and marks, so that no template has to think."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bersinar.methods.categories import Category
from bersinar.targeting.vocabulary import MoneySource

OPEN = "BELUM"
MARKS = {"BAHAYA": "bahaya", "WASPADA": "waspada", "SIAGA": "siaga", "AMAN": "aman", OPEN: "buka"}


def money_word(source: MoneySource) -> str:
    """As written in the programme's reports."""
    return "DIPA" if source is MoneySource.DIPA else "NON DIPA"


def category_word(category: Category | None) -> str:
    words = {
        Category.BAHAYA: _("Bahaya"),
        Category.WASPADA: _("Waspada"),
        Category.SIAGA: _("Siaga"),
        Category.AMAN: _("Aman"),
    }
    return words[category] if category is not None else _("Belum dapat ditentukan")
