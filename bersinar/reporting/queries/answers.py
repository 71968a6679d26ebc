"""The thirteen answers of a village, each with where it came from; closed ones tell nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.fieldwork import sentences
from bersinar.fieldwork.queries.villages import Answer, Provenance, VillageValue
from bersinar.fieldwork.vocabulary import Origin, State
from bersinar.programme.present.year_line import SHORT
from bersinar.ui.writing import day, time_of_day


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer that does not count any more."""

    text: str
    why: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One indicator as the page shows it."""

    code: str
    title: str
    unit: str
    state: str
    value: Decimal | int | None
    is_presence: bool  # the 1 came from a yes: there is something, nobody knows how many
    hidden: bool
    reason: str
    source: str
    since: str
    is_present: bool | None
    import_id: int | None
    facts: tuple[tuple[str, str], ...]
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """Main and supporting answers, and how many of those one may see are given."""

    round_title: str
    newer: tuple[int, str] | None
    main: tuple[AnswerRow, ...]
    supporting: tuple[AnswerRow, ...]

    @property
    def rows(self) -> tuple[AnswerRow, ...]:
        return self.main + self.supporting

    @property
    def n_shown(self) -> int:
        return sum(not row.hidden for row in self.rows)

    @property
    def n_answered(self) -> int:
        return sum(not row.hidden and row.state != State.BELUM for row in self.rows)

    @property
    def n_hidden(self) -> int:
        return len(self.rows) - self.n_shown

    @property
    def shows_presence(self) -> bool:
        return any(row.is_present is not None for row in self.rows)


def answers_of(
    values: list[VillageValue],
    present: tuple[str, ...] | None,
    *,
    round_title: str,
    newer: tuple[int, str] | None,
) -> Answers:
    """`present` names the indicators that counted as present in the run; None without the right to know.

    `newer` is a round that was opened since, whose answers make no category yet.
    """
    rows = [(one.is_main, _row(one, present)) for one in values]
    return Answers(
        round_title=round_title,
        newer=newer,
        main=tuple(row for is_main, row in rows if is_main),
        supporting=tuple(row for is_main, row in rows if not is_main),
    )


def _row(one: VillageValue, present: tuple[str, ...] | None) -> AnswerRow:
    known = not one.hidden and one.state != State.BELUM
    return AnswerRow(
        code=one.indicator,
        title=one.title,
        unit="%" if one.unit == "persen" else one.unit,
        state=one.state,
        value=_tidy(one.value),
        is_presence=one.is_presence,
        hidden=one.hidden,
        reason=str(one.reason),
        source="" if one.hidden else str(sentences.SOURCES[one.source_type]),
        since=_since(one.provenance) if one.provenance else "",
        is_present=one.indicator in present if present is not None and known else None,
        import_id=one.provenance.import_id if one.provenance else None,
        facts=facts_of(one.provenance) if one.provenance else (),
        earlier=tuple(_earlier(answer) for answer in one.history if not answer.counts),
    )


def _tidy(value: Decimal | None) -> Decimal | int | None:
    """12 instead of 12,0000: a count is whole however many places its column keeps."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


def _since(origin: Provenance) -> str:
    when = timezone.localtime(origin.at)
    return f"{when.day} {SHORT[when.month - 1]} {when.year}"


def _earlier(answer: Answer) -> Earlier:
    why = _("ditarik: %(why)s") % {"why": answer.withdrawn_why} if answer.withdrawn else _("diganti")
    return Earlier(answer.text, why, facts_of(answer.provenance))


def facts_of(origin: Provenance) -> tuple[tuple[str, str], ...]:
    """Source, person, time and cell; for staff of the office only."""
    when = timezone.localtime(origin.at)
    facts = [
        (_("Sumber"), str(sentences.SOURCES[origin.source_type])),
        (_("Oleh"), origin.person),
        (_("Dimasukkan"), f"{day(when)} {time_of_day(when)}"),
    ]
    if origin.origin == Origin.BERKAS:
        facts.append((_("Berkas"), origin.file))
        facts.append((_("Lembar dan sel"), f"{origin.sheet} {origin.column}{origin.row}".strip()))
    else:
        facts.append((_("Cara"), _("diketik di layar")))
    return tuple(facts)
