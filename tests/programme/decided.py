"""Decisions for tests, without the mapping behind them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from model_bakery import baker

from bersinar.fieldwork.models import Round
from bersinar.mapping.models import MappingRun, Release, VillageResult
from bersinar.programme.vocabulary import MoneySource
from bersinar.targeting.models import Choice, Decision
from bersinar.targeting.rules import shipped_text
from bersinar.territory.models import Office, Village


def decide(
    office: Office,
    year: int,
    villages: Sequence[Village],
    *,
    supersedes: Decision | None = None,
    severity: int = 2,
) -> Decision:
    """A decision on a released run that names these villages, all on DIPA money."""
    run = baker.make(
        MappingRun,
        office=office,
        year=year,
        entry_ids=zlib.compress(b""),
        counts={},
        round=baker.make(Round, office=office, year=year),
    )
    baker.make(Release, run=run)
    for village in villages:
        baker.make(VillageResult, run=run, village=village, severity=severity, possible=0, unmatched=False)
    decision = baker.make(
        Decision,
        office=office,
        year=year,
        run=run,
        number=1 if supersedes is None else supersedes.number + 1,
        supersedes=supersedes,
        superseding_reason="" if supersedes is None else "Salah satu desa mundur.",
        policy_text=shipped_text(),
        client_key=f"{year}/{0 if supersedes is None else supersedes.number}",
    )
    for village in villages:
        baker.make(
            Choice,
            decision=decision,
            village=village,
            money_source=MoneySource.DIPA.value,
            reason="Pemetaan menunjukkan kebutuhan.",
            eligible=True,
        )
    return decision
