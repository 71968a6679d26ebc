"""A file on its way: received, read, taken over, taken back. Each step may be repeated without harm."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor, BersinarError, Level, Right, get_or_404
from bersinar.accounts.errors import NeedsSecondPerson
from bersinar.documents import store
from bersinar.documents.actions.files import keep
from bersinar.fieldwork import errors, queries, reading, sentences
from bersinar.fieldwork.actions.rounds import writable
from bersinar.fieldwork.actions.storing import store_entries
from bersinar.fieldwork.models import Import, Withdrawal
from bersinar.fieldwork.queries.imports import CLEARED
from bersinar.fieldwork.released import is_released
from bersinar.fieldwork.rules import plan as plans
from bersinar.fieldwork.rules import stored, template
from bersinar.fieldwork.rules.lines import Lines
from bersinar.fieldwork.vocabulary import ImportState, SourceType

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def receive_file(
    round_id: int, content: bytes, *, name: str, by: Actor, source_type: SourceType | None = None
) -> Import:
    """Keep the uploaded bytes as they came; nothing is read yet."""
    by.require(Right.VALUES_ENTER)
    with transaction.atomic():
        round_ = writable(round_id, by)
        kept, _is_new = keep(
            content,
            name=name,
            content_type=XLSX if name.casefold().endswith(".xlsx") else "text/csv",
            by=by,
            level=Level.L2,
            # Until it is read nobody knows what it holds, so the file page asks for the strictest right.
            right=Right.VALUES_SEE_ENFORCEMENT,
        )
        received = Import.objects.create(
            round=round_,
            file=kept,
            file_name=kept.name,
            source_type=source_type or "",
            report={CLEARED: by.can(Right.VALUES_SEE_ENFORCEMENT)},
            uploaded_by_id=by.user_id,
            uploaded_by_name=by.name,
        )
        audit.record(by, "fieldwork.file_received", about=received, round=round_.pk, sha256=kept.sha256)
    return received


def read_import(import_id: int, *, by: Actor) -> Import:
    """Read the file in its limited process and keep the plan, or why there is none."""
    by.require(Right.VALUES_ENTER)
    waiting = get_or_404(Import, by, pk=import_id)
    if waiting.state != ImportState.MENUNGGU:
        return waiting
    kept = queries.import_file(waiting, by)
    try:
        sheets = reading.read_sheets(store.path_of(kept.file.sha256), name=waiting.file_name)
        if not waiting.round.is_example and any(template.says_example(sheet.rows) for sheet in sheets):
            raise plans.SheetRefusedError("example")
        made = plans.plan_of(sheets, queries.ask_of(waiting.round_id, by))
    except plans.NotOurTemplateError:
        return _noted(waiting, {"foreign": True}, by)
    except plans.SheetRefusedError as refused:
        return refuse_import(import_id, sentence=sentences.refusal(refused), by=by)
    except BersinarError as refused:
        return refuse_import(import_id, sentence=str(refused), by=by)
    return keep_plan(import_id, made, by=by)


def keep_plan(import_id: int, made: plans.Plan, *, by: Actor) -> Import:
    """Keep what a file would do, for the page that shows it before anything is stored."""
    with transaction.atomic():
        found = _held(import_id, by)
        if found.state == ImportState.DITERAPKAN:
            return found
        found.state = ImportState.TERBACA
        cleared = found.report.get(CLEARED, True) or by.can(Right.VALUES_SEE_ENFORCEMENT)
        found.report = {**found.report, **stored.report(made), CLEARED: cleared}
        found.cells = stored.packed(made.cells)
        found.sheet = made.sheet[:200]
        found.is_sensitive = made.is_sensitive
        found.save(update_fields=["state", "report", "cells", "sheet", "is_sensitive"])
        audit.record(by, "fieldwork.file_read", about=found, rows=made.rows_read, bad=made.rows_bad)
    return found


def refuse_import(import_id: int, *, sentence: str, by: Actor) -> Import:
    """The file cannot be used; its page says why."""
    with transaction.atomic():
        found = _held(import_id, by)
        if found.state != ImportState.DITERAPKAN:
            found.state = ImportState.DITOLAK
            found.report = {**found.report, "refused": sentence}
            found.save(update_fields=["state", "report"])
            audit.record(by, "fieldwork.file_refused", about=found)
    return found


def apply_import(import_id: int, *, by: Actor) -> Import:
    """Store the rows that are ready, all in one step. Applying again changes nothing."""
    by.require(Right.VALUES_ENTER)
    with transaction.atomic():
        found = _held(import_id, by)
        if found.state == ImportState.DITERAPKAN:
            return found
        if found.state != ImportState.TERBACA:
            raise errors.ImportNotReady
        _may_decide(found, by)
        plan = stored.unpacked(found.cells)
        known = queries.known_values(found.round, by)
        moved = plan.moved(known)
        if not moved:
            _take_over(found, plan, known, by)
            return found
        # Kept, not only refused: the next look compares with what is stored now.
        found.cells = stored.packed(plan.rebased(known))
        found.save(update_fields=["cells"])
        audit.record(by, "fieldwork.import_rebased", about=found, cells=moved)
    raise errors.ImportStale(moved)


def withdraw_import(import_id: int, *, reason: str, by: Actor, agreed: bool = False) -> Withdrawal:
    """Take back everything one file brought; earlier values count again, runs that used it stay as they are.

    Under a released map it needs a second person: see fieldwork.joint.
    """
    by.require(Right.VALUES_ENTER)
    with transaction.atomic():
        found = _held(import_id, by)
        if found.state != ImportState.DITERAPKAN:
            raise errors.NotApplied
        if Withdrawal.objects.for_actor(by).filter(imported=found).exists():
            raise errors.AlreadyWithdrawn
        _may_decide(found, by)
        if by.is_known and not agreed and is_released(found.round_id, by):
            raise NeedsSecondPerson
        withdrawal = Withdrawal.objects.create(
            round_id=found.round_id,
            imported=found,
            reason=reason,
            withdrawn_by_id=by.user_id,
            withdrawn_by_name=by.name,
        )
        audit.record(by, "fieldwork.import_withdrawn", about=withdrawal, imported=found.pk)
    return withdrawal


def _held(import_id: int, by: Actor) -> Import:
    """The import with its round held, so that two files are never taken over mixed."""
    found = get_or_404(Import, by, pk=import_id)
    writable(found.round_id, by)
    return Import.objects.for_actor(by).select_related("round").get(pk=import_id)


def _may_decide(found: Import, by: Actor) -> None:
    """Storing or taking back values is for people who may see every one of them."""
    if not queries.may_decide(found, by):
        by.require(Right.VALUES_SEE_ENFORCEMENT)


def _noted(found: Import, note: dict[str, bool], by: Actor) -> Import:
    with transaction.atomic():
        found = _held(found.pk, by)
        found.report = {**found.report, **note}
        found.save(update_fields=["report"])
        audit.record(by, "fieldwork.file_is_foreign", about=found)
    return found


def _take_over(found: Import, plan: Lines, known: queries.KnownValues, by: Actor) -> None:
    changed = plan.changes(known)
    if not changed:
        raise errors.NothingNew
    # Unchanged answers are stored too: when an earlier file is withdrawn, what this one confirmed must stay.
    count = store_entries(found, plan, queries.instrument_of(found.round), by)
    found.state = ImportState.DITERAPKAN
    found.applied_at = timezone.now()
    found.applied_by_name = by.name
    found.save(update_fields=["state", "applied_at", "applied_by_name"])
    audit.record(by, "fieldwork.import_applied", about=found, cells=count, changed=changed)
