"""BNNK Belitung with a released map, two villages in the programme, promises, and somebody of one of the villages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from bersinar.access import Actor, Role
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.models import Round
from bersinar.mapping import actions as mapping
from bersinar.mapping.models import MappingRun
from bersinar.methods.categories import Category, Line
from bersinar.programme import actions as programme
from bersinar.programme.models import Meeting, ProgrammeYear
from bersinar.programme.vocabulary import CommitmentStatus, Element, Origin, Precision, Stage
from bersinar.territory.models import Village
from bersinar.territory.queries import villages_of_office
from tests.mapping.conftest import fill
from tests.programme.conftest import enrol, plan
from tests.support.people import person

LINES = [Line(Category.WASPADA, 4, 2), Line(Category.SIAGA, 2, 1), Line(Category.AMAN, 0, 0)]
# Values of enforcement that occur nowhere else, so that one look at a page tells whether they got out.
SECRETS = (731, 742, 753, 764, 775, 786)
LAUNCH = date(2023, 10, 26)


@dataclass(frozen=True)
class Mapped:
    """A released run. `twins` differ in nothing but their closed indicators, yet share their category."""

    round: Round
    run: MappingRun
    villages: list[Village]
    twins: tuple[Village, Village]
    open: Village


@dataclass(frozen=True)
class Formed:
    """Tanjung Binga, launched, and Dukong, still on its way."""

    tanjung_binga: ProgrammeYear
    dukong: ProgrammeYear
    rakor: Meeting


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path
    settings.BERSINAR_DEMO = False


def answers(n_villages: int) -> np.ndarray:
    """Two twins in Waspada, one village half answered, the others with nothing but the lowest D5."""
    values = np.zeros((n_villages, 13))
    values[:, 12] = 1
    values[:2, :2] = 5  # P1 and P2 of both twins
    values[:2, 8:10] = 4  # D1 and D2
    values[0, 2:8] = SECRETS
    values[1, 2:4] = (1, 1)  # two closed ones are enough for the same category
    values[1, 4:6] = np.nan  # and two are not even answered: 4 main at least, 6 at most, and 2 supporting
    values[2, :4], values[2, 8:] = 5, np.nan
    return values


@pytest.fixture
def mapped(belitung, actor_p2m_cleared) -> Mapped:
    villages = list(villages_of_office(belitung.pk))
    opened = fieldwork.open_round(year=2023, title="Pemetaan kawasan", by=actor_p2m_cleared)
    fill(opened, answers(len(villages)))
    rule = mapping.add_own_rule(title="Garis uji", document="Pedoman uji", lines=LINES, by=actor_p2m_cleared)
    run = mapping.run_mapping(opened.pk, rule_key=f"unit:{rule.pk}", by=actor_p2m_cleared)
    return Mapped(opened, run, villages, (villages[0], villages[1]), villages[2])


@pytest.fixture
def released(mapped, actor_p2m_cleared) -> Mapped:
    mapping.release_run(mapped.run.pk, by=actor_p2m_cleared)
    return mapped


@pytest.fixture
def formed(actor_p2m) -> Formed:
    first, second = enrol("Tanjung Binga", actor_p2m), enrol("Dukong", actor_p2m)
    rakor = plan([first, second], actor_p2m)
    programme.record_stage(first.pk, stage=Stage.RAKOR, on=date(2023, 2, 13), by=actor_p2m)
    programme.record_stage(
        first.pk,
        stage=Stage.PENCANANGAN,
        on=LAUNCH,
        precision=Precision.HARI,
        origin=Origin.PERS,
        source="Harian Uji, 27 Oktober 2023",
        exception="uji",
        by=actor_p2m,
    )
    return Formed(first, second, rakor)


@pytest.fixture
def promise(formed, actor_p2m):
    """`promise("Papan nama", due_date=...)`: recorded for Tanjung Binga at the rakor."""

    def made(
        what: str, *, year=None, kept: bool = False, due_date: date | None = None, element=Element.KADES
    ):
        commitment = programme.record_commitment(
            year_id=(year or formed.tanjung_binga).pk,
            element=element,
            promised_by="Kepala desa (uji)",
            what=what,
            due_date=due_date,
            meeting_id=formed.rakor.pk,
            by=actor_p2m,
        )
        if kept:
            programme.change_commitment(
                commitment.pk,
                status=CommitmentStatus.SELESAI,
                evidence="Foto di arsip",
                on=date(2023, 6, 1),
                by=actor_p2m,
            )
        return commitment

    return made


@pytest.fixture
def actor_own(belitung) -> Actor:
    """The head of Tanjung Binga."""
    village = villages_of_office(belitung.pk).get(name="Tanjung Binga")
    return person("kades.binga", Role.KADES, village=village)


@pytest.fixture
def text_of(client_as):
    """`text_of("actor_p2m", "/")`: the page as that person gets it."""

    def got(fixture: str, address: str, *, status: int = 200) -> str:
        answer = client_as(fixture).get(address)
        assert answer.status_code == status, address
        return answer.content.decode()

    return got
