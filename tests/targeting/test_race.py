"""It decides once, though two officers press at the same moment: each in a thread and a connection of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from bersinar.mapping import actions as mapping
from bersinar.mapping.models import Release
from bersinar.mapping.queries import PUBLISHED_KEY
from bersinar.targeting import actions, errors
from bersinar.targeting.models import Decision
from tests.targeting.conftest import choose

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])


def at_once(*works):
    """All of them begin together; gives the class of what each raised, or None."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait(timeout=30)
            work()
        except Exception as error:
            return type(error)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted((str(kind) for kind in pool.map(run, works)), key=len)


@pytest.fixture
def decide(mapped, make_ready, head):
    make_ready(*mapped.bahaya)

    def with_key(key):
        return lambda: actions.decide_targets(
            2023, run_id=mapped.run.pk, choices=choose(*mapped.bahaya), client_key=key, by=head
        )

    return with_key


def test_two_officers_at_once_give_one_decision_and_one_answer_why_not(decide, head):
    assert at_once(decide("satu"), decide("dua")) == ["None", str(errors.AlreadyDecided)]
    assert Decision.objects.for_actor(head).count() == 1


def test_one_finger_tapping_twice_gives_one_decision_and_no_error(decide, head):
    assert at_once(decide("sama"), decide("sama"), decide("sama")) == ["None", "None", "None"]
    assert Decision.objects.for_actor(head).count() == 1


def test_two_people_calculating_at_once_get_the_same_run(mapped, officer):
    got = []
    at_once(
        *[lambda: got.append(mapping.run_mapping(mapped.round.pk, rule_key=PUBLISHED_KEY, by=officer).pk)] * 2
    )
    assert len(got) == 2 and len(set(got)) == 1
    assert Release.objects.for_actor(officer).count() == 1
