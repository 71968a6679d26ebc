"""What the page benchmarks do inside one prepared folder, in a process of its own; each prints JSON.

    python -m benchmarks.pages.page_sides prepare|overview|search|lists|mapping|export [REPEATS]

Pages are opened by Django's own client: login, middleware, database and templates, without the network.
"""

from __future__ import annotations

import io
import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable
from html import unescape
from typing import Any

import django
from django.conf import settings

django.setup()
settings.ROOT_URLCONF = "benchmarks.pages.empty"

from django.db import connection  # noqa: E402
from django.db.models import Count, Q  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402
from openpyxl import Workbook, load_workbook  # noqa: E402

from benchmarks.support import nation  # noqa: E402
from bersinar.access import Actor  # noqa: E402
from bersinar.accounts.models import User  # noqa: E402
from bersinar.accounts.queries import actor_of  # noqa: E402
from bersinar.fieldwork.models import Entry, Round  # noqa: E402
from bersinar.mapping import actions as mapping  # noqa: E402
from bersinar.mapping import queries as mapping_queries  # noqa: E402
from bersinar.mapping import table  # noqa: E402
from bersinar.mapping.queries import PUBLISHED_KEY, RunSummary  # noqa: E402
from bersinar.mapping.table import FileKind  # noqa: E402
from bersinar.reporting import actions as reporting  # noqa: E402
from bersinar.reporting.queries import overview as overviews  # noqa: E402
from bersinar.territory import queries as territory  # noqa: E402
from tests.support.people import signed_in  # noqa: E402

_WHY = "a measurement"
LISTS = (
    *("reporting:home", "reporting:list", "reporting:overview", "fieldwork:home", "mapping:home"),
    *("targeting:home", "programme:home", "programme:commitments", "documents:list", "jobs:list"),
)
_OPENED = 40  # times a page is opened in one measurement


def prepare(_repeats: int) -> dict[str, Any]:
    """People of the first office, one released map of the newest round of each office, the overview counted."""
    office = nation.widest_office()
    nation.officer_of(office)
    for round_ in Round.objects.unscoped(_WHY).filter(year=_year()):
        by = nation.officer_of(round_.office_id)
        run = mapping.run_mapping(round_.pk, rule_key=PUBLISHED_KEY, by=by)
        mapping.release_run(run.pk, by=by)
    reporting.refresh_overview(seen=0)
    return {"villages": sum(territory.villages_by_regency().values()), "year": _year()}


def overview(repeats: int) -> dict[str, Any]:
    """The overview, an empty page and the naive aggregate in turn; and whether the numbers are the live ones."""
    client, by = _client()
    address = f"{reverse('reporting:overview')}?tahun={_year()}"
    pages = {"ours": address, "empty": "/ukur/kosong/", "word": "/ukur/kata/"}
    opened = all(client.get(one).status_code == 200 for one in pages.values())
    runs: dict[str, list[float]] = {name: [] for name in (*pages, "naive")}
    for _ in range(repeats):
        for name, one in pages.items():
            runs[name].append(_timed(lambda one=one: [client.get(one) for _ in range(_OPENED)]) / _OPENED)
        runs["naive"].append(_timed(lambda: _naive(by)))
    found = overviews.overview(by, year=_year())
    same = {area.code: area.answered for area in found.areas if area.answered} == _naive(
        by, len(found.areas[0].code)
    )
    return {
        "runs": runs,
        "agrees": opened and same and found.adds_up,
        "bytes": len(client.get(address).content),
    }


def search(repeats: int) -> dict[str, Any]:
    """Names cut short, misspelt, with their kecamatan, and codes."""
    client, _by = _client()
    address = reverse("territory:search")
    _timed(territory.warm)
    names = list(territory.villages_of_office(nation.widest_office()).values_list("name", "code")[:200_000])
    names = names or list(_villages())
    draw = random.Random(5)
    runs, shown, named = [], 0, 0
    for at in range(40 * repeats):
        name, code = draw.choice(names)
        text = (name[:4], name, name[1:], code, name[:-1] + "x")[at % 5]
        began = time.perf_counter()
        answer = client.get(address, {"q": text})
        runs.append(time.perf_counter() - began)
        if at % 5 in (1, 3):
            # Asked by its whole name or code, the village must be among what is shown first.
            named += 1
            shown += name in unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))
    return {"runs": runs, "agrees": shown == named, "found": f"{shown} of {named}"}


