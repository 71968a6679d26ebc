"""What one office has made is not there for another, and closed to its own people without the right.

Nothing here lists addresses: they are found by walking through the pages of the Belitung story, so a page that is new
is covered from its first day.
"""

import os
import re

import pytest
from django.test import Client

from bersinar.access import Right, Role, Section
from bersinar.accounts.models import User
from bersinar.accounts.queries import actor_of
from bersinar.audit.models import Event
from bersinar.territory import actions as territory
from bersinar.territory.vocabulary import OfficeKind
from tests.secrecy import watching
from tests.support.crawl import reachable
from tests.support.people import person

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
# A code of Belitung or Belitung Timur.
OF_BELITUNG = re.compile(r"\b19\.0[26]\.\d\d\.\d{4}\b")
# The codes that stand as an example in the help of a field.
HELP = {"19.06.01.2003", "19.02.04.2005"}
# Numbers in an address that name no office's object: anybody with the right may ask for any of them.
NOBODYS = {"year", "kind"}
# Questions whose answer does not depend on the kind of database.
ONCE = pytest.mark.skipif("BERSINAR_DATABASE_URL" in os.environ, reason="the same on every database")
# Regions are public reference; what an office says of them is not.
REFERENCE = {"territory:search"}


@pytest.fixture(scope="module")
def addresses(told, django_db_blocker):
    """Everything the officer, the head and the administrator of Belitung reach."""
    found = {}
    with django_db_blocker.unblock():
        for username in ("p2m.khusus", "kepala", "admin"):
            client = Client()
            client.force_login(User.objects.get(username=username))
            found |= {(one.path, one.method): one for one in reachable(client)}
    return list(found.values())


def browser_of(actor):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def names_an_object(address):
    return bool({name for name, _value in address.given} - NOBODYS)


@pytest.fixture
def bangka():
    return territory.open_office(
        kind=OfficeKind.BNNK, name="BNNK Bangka", prefixes=("19.01",), seat="Sungailiat"
    )


def test_the_walk_reaches_every_stage(addresses):
    stages = {address.view.partition(":")[0] for address in addresses}
    assert {"fieldwork", "mapping", "targeting", "programme", "documents", "reporting", "accounts"} <= stages
    assert sum(names_an_object(address) for address in addresses) >= 25
    assert sum(address.method == "post" for address in addresses) >= 10


@pytest.mark.parametrize(
    "position", [(Role.STAF, Section.P2M), (Role.KEPALA, None), (Role.ADMIN, None)], ids=lambda it: str(it[0])
)
def test_objects_of_an_office_are_not_there_for_another(addresses, bangka, position):
    role, section = position
    actor = person("bangka", role, section, office=bangka, sees_enforcement=role is not Role.ADMIN)
    client, before, wrong = browser_of(actor), Event.objects.unscoped("test").count(), []
    for address in filter(names_an_object, addresses):
        status = getattr(client, address.method)(address.path).status_code
        # 403: the position has no right to such a page at all, whosever it is. 405: that form is no form.
        if status not in (404, 403, 405):
            wrong.append(f"{address.method} {address.path} ({address.view}): {status}")
    assert not wrong, "\n".join(wrong)
    assert Event.objects.unscoped("test").count() == before


def test_with_the_right_it_is_not_there_rather_than_forbidden(addresses, bangka):
    """Forbidden would tell that it exists."""
    actor = person("bangka", Role.STAF, Section.P2M, office=bangka, sees_enforcement=True)
    client, wrong = browser_of(actor), []
    from django.urls import resolve

    for address in filter(names_an_object, addresses):
        right = resolve(address.path).func.access_rule.right
        if address.method == "get" and right is not None and actor.can(right):
            status = client.get(address.path).status_code
            if status != 404:
                wrong.append(f"{address.path} ({address.view}): {status}")
    assert not wrong, "\n".join(wrong)


def test_lists_of_another_office_hold_no_village_of_belitung(addresses, bangka):
    client = browser_of(person("bangka", Role.STAF, Section.P2M, office=bangka, sees_enforcement=True))
    leaks = []
    for address in addresses:
        if address.method == "get" and not names_an_object(address) and address.view not in REFERENCE:
            answer = client.get(address.path)
            text = b"".join(answer) if answer.streaming else answer.content
            if set(OF_BELITUNG.findall(text.decode(errors="replace"))) - HELP:
                leaks.append(address.path)
    assert not leaks


