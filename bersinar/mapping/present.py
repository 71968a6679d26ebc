"""Plain values for the pages: words, marks and squares, so that no template has to think."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.fieldwork.rules.instrument import DEFAULT_INSTRUMENT, instrument
from bersinar.mapping.queries import ResultRow, RuleChoice, RunSummary
from bersinar.mapping.rules import line_statuses, stand_ins
from bersinar.mapping.square import DecisionSquare, square_of
from bersinar.mapping.vocabulary import OPEN
from bersinar.mapping.words import (
    MARKS,
    category_word,
    limits_word,
    line_word,
    mark_of,
    possible_words,
    status_word,
)
from bersinar.methods.categories import Anomaly, Category, CountRule, Line, Presence, Status
from bersinar.ui.writing import number

__all__ = [
    "MARKS",
    "DecisionSquare",
    "LegendLine",
    "LineFacts",
    "PresenceFacts",
    "anomaly_texts",
    "badge",
    "category_word",
    "decision_square",
    "indicator_names",
    "legend",
    "limit_text",
    "limits_word",
    "line_word",
    "made_of",
    "mark_of",
    "possible_text",
    "possible_words",
    "row",
    "rule",
    "rule_facts",
    "sorts",
    "status_word",
    "why",
    "yes_only_texts",
]
_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One category with its number of villages."""

    value: str
    word: str
    mark: str
    count: int
    is_example: bool
    line_word: str  # how sure its line is; empty for the open ones and for a category no line gives


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line of a rule in words, with how sure it is."""

    mark: str
    word: str
    text: str
    status: str
    status_word: str
    source: str


@dataclass(frozen=True, slots=True)
class PresenceFacts:
    """From which value on one indicator counts as present, with how sure that is."""

    name: str
    title: str
    limit: str
    status: str
    status_word: str
    note: str


def legend(counts: dict[str, int], rule: CountRule) -> list[LegendLine]:
    """All categories worst first, then the open ones, with villages per category."""
    statuses = {category.value: status for category, status in line_statuses(rule).items()}
    return [
        LegendLine(
            value,
            category_word(value),
            MARKS[value],
            count,
            statuses.get(value) is Status.CONTOH,
            line_word(statuses.get(value)),
        )
        for value, count in counts.items()
    ]


def possible_text(categories: tuple[Category, ...], *, open_end: bool) -> str:
    """ "mungkin Siaga atau Waspada", with what happens when no line is reached."""
    return _("mungkin %(words)s") % {"words": possible_words(categories, open_end=open_end)}


def badge(result: ResultRow) -> dict[str, Any]:
    """What `ui/parts/category_badge.html` needs for one village."""
    value = result.category.value if result.category else OPEN
    still = result.category is None and not result.unmatched
    return {
        "key": MARKS[value],
        "label": category_word(value),
        "possible": possible_words(result.possible, open_end=result.open_end) if still else "",
        "example": result.line_is_example,
        "status": "" if result.line_is_example else line_word(result.line_status),
    }


def why(result: ResultRow, rule: CountRule) -> list[str]:
    """Why this category, in sentences. Counts are told only where the row holds them."""
    told = []
    if result.n_main is not None and result.n_supporting is not None:
        told.append(
            _("%(main)d dari %(all_main)d indikator pokok dan %(sup)d dari %(all_sup)d pendukung ada.")
            % {
                "main": result.n_main,
                "all_main": len(rule.main),
                "sup": result.n_supporting,
                "all_sup": len(rule.supporting),
            }
        )
    if result.unmatched:
        told.append(_("Aturan belum punya garis untuk jumlah ini, jadi desa ini dibiarkan terbuka."))
    elif result.category is None:
        told.append(_still_open(result))
        if result.closed_settles:
            told.append(_("Sebagian yang menentukan hanya tampil bagi petugas yang diberi hak."))
    elif result.missing:
        told.append(
            _("%(names)s belum diisi, tetapi apa pun isinya kategori tetap %(word)s.")
            % {"names": ", ".join(result.missing), "word": category_word(result.category.value)}
        )
    told += yes_only_texts(result)
    return told + [_("Periksa lagi: %(text)s.") % {"text": text} for text in anomaly_texts(result.anomalies)]


def yes_only_texts(result: ResultRow) -> list[str]:
    """That a plain yes was not enough for the rule; only about indicators the reader may know of."""
    if not result.yes_only:
        return []
    return [
        _(
            "%(names)s hanya dijawab ya, tanpa jumlah. Aturan ini meminta lebih dari satu, "
            "jadi jawaban itu dihitung sebagai belum diisi."
        )
        % {"names": ", ".join(result.yes_only)}
    ]


def _still_open(result: ResultRow) -> str:
    words = {
        "names": ", ".join(result.settles),
        "possible": possible_text(result.possible, open_end=result.open_end),
    }
    if not result.settles:
        return _("Dengan data sekarang, %(possible)s.") % words
    return _("%(names)s belum diisi. Dengan data sekarang, %(possible)s.") % words


def row(result: ResultRow) -> dict[str, Any]:
    """One village of the table as plain values."""
    return {
        **badge(result),
        "village_id": result.village_id,
        "code": result.code,
        "name": result.name,
        "district": result.district,
        "regency": result.regency,
        "why": _("aturan belum punya garis untuk jumlah ini") if result.unmatched else "",
        "settles": settles_words(result.settles),
        "closed_settles": result.closed_settles,
        "n_main": result.n_main,
        "n_supporting": result.n_supporting,
        "anomalies": anomaly_texts(result.anomalies),
    }


def settles_words(names: tuple[str, ...]) -> str:
    """What to fill in; a village without any answer is not told thirteen numbers."""
    every = indicator_names()
    if names and set(names) == set(every):
        return _("semua %(number)d indikator") % {"number": len(every)}
    return ", ".join(names)


def decision_square(
    result: ResultRow | None, rule: CountRule, *, name: str = "", example: bool = False
) -> DecisionSquare | None:
    """The rule as a picture, with where this village stands; for `ui/parts/decision_square.html`.

    `example` says that the values were generated; in a demo they always are, and the picture says so itself.
    None for a reader without the right to enforcement values: the place in the picture tells the counts.
    """
    if result is None:
        return square_of(rule)
    if result.n_main is None or result.n_supporting is None:
        return None
    missing = set(result.missing)
    return square_of(
        rule,
        name=name or result.name,
        at=(result.n_main, result.n_supporting),
        open_main=[one for one in rule.main if one in missing],
        open_supporting=[one for one in rule.supporting if one in missing],
        example=example or settings.BERSINAR_DEMO,
    )


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
    allowed = [("kategori", _("Terberat dulu")), ("desa", _("Nama desa")), ("kecamatan", _("Kecamatan"))]
    if actor.can(Right.VALUES_SEE_ENFORCEMENT):
        allowed += [("pokok", _("Jumlah pokok")), ("pendukung", _("Jumlah pendukung"))]
    return allowed


def rule_facts(rule: CountRule) -> dict[str, Any]:
    """A rule with its lines, picture and thresholds, ready to show."""
    limits = [presence(name, rule.presence[name]) for name in rule.indicators]
    return {
        "id": rule.id,
        "version": rule.version,
        "title": rule.title,
        "authority": rule.authority,
        "document": rule.document,
        "source_url": rule.source_url if rule.source_url.startswith("https://") else "",
        "status": rule.status.value,
        "status_word": status_word(rule.status),
        "notes": rule.notes,
        "lines": [_line(line) for line in rule.lines],
        "presence": limits,
        "n_stand_ins": stand_ins(rule),
        "limits_word": limits_word(rule),
        "square": square_of(rule),
    }


def rule(choice: RuleChoice) -> dict[str, Any]:
    """A rule one may choose."""
    return {"key": choice.key, "is_own": choice.is_own, **rule_facts(choice.rule)}


def indicator_names() -> dict[str, str]:
    """Names of the indicators of the instrument in use, beside their numbers."""
    return {one.id: one.name for one in instrument(*DEFAULT_INSTRUMENT).indicators}


def presence(name: str, limit: Presence) -> PresenceFacts:
    """One threshold in words."""
    return PresenceFacts(
        name,
        indicator_names().get(name, ""),
        limit_text(limit),
        limit.status.value,
        status_word(limit.status),
        limit.note,
    )


def limit_text(limit: Presence) -> str:
    """ "≥ 1 kasus"."""
    value = int(limit.threshold) if limit.threshold.is_integer() else limit.threshold
    return f"{_SIGNS[limit.op]} {number(value)} {limit.unit}".strip()


def made_of(run: RunSummary, rule: CountRule, released: str, computed: str) -> list[tuple[str, str]]:
    """Where the figures of a run come from, for `ui/parts/how.html`."""
    lines = [
        (category_word(one.category.value), f"{_line(one).text} ({line_word(one.status)})")
        for one in rule.lines
    ]
    return [
        (_("Data"), f"{run.round_title} {run.year}"),
        (_("Instrumen"), run.instrument),
        (_("Aturan"), f"{rule.title}, {_('versi')} {rule.version} ({status_word(rule.status)})"),
        *lines,
        (
            _("Batas “ada”"),
            _("%(number)d dari %(all)d batas masih pengganti sementara")
            % {"number": stand_ins(rule), "all": len(rule.indicators)},
        ),
        (_("Dihitung"), f"{run.computed_by}, {computed}"),
        (_("Rilis"), f"{run.released_by}, {released}" if run.released_at else _("belum, masih sementara")),
        (_("Sidik data"), run.input_fingerprint[:16]),
        (_("Sidik hasil"), run.result_fingerprint[:16]),
        (
            _("Data kurang"),
            _(
                "Kategori dihitung untuk semua kemungkinan isi. "
                "Bila hasilnya lebih dari satu, desa dibiarkan terbuka."
            ),
        ),
    ]


def _line(line: Line) -> LineFacts:
    joined = _("dan") if line.combine == "and" else _("atau")
    text = _("paling sedikit %(main)d pokok %(joined)s %(supporting)d pendukung") % {
        "main": line.min_main,
        "joined": joined,
        "supporting": line.min_supporting,
    }
    if (line.min_main, line.min_supporting) == (0, 0):
        text = _("semua desa yang tidak mencapai garis di atasnya")
    value = line.category.value
    return LineFacts(
        MARKS[value], category_word(value), text, line.status.value, status_word(line.status), line.source
    )