def lists(repeats: int) -> dict[str, Any]:
    """Every list page, the slowest of its openings; the first opening of a process apart."""
    client, by = _client()
    run = mapping_queries.runs(by)[0]
    round_ = Round.objects.for_actor(by).order_by("-pk").first()
    pages = {name: reverse(name) for name in LISTS if _exists(name)}
    pages["mapping:table"] = reverse("mapping:table", args=[run.id])
    pages["fieldwork:round"] = reverse("fieldwork:round", args=[round_.pk])
    pages["fieldwork:grid"] = reverse("fieldwork:grid", args=[round_.pk])
    first = {name: _timed(lambda one=one: client.get(one)) for name, one in pages.items()}
    runs = {
        name: [_timed(lambda one=one: client.get(one)) for _ in range(repeats)] for name, one in pages.items()
    }
    status = {name: client.get(one).status_code for name, one in pages.items()}
    return {"runs": runs, "first": first, "status": status}


def calculation(_repeats: int) -> dict[str, Any]:
    """One run over the largest round there is, from stored values to stored results."""
    round_ = Round.objects.unscoped(_WHY).annotate(n=Count("entries")).order_by("-n", "pk").first()
    by = nation.officer_of(round_.office_id)
    made: list[Any] = []
    seconds = _timed(lambda: made.append(mapping.run_mapping(round_.pk, rule_key=PUBLISHED_KEY, by=by)))
    counts = mapping_queries.counts_of(made[0].pk, by)
    return {
        "seconds": seconds,
        "villages": made[0].n_villages,
        "agrees": counts == made[0].counts and sum(counts.values()) == made[0].n_villages,
        "mb": _memory(),
    }


def export(_repeats: int) -> dict[str, Any]:
    """The released table of the largest map, by ours and by openpyxl, and what both read back as."""
    by = _client()[1]
    run = _released(by)
    # Both read the same rows once before, so that neither pays for the other's first look.
    warm = sum(1 for _ in mapping_queries.each_result(run.id, by))
    before = _memory()
    ours: list[Any] = []
    seconds = _timed(lambda: ours.append(mapping.export_table(run.id, kind=FileKind.XLSX, by=by)))
    memory = _memory() - before
    theirs: list[bytes] = []
    plain = _timed(lambda: theirs.append(_by_openpyxl(run, by)))
    same = _cells(ours[0].content) == _cells(theirs[0])
    return {
        "ours": seconds,
        "peer": plain,
        "agrees": same and warm == ours[0].villages,
        "mb": memory,
        "villages": warm,
    }


def _released(by: Actor) -> RunSummary:
    if not any(one.released_at for one in mapping_queries.runs(by)):
        round_ = Round.objects.for_actor(by).get()
        made = mapping.run_mapping(round_.pk, rule_key=PUBLISHED_KEY, by=by)
        mapping.release_run(made.pk, by=by)
    return max((one for one in mapping_queries.runs(by) if one.released_at), key=lambda one: one.n_villages)


def _by_openpyxl(run: RunSummary, by: Actor) -> bytes:
    """The same cells, the plain way."""
    rule, told = mapping_queries.run_rule(run.id, by), table.data_status(run)
    book, stream = Workbook(), io.BytesIO()
    book.active.append(list(table.headings()))
    limits = table.limits_word(rule)
    for row in mapping_queries.all_results(run.id, by):
        book.active.append(list(table.cells(row, limits, told)))
    book.save(stream)
    return stream.getvalue()


def _cells(content: bytes) -> list[list[str]]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    return [[cell or "" for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]


def _naive(by: Actor, length: int = 2) -> dict[str, int]:
    """What a page without kept figures asks for: one aggregate over the long table."""
    shown = Entry.objects.for_actor(by).filter(is_sensitive=False, round__year=_year())
    way = "village__district__regency" + ("__province" if length == 2 else "")
    answered = shown.filter(~Q(state="BELUM"), withdrawal=None, imported__withdrawal=None)
    return dict(answered.values_list(f"{way}__code").annotate(n=Count("pk")).order_by())


def _year() -> int:
    return int(Round.objects.unscoped(_WHY).order_by("-year").values_list("year", flat=True)[0])


def _client() -> tuple[Client, Actor]:
    user = User.objects.get(username=nation.officer_name(nation.widest_office()))
    client = Client(SERVER_NAME="127.0.0.1")
    signed_in(Client.force_login)(client, user)
    return client, actor_of(user)


def _villages() -> list[tuple[str, str]]:
    from bersinar.access import ANONYMOUS
    from bersinar.territory.models import Village

    return list(Village.objects.for_actor(ANONYMOUS).values_list("name", "code"))


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    todo = {
        "prepare": prepare,
        "overview": overview,
        "search": search,
        "lists": lists,
        "mapping": calculation,
        "export": export,
    }[sys.argv[1]]
    answer = todo(int(sys.argv[2]) if len(sys.argv) > 2 else 5)
    sys.stdout.write(json.dumps({**answer, "database": connection.vendor}))