@pytest.mark.parametrize("section", [Section.REHABILITASI, Section.UMUM, Section.PEMBERANTASAN])
def test_people_of_the_office_without_the_right_are_refused(addresses, scene, section):
    actor = person(f"staf.{section.lower()}", Role.STAF, section, office=scene.office)
    client, wrong = browser_of(actor), []
    from django.urls import resolve

    for address in addresses:
        right = resolve(address.path).func.access_rule.right
        if right is None or actor.can(right):
            continue
        status = getattr(client, address.method)(address.path).status_code
        if status != 403:
            wrong.append(f"{address.method} {address.path}: {status}")
    assert not wrong, "\n".join(wrong)


def test_an_office_above_may_read_and_writes_nothing(addresses):
    bnnp = territory.open_office(
        kind=OfficeKind.BNNP, name="BNNP Babel", prefixes=("19",), seat="Pangkalpinang"
    )
    client = browser_of(person("provinsi", Role.STAF, Section.P2M, office=bnnp, sees_enforcement=True))
    before, wrong = Event.objects.unscoped("test").count(), []
    for address in addresses:
        if not names_an_object(address) or address.view.startswith("accounts:"):
            continue
        status = getattr(client, address.method)(address.path).status_code
        # A form that comes back with its errors is no change; the audit below tells.
        if status >= 500:
            wrong.append(f"{address.method} {address.path}: {status}")
    assert not wrong, "\n".join(wrong)
    # Taking a table home leaves a trace; nothing else happened.
    happened = set(Event.objects.unscoped("test").order_by("seq").values_list("verb", flat=True)[before:])
    assert happened <= {"mapping.table_exported"}


def test_a_village_sees_nothing_of_another_village(addresses, scene):
    from bersinar.territory.queries import village_in_office

    other = village_in_office(scene.office.pk, "19.06.01.2001")
    actor = person("kades.lain", Role.KADES, village=other)
    client, wrong = browser_of(actor), []
    for address in filter(names_an_object, addresses):
        if address.path.find("19.06.01.2001") < 0 and client.get(address.path).status_code == 200:
            wrong.append(address.path)
    assert not wrong


def test_values_of_enforcement_are_on_no_page_of_people_without_the_right(scene, addresses):
    """A canary: numbers that stand nowhere else are put into P3 to P8 and looked for on every page."""
    from bersinar.demo.story.collecting import the_round
    from bersinar.fieldwork import actions as fieldwork
    from bersinar.fieldwork import queries
    from bersinar.fieldwork.rules.cells import Reading
    from bersinar.fieldwork.vocabulary import State
    from bersinar.territory.queries import villages_of_office

    round_ = the_round(scene, 2024)
    village = villages_of_office(scene.office.pk).first()
    for number, indicator in enumerate(("P3", "P4", "P5", "P6", "P7", "P8")):
        latest = queries.current_entry(round_, village.pk, indicator, scene.officer)
        fieldwork.enter_value(
            round_.pk,
            village_id=village.pk,
            indicator=indicator,
            reading=Reading(State.TERISI, 77701 + number),
            based_on=latest.pk if latest else None,
            client_key=None,
            by=scene.officer,
        )
    canary = re.compile(rb"77[.]?70[1-6]")
    assert canary.search(browser_of(scene.officer).get(f"/data/putaran/{round_.pk}/isi/").content)
    plain = Client()
    plain.force_login(User.objects.get(username="p2m"))
    assert not actor_of(User.objects.get(username="p2m")).can(Right.VALUES_SEE_ENFORCEMENT)
    leaks = []
    for address in (*reachable(plain), *addresses):
        if address.method == "get":
            answer = plain.get(address.path)
            if canary.search(b"".join(answer) if answer.streaming else answer.content):
                leaks.append(address.path)
    assert not leaks


def strangers(office):
    """Browsers of another office in every position that reads something."""
    made = (
        ("bangka.p2m", Role.STAF, Section.P2M),
        ("bangka.kepala", Role.KEPALA, None),
        ("bangka.admin", Role.ADMIN, None),
    )
    return {
        name: browser_of(person(name, role, section, office=office, sees_enforcement=role is not Role.ADMIN))
        for name, role, section in made
    }


def found_out(client, address):
    """Whether a stranger learns something of Belitung here: an object that is there, or a village in a list."""
    if names_an_object(address):
        return watching.ask(client, address).status_code not in (404, 403, 405)
    if address.method != "get" or address.view in REFERENCE:
        return False
    answer = watching.ask(client, address)
    return bool(set(OF_BELITUNG.findall(watching.said(answer))) - HELP)


