"""Two people who issue at the same moment get two numbers that follow each other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from bersinar.documents import actions, errors
from bersinar.documents.models import Issue, IssuedNumber

BOTH = ["default", "audit"]
FEBRUARY = date(2023, 2, 7)


def at_once(calls):
    """Start all calls together; give their results and the errors they ended with."""
    ready = Barrier(len(calls))

    def run(call):
        ready.wait()
        try:
            return call()
        except errors.DocumentsError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as people:
        return list(people.map(run, calls))


@pytest.mark.django_db(transaction=True, databases=BOTH)
def test_it_leaves_no_gap_and_no_twin_when_many_issue_at_once(draft, actor_p2m):
    waiting = [draft() for _ in range(6)]
    issued = at_once(
        [lambda one=one: actions.issue_letter(one, by=actor_p2m, on=FEBRUARY) for one in waiting]
    )
    drawn = IssuedNumber.objects.for_actor(actor_p2m).order_by("sequence")
    assert [number.sequence for number in drawn] == [1, 2, 3, 4, 5, 6]
    assert sorted(issue.number for issue in issued) == sorted(number.text for number in drawn)


@pytest.mark.django_db(transaction=True, databases=BOTH)
def test_it_issues_one_letter_once_when_two_press_the_button_together(draft, actor_p2m):
    letter = draft()
    answers = at_once([lambda: actions.issue_letter(letter, by=actor_p2m, on=FEBRUARY)] * 2)
    assert sorted(type(answer) for answer in answers if isinstance(answer, errors.AlreadyIssued)) == [
        errors.AlreadyIssued
    ]
    assert Issue.objects.for_actor(actor_p2m).count() == 1
    assert IssuedNumber.objects.for_actor(actor_p2m).count() == 1
