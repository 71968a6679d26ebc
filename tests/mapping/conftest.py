"""A round of BNNK Belitung whose answers are typed as a table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bersinar.access import Right
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork import queries
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.vocabulary import MissingReason, Origin, State
from bersinar.mapping import actions
from bersinar.mapping.queries import PUBLISHED_KEY
from bersinar.territory.queries import villages_of_office


def fill(round_: Round, values: np.ndarray) -> None:
    """Store one answer a cell: NaN is not answered, zero is none. Straight into the table, because typing 1,144
    values through the action takes a minute."""
    instrument = queries.instrument_of(round_)
    rows = []
    for village, answers in zip(villages_of_office(round_.office_id), values, strict=True):
        for indicator, value in zip(instrument.indicators, answers, strict=True):
            missing = np.isnan(value)
            state = State.BELUM if missing else State.TERISI if value > 0 else State.NIHIL
            rows.append(
                Entry(
                    round=round_,
                    village=village,
                    indicator=indicator.id,
                    is_sensitive=indicator.sensitive,
                    state=state,
                    value=None if missing else value,
                    reason=MissingReason.BELUM_DITANYAKAN if missing else "",
                    source_type=indicator.source_type,
                    origin=Origin.DIKETIK,
                    entered_by_name="uji",
                )
            )
    Entry.objects.bulk_create(rows, batch_size=500)


@pytest.fixture
def officer(actor_p2m_cleared):
    """May map and see enforcement values."""
    return actor_p2m_cleared


@pytest.fixture
def clerk(actor_p2m):
    """May map, but sees no enforcement values."""
    return actor_p2m


@pytest.fixture
def answers(belitung) -> np.ndarray:
    """First village Bahaya, second an anomaly, third half empty, the rest none (D5 has no none: its lowest answer)."""
    values = np.zeros((villages_of_office(belitung.pk).count(), 13))
    values[:, 12] = 1
    values[0, :12], values[0, 12] = 20, 5
    values[1, :8] = 1
    values[2, :5] = 1
    values[2, 8:] = np.nan
    return values


@pytest.fixture
def round_(officer, answers) -> Round:
    opened = fieldwork.open_round(year=2023, title="Pemetaan kawasan", by=officer)
    fill(opened, answers)
    return opened


@pytest.fixture
def run(round_, officer):
    return actions.run_mapping(round_.pk, rule_key=PUBLISHED_KEY, by=officer)


@pytest.fixture
def reader(officer):
    """Sees the map of the office, but may not change it."""
    return replace(officer, rights=officer.rights - {Right.MAP_RUN})
