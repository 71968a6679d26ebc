"""An office whose 2023 map is released: two Bahaya, two Waspada, one Siaga, one open, the rest Aman."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from bersinar.access import Actor
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.models import Round
from bersinar.mapping import actions as mapping
from bersinar.mapping.models import MappingRun
from bersinar.methods.categories import Category, Line
from bersinar.targeting import actions
from bersinar.targeting.checks import Chosen
from bersinar.targeting.vocabulary import Answer, MoneySource
from bersinar.territory.models import Village
from bersinar.territory.queries import villages_of_office
from tests.mapping.conftest import fill

YES = {"penduduk": Answer.YA, "dukungan": Answer.YA, "warga": Answer.YA}
LINES = [Line(Category.WASPADA, 4, 2), Line(Category.SIAGA, 2, 1), Line(Category.AMAN, 0, 0)]


@dataclass(frozen=True)
class Map:
    """The released run with the villages by the category they got, in the order of their codes."""

    round: Round
    run: MappingRun
    bahaya: list[Village]
    waspada: list[Village]
    siaga: list[Village]
    open: list[Village]
    aman: list[Village]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path
    settings.BERSINAR_DEMO = False


@pytest.fixture
def officer(actor_p2m_cleared) -> Actor:
    return actor_p2m_cleared


@pytest.fixture
def head(actor_head) -> Actor:
    return actor_head


@pytest.fixture
def mapped(officer, belitung) -> Map:
    villages = list(villages_of_office(belitung.pk))
    values = np.zeros((len(villages), 13))
    values[:, 12] = 1
    values[:2, :5], values[:2, 8:10], values[:2, 10], values[:2, 11] = 3, 3, 50, 3  # 5 main, 4 supporting
    values[2:4, :4], values[2:4, 8:10] = 3, 3
    values[4, :2], values[4, 8] = 3, 3
    values[5] = np.nan
    round_ = fieldwork.open_round(year=2023, title="Pemetaan kawasan", by=officer)
    fill(round_, values)
    rule = mapping.add_own_rule(title="Garis uji", document="Pedoman uji", lines=LINES, by=officer)
    run = mapping.run_mapping(round_.pk, rule_key=f"unit:{rule.pk}", by=officer)
    mapping.release_run(run.pk, by=officer)
    return Map(round_, run, villages[:2], villages[2:4], villages[4:5], villages[5:6], villages[6:])


@pytest.fixture
def make_ready(officer):
    """`make_ready(village, ...)`: pact signed and every point of the checklist met."""

    def record(*villages: Village, year: int = 2023) -> None:
        for village in villages:
            actions.record_readiness(
                village.pk, year=year, pact=Answer.YA, pact_evidence="arsip P2M", answers=YES, by=officer
            )

    return record


def choose(*villages: Village, reason: str = "Kepala desa bersedia", **fields: str) -> list[Chosen]:
    return [Chosen(village.pk, MoneySource.DIPA, reason, **fields) for village in villages]


@pytest.fixture
def decided(mapped, make_ready, head):
    """Both Bahaya villages, decided by the head."""
    make_ready(*mapped.bahaya)
    return actions.decide_targets(
        2023, run_id=mapped.run.pk, choices=choose(*mapped.bahaya), client_key="satu", by=head
    )


@pytest.fixture
def names():
    """`names(rows)`: the villages of a list by name."""

    def of(rows) -> list[str]:
        return [row.name for row in rows]

    return of
