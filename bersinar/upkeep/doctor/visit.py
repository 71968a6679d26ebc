"""All checks in order. One that fails itself is told like any other trouble; the rest go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial

from django.utils.translation import gettext as _

from bersinar.upkeep.doctor import databases, keeping, machine, work
from bersinar.upkeep.doctor.findings import Finding, Mood, bad

logger = logging.getLogger("bersinar.doctor")
Check = Callable[[], Iterator[Finding]]


def examine(*, deep: bool) -> list[Finding]:
    """The worst first. Deep reads every page of the databases, every seal and every file."""
    checks: list[tuple[str, Check]] = [
        ("database", partial(databases.integrity, deep=deep)),
        ("schema", databases.schema),
        ("engine", databases.engine),
        *([("audit", databases.chain)] if deep else []),
        ("disk", machine.disk),
        ("clock", machine.clock),
        ("folder", machine.folder),
        ("rights", machine.rights),
        ("backup", keeping.backup),
        ("recovery_key", keeping.paper),
        ("second_copy", keeping.second_place),
        ("jobs", work.jobs),
        ("files", partial(work.files, deep=deep)),
        ("log", work.faults),
        ("shape", work.shape),
        ("versions", machine.versions),
    ]
    found = [finding for name, check in checks for finding in _findings(name, check)]
    return sorted(found, key=lambda finding: -finding.mood)


def status(findings: list[Finding]) -> int:
    """Exit status of the command: 0 well, 1 something to do, 2 broken."""
    worst = max((finding.mood for finding in findings), default=Mood.WELL)
    return {Mood.BAD: 2, Mood.WARN: 1}.get(worst, 0)


def _findings(name: str, check: Check) -> list[Finding]:
    found: list[Finding] = []
    try:
        # One by one: what was found before a check broke is still told.
        for finding in check():
            found.append(finding)
    except Exception as error:
        logger.exception("doctor: check %s failed", name)
        found.append(
            bad(
                f"doctor.{name}_unknown",
                _("Pemeriksaan %(name)s tidak dapat diselesaikan (%(error)s).")
                % {"name": name, "error": type(error).__name__},
                _(
                    "Bila basis data disebut rusak, ikuti itu dulu. Selain itu, kirim: bersinar support-bundle"
                ),
            )
        )
    return found