def foreign_rows(model, actors, belitung):
    """How many rows of Belitung's people of another office get from this table."""
    got = {pk for actor in actors for pk in model.objects.for_actor(actor).values_list("pk", flat=True)}
    return len(got & belitung[model])


def narrowed(model, actor):
    """Whether the question to the database is any narrower than the whole table."""
    scoped = model.objects.for_actor(actor).query
    return scoped.is_empty() or str(scoped) != str(model.objects.unscoped("test").query)


@ONCE
def test_no_table_is_open_once_its_scope_is_forgotten_without_this_being_noticed(
    addresses, bangka, monkeypatch
):
    """T-29: every closed table in turn loses its scope; the walk of a stranger, or the table itself, must tell."""
    # Before the strangers do anything, every row of a closed table is Belitung's.
    belitung = {
        model: set(model.objects.unscoped("test").values_list("pk", flat=True))
        for model in watching.closed_tables()
    }
    browsers = strangers(bangka)
    actors = [actor_of(User.objects.get(username=name)) for name in browsers]
    asked = {}
    with watching.noting_tables(monkeypatch) as noted:
        for name, client in browsers.items():
            for address in addresses:
                watching.NOW["at"] = key = (name, address)
                assert not found_out(client, address), key
                asked[key] = noted[key]
    by_page, by_table = set(), set()
    for model in watching.closed_tables():
        assert foreign_rows(model, actors, belitung) == 0 and narrowed(model, actors[0]), model
        pages = [key for key, models in asked.items() if model in models]
        pages.sort(key=lambda key: not names_an_object(key[1]))  # objects first: they tell at once
        with watching.opened(monkeypatch, model):
            if any(found_out(browsers[name], address) for name, address in pages):
                by_page.add(model)
            if foreign_rows(model, actors, belitung) or not narrowed(model, actors[0]):
                by_table.add(model)
    assert by_table == set(watching.closed_tables())
    # Tables below another are never reached: the one above is "not there" first. These are the doors themselves.
    assert len(by_page) >= 8, sorted(model._meta.label for model in by_page)


@ONCE
def test_what_belitung_does_changes_nothing_that_another_office_can_notice(addresses, scene, bangka):
    """Counts, search, order, pages, exports and home: the same words after the same number of questions."""
    from bersinar.accounts import actions as accounts
    from bersinar.fieldwork import actions as fieldwork

    clocks = {"upkeep:doctor"}  # what it shows of the disk changes by itself
    lists = [
        one
        for one in addresses
        if one.method == "get" and not names_an_object(one) and one.view not in clocks
    ]
    browsers = strangers(bangka)

    def everything():
        return {
            (name, one.path, question): watching.noticed(browsers[name], one.path + question)
            for number, one in enumerate(lists)
            for name in (["bangka.admin"] if one.view.startswith("accounts:") else ["bangka.p2m"])
            for question in ("", watching.QUESTIONS[1 + number % (len(watching.QUESTIONS) - 1)])
        }

    everything()  # what is remembered between requests is remembered now
    before = everything()
    fieldwork.open_round(year=2026, title="Putaran rahasia", by=scene.officer)
    admin = actor_of(User.objects.get(username="admin"))
    accounts.open_account(
        username="rahasia",
        password="empat kata acak baru",
        name="R",
        role=Role.STAF,
        section=Section.UMUM,
        by=admin,
    )
    changed = [key for key, after in everything().items() if after != before[key]]
    assert not changed


def test_what_is_there_and_what_is_not_look_the_same_to_a_stranger(addresses, bangka):
    """404 for both, the same page, the same number of questions: nothing tells that it exists."""
    client, told = (
        browser_of(person("bangka", Role.STAF, Section.P2M, office=bangka, sees_enforcement=True)),
        [],
    )
    for address in filter(names_an_object, addresses):
        if address.method != "get":
            continue
        nothing = re.sub(r"\d+(?=/|$)", "987654321", address.path, count=1)
        if OF_BELITUNG.search(address.path):
            nothing = OF_BELITUNG.sub("19.02.99.2999", address.path)
        there, absent = watching.noticed(client, address.path), watching.noticed(client, nothing)
        if there != absent:
            told.append((address.path, there[0], there[2], nothing, absent[0], absent[2]))
    assert not told
