"""The decision table as a picture: main to the right, supporting upwards, and where one village stands.

Geometry in whole units; colours, patterns and frames are classes. The words and the table behind the picture are
made here too, so that the picture is never the only way to learn something.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from bersinar.mapping.compute import category_at
from bersinar.mapping.rules import example_limits
from bersinar.mapping.vocabulary import OPEN as OPEN_WORD
from bersinar.mapping.words import MARKS, category_word
from bersinar.methods.categories import CountRule, Status, decision_table
from bersinar.ui.marks import in_front

WIDE, HIGH = 200, 130
At = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One square."""

    x: int
    y: int
    key: str


@dataclass(frozen=True, slots=True)
class Label:
    """A number on an axis or the word of an area."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame round one or more squares."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DecisionSquare:
    """Everything the picture and the table behind it need."""

    title: str
    view_box: str
    label: str
    cells: tuple[Cell, ...]
    words: tuple[Label, ...]
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    across: Label
    upward: Label
    mark: Label | None  # what of it was made up, inside the picture itself
    here: Frame | None
    reach: Frame | None
    sentences: tuple[str, ...]
    table_head: tuple[int, ...]
    table: tuple[tuple[int, tuple[str, ...]], ...]


def square_of(
    rule: CountRule,
    *,
    name: str = "",
    at: At | None = None,
    open_main: Sequence[str] = (),
    open_supporting: Sequence[str] = (),
    example: bool = False,
) -> DecisionSquare:
    """The picture of a rule; with `at` the village's place and how far its unanswered cells may move it."""
    words = _words(rule)
    p, q = words.shape
    height = q * HIGH
    marks = _marks(rule, example=example)
    sentences = _sentences(words, name, at, open_main, open_supporting) if at else ()
    return DecisionSquare(
        title=name or _("%(title)s, versi %(version)s") % {"title": rule.title, "version": rule.version},
        view_box=f"-150 -20 {p * WIDE + 200} {height + (300 if marks else 200)}",
        label=_("Tabel keputusan, pokok ke kanan dan pendukung ke atas.")
        + "".join(f" {s}" for s in sentences),
        cells=tuple(
            Cell(m * WIDE, (q - 1 - s) * HIGH, MARKS[words[m, s]]) for m in range(p) for s in range(q)
        ),
        words=tuple(_area_words(words, _framed(at, len(open_main), len(open_supporting)) if at else None)),
        columns=tuple(Label(m * WIDE + WIDE // 2, height + 55, str(m)) for m in range(p)),
        rows=tuple(Label(-50, (q - 1 - s) * HIGH + 82, str(s)) for s in range(q)),
        across=Label(p * WIDE // 2, height + 135, _("indikator pokok yang ada")),
        mark=Label(p * WIDE // 2, height + 235, marks) if marks else None,
        upward=Label(-112, height // 2, _("pendukung yang ada")),
        here=_frame(at, (1, 1), q) if at else None,
        reach=_reach(at, len(open_main), len(open_supporting), q) if at else None,
        sentences=sentences,
        table_head=tuple(range(p)),
        table=tuple((s, tuple(_short(words[m, s]) for m in range(p))) for s in reversed(range(q))),
    )


def _words(rule: CountRule) -> np.ndarray:
    """The category of each square as its stored word."""
    table = decision_table(rule)
    names = [OPEN_WORD if code < 0 else category_at(int(code)).value for code in table.ravel()]
    return np.array(names, dtype=object).reshape(table.shape)


def _marks(rule: CountRule, *, example: bool) -> str:
    told = [in_front() + _("DATA CONTOH")] if example else []
    if any(line.status is Status.CONTOH for line in rule.lines):
        told.append(_("GARIS CONTOH"))
    if example_limits(rule):
        told.append(_("BATAS CONTOH"))
    return " · ".join(told)


def _short(value: str) -> str:
    return _("terbuka") if value == OPEN_WORD else category_word(value)


def _frame(at: At, size: tuple[int, int], q: int) -> Frame:
    return Frame(at[0] * WIDE, (q - at[1] - size[1]) * HIGH, size[0] * WIDE, size[1] * HIGH)


def _reach(at: At, n_main: int, n_supporting: int, q: int) -> Frame | None:
    """Round every square that some completion of the empty cells reaches."""
    return _frame(at, (n_main + 1, n_supporting + 1), q) if n_main or n_supporting else None


def _framed(at: At, n_main: int, n_supporting: int) -> tuple[slice, slice]:
    return slice(at[0], at[0] + n_main + 1), slice(at[1], at[1] + n_supporting + 1)


def _area_words(words: np.ndarray, framed: tuple[slice, slice] | None) -> list[Label]:
    """Each category's word once, in the middle of its longest row, where possible outside the village's frames."""
    q = words.shape[1]
    free = np.ones(words.shape, dtype=bool)
    if framed is not None:
        free[framed] = False
    found = []
    for value in dict.fromkeys(words.ravel()):
        hits = words == value
        runs = _runs_of(hits & free) or _runs_of(hits)
        start, end, s = max(
            runs, key=lambda run: (min(run[1] - run[0], 2), -abs(run[2] - q / 2), run[1] - run[0])
        )
        found.append(Label((start + end) * WIDE // 2, (q - 1 - s) * HIGH + 84, _short(value).capitalize()))
    return found


def _runs_of(hits: np.ndarray) -> list[tuple[int, int, int]]:
    return [run for s in range(hits.shape[1]) for run in _runs(hits[:, s], s)]


def _runs(hits: np.ndarray, s: int) -> list[tuple[int, int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], hits.astype(np.int8), [0]])))
    return [(int(start), int(end), s) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _sentences(
    words: np.ndarray, name: str, at: At, open_main: Sequence[str], open_supporting: Sequence[str]
) -> tuple[str, ...]:
    p, q = words.shape
    told = [
        _("%(name)s: %(main)d dari %(all_main)d pokok dan %(sup)d dari %(all_sup)d pendukung ada.")
        % {"name": name, "main": at[0], "all_main": p - 1, "sup": at[1], "all_sup": q - 1}
    ]
    unanswered = [*open_main, *open_supporting]
    if not unanswered:
        return tuple(told)
    box = words[_framed(at, len(open_main), len(open_supporting))]
    names = ", ".join(unanswered)
    reached = [value for value in reversed(MARKS) if value in box]
    if len(reached) == 1:
        told.append(
            _("%(names)s belum diisi; apa pun isinya, hasilnya tetap %(word)s.")
            % {"names": names, "word": _short(reached[0])}
        )
    else:
        told.append(
            _("%(names)s belum diisi; menurut isinya hasilnya dapat %(words)s.")
            % {"names": names, "words": _(" atau ").join(_short(value) for value in reached)}
        )
    return tuple(told)
