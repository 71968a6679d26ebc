"""Where one village stands: its category, why, and how it stood before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bersinar.access import Actor
from bersinar.mapping import present
from bersinar.mapping import queries as mapping
from bersinar.mapping.models import VillageResult
from bersinar.mapping.queries import HistoryEntry, ResultRow, RunSummary
from bersinar.mapping.square import DecisionSquare
from bersinar.mapping.vocabulary import OPEN
from bersinar.methods.categories import Category, CountRule, Status
from bersinar.reporting.queries.categories import how_made

# The picture of the years: worst on top, undecided at the bottom, outside the order.
LEVELS = (Category.BAHAYA, Category.WASPADA, Category.SIAGA, Category.AMAN, None)
TOP, STEP, LEFT, ACROSS, MARK = 34, 44, 176, 92, 28


@dataclass(frozen=True, slots=True)
class Standing:
    """The category in the newest run that counts, with its reasons."""

    run: RunSummary
    result: ResultRow
    badge: dict[str, Any]
    square: DecisionSquare | None
    why: tuple[str, ...]
    how: tuple[tuple[str, str], ...]
    objections: int


@dataclass(frozen=True, slots=True)
class Point:
    """One released run in the picture of the years."""

    x: int
    y: int
    mark: str
    word: str
    year: int
    breaks: bool
    break_x: int
    from_x: int | None
    from_y: int | None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """The same in the table behind the picture."""

    year: int
    run_id: int
    badge: dict[str, Any]
    instrument: str
    rule: str
    breaks: bool


@dataclass(frozen=True, slots=True)
class History:
    """All released runs of one village, oldest first."""

    points: tuple[Point, ...]
    rows: tuple[HistoryRow, ...]
    levels: tuple[tuple[str, int], ...]
    width: int
    height: int

    @property
    def has_break(self) -> bool:
        return any(row.breaks for row in self.rows)

    @property
    def words(self) -> str:
        return "; ".join(f"{row.year}: {row.badge['label']}" for row in self.rows)


def standing_of(village_id: int, actor: Actor, entries: list[HistoryEntry]) -> Standing | None:
    """The newest released run; before anything is released, the newest provisional one."""
    run_id = entries[-1].run_id if entries else _newest_run(village_id, actor)
    result = None if run_id is None else mapping.result_of_village(run_id, village_id, actor)
    if run_id is None or result is None:
        return None
    run, rule = mapping.run_summary(run_id, actor), mapping.run_rule(run_id, actor)
    return Standing(
        run=run,
        result=result,
        badge=present.badge(result),
        square=present.decision_square(result, rule),
        why=tuple(_why(result, rule)),
        how=how_made(run, rule),
        objections=mapping.objections_of_village(run_id, village_id, actor).count(),
    )


def history_of(entries: list[HistoryEntry]) -> History:
    """Marks over the years. A line joins two marks only when they were made the same way."""
    points: list[Point] = []
    rows: list[HistoryRow] = []
    for number, entry in enumerate(entries):
        x, y = LEFT + number * ACROSS, TOP + LEVELS.index(entry.category) * STEP
        value = entry.category.value if entry.category else OPEN
        mark, word = present.MARKS[value], present.category_word(value)
        last = points[-1] if points and not entry.breaks_series else None
        joined = last is not None and entry.category is not None and entries[number - 1].category is not None
        points.append(
            Point(
                x=x,
                y=y,
                mark=mark,
                word=word,
                year=entry.year,
                breaks=entry.breaks_series,
                break_x=x - ACROSS // 2,
                from_x=last.x if last and joined else None,
                from_y=last.y if last and joined else None,
            )
        )
        rows.append(
            HistoryRow(
                year=entry.year,
                run_id=entry.run_id,
                badge=_badge(entry),
                instrument=entry.instrument,
                rule=_("%(rule)s versi %(version)s") % {"rule": entry.rule_id, "version": entry.rule_version},
                breaks=entry.breaks_series,
            )
        )
    names = [present.category_word(level.value if level else OPEN) for level in LEVELS]
    return History(
        points=tuple(points),
        rows=tuple(rows),
        levels=tuple((name, TOP + number * STEP) for number, name in enumerate(names)),
        width=max(LEFT + len(entries) * ACROSS, 420),
        height=TOP + len(LEVELS) * STEP + 16,
    )


def _newest_run(village_id: int, actor: Actor) -> int | None:
    rows = VillageResult.objects.for_actor(actor).filter(village_id=village_id)
    return rows.order_by("-run__year", "-run_id").values_list("run_id", flat=True).first()


def _badge(entry: HistoryEntry) -> dict[str, Any]:
    """What `ui/parts/category_badge.html` needs."""
    value = entry.category.value if entry.category else OPEN
    still = entry.category is None and entry.possible
    return {
        "key": present.MARKS[value],
        "label": present.category_word(value),
        "possible": present.possible_words(entry.possible, open_end=entry.open_end) if still else "",
        "example": entry.line_status is Status.CONTOH,
        "status": present.line_word(entry.line_status) if entry.line_status is not Status.CONTOH else "",
    }


def _why(result: ResultRow, rule: CountRule) -> Iterator[str]:
    """Sentences. Numbers of indicators, and names of closed ones, only for those who may see them."""
    if result.n_main is not None and result.n_supporting is not None:
        yield _("%(main)d dari %(all_main)d indikator pokok dan %(sup)d dari %(all_sup)d pendukung ada.") % {
            "main": result.n_main,
            "all_main": len(rule.main),
            "sup": result.n_supporting,
            "all_sup": len(rule.supporting),
        }
    if result.category is not None:
        mark = present.mark_of(result.category)
        for line in (line for line in present.rule_facts(rule)["lines"] if line.mark == mark):
            yield _("Mencapai garis %(word)s: %(text)s (%(status)s).") % {
                "word": line.word,
                "text": line.text,
                "status": line.status_word,
            }
    elif result.unmatched:
        yield _("Aturan belum punya garis untuk jumlah ini, jadi desa ini dibiarkan terbuka, bukan Aman.")
    else:
        may = present.possible_text(result.possible, open_end=result.open_end)
        yield _("Dengan data sekarang, %(may)s.") % {"may": may}
        yield from _settling(result)
    yield from present.yes_only_texts(result)
    for text in present.anomaly_texts(result.anomalies):
        yield _("Periksa lagi: %(text)s.") % {"text": text}


def _settling(result: ResultRow) -> Iterator[str]:
    """What would decide it: named when open to this person, otherwise only that there is something."""
    if result.settles:
        yield _("Yang akan memastikan: %(names)s.") % {"names": ", ".join(result.settles)}
    if result.closed_settles:
        yield _("Sebagian yang menentukan hanya tampil bagi petugas yang diberi hak.")
