"""It seals committed events in order, once each, through any interruption, and notices every tampering."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from bersinar import audit
from bersinar.access import Actor
from bersinar.audit import actions, guards, queries, rules
from bersinar.audit.errors import MissingEvents
from bersinar.audit.models import Event, EventCounter, SealedEvent
from bersinar.audit.rules import Fault

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ME = Actor(name="Uji", user_id=4, office_id=2)


def record(count):
    for number in range(count):
        audit.record(ME, "test.done", number=number, word="ramah")


def execute(alias, sql, *values):
    """Change a table as somebody with the database's password would, guards removed first."""
    guards.remove(apps.get_app_config("audit"), alias)
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, values)


def faults():
    return [(problem.seq, problem.fault) for problem in queries.verify().problems]


@pytest.fixture
def sealed():
    record(5)
    assert actions.seal() == 5
    assert faults() == []


def test_seals_each_event_once_and_in_order():
    record(3)
    assert actions.seal() == 3
    assert actions.seal() == 0
    record(2)
    assert actions.seal() == 2
    rows = SealedEvent.objects.unscoped("test").order_by("seq")
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
    assert rows[0].previous == rules.GENESIS
    assert [row.previous for row in rows][1:] == [row.digest for row in rows][:-1]


def test_goes_on_after_more_events_than_one_batch(monkeypatch):
    monkeypatch.setattr(actions, "_BATCH", 2)
    record(5)
    assert actions.seal() == 5
    assert faults() == []


def test_counts_events_that_wait_for_their_seal():
    record(2)
    actions.seal()
    record(3)
    report = queries.verify()
    assert (report.sealed, report.waiting, report.problems) == (2, 3, [])


