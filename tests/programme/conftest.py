"""Two villages in the programme, and the rakor that asks for their commitment."""

from datetime import date, time

import pytest

from bersinar.programme import actions
from bersinar.programme.vocabulary import MoneySource, Origin, Zone
from bersinar.territory.queries import villages_of_office

RAKOR_DAY = date(2023, 2, 13)


def enrol(name, by, *, year=2023):
    village = villages_of_office(by.office_id).get(name=name, code__startswith="19.02")
    return actions.enrol_village(
        village_id=village.pk,
        year=year,
        money_source=MoneySource.DIPA,
        origin=Origin.UNIT,
        source="Catatan uji",
        reason="Desa uji",
        by=by,
    )


def plan(years, by, **changes):
    values = {
        "title": "Rapat koordinasi Desa Bersinar 2023",
        "on": RAKOR_DAY,
        "start": time(9),
        "end": time(12),
        "zone": Zone.WIB,
        "place": "Aula BNNK Belitung",
        "agenda": ["Hasil pemetaan", "Komitmen unsur desa"],
        "year_ids": [year.pk for year in years],
        "money_source": MoneySource.DIPA,
        "budget_name": "Pembentukan Desa Bersinar",
        "by": by,
    }
    return actions.plan_meeting(**values | changes)


@pytest.fixture
def dukong(actor_p2m):
    return enrol("Dukong", actor_p2m)


@pytest.fixture
def tanjung_binga(actor_p2m):
    return enrol("Tanjung Binga", actor_p2m)


@pytest.fixture
def rakor(actor_p2m, dukong, tanjung_binga):
    """Held on 13 February 2023 for two villages."""
    return plan([dukong, tanjung_binga], actor_p2m)
