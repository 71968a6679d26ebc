"""What is known of one village, and how each figure came to be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bersinar.access import Actor, Right
from bersinar.fieldwork import sentences
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.queries.round_rows import instrument_of, rounds, villages_of_round
from bersinar.fieldwork.queries.table import current
from bersinar.fieldwork.queries.visible import CLOSED
from bersinar.fieldwork.rules.cells import PRESENCE, text_of
from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.fieldwork.vocabulary import Origin, SourceType, State
from bersinar.territory.models import Village


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one answer came from. For staff of the office only: a village never learns who supplied a value."""

    entry_id: int
    source_type: SourceType
    origin: Origin
    person: str
    at: datetime
    import_id: int | None
    file: str
    sheet: str
    row: int | None
    column: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that was given, with whether it counts now and why it was taken back."""

    text: str
    state: State
    value: Decimal | None
    reason: str
    is_presence: bool
    provenance: Provenance
    counts: bool
    withdrawn: bool
    withdrawn_why: str


@dataclass(frozen=True, slots=True)
class VillageValue:
    """One indicator of one village as one person may see it; a hidden one tells neither state nor value.

    `is_presence`: the 1 came from a yes, so it says that there is something and not how many.
    """

    indicator: str
    title: str
    group: str
    unit: str
    state: str
    value: Decimal | None
    hidden: bool
    reason: str
    is_presence: bool
    source_type: SourceType
    provenance: Provenance | None
    history: tuple[Answer, ...]

    @property
    def is_main(self) -> bool:
        return self.group == "POKOK"


def latest_round_of(village_id: int, actor: Actor) -> Round | None:
    """The newest round of the actor's offices that asks about this village."""
    village = Village.objects.for_actor(actor).filter(pk=village_id, valid_to=None).first()
    if village is None:
        return None
    # A province or a regency: what an office serves is kept as such prefixes.
    serving = rounds(actor).filter(office__areas__prefix__in=(village.code[:2], village.code[:5]))
    return serving.distinct().first()


def village_values(village_id: int, actor: Actor, round_id: int | None = None) -> list[VillageValue]:
    """Every indicator of a village in one round (the newest without a number); empty when no round asks."""
    actor.require(Right.VALUES_SEE)
    named = rounds(actor).filter(pk=round_id or 0).first()
    round_ = latest_round_of(village_id, actor) if round_id is None else named
    if round_ is None or not villages_of_round(round_).filter(pk=village_id).exists():
        return []
    instrument = instrument_of(round_)
    shown = instrument.shown(sensitive=actor.can(Right.VALUES_SEE_ENFORCEMENT))
    answers = _answers(round_, village_id, actor)
    return [
        _value(one, answers.get(one.id, ())) if one in shown else _closed(one)
        for one in instrument.indicators
    ]


def _answers(round_: Round, village_id: int, actor: Actor) -> dict[str, tuple[Answer, ...]]:
    """Every answer this person may see, newest first within each indicator."""
    mine = Entry.objects.for_actor(actor).filter(round=round_, village_id=village_id)
    counting = set(current(mine).values_list("pk", flat=True))
    found: dict[str, list[Answer]] = defaultdict(list)
    for entry in mine.select_related("imported__withdrawal", "withdrawal").order_by("-pk"):
        found[entry.indicator].append(_answer(entry, entry.pk in counting))
    return {indicator: tuple(listed) for indicator, listed in found.items()}


def _answer(entry: Entry, counts: bool) -> Answer:
    own = getattr(entry, "withdrawal", None)
    taken_back = own or getattr(entry.imported, "withdrawal", None)
    return Answer(
        text=text_of(entry.state, entry.value, entry.reason, entry.note),
        state=State(entry.state),
        value=entry.value,
        reason=sentences.reason(entry.reason, entry.note),
        is_presence=entry.state == State.TERISI and entry.note == PRESENCE,
        provenance=Provenance(
            entry_id=entry.pk,
            source_type=SourceType(entry.source_type),
            origin=Origin(entry.origin),
            person=entry.entered_by_name,
            at=entry.entered_at,
            import_id=entry.imported_id,
            file=entry.imported.file_name if entry.imported else "",
            sheet=entry.sheet,
            row=entry.row,
            column=entry.column,
        ),
        counts=counts,
        withdrawn=taken_back is not None,
        withdrawn_why=taken_back.reason if taken_back else "",
    )


def _value(one: Indicator, answers: tuple[Answer, ...]) -> VillageValue:
    now = next((answer for answer in answers if answer.counts), None)
    return VillageValue(
        indicator=one.id,
        title=one.name,
        group=one.group,
        unit=one.unit,
        state=now.state.value if now else State.BELUM.value,
        value=now.value if now else None,
        hidden=False,
        reason=now.reason if now else "",
        is_presence=now is not None and now.is_presence,
        source_type=now.provenance.source_type if now else one.source_type,
        provenance=now.provenance if now else None,
        history=answers,
    )


def _closed(one: Indicator) -> VillageValue:
    return VillageValue(
        indicator=one.id,
        title=one.name,
        group=one.group,
        unit=one.unit,
        state=CLOSED,
        value=None,
        hidden=True,
        reason="",
        is_presence=False,
        source_type=one.source_type,
        provenance=None,
        history=(),
    )
