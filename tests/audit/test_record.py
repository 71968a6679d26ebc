"""It appends one event to the running transaction, and history cannot be edited."""

import pytest
from django.db import transaction

from bersinar import audit
from bersinar.access import ANONYMOUS, Actor, Role
from bersinar.audit.errors import AppendOnly, OutsideTransaction
from bersinar.audit.models import Event, SealedEvent

ME = Actor(name="Uji", user_id=4, office_id=2)
HEAD = Actor(name="Kepala", user_id=5, office_id=3, role=Role.KEPALA)


def events():
    return Event.objects.unscoped("test").order_by("seq")


@pytest.mark.django_db
def test_keeps_who_did_what_about_which():
    first = audit.record(ME, "test.done", about=None, count=3)
    second = audit.record(HEAD, "test.seen", about=first)
    assert (first.seq + 1, second.about_type, second.about_id) == (second.seq, "audit.event", str(first.pk))
    stored = events().get(pk=first.pk)
    assert (stored.actor_name, stored.actor_id, stored.office_id, stored.facts) == ("Uji", 4, 2, {"count": 3})


@pytest.mark.django_db
def test_shows_events_of_the_own_office_to_its_head_only():
    audit.record(HEAD, "test.done")
    audit.record(ME, "test.done")
    assert [event.verb for event in Event.objects.for_actor(HEAD)][-1] == "test.done"
    assert {event.office_id for event in Event.objects.for_actor(HEAD)} == {HEAD.office_id}
    assert not Event.objects.for_actor(ME).exists()
    assert not Event.objects.for_actor(ANONYMOUS).exists()


@pytest.mark.django_db
def test_refuses_to_change_or_delete_an_event():
    event = audit.record(ME, "test.done")
    event.verb = "test.other"
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    with pytest.raises(AppendOnly):
        events().update(verb="test.other")
    with pytest.raises(AppendOnly):
        events().delete()
    with pytest.raises(AppendOnly):
        SealedEvent.objects.unscoped("test").delete()


@pytest.mark.django_db(transaction=True)
def test_refuses_an_event_outside_a_transaction():
    with pytest.raises(OutsideTransaction):
        audit.record(ME, "test.done")


@pytest.mark.django_db(transaction=True)
def test_leaves_no_gap_when_an_action_is_rolled_back():
    with transaction.atomic():
        before = audit.record(ME, "test.done").seq

    def fails():
        with transaction.atomic():
            audit.record(ME, "test.failed")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with transaction.atomic():
        assert audit.record(ME, "test.done").seq == before + 1


def test_can_be_imported_before_the_apps_are_ready():
    # The import itself is the test: this module was collected without touching a model.
    assert callable(audit.record)
