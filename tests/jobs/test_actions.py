"""It queues, runs, fails and repeats background work without losing or doubling any."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bersinar import jobs
from bersinar.access import ANONYMOUS, Actor, BersinarError, Right
from bersinar.jobs import actions, actors, registry
from bersinar.jobs.models import Job

pytestmark = pytest.mark.django_db


RIGHTS = frozenset({Right.JOBS_SEE})
OFFICER = Actor(name="Petugas", user_id=1, office_id=10, rights=RIGHTS)
HEAD = Actor(name="Kepala", user_id=2, office_id=10, rights=RIGHTS)
ELSEWHERE = Actor(name="Petugas lain", user_id=3, office_id=11, rights=RIGHTS)
VILLAGE = Actor(name="Kades", user_id=4, rights=RIGHTS)


class NotGood(BersinarError):
    code = "test.not_good"


@pytest.fixture
def kinds(monkeypatch):
    """Handlers of this test alone; `calls` is what they were given."""
    monkeypatch.setattr(registry, "_handlers", dict(registry._handlers))
    people = {person.user_id: person for person in (OFFICER, HEAD, ELSEWHERE)}
    monkeypatch.setattr(actors, "resolver", people.get)
    calls = []

    @jobs.handler("test.good", title="Uji baik")
    def good(job, *, number):
        calls.append((job.actor, number))
        job.progress(2, 2)
        return f"/hasil/{number}/"

    @jobs.handler("test.refuses", title="Uji menolak")
    def refuses(job):
        calls.append(job.pk)
        raise NotGood("Berkas ini kosong. Pilih berkas lain.")

    @jobs.handler("test.breaks", title="Uji rusak")
    def breaks(job):
        calls.append(job.pk)
        raise ZeroDivisionError

    return calls


def row(job):
    return Job.objects.unscoped("test").get(pk=job.pk)


def test_runs_the_handler_as_the_person_who_asked(kinds):
    job = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    assert row(job).state == "ANTRE"
    assert jobs.run_pending() == 1
    done = row(job)
    assert (done.state, done.result_url, done.done, done.total) == ("SELESAI", "/hasil/7/", 2, 2)
    assert kinds == [(OFFICER, 7)]


def test_gives_back_the_same_job_for_the_same_key(kinds):
    first = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    assert jobs.enqueue("test.good", by=OFFICER, key="a", number=7).pk == first.pk
    jobs.run_pending()
    assert jobs.enqueue("test.good", by=OFFICER, key="a", number=7).pk == first.pk
    assert jobs.run_pending() == 0
    assert len(kinds) == 1


def test_never_shares_a_job_between_offices(kinds):
    first = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    assert jobs.enqueue("test.good", by=ELSEWHERE, key="a", number=7).pk != first.pk


def test_shows_a_job_to_its_own_office_only(kinds):
    job = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    assert Job.objects.for_actor(HEAD).filter(pk=job.pk).exists()
    assert not Job.objects.for_actor(ELSEWHERE).exists()
    assert not Job.objects.for_actor(VILLAGE).exists()
    assert not Job.objects.for_actor(ANONYMOUS).exists()


def test_marks_a_refusal_as_failed_at_once_with_its_sentence(kinds):
    job = jobs.enqueue("test.refuses", by=OFFICER, key="a")
    jobs.run_pending()
    failed = row(job)
    assert (failed.state, failed.error_code, failed.attempts) == ("GAGAL", "test.not_good", 1)
    assert failed.error_sentence == "Berkas ini kosong. Pilih berkas lain."


def test_queues_a_failed_job_again_when_asked_again(kinds):
    job = jobs.enqueue("test.refuses", by=OFFICER, key="a")
    jobs.run_pending()
    again = jobs.enqueue("test.refuses", by=OFFICER, key="a")
    assert (again.pk, again.state, again.attempts) == (job.pk, "ANTRE", 0)


def test_gives_up_after_five_broken_attempts(kinds):
    job = jobs.enqueue("test.breaks", by=OFFICER, key="a")
    jobs.run_pending(reraise=False)
    failed = row(job)
    assert (failed.state, failed.error_code, failed.attempts) == ("GAGAL", "jobs.gave_up", 5)
    assert len(kinds) == 5


def test_lets_a_fault_of_the_code_surface_in_commands_and_tests(kinds):
    jobs.enqueue("test.breaks", by=OFFICER, key="a")
    with pytest.raises(ZeroDivisionError):
        jobs.run_pending()


def test_refuses_a_kind_nobody_does():
    with pytest.raises(LookupError):
        jobs.enqueue("test.unknown", by=OFFICER, key="a")


def test_does_not_run_for_a_person_whose_account_is_closed(kinds, monkeypatch):
    job = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    monkeypatch.setattr(actors, "resolver", {}.get)
    jobs.run_pending()
    assert (row(job).state, row(job).error_code, kinds) == ("GAGAL", "jobs.requester_gone", [])


def test_runs_for_the_system_itself(kinds):
    jobs.enqueue("test.good", by=Actor.system("demo"), key="a", number=1)
    jobs.run_pending()
    assert kinds[0][0].name == "sistem: demo"


def test_claims_a_job_only_once(kinds):
    job = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    assert actions._claim(job.pk) is not None
    assert actions._claim(job.pk) is None
    assert jobs.run_pending() == 0


def test_queues_a_job_again_whose_worker_died(kinds):
    job = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    actions._claim(job.pk)
    assert actions.sweep() == 0
    Job.objects.unscoped("test").update(lease_until=timezone.now() - timedelta(seconds=1))
    assert actions.sweep() == 1
    assert jobs.run_pending() == 1
    assert (row(job).state, row(job).attempts) == ("SELESAI", 2)


def test_takes_everything_back_at_the_start_of_the_only_worker(kinds):
    job = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    actions._claim(job.pk)
    assert actions.sweep(all_workers_are_dead=True) == 1
    assert row(job).state == "ANTRE"


def test_gives_up_on_a_job_that_kills_its_worker_each_time(kinds):
    job = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    for _attempt in range(5):
        actions._claim(job.pk)
        actions.sweep(all_workers_are_dead=True)
    assert (row(job).state, row(job).error_code) == ("GAGAL", "jobs.gave_up")


def test_ignores_the_late_result_of_an_attempt_that_lost_its_lease(kinds):
    job = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    late = actions._claim(job.pk)
    actions.sweep(all_workers_are_dead=True)
    actions._claim(job.pk)
    actions._finish(late, "/lama/", None)
    assert row(job).state == "BERJALAN"


def test_sends_a_new_delivery_when_the_worker_died_before_the_claim(kinds):
    from django_tasks_db.models import DBTaskResult

    job = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - timedelta(minutes=5))
    before = row(job).delivery
    assert actions.sweep() == 1
    assert row(job).delivery != before
    assert actions.sweep() == 0


def test_puts_a_job_back_untried_when_the_process_ends_meanwhile(kinds, monkeypatch):
    def ends(job, *, number):
        raise SystemExit

    monkeypatch.setitem(registry._handlers, "test.good", registry.Handler("test.good", "x", ends))
    job = jobs.enqueue("test.good", by=OFFICER, key="a", number=7)
    with pytest.raises(SystemExit):
        jobs.run_pending()
    assert (row(job).state, row(job).attempts) == ("ANTRE", 0)
