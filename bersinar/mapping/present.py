"""Plain values for the pages: words, marks and squares, so that no template has to think."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.mapping.queries import ResultRow, RuleChoice, example_categories
from bersinar.mapping.vocabulary import OPEN
from bersinar.methods.categories import Anomaly, Category, CountRule, Line, Status, decision_table

MARKS = {"BAHAYA": "bahaya", "WASPADA": "waspada", "SIAGA": "siaga", "AMAN": "aman", OPEN: "buka"}


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One category with its number of villages."""

    value: str
    word: str
    mark: str
    count: int
    is_example: bool


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of the decision table, with its place in the drawing."""

    x: int
    y: int
    mark: str
    title: str


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line of a rule in words, with how sure it is."""

    mark: str
    word: str
    text: str
    status: str
    status_word: str
    source: str


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


def legend(counts: dict[str, int], rule: CountRule) -> list[LegendLine]:
    """All categories worst first, then the open ones, with villages per category."""
    examples = {category.value for category in example_categories(rule)}
    return [
        LegendLine(value, category_word(value), MARKS[value], number, value in examples)
        for value, number in counts.items()
    ]


def possible_text(categories: tuple[Category, ...], *, open_end: bool) -> str:
    """ "mungkin Siaga atau Waspada", with what happens when no line is reached."""
    words = [category_word(category.value) for category in sorted(categories)]
    if open_end:
        words.insert(0, _("tidak mencapai garis mana pun"))
    return _("mungkin %(words)s") % {"words": _(" atau ").join(words)}


def row(result: ResultRow) -> dict[str, Any]:
    """One village of the table as plain values."""
    value = result.category.value if result.category else OPEN
    why = ""
    if result.unmatched:
        why = _("aturan belum punya garis untuk jumlah ini")
    elif result.category is None:
        why = possible_text(result.possible, open_end=result.open_end)
    return {
        "village_id": result.village_id,
        "code": result.code,
        "name": result.name,
        "district": result.district,
        "mark": MARKS[value],
        "word": category_word(value),
        "is_example": result.line_is_example,
        "why": why,
        "settles": result.settles,
        "n_main": result.n_main,
        "n_supporting": result.n_supporting,
        "anomalies": anomaly_texts(result.anomalies),
    }


def anomaly_texts(flags: Anomaly | None) -> list[str]:
    """What to look at twice, in words."""
    texts = []
    if flags and Anomaly.MAIN_WITHOUT_SUPPORTING in flags:
        texts.append(_("semua pokok ada, pendukung tidak ada satu pun"))
    elif flags and Anomaly.MAIN_HELD_BACK in flags:
        texts.append(_("semua pokok ada, tetapi tidak mencapai garis terberat"))
    return texts


def sorts(actor: Actor) -> list[tuple[str, str]]:
    """Orders this person may ask for."""
    allowed = [("kategori", _("Kategori")), ("desa", _("Nama desa")), ("kecamatan", _("Kecamatan"))]
    if actor.can(Right.VALUES_SEE_ENFORCEMENT):
        allowed += [("pokok", _("Jumlah pokok")), ("pendukung", _("Jumlah pendukung"))]
    return allowed


def rule_facts(rule: CountRule) -> dict[str, Any]:
    """A rule with its lines, squares and thresholds, ready to show."""
    return {
        "id": rule.id,
        "version": rule.version,
        "title": rule.title,
        "authority": rule.authority,
        "document": rule.document,
        "source_url": rule.source_url if rule.source_url.startswith("https://") else "",
        "status_word": status_word(rule.status),
        "notes": rule.notes,
        "lines": [_line(line) for line in rule.lines],
        "presence": [
            (
                name,
                f"{limit.op} {limit.threshold:g} {limit.unit}".strip(),
                status_word(limit.status),
                limit.note,
            )
            for name, limit in ((name, rule.presence[name]) for name in rule.indicators)
        ],
        "squares": squares(rule),
        "columns": [(n, 60 + n * 40 + 18) for n in range(len(rule.main) + 1)],
        "rows": [(n, 20 + (len(rule.supporting) - n) * 40 + 25) for n in range(len(rule.supporting) + 1)],
    }


def rule(choice: RuleChoice) -> dict[str, Any]:
    """A rule one may choose."""
    return {"key": choice.key, **rule_facts(choice.rule)}


def squares(rule: CountRule) -> list[Square]:
    """The decision table: main to the right, supporting upwards."""
    table = decision_table(rule)
    words = [category.value for category in Category]
    found = []
    for (main, supporting), severity in ((at, int(table[at])) for at in _cells(table.shape)):
        value = OPEN if severity < 0 else words[severity]
        title = _("%(main)d pokok, %(supporting)d pendukung: %(word)s") % {
            "main": main,
            "supporting": supporting,
            "word": category_word(value),
        }
        found.append(
            Square(60 + main * 40, 20 + (len(rule.supporting) - supporting) * 40, MARKS[value], title)
        )
    return found


def _cells(shape: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(main, supporting) for main in range(shape[0]) for supporting in range(shape[1])]


def _line(line: Line) -> LineFacts:
    joined = _("dan") if line.combine == "and" else _("atau")
    text = _("paling sedikit %(main)d pokok %(joined)s %(supporting)d pendukung") % {
        "main": line.min_main,
        "joined": joined,
        "supporting": line.min_supporting,
    }
    value = line.category.value
    return LineFacts(
        MARKS[value], category_word(value), text, line.status.value, status_word(line.status), line.source
    )
