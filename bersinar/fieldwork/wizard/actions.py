"""The only writers of the matching: each step keeps what was chosen; the last one hands a plan to the preview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork import queries
from bersinar.fieldwork.actions import keep_plan
from bersinar.fieldwork.actions.rounds import writable
from bersinar.fieldwork.matching import planning
from bersinar.fieldwork.matching.columns import PLACES
from bersinar.fieldwork.matching.feeds import Feed
from bersinar.fieldwork.models import ColumnMatch, ForeignFile, Import
from bersinar.fieldwork.rules.plan import Place, Problem
from bersinar.fieldwork.vocabulary import ImportState, SourceType
from bersinar.fieldwork.wizard import errors
from bersinar.fieldwork.wizard.state import NO_VILLAGE, Draft, file_of, name_key


def begin(import_id: int, *, by: Actor) -> ForeignFile:
    """Start matching a received file, or go on where its owner stopped."""
    by.require(Right.VALUES_ENTER)
    with transaction.atomic():
        received = get_or_404(Import, by, pk=import_id, uploaded_by_id=by.user_id)
        writable(received.round_id, by)
        if received.state == ImportState.DITERAPKAN:
            raise errors.FileFinished
        file, is_new = ForeignFile.objects.for_actor(by).get_or_create(
            imported=received,
            defaults={
                "round_id": received.round_id,
                "file_id": received.file_id,
                "file_name": received.file_name,
                "uploaded_by_id": by.user_id,
                "uploaded_by_name": by.name,
            },
        )
        if is_new:
            audit.record(by, "fieldwork.match_begun", about=file, imported=received.pk)
    return file


def choose_sheet(file_id: int, *, sheet: int, heading: int, by: Actor) -> ForeignFile:
    """Which sheet and heading row; what was chosen for another sheet no longer fits and is dropped."""
    with transaction.atomic():
        draft = _held(file_id, by)
        if not 0 <= sheet < len(draft.sheets) or not 0 <= heading < len(draft.sheets[sheet].rows):
            raise errors.ChoiceUnknown
        same = draft.has_sheet and (draft.sheet_at, draft.heading) == (sheet, heading)
        kept = draft.choices if same else {}
        return _keep(draft, {**kept, "sheet": sheet, "heading": heading}, "fieldwork.match_sheet", by)


def choose_columns(file_id: int, *, columns: Mapping[str, int], by: Actor) -> ForeignFile:
    """Which column is what."""
    with transaction.atomic():
        draft = _held(file_id, by)
        if not draft.has_sheet:
            raise errors.StepMissing
        open_ids = {*PLACES, *(one.id for one in draft.allowed)}
        if not set(columns) <= open_ids or not set(columns.values()) <= set(range(len(draft.profiles))):
            raise errors.ChoiceUnknown
        choices = {**draft.choices, "columns": dict(columns)}
        if draft.has_columns and any(draft.columns.get(key) != columns.get(key) for key in PLACES):
            choices.pop("villages", None)
        choices.pop("feeds", None)
        return _keep(draft, choices, "fieldwork.match_columns", by)


def decide_villages(file_id: int, *, decisions: Mapping[int, int | None], by: Actor) -> ForeignFile:
    """Which village a doubtful row is, that it is none, or that it is not decided yet."""
    with transaction.atomic():
        draft = _held(file_id, by)
        if not draft.has_columns:
            raise errors.StepMissing
        rows = {one.row.number for one in draft.decided}
        places = {*draft.place_of, NO_VILLAGE, None}
        if not set(decisions) <= rows or not set(decisions.values()) <= places:
            raise errors.ChoiceUnknown
        before = draft.choices.get("villages")
        kept = dict(before) if isinstance(before, dict) else {}
        for row, place in decisions.items():
            if place is None:
                kept.pop(str(row), None)
            else:
                kept[str(row)] = place
        choices = {**draft.choices, "villages": kept}
        return _keep(draft, choices, "fieldwork.match_villages", by, rows=len(decisions))


def choose_feeds(
    file_id: int, *, feeds: Mapping[str, Feed], source_type: SourceType, by: Actor
) -> ForeignFile:
    """How each column becomes its indicator, and where the numbers come from."""
    with transaction.atomic():
        draft = _held(file_id, by)
        if not draft.has_columns:
            raise errors.StepMissing
        if set(feeds) != {one.id for one in draft.fed}:
            raise errors.ChoiceUnknown
        told = {key: _told(feed) for key, feed in feeds.items()}
        choices = {**draft.choices, "feeds": told, "source_type": source_type.value}
        return _keep(draft, choices, "fieldwork.match_feeds", by)


def prepare_import(file_id: int, *, by: Actor) -> Import:
    """Plan what would be stored and remember the match; storing it is decided on the page of the import."""
    with transaction.atomic():
        draft = _held(file_id, by)
        if not draft.has_feeds or draft.file.imported_id is None:
            raise errors.StepMissing
        made = planning.plan_of(draft.sheet, _matched(draft), queries.known_values(draft.round, by))
        if not made.rows_read:
            raise errors.NothingMatched
        own = Import.objects.for_actor(by).filter(pk=draft.file.imported_id)
        own.update(source_type=SourceType(str(draft.choices["source_type"])).value)
        _remember(draft, by)
        audit.record(by, "fieldwork.match_planned", about=draft.file, **draft.counts)
        return keep_plan(draft.file.imported_id, made, by=by)


def discard(file_id: int, *, by: Actor) -> None:
    """Drop the choices; the uploaded file stays in the list of files."""
    with transaction.atomic():
        draft = _held(file_id, by)
        audit.record(by, "fieldwork.match_discarded", about=draft.file)
        ForeignFile.objects.for_actor(by).filter(pk=file_id).delete()


def _held(file_id: int, by: Actor) -> Draft:
    by.require(Right.VALUES_ENTER)
    file = file_of(file_id, by)
    writable(file.round_id, by)
    done = Import.objects.for_actor(by).filter(pk=file.imported_id or 0, state=ImportState.DITERAPKAN)
    if done.exists():
        raise errors.FileFinished
    return Draft(file, by)


def _keep(draft: Draft, choices: dict[str, Any], verb: str, by: Actor, **facts: int) -> ForeignFile:
    draft.file.choices = choices
    draft.file.save(update_fields=["choices", "changed_at"])
    audit.record(by, verb, about=draft.file, **facts)
    return draft.file


def _told(feed: Feed) -> dict[str, Any]:
    words = {word: "" if number is None else str(number) for word, number in feed.words.items()}
    return {"how": feed.how.value, "factor": str(feed.factor), "words": words}


def _matched(draft: Draft) -> planning.Matched:
    places = draft.place_of
    villages = {
        one.row.number: Place(one.place_id, places[one.place_id].code, places[one.place_id].name)
        for one in draft.decided
        # Two rows that still lead to one village both stay out: which is right nobody said.
        if one.place_id is not None and one.place_id not in draft.claimed_twice
    }
    return planning.Matched(
        heading=draft.heading,
        villages=villages,
        feeds=[(draft.feed_of(indicator), indicator) for indicator in draft.fed],
        is_sensitive=draft.is_sensitive,
        left_out=tuple(_left_out(draft)),
    )


def _left_out(draft: Draft) -> list[Problem]:
    counts = draft.counts
    waiting = counts["open"] + counts["none"] + counts["twice"]
    notes = []
    if waiting:
        notes.append(Problem("rows_unmatched", facts={"count": str(waiting)}))
    if counts["left_out"]:
        notes.append(Problem("rows_left_out", facts={"count": str(counts["left_out"])}))
    return notes


def _remember(draft: Draft, by: Actor) -> None:
    """The next file with these headings starts from here, names people decided on included."""
    match = draft.remembered or ColumnMatch(office_id=draft.round.office_id, fingerprint=draft.fingerprint)
    match.columns = dict(draft.columns)
    match.feeds = {one.id: _told(draft.feed_of(one)) for one in draft.fed}
    own = {
        name_key(one.row): draft.place_of[one.choice].code if one.choice else ""
        for one in draft.decided
        if one.choice is not None
    }
    match.villages = {**match.villages, **own}
    match.changed_by_name = by.name
    match.save()
