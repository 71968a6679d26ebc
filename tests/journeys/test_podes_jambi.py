"""It leads a real file that is nobody's template, Podes 2019 of Jambi, through the pages and maps it to the end.

The file may not be passed on, so it is never part of this repository: the journey runs where it lies beside it.
"""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bersinar import jobs
from bersinar.access import Role, Section
from bersinar.accounts.models import User
from bersinar.fieldwork import actions, queries
from bersinar.fieldwork.models import Entry, ForeignFile, Import
from bersinar.mapping import actions as mapping
from bersinar.mapping import queries as maps
from bersinar.territory import actions as territory
from bersinar.territory.vocabulary import OfficeKind
from tests.support.people import person

PODES = Path(__file__).resolve().parents[3] / "shared" / "data" / "podes2019_jambi_selected.csv"
# The person's choice: what Podes can honestly say of an indicator. Column numbers count from nought.
COLUMNS = {"code": 0, "kabupaten": 5, "kecamatan": 6, "name": 7, "P1": 9, "P2": 14, "D1": 15, "D2": 17}

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.slow,
    pytest.mark.skipif(not PODES.exists(), reason="the Podes file is not part of the repository"),
]


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path


@pytest.fixture
def actor(db):
    territory.load_regions(provinces=("15",))
    office = territory.open_office(kind=OfficeKind.BNNP, name="BNNP Jambi", prefixes=("15",), seat="Jambi")
    return person("p2m.jambi", Role.STAF, Section.P2M, office=office)


@pytest.fixture
def browser(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def page(browser, step, *args):
    answer = browser.get(reverse(f"fieldwork:{step}", args=args))
    assert answer.status_code == 200
    return answer


def send(browser, step, fields, *args):
    answer = browser.post(reverse(f"fieldwork:{step}", args=args), fields)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def test_it_brings_podes_2019_into_the_office_and_onto_the_map(browser, actor):
    round_ = actions.open_round(year=2019, title="Podes 2019", by=actor)
    villages = queries.villages_of_round(round_).count()

    # given: the file as it came, received without a word about what it is
    upload = SimpleUploadedFile(PODES.name, PODES.read_bytes(), content_type="text/csv")
    send(browser, "wizard_start", {"file": upload}, round_.pk)
    jobs.run_pending()
    file = ForeignFile.objects.for_actor(actor).first()
    if file is None:
        send(browser, "wizard_match", {}, Import.objects.for_actor(actor).get().pk)
        file = ForeignFile.objects.for_actor(actor).get()

    # when: columns are matched with the suggestions at hand
    page(browser, "wizard_sheet", file.pk)
    send(browser, "wizard_sheet", {"sheet": 0, "heading": 1}, file.pk)
    suggested = page(browser, "wizard_columns", file.pk).context["form"]
    proposed = {name: field.initial for name, field in suggested.fields.items()}
    assert {name: proposed[name] for name in ("code", "name", "kecamatan", "kabupaten")} == {
        "code": "0",
        "name": "7",
        "kecamatan": "6",
        "kabupaten": "5",
    }
    assert (proposed["P1"], proposed["D1"], proposed["D2"]) == ("9", "15", "17")
    send(browser, "wizard_columns", COLUMNS, file.pk)

    # then: codes first, names inside kecamatan and kabupaten next, and doubt waits for a person
    listed = page(browser, "wizard_villages", file.pk).context
    counts = listed["counts"]
    assert counts["rows"] == 1562
    # 39 rows have no code: 28 of them are sure by their names, 10 are doubtful, 1 is like no village there is.
    assert (counts["by_code"], counts["by_name"], counts["open"], counts["none"]) == (1523, 28, 10, 1)
    decide(browser, file.pk, listed)

    # when: flags are read as yes or no, counts as numbers
    feeds = page(browser, "wizard_feeds", file.pk)
    hows = {name: feeds.context["form"][f"{name}_how"].value() for name in ("P1", "P2", "D1", "D2")}
    assert hows["P1"] == hows["D1"] == "YA_TIDAK" and hows["D2"] == "ANGKA"
    assert "bukan jumlah" in feeds.content.decode()
    choice = {f"{name}_how": how for name, how in hows.items()} | {f"{name}_factor": "1" for name in hows}
    send(browser, "wizard_feeds", {"source_type": "SURVEI", **choice}, file.pk)
    page(browser, "wizard_check", file.pk)
    send(browser, "wizard_check", {}, file.pk)
    received = Import.objects.for_actor(actor).get()
    looked_over = page(browser, "import", received.pk).content.decode()
    assert "berarti ada, bukan jumlah" in looked_over
    assert not Entry.objects.for_actor(actor).exists()
    send(browser, "apply", {}, received.pk)
    jobs.run_pending()

    # then: every matched row has its four answers with the row it came from, and the map covers every village
    entries = Entry.objects.for_actor(actor)
    matched = entries.values("village_id").distinct().count()
    assert matched == counts["by_code"] + counts["by_name"] + 1
    assert entries.count() == 4 * matched
    assert entries.filter(row=None).count() == 0
    first = entries.get(village__code="15.01.01.2003", indicator="D2")
    assert (first.state, first.row, first.column, first.source_type) == ("TERISI", 2, "R", "SURVEI")
    run = mapping.run_mapping(round_.pk, rule_key=maps.PUBLISHED_KEY, by=actor)
    assert run.n_villages == villages
    assert sum(maps.counts_of(run.pk, actor).values()) == villages
    assert maps.gate(run.pk, actor).result.ok


def decide(browser, pk, listed):
    """A person takes one candidate that no other row has, leaves one row out and lets the others wait."""
    fields = {}
    for row in listed["rows"]:
        name = row["decided"].row.name
        free = [value for value, label in row["choice"].field.choices[1:] if "sudah di baris" not in label]
        chosen = {"KOTO BUAYO": free[0], "MARGA": "0"}.get(name, "")
        fields |= {row["choice"].name: chosen, row["code"].name: ""}
    send(browser, "wizard_villages", fields, pk)
    after = page(browser, "wizard_villages", pk).context["counts"]
    assert (after["chosen"], after["left_out"], after["twice"]) == (1, 1, 0)
