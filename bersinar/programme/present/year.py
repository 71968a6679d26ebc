"""A programme year as its page shows it: every stage with day, evidence and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bersinar.access import Actor, Right, get_or_404
from bersinar.methods.categories import Status
from bersinar.programme.models import Evidence, ProgrammeYear, StageEvent
from bersinar.programme.queries import DecisionState, YearRow, programme_year
from bersinar.programme.queries import steps as reads
from bersinar.programme.rules import dates, stages
from bersinar.programme.rules.template import EvidenceRule, StageRule, StageTemplate, parse_template
from bersinar.programme.vocabulary import Gives, Origin, Precision, Stage

HELD = {
    Gives.RELEASE: gettext_lazy("dari pemetaan yang dirilis"),
    Gives.DECREE: gettext_lazy("dari surat yang dicatat"),
    Gives.INVITATION: gettext_lazy("dari surat undangan rapat"),
    Gives.ATTENDANCE: gettext_lazy("dari daftar hadir rapat"),
    Gives.MINUTES: gettext_lazy("dari notulen rapat"),
    Gives.COMMITMENT: gettext_lazy("dari janji yang dicatat"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of evidence that was handed in."""

    id: int
    title: str
    reference: str
    is_address: bool
    file_id: int | None
    file_name: str
    when: str
    origin: str
    source: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the stage asks for: is it there, and where."""

    id: str
    title: str
    later: bool
    there: bool
    held: str
    placeholder: bool
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The record of a stage."""

    id: int
    when: str
    note: str
    origin: str
    source: str
    exception: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One stage of the page."""

    stage: Stage
    number: int
    title: str
    state: str
    do: str
    placeholder: bool
    planned: date | None
    plan_note: str
    done: Done | None
    asked: tuple[Asked, ...]
    others: tuple[Paper, ...]
    is_skipped: bool
    is_unproven: bool

    @property
    def is_reached(self) -> bool:
        return bool(self.state)


@dataclass(frozen=True, slots=True)
class YearPage:
    row: YearRow
    template: StageTemplate
    template_status: str
    parts: tuple[Part, ...]
    ground: str
    flag: str
    may_record: bool
    enrolled_by: str
    enrolled_at: datetime

    @property
    def here(self) -> int:
        """The number of the current stage."""
        return next((part.number for part in self.parts if part.state == "here"), 1)

    @property
    def following(self) -> Part | None:
        """The stage the yellow button records."""
        return next((part for part in self.parts if part.stage == self.row.next_stage), None)


def year_page(pk: int, actor: Actor) -> YearPage:
    """Everything the page of one programme year says."""
    row = programme_year(pk, actor)
    year = get_or_404(ProgrammeYear, actor, pk=pk)
    template = parse_template(year.template_text)
    events = {Stage(event.stage): event for event in reads.standing_events([pk], actor)[pk]}
    return YearPage(
        row=row,
        template=template,
        template_status=status_word(template.status),
        parts=tuple(_parts(year, template, events, actor)),
        ground=_ground(row),
        flag=_flag(row),
        may_record=actor.can(Right.PROGRAMME_RECORD) and row.office_id == actor.office_id,
        enrolled_by=year.recorded_by_name,
        enrolled_at=year.recorded_at,
    )


def asked_of(pk: int, stage: Stage, actor: Actor) -> tuple[StageRule, tuple[EvidenceRule, ...]] | None:
    """A stage of the year's template with the evidence that is still missing."""
    year = get_or_404(ProgrammeYear, actor, pk=pk)
    rule = parse_template(year.template_text).stage(stage)
    if rule is None:
        return None
    there = reads.given(year, actor)
    return rule, tuple(item for item in rule.evidence if item.id not in there)


def status_word(status: Status) -> str:
    """How sure the template is, in the words of the product."""
    return {
        Status.CONFIRMED: _("terkonfirmasi"),
        Status.REPORTED: _("dilaporkan"),
        Status.PLACEHOLDER: _("sementara"),
        Status.OWN: _("dari unit"),
        Status.CONTOH: _("contoh"),
    }[status]


def _parts(
    year: ProgrammeYear, template: StageTemplate, events: dict[Stage, StageEvent], actor: Actor
) -> list[Part]:
    plans = reads.standing_plans([year.pk], actor, {year.pk: events.values()}).get(year.pk, {})
    papers = reads.standing_evidence([year.pk], actor)[year.pk]
    there = reads.given(year, actor)
    passed = stages.skipped(template, events)
    unproven = stages.unproven(template, events, there, decided=year.decision_id is not None)
    found = []
    for number, rule in enumerate(template.stages, start=1):
        own = [paper for paper in papers if paper.stage == rule.id]
        plan = plans.get(rule.id)
        event = events.get(rule.id)
        found.append(
            Part(
                stage=rule.id,
                number=number,
                title=rule.title,
                state=stages.state_of(template, events, rule, unproven),
                do=rule.next,
                placeholder=rule.status is Status.PLACEHOLDER,
                planned=plan.date if plan else None,
                plan_note=plan.note if plan else "",
                done=_done(event) if event else None,
                asked=tuple(_asked(item, there, own) for item in rule.evidence),
                others=tuple(_paper(paper) for paper in own if not paper.item),
                is_skipped=rule in passed,
                is_unproven=rule.id in unproven,
            )
        )
    return found


def _asked(item: EvidenceRule, there: frozenset[str], own: list[Evidence]) -> Asked:
    papers = tuple(_paper(paper) for paper in own if paper.item == item.id)
    is_there = item.id in there
    return Asked(
        id=item.id,
        title=item.title,
        later=item.later,
        there=is_there,
        held=str(HELD[item.gives]) if is_there and not papers and item.gives else "",
        placeholder=item.status is Status.PLACEHOLDER,
        papers=papers,
    )


def _paper(row: Evidence) -> Paper:
    return Paper(
        id=row.pk,
        title=row.title,
        reference=row.reference,
        is_address=row.reference.startswith(("https://", "http://")),
        file_id=row.file_id,
        file_name=row.file.name if row.file else "",
        when=dates.words(row.date, Precision(row.precision)),
        origin=origin_word(Origin(row.origin)),
        source=row.source,
        by=row.recorded_by_name,
        at=row.recorded_at,
    )


def _done(event: StageEvent) -> Done:
    return Done(
        id=event.pk,
        when=dates.words(event.date, Precision(event.precision)),
        note=event.note,
        origin=origin_word(Origin(event.origin)),
        source=event.source,
        exception=event.exception,
        by=event.recorded_by_name,
        at=event.recorded_at,
    )


def origin_word(origin: Origin) -> str:
    """A tag for what does not come from the office itself."""
    return "" if origin is Origin.UNIT else origin.label


def _ground(row: YearRow) -> str:
    if row.decision_id is None:
        return _("Didaftarkan tanpa putusan di sistem ini. %(reason)s") % {"reason": row.reason}
    return _("Putusan sasaran %(year)d.") % {"year": row.year}


def _flag(row: YearRow) -> str:
    """What the reader must know about the decision; empty when it stands."""
    return {
        DecisionState.DIGANTI: _(
            "Putusan %(year)d sudah diganti. Desa ini juga ada dalam putusan pengganti; catatannya tetap berlaku."
        ),
        DecisionState.DIKELUARKAN: _(
            "Putusan %(year)d sudah diganti dan penggantinya tidak menyebut desa ini. "
            "Periksa dengan kepala unit; catatan di sini tidak diubah."
        ),
    }.get(row.decision_state, "") % {"year": row.year}