@pytest.mark.parametrize("when", ["before", "after"])
def test_loses_and_doubles_nothing_when_killed_between_the_stores(monkeypatch, when):
    monkeypatch.setattr(actions, "_BATCH", 2)
    record(6)
    real = actions._seal_batch
    calls = []

    def killed(events):
        calls.append(len(events))
        if len(calls) == 2 and when == "before":
            raise KeyboardInterrupt
        done = real(events)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(actions, "_seal_batch", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.seal()
    monkeypatch.setattr(actions, "_seal_batch", real)
    assert actions.seal() == (4 if when == "before" else 2)
    assert faults() == []


def test_seals_nothing_of_a_batch_that_is_killed_in_the_middle(monkeypatch):
    record(4)
    real = rules.digest_of

    def killed(previous, body, **options):
        if '"seq":3' in body:
            raise KeyboardInterrupt
        return real(previous, body, **options)

    with monkeypatch.context() as patch:
        patch.setattr(actions.rules, "digest_of", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.seal()
    assert not SealedEvent.objects.unscoped("test").exists()
    assert actions.seal() == 4
    assert faults() == []


def test_survives_a_second_sealer_at_the_same_moment(monkeypatch):
    record(3)
    real = actions._last_seal
    stale = [real(), real()]
    actions.seal()
    # The late one still believes that nothing is sealed: once when it looks, once when it writes.
    monkeypatch.setattr(actions, "_last_seal", lambda: stale.pop() if stale else real())
    assert actions.seal() == 0
    assert faults() == []


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_refuses_to_seal_inside_an_unfinished_action():
    def unfinished():
        with transaction.atomic():
            record(1)
            actions.seal()

    with pytest.raises(RuntimeError, match="durable"):
        unfinished()


def test_stops_at_an_event_that_vanished_before_its_seal():
    record(4)
    execute("default", "DELETE FROM audit_event WHERE seq = 3")
    with pytest.raises(MissingEvents):
        actions.seal()
    assert faults() == [(3, Fault.EVENT_MISSING)]


def test_notices_a_changed_event(sealed):
    execute("default", "UPDATE audit_event SET actor_name = 'Orang lain' WHERE seq = 3")
    assert faults() == [(3, Fault.CHANGED)]


def test_notices_changed_facts(sealed):
    execute("default", "UPDATE audit_event SET facts_text = '{}' WHERE seq = 3")
    assert faults() == [(3, Fault.CHANGED)]


def test_notices_a_changed_sealed_copy(sealed):
    execute("audit", "UPDATE audit_sealedevent SET body = replace(body, 'Uji', 'Uju') WHERE seq = 3")
    assert faults() == [(3, Fault.SEAL_BROKEN), (3, Fault.CHANGED)]


def test_notices_the_same_change_in_both_stores(sealed):
    execute("default", "UPDATE audit_event SET actor_name = 'Uju' WHERE seq = 3")
    body = Event.objects.unscoped("test").get(seq=3).body
    execute("audit", "UPDATE audit_sealedevent SET body = %s WHERE seq = 3", body)
    assert faults() == [(3, Fault.SEAL_BROKEN)]


def test_notices_a_change_whose_own_seal_was_made_anew(sealed):
    row = SealedEvent.objects.unscoped("test").get(seq=3)
    body = row.body.replace("Uji", "Uju")
    digest = rules.digest_of(row.previous, body)
    execute("audit", "UPDATE audit_sealedevent SET body = %s, digest = %s WHERE seq = 3", body, digest)
    assert faults() == [(3, Fault.CHANGED), (4, Fault.SEAL_BROKEN)]


def test_notices_a_deleted_event(sealed):
    execute("default", "DELETE FROM audit_event WHERE seq = 3")
    assert faults() == [(3, Fault.EVENT_MISSING)]


def test_notices_a_deleted_sealed_copy(sealed):
    execute("audit", "DELETE FROM audit_sealedevent WHERE seq = 3")
    assert faults() == [(3, Fault.SEAL_MISSING), (4, Fault.SEAL_BROKEN)]


def test_notices_a_number_deleted_from_both_stores(sealed):
    execute("default", "DELETE FROM audit_event WHERE seq = 3")
    execute("audit", "DELETE FROM audit_sealedevent WHERE seq = 3")
    assert faults() == [(3, Fault.BOTH_MISSING), (4, Fault.SEAL_BROKEN)]


def test_notices_two_swapped_sealed_copies(sealed):
    second = SealedEvent.objects.unscoped("test").get(seq=2)
    third = SealedEvent.objects.unscoped("test").get(seq=3)
    execute("audit", "UPDATE audit_sealedevent SET body = %s WHERE seq = 2", third.body)
    execute("audit", "UPDATE audit_sealedevent SET body = %s WHERE seq = 3", second.body)
    assert (2, Fault.SEAL_BROKEN) in faults()
    assert {(2, Fault.CHANGED), (3, Fault.CHANGED)} <= set(faults())


def test_notices_an_event_sealed_twice(sealed):
    last = SealedEvent.objects.unscoped("test").get(seq=5)
    digest = rules.digest_of(last.digest, last.body)
    SealedEvent.objects.create(seq=6, version=1, body=last.body, previous=last.digest, digest=digest)
    assert faults() == [(6, Fault.EVENT_MISSING), (6, Fault.COUNTER)]


def test_notices_a_tail_cut_from_both_stores_while_the_counter_stands(sealed):
    execute("default", "DELETE FROM audit_event WHERE seq > 3")
    execute("audit", "DELETE FROM audit_sealedevent WHERE seq > 3")
    assert faults() == [(4, Fault.EVENT_MISSING), (5, Fault.EVENT_MISSING)]


def test_notices_a_tail_cut_everywhere_by_the_seal_somebody_wrote_down(sealed):
    digest = queries.verify().last_digest
    execute("default", "DELETE FROM audit_event WHERE seq > 3")
    execute("audit", "DELETE FROM audit_sealedevent WHERE seq > 3")
    EventCounter.objects.unscoped("test").update(last=3)
    assert faults() == []
    assert [problem.fault for problem in queries.verify(anchor=(5, digest[:16])).problems] == [Fault.ANCHOR]


def test_notices_a_counter_set_back(sealed):
    record(1)
    EventCounter.objects.unscoped("test").update(last=2)
    assert faults() == [(6, Fault.COUNTER)]


@pytest.mark.parametrize(("alias", "table"), [("default", "audit_event"), ("audit", "audit_sealedevent")])
def test_refuses_a_change_from_outside_django(sealed, alias, table):
    column = {"audit_event": "verb", "audit_sealedevent": "body"}[table]

    def tamper():
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = 'x' WHERE seq = 1")

    with pytest.raises(Exception, match="append-only"):
        tamper()


def test_tells_the_command_line_that_all_is_well_and_which_seal_to_write_down(sealed):
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert "Audit utuh: 5 peristiwa tersegel, 0 menunggu segel." in out.getvalue()
    anchor = out.getvalue().split()[-1]
    call_command("audit", "verify", "--anchor", anchor, stdout=StringIO())


def test_tells_the_command_line_what_differs_and_fails(sealed):
    execute("default", "DELETE FROM audit_event WHERE seq = 3")
    out = StringIO()
    with pytest.raises(CommandError, match="TIDAK utuh: 1 perbedaan") as caught:
        call_command("audit", "verify", stdout=out)
    assert caught.value.returncode == 1
    assert "Peristiwa 3 hilang dari catatan kantor." in out.getvalue()


def test_seals_from_the_command_line():
    record(2)
    out = StringIO()
    call_command("audit", "seal", stdout=out)
    assert out.getvalue() == "2 peristiwa baru disegel.\n"
