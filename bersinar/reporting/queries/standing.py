"""Where one village stands: its category, why, and how it stood before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor
from bersinar.mapping import present
from bersinar.mapping import queries as mapping
from bersinar.mapping.models import VillageResult
from bersinar.mapping.queries import HistoryEntry, ResultRow, RunSummary
from bersinar.mapping.vocabulary import OPEN
from bersinar.methods.categories import Category, CountRule
from bersinar.ui.writing import day, time_of_day

# The picture of the years: worst on top, undecided at the bottom, outside the order.
LEVELS = (Category.BAHAYA, Category.WASPADA, Category.SIAGA, Category.AMAN, None)
TOP, STEP, LEFT, ACROSS, MARK = 34, 44, 176, 92, 28


@dataclass(frozen=True, slots=True)
class Standing:
    """The category in the newest run that counts, with its reasons."""

    run: RunSummary
    result: ResultRow
    row: dict[str, Any]
    rule: dict[str, Any]
    why: tuple[str, ...]
    needed: tuple[str, ...]
    needs_closed: bool
    how: tuple[tuple[str, str], ...]


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
class YearRow:
    """The same in the table behind the picture."""

    year: int
    run_id: int
    mark: str
    word: str
    may: str
    instrument: str
    rule: str
    breaks: bool


@dataclass(frozen=True, slots=True)
class History:
    """All released runs of one village, oldest first."""

    points: tuple[Point, ...]
    rows: tuple[YearRow, ...]
    levels: tuple[tuple[str, int], ...]
    width: int
    height: int

    @property
    def has_break(self) -> bool:
        return any(row.breaks for row in self.rows)

    @property
    def words(self) -> str:
        return "; ".join(f"{row.year}: {row.word}" for row in self.rows)


def standing_of(
    village_id: int, actor: Actor, entries: list[HistoryEntry], *, closed: frozenset[str]
) -> Standing | None:
    """The newest released run; before anything is released, the newest provisional one.

    `closed` are the indicators this person may not look at: the page does not name them either.
    """
    run_id = entries[-1].run_id if entries else _newest_run(village_id, actor)
    result = None if run_id is None else mapping.result_of_village(run_id, village_id, actor)
    if run_id is None or result is None:
        return None
    run, rule = mapping.run_summary(run_id, actor), mapping.run_rule(run_id, actor)
    return Standing(
        run=run,
        result=result,
        row=present.row(result),
        rule=present.rule_facts(rule),
        why=_why(result, rule),
        needed=tuple(name for name in result.settles if name not in closed),
        needs_closed=any(name in closed for name in result.settles),
        how=_how(run, rule),
    )


def history_of(entries: list[HistoryEntry]) -> History:
    """Marks over the years. A line joins two marks only when they were made the same way."""
    points: list[Point] = []
    rows: list[YearRow] = []
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
        may = "" if entry.category else present.possible_text(entry.possible, open_end=False)
        rows.append(
            YearRow(
                year=entry.year,
                run_id=entry.run_id,
                mark=mark,
                word=word,
                may=may if entry.possible else "",
                instrument=entry.instrument,
                rule=f"{entry.rule_id} {entry.rule_version}",
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


def _why(result: ResultRow, rule: CountRule) -> tuple[str, ...]:
    """Sentences; numbers of indicators only where the row brings them, that is with the right to them."""
    told = []
    if result.n_main is not None and result.n_supporting is not None:
        told.append(
            _(
                "%(main)d dari %(all_main)d indikator pokok dan %(supporting)d dari %(all_supporting)d pendukung ada."
            )
            % {
                "main": result.n_main,
                "all_main": len(rule.main),
                "supporting": result.n_supporting,
                "all_supporting": len(rule.supporting),
            }
        )
    if result.category is not None:
        mark = present.MARKS[result.category.value]
        for line in (line for line in present.rule_facts(rule)["lines"] if line.mark == mark):
            told.append(
                _("Mencapai garis %(word)s: %(text)s (%(status)s).")
                % {"word": line.word, "text": line.text, "status": line.status_word}
            )
    elif result.unmatched:
        told.append(
            _("Datanya lengkap, tetapi aturan belum punya garis untuk jumlah ini. Tidak dianggap Aman.")
        )
    else:
        may = present.possible_text(result.possible, open_end=result.open_end)
        told.append(_("Kategori belum dapat ditentukan. Dengan data sekarang, %(may)s.") % {"may": may})
    return tuple(told + present.anomaly_texts(result.anomalies))


def _how(run: RunSummary, rule: CountRule) -> tuple[tuple[str, str], ...]:
    when = timezone.localtime(run.computed_at)
    facts = [
        (_("Rumus"), _("jumlah indikator yang ada, lalu tabel keputusan")),
        (_("Aturan"), f"{rule.title}, {_('versi')} {rule.version} ({present.status_word(rule.status)})"),
    ]
    facts += [
        (_("Garis %(word)s") % {"word": line.word}, f"{line.text} ({line.status_word})")
        for line in present.rule_facts(rule)["lines"]
    ]
    facts.append((_("Instrumen"), run.instrument))
    facts.append((_("Dihitung"), f"{run.computed_by}, {day(when)} {time_of_day(when)}"))
    if run.released_at:
        released = timezone.localtime(run.released_at)
        facts.append((_("Dirilis"), f"{day(released)} {time_of_day(released)}"))
    return tuple(facts)
