"""It lets one of two people win who press at the same moment, and tells the other."""

import threading
from datetime import date

import pytest
from django.db import connections

from bersinar.programme import actions, errors
from bersinar.programme.models import StageEvent
from bersinar.programme.vocabulary import MoneySource, Stage
from bersinar.territory.queries import villages_of_office


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_one_of_two_officers_records_the_stage(belitung, actor_p2m, actor_p2m_cleared):
    year = actions.enrol_village(
        village_id=villages_of_office(belitung.pk)[0].pk,
        year=2023,
        money_source=MoneySource.DIPA,
        source="Laporan tahunan unit",
        reason="Ditetapkan sebelum sistem ini dipakai.",
        by=actor_p2m,
    )
    together, told = threading.Barrier(2, timeout=30), {}

    def press(name, by, on):
        try:
            together.wait()
            told[name] = actions.record_stage(year.pk, stage=Stage.RAKOR, on=on, by=by)
        except errors.StageAlreadyRecorded as refused:
            told[name] = refused
        finally:
            connections.close_all()

    officers = [("a", actor_p2m, date(2023, 2, 13)), ("b", actor_p2m_cleared, date(2023, 2, 14))]
    threads = [threading.Thread(target=press, args=officer) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    (event,) = StageEvent.objects.for_actor(actor_p2m)
    refused = [one for one in told.values() if isinstance(one, errors.StageAlreadyRecorded)]
    assert len(told) == 2
    assert [one.by for one in refused] == [event.recorded_by_name]
