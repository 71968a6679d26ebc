"""What another office can notice: pages, counts, statuses, the work behind an answer; and tables opened on purpose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bersinar.access import Level, ScopedModel
from tests.support.crawl import Address

# What differs between two answers to the same question: tokens of forms and the minute of printing.
_CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|name="client_key" value="[^"]*"|dicetak [^<]*|data-options="[^"]*"'
)
# Ways to ask a list that are the same everywhere: search, page, order, year, state.
QUESTIONS = ("", "?q=tan", "?cari=tan", "?hal=2", "?urut=-nama", "?tahun=2023", "?status=semua", "?id__gte=0")


def closed_tables() -> list[type[ScopedModel]]:
    """Every table that is not public reference."""
    return [model for model in apps.get_models() if issubclass(model, ScopedModel) and model.level > Level.L0]


def said(answer: Any) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    if not answer.headers.get("Content-Type", "").startswith("text/"):
        return ""  # packed files hold the moment they were packed
    return _CHANGING.sub("", content.decode(errors="replace"))


def noticed(client: Client, path: str) -> tuple[int, str, int]:
    """Status, page and number of questions to the database: what a stranger could compare."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    # The page may repeat the address it was asked under.
    return answer.status_code, said(answer).replace(path, "…"), len(asked)


@contextmanager
def noting_tables(monkeypatch: Any) -> Iterator[dict[str, set[type]]]:
    """Which tables were asked on somebody's behalf, under the name that `now["at"]` had meanwhile."""
    found: dict[str, set[type]] = defaultdict(set)
    with monkeypatch.context() as patched:
        for model in closed_tables():
            patched.setattr(model, "scope", classmethod(_noting(model.scope, found)))
        yield found


def _noting(scope: Any, found: dict[str, set[type]]) -> Any:
    def noted(model: type, queryset: Any, actor: Any) -> Any:
        found[NOW["at"]].add(model)
        return scope(queryset, actor)

    return noted


NOW = {"at": ""}


@contextmanager
def opened(monkeypatch: Any, model: type[ScopedModel]) -> Iterator[None]:
    """As if somebody had forgotten whose its rows are."""
    with monkeypatch.context() as patched:
        patched.setattr(model, "scope", classmethod(lambda _model, queryset, _actor: queryset))
        yield


def ask(client: Client, address: Address) -> Any:
    return getattr(client, address.method)(address.path)
