"""From a matched foreign sheet to the same plan our own template leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bersinar.fieldwork.matching.columns import Cell, shown
from bersinar.fieldwork.matching.feeds import Feed, How, translate
from bersinar.fieldwork.rules import template
from bersinar.fieldwork.rules.cells import Fault, Reading
from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.fieldwork.rules.lines import NOTHING, Answers, Lines, based_on
from bersinar.fieldwork.rules.plan import MOST_TOLD, Known, Place, Plan, Problem, Sheet


@dataclass(frozen=True, slots=True)
class Matched:
    """What was decided: the heading row, which row is which village, and what the columns feed."""

    heading: int
    villages: Mapping[int, Place]
    feeds: Sequence[tuple[Feed, Indicator]]
    is_sensitive: bool
    left_out: tuple[Problem, ...] = ()


def plan_of(sheet: Sheet, matched: Matched, known: Mapping[tuple[int, str], Known]) -> Plan:
    """Rows without a village are left out; a row with one unreadable cell waits as a whole."""
    asked = tuple((indicator.id, template.letter(feed.column)) for feed, indicator in matched.feeds)
    answers, lines = Answers(), []
    errors: list[Problem] = []
    bad: set[int] = set()
    merged = _merged_rows(sheet, matched.heading)
    for number, place in sorted(matched.villages.items()):
        row = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
        if number in merged:
            errors.append(Problem("merged", number, merged[number][0], facts={"range": merged[number][1]}))
            bad.add(number)
        line = [number, place.id]
        for feed, indicator in matched.feeds:
            cell = row[feed.column] if feed.column < len(row) else None
            read = translate(cell, feed, indicator)
            if isinstance(read, Fault):
                letter = template.letter(feed.column)
                errors.append(_problem(read, number, letter, place, indicator, cell))
                bad.add(number)
            line.append(answers.number(read) if isinstance(read, Reading) else NOTHING)
        lines.append(line)
    ready = [line for line in lines if line[0] not in bad]
    return Plan(
        sheet=sheet.name,
        cells=Lines(asked, answers.every, ready, based_on(asked, [line[1] for line in ready], known)),
        errors=tuple(errors[:MOST_TOLD]),
        notes=(*matched.left_out, *_notes(sheet, matched)),
        rows_read=len(matched.villages),
        rows_bad=len(bad),
        is_sensitive=matched.is_sensitive,
    )


def _problem(
    fault: Fault, number: int, letter: str, place: Place, indicator: Indicator, cell: Cell
) -> Problem:
    return Problem(fault.code, number, letter, indicator.id, place.name, shown(cell)[:60], fault.facts)


def _merged_rows(sheet: Sheet, heading: int) -> dict[int, tuple[str, str]]:
    """Rows below the headings whose cells were merged: only the first of them still has its value."""
    found: dict[int, tuple[str, str]] = {}
    for top, left, bottom, right in sheet.merged:
        told = f"{template.letter(left)}{top + 1}:{template.letter(right)}{bottom + 1}"
        for at in range(max(top, heading + 1), min(bottom + 1, len(sheet.rows))):
            found[at + 1] = (template.letter(left), told)
    return found


def _notes(sheet: Sheet, matched: Matched) -> list[Problem]:
    rows = [at + 1 for at in sorted(sheet.hidden_rows) if at + 1 in matched.villages]
    columns = sorted({feed.column for feed, _ in matched.feeds} & sheet.hidden_columns)
    notes = []
    for feed, indicator in matched.feeds:
        if feed.how is How.YA_TIDAK:
            letter = template.letter(feed.column)
            notes.append(
                Problem(
                    "presence_only", indicator=indicator.id, facts={"column": letter, "name": indicator.id}
                )
            )
    if rows:
        told = ", ".join(str(number) for number in rows[:10]) + (", …" if len(rows) > 10 else "")
        notes.append(Problem("rows_hidden", facts={"count": str(len(rows)), "rows": told}))
    if columns:
        letters = ", ".join(template.letter(at) for at in columns)
        notes.append(Problem("columns_hidden", facts={"columns": letters}))
    return notes
