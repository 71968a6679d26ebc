"""One way of bringing the sheet in, in a process of its own, so that its memory is its own too.

python -m benchmarks.pages.import_sides prepare FOLDER
python -m benchmarks.pages.import_sides ours|peer SHEET
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402

from benchmarks.pages import import_peer  # noqa: E402
from benchmarks.support import nation, sheet  # noqa: E402
from bersinar.access import Actor  # noqa: E402
from bersinar.accounts.models import User  # noqa: E402
from bersinar.accounts.queries import actor_of  # noqa: E402
from bersinar.audit.actions import seal  # noqa: E402
from bersinar.fieldwork import actions, queries  # noqa: E402
from bersinar.fieldwork.models import Entry, Round  # noqa: E402
from bersinar.fieldwork.rules import template  # noqa: E402

_STORED = (
    "village_id",
    "indicator",
    "is_sensitive",
    "state",
    "value",
    "reason",
    "note",
    "source_type",
    "row",
    "column",
)


def prepare(folder: str, rows: str) -> dict[str, Any]:
    """The nation, an open round, and a sheet for it; one row in four hundred repeats a village or names none."""
    made = nation.build()
    round_ = actions.open_round(year=2025, title="Pemetaan", by=made.officer, is_example=True)
    instrument = queries.instrument_of(round_)
    villages = queries.villages_of_round(round_).values_list(
        "code", "name", "district__name", "district__regency__name"
    )
    path = Path(folder) / "nasional.xlsx"
    lines = [sheet.Line(*row) for row in villages]
    size = sheet.write(
        path,
        lines[: int(rows) - int(rows) // 400],
        rows=int(rows),
        mark=template.mark_text(round_.pk, instrument.id, instrument.version),
        headings=[template.heading(one) for one in instrument.indicators],
    )
    return {"sheet": str(path), "bytes": size}


def ours(path: str) -> dict[str, Any]:
    """What the screen does: receive, read in the limited process, keep the plan, show it, store, seal."""
    by, round_ = _who(), _round()
    steps: dict[str, float] = {}
    content = Path(path).read_bytes()
    begun, spent = time.perf_counter(), _processor()
    received = _timed(
        steps, "receive", lambda: actions.receive_file(round_.pk, content, name="nasional.xlsx", by=by)
    )
    _timed(steps, "read", lambda: actions.read_import(received.pk, by=by))
    seen = _timed(steps, "preview", lambda: queries.preview(queries.import_of(received.pk, by), by))
    _timed(steps, "apply", lambda: actions.apply_import(received.pk, by=by))
    _timed(steps, "seal", seal)
    seconds, spent = time.perf_counter() - begun, _processor() - spent
    told = [(one.problem.row, one.problem.column) for one in seen.errors]
    return _answer(seconds, spent, steps, rows=seen.rows_read, bad=seen.rows_bad, errors=told, by=by)


def peer(path: str) -> dict[str, Any]:
    """What a good office programmer writes in an afternoon."""
    by, round_ = _who(), _round()
    begun, spent = time.perf_counter(), _processor()
    with transaction.atomic():
        done = import_peer.bring_in(path, round_, by)
    seconds, spent = time.perf_counter() - begun, _processor() - spent
    return _answer(seconds, spent, {}, rows=done.rows, bad=done.bad, errors=done.errors[:500], by=by)


def _timed(steps: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    done = work()
    steps[name] = time.perf_counter() - begun
    return done


def _processor() -> float:
    """Seconds of processor of this process and of those it started; the database's own server is none of them."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _who() -> Actor:
    return actor_of(User.objects.get(username__startswith="p2m."))


def _round() -> Round:
    return Round.objects.unscoped("a measurement").get()


def _answer(seconds: float, spent: float, steps: dict[str, float], **facts: Any) -> dict[str, Any]:
    by = facts.pop("by")
    # Kilobytes on Linux. The reading process counts as a child; both could be alive at once, so they are added.
    own, child = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "seconds": seconds,
        "processor": spent,
        "steps": steps,
        "mb": round((own + child) / 1024),
        "digest": _digest(by),
        **facts,
    }


def _digest(by: Actor) -> str:
    """Everything a stored value says, in the order of the file."""
    digest, count = hashlib.sha256(), 0
    for row in _stored(by):
        digest.update(json.dumps(row, default=str).encode())
        count += 1
    return f"{count}:{digest.hexdigest()[:16]}"


def _stored(by: Actor) -> Iterator[tuple]:
    found = Entry.objects.for_actor(by).order_by("row", "column").values_list(*_STORED)
    for row in found.iterator(chunk_size=5000):
        # PostgreSQL gives 4 as 4.0000, SQLite as 4.
        yield tuple(f"{one:.4f}" if at == 4 and one is not None else one for at, one in enumerate(row))


if __name__ == "__main__":
    todo = {"prepare": prepare, "ours": ours, "peer": peer}[sys.argv[1]]
    sys.stdout.write(json.dumps(todo(*sys.argv[2:])))
