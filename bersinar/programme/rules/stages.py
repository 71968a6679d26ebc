"""Where a village stands, what is next, what is still open, and what speaks against accepting a stage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from bersinar.programme.rules import dates
from bersinar.programme.rules.template import EvidenceRule, StageRule, StageTemplate
from bersinar.programme.vocabulary import Gives, Origin, Precision, Stage

State = Literal["done", "here", ""]


class ObstacleKind(StrEnum):
    """Why a stage is not accepted without a word."""

    BUKTI = "BUKTI"  # evidence that may not follow later
    TERLEWAT = "TERLEWAT"  # an earlier stage that does not overlap is not recorded
    URUTAN = "URUTAN"  # an earlier stage that does not overlap happened later


@dataclass(frozen=True, slots=True)
class Accepted:
    """A recorded stage that counts."""

    stage: Stage
    date: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that speaks against accepting a stage; a written reason sets it aside."""

    kind: ObstacleKind
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class OpenEvidence:
    """Something an accepted stage asks for and nobody has shown yet."""

    stage: Stage
    stage_title: str
    id: str
    title: str
    later: bool


def reached(template: StageTemplate, recorded: Collection[str]) -> frozenset[Stage]:
    """The recorded stages and those the enrolment itself shows."""
    return frozenset(stage.id for stage in template.stages if stage.enrolled or stage.id in recorded)


def current_stage(template: StageTemplate, recorded: Collection[str]) -> StageRule:
    """The furthest accepted stage; the first one when nothing happened yet."""
    so_far = reached(template, recorded)
    return next((stage for stage in reversed(template.stages) if stage.id in so_far), template.stages[0])


def next_stage(
    template: StageTemplate, recorded: Collection[str], planned: Mapping[Stage, date] | None = None
) -> StageRule | None:
    """What to do next: the stage planned first, else the one after the current; None at the end."""
    waiting = {stage: on for stage, on in (planned or {}).items() if stage not in recorded}
    if waiting:
        first = min(waiting, key=lambda stage: (waiting[stage], template.place(stage)))
        return template.stage(first)
    place = template.place(current_stage(template, recorded).id)
    return template.stages[place + 1] if place + 1 < len(template.stages) else None


def skipped(template: StageTemplate, recorded: Collection[str]) -> tuple[StageRule, ...]:
    """Stages before the current one of which nothing is known."""
    so_far = reached(template, recorded)
    place = template.place(current_stage(template, recorded).id)
    return tuple(stage for stage in template.stages[:place] if stage.id not in so_far)


def unproven(
    template: StageTemplate, recorded: Collection[str], given: Collection[str], *, decided: bool
) -> frozenset[Stage]:
    """Stages the enrolment would show, but of which nobody knows: being chosen does not mean having been mapped.

    A decision rests on a released map. Without one a release, a paper or a record has to say so.
    """
    if decided:
        return frozenset()
    released = {
        stage.id: {item.id for item in stage.evidence if item.gives is Gives.RELEASE}
        for stage in template.stages
        if stage.enrolled and stage.id not in recorded
    }
    return frozenset(stage for stage, asked in released.items() if asked and asked.isdisjoint(given))


def state_of(
    template: StageTemplate, recorded: Collection[str], stage: StageRule, unknown: Collection[Stage] = ()
) -> State:
    """How the row of steps shows a stage; `unknown` are the `unproven` ones."""
    if stage.id in unknown:
        return ""
    if stage.id == current_stage(template, recorded).id:
        return "here"
    return "done" if stage.id in reached(template, recorded) else ""


def open_evidence(
    template: StageTemplate, recorded: Collection[str], given: Collection[str]
) -> tuple[OpenEvidence, ...]:
    """What the reached stages still ask for, in their order."""
    so_far = reached(template, recorded)
    return tuple(
        OpenEvidence(stage.id, stage.title, item.id, item.title, item.later)
        for stage in template.stages
        if stage.id in so_far
        for item in stage.evidence
        if item.id not in given
    )


def obstacles(
    template: StageTemplate,
    stage: StageRule,
    when: tuple[date, Precision],
    *,
    recorded: Mapping[Stage, Accepted],
    given: Collection[str],
    origin: Origin,
) -> tuple[Obstacle, ...]:
    """What speaks against accepting this stage on that day.

    A stage told by the press may stand alone: newspapers write of launches, not of what came before them.
    """
    earlier = [
        one
        for one in template.stages[: template.place(stage.id)]
        if not one.may_overlap(stage) and not one.enrolled
    ]
    found = [
        Obstacle(ObstacleKind.BUKTI, item.id, item.title)
        for item in needed_now(stage)
        if item.id not in given
    ]
    if origin is not Origin.PERS:
        found += [
            Obstacle(ObstacleKind.TERLEWAT, one.id.value, one.title)
            for one in earlier
            if one.id not in recorded
        ]
    found += [
        Obstacle(ObstacleKind.URUTAN, one.id.value, one.title)
        for one in earlier
        if one.id in recorded
        and dates.certainly_before(when, (recorded[one.id].date, recorded[one.id].precision))
    ]
    return tuple(found)


def needed_now(stage: StageRule) -> tuple[EvidenceRule, ...]:
    """The evidence without which the stage is not accepted."""
    return tuple(item for item in stage.evidence if not item.later)
