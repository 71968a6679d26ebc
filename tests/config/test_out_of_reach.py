"""A database that cannot be reached is told as that, also where Django calls it something else."""

import json

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError, connection
from django.test import RequestFactory

from bersinar.config import errors, out_of_reach


@pytest.fixture
def on_postgresql(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "postgresql")


def interrupted():
    try:
        try:
            raise OperationalError("terminating connection")
        except OperationalError:
            raise SessionInterrupted("deleted") from None
    except SessionInterrupted as error:
        return error


def test_a_session_that_could_not_be_written_is_no_bad_request(on_postgresql):
    answer = errors.bad_request(RequestFactory().get("/"), interrupted())
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"
    assert "Basis data sedang tidak terjangkau" in answer.content.decode()


def test_a_session_that_was_deleted_still_is(on_postgresql):
    assert errors.bad_request(RequestFactory().get("/"), SessionInterrupted("deleted")).status_code == 400


def test_a_script_is_told_in_its_own_form(on_postgresql):
    request = RequestFactory().get("/", headers={"Accept": "application/json"})
    answer = errors.bad_request(request, interrupted())
    assert answer.status_code == 503
    assert json.loads(answer.content) == {"error": out_of_reach.sentence(), "code": "database.out_of_reach"}
