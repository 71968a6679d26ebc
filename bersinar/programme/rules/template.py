"""Stage templates as versioned data files: which stages there are, what each asks for, what may overlap."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from bersinar.methods.categories import Status
from bersinar.programme.vocabulary import Element, Gives, Reach, Stage

# What new enrolments use. Older versions stay in the folder as long as somebody may want to read them.
CURRENT = ("desa-bersinar", "2026")
_HEADING = ("id", "version", "title", "authority", "status", "source")
_STAGE = ("id", "title", "column", "next", "overlaps", "status", "source")
_EVIDENCE = ("id", "title", "later", "status", "source")
_ELEMENT = ("id", "reach", "commits", "status", "source")


class TemplateError(ValueError):
    """A stage template cannot be meant; the sentence says where."""


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """One thing a stage asks to be shown."""

    id: str
    title: str
    later: bool
    status: Status
    source: str
    gives: Gives | None = None


@dataclass(frozen=True, slots=True)
class StageRule:
    """One stage: its place on the board, what to do to reach it, and what may run beside it."""

    id: Stage
    title: str
    column: str
    next: str
    overlaps: frozenset[Stage]
    status: Status
    source: str
    evidence: tuple[EvidenceRule, ...]
    enrolled: bool = False

    def may_overlap(self, other: StageRule) -> bool:
        """Enough that one of the two says so."""
        return other.id in self.overlaps or self.id in other.overlaps


@dataclass(frozen=True, slots=True)
class ElementRule:
    """One element a rakor invites, of which region there is one, and whether its commitment is asked for."""

    id: Element
    reach: Reach
    commits: bool
    status: Status
    source: str


@dataclass(frozen=True, slots=True)
class StageTemplate:
    """One version of the stages. A year keeps the text it began with."""

    id: str
    version: str
    title: str
    authority: str
    status: Status
    source: str
    notes: tuple[str, ...]
    stages: tuple[StageRule, ...]
    elements: tuple[ElementRule, ...]

    def stage(self, stage: str) -> StageRule | None:
        return next((one for one in self.stages if one.id == stage), None)

    def place(self, stage: str) -> int:
        """Where a stage stands in the order of the work."""
        return [one.id for one in self.stages].index(Stage(stage))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the board, in the order of the stages."""
        return tuple(dict.fromkeys(one.column for one in self.stages))


@cache
def template_text(name: str, version: str) -> str:
    """The exact text of a template that ships with the product."""
    path = resources.files("bersinar.programme").joinpath(f"stages/{name}-{version}.toml")
    return path.read_text(encoding="utf-8")


def current_text() -> str:
    """The text new enrolments keep."""
    return template_text(*CURRENT)


def current_template() -> StageTemplate:
    return parse_template(current_text())


def shipped_texts() -> dict[str, str]:
    """Every template of the folder by its file name; all of them are read at start."""
    folder = resources.files("bersinar.programme").joinpath("stages")
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    }


@lru_cache(maxsize=64)
def parse_template(text: str) -> StageTemplate:
    """Read one template; every fault is told in one sentence."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"Templat tahap tidak dapat dibaca sebagai TOML: {error}.") from error
    _check_keys("Templat tahap", data, needed=(*_HEADING, "stages"), also=("notes", "elements"))
    template = StageTemplate(
        **{key: str(data[key]) for key in ("id", "version", "title", "authority", "source")},
        status=_status("Templat tahap", data),
        notes=tuple(data.get("notes", ())),
        stages=tuple(_stage(part) for part in data["stages"]),
        elements=tuple(_element(part) for part in data.get("elements", ())),
    )
    _check(template)
    return template


def _stage(part: Mapping[str, Any]) -> StageRule:
    where = f"Tahap “{part.get('id', '?')}”"
    _check_keys(where, part, needed=_STAGE, also=("evidence", "enrolled"))
    try:
        name, overlaps = Stage(part["id"]), frozenset(Stage(other) for other in part["overlaps"])
    except ValueError as error:
        raise TemplateError(f"{where}: nama tahap tidak dikenal ({error}).") from error
    return StageRule(
        id=name,
        title=part["title"],
        column=part["column"],
        next=part["next"],
        overlaps=overlaps,
        status=_status(where, part),
        source=part["source"],
        evidence=tuple(_evidence(where, item) for item in part.get("evidence", ())),
        enrolled=part.get("enrolled", False),
    )


def _evidence(stage: str, part: Mapping[str, Any]) -> EvidenceRule:
    where = f"{stage}, bukti “{part.get('id', '?')}”"
    _check_keys(where, part, needed=_EVIDENCE, also=("gives",))
    try:
        gives = Gives(part["gives"]) if "gives" in part else None
    except ValueError as error:
        raise TemplateError(f"{where}: “gives” tidak dikenal ({error}).") from error
    return EvidenceRule(
        part["id"], part["title"], bool(part["later"]), _status(where, part), part["source"], gives
    )


def _element(part: Mapping[str, Any]) -> ElementRule:
    where = f"Unsur “{part.get('id', '?')}”"
    _check_keys(where, part, needed=_ELEMENT)
    try:
        return ElementRule(
            Element(part["id"]),
            Reach(part["reach"]),
            bool(part["commits"]),
            _status(where, part),
            part["source"],
        )
    except ValueError as error:
        raise TemplateError(f"{where}: {error}.") from error


def _status(where: str, part: Mapping[str, Any]) -> Status:
    try:
        return Status(part["status"])
    except ValueError as error:
        raise TemplateError(f"{where}: status tidak dikenal ({error}).") from error


def _check_keys(
    where: str, part: Mapping[str, Any], *, needed: tuple[str, ...], also: tuple[str, ...] = ()
) -> None:
    lacking = [key for key in needed if key not in part]
    if lacking:
        raise TemplateError(f"{where} belum memuat: {', '.join(lacking)}.")
    # A misspelt key would silently be left out, and with it an overlap or a paper somebody relies on.
    unknown = sorted(set(part) - {*needed, *also})
    if unknown:
        raise TemplateError(f"{where} memuat bagian yang tidak dikenal: {', '.join(unknown)}.")


def _check(template: StageTemplate) -> None:
    """What can only be seen with the whole template in hand."""
    if not template.stages:
        raise TemplateError("Templat tahap tidak memuat satu tahap pun.")
    _check_once("Tahap", [stage.id for stage in template.stages])
    _check_once("Bukti", [item.id for stage in template.stages for item in stage.evidence])
    _check_once("Unsur", [element.id for element in template.elements])
    known = {stage.id for stage in template.stages}
    for stage in template.stages:
        if missing := sorted(stage.overlaps - known):
            raise TemplateError(f"Tahap “{stage.id}” bertumpang dengan tahap yang tidak ada: {missing[0]}.")
        if stage.id in stage.overlaps:
            raise TemplateError(f"Tahap “{stage.id}” bertumpang dengan dirinya sendiri.")
    flags = [stage.enrolled for stage in template.stages]
    if flags != sorted(flags, reverse=True):
        raise TemplateError("Tahap yang dibuktikan pendaftaran harus berdiri paling depan.")


def _check_once(what: str, names: list[Any]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise TemplateError(f"{what} “{twice[0]}” disebut dua kali.")
