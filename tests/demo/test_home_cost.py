"""It shows home with a fixed small number of queries, however much of the story there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bersinar.accounts.models import User
from bersinar.accounts.queries import actor_of
from bersinar.reporting.queries import home

pytestmark = pytest.mark.django_db
MOST = 60


@pytest.mark.parametrize("username", ["p2m", "p2m.khusus", "kepala"])
def test_home_asks_the_database_less_than_sixty_times(told, username):
    actor = actor_of(User.objects.get(username=username))
    with CaptureQueriesContext(connection) as asked:
        shown = home.home(actor, on=timezone.localdate())
    assert shown.rows
    assert len(asked) < MOST
