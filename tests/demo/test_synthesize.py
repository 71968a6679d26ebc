"""It stores an invented province as rounds with files, keeps the truth apart, and never meets a real office."""

import csv
import hashlib
import io
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bersinar import audit
from bersinar.access import Actor, Right, Role, Section
from bersinar.audit.models import Event
from bersinar.demo import guard
from bersinar.demo.errors import NotSetUp, ProvinceUnknown, RealOffice
from bersinar.demo.generator import INDICATORS
from bersinar.demo.synthesis import building, entries, filling, groundtruth, sheet
from bersinar.documents import store
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.models import Entry, Import, Round
from bersinar.fieldwork.queries import indicator_table, rounds
from bersinar.fieldwork.vocabulary import State
from bersinar.territory import actions as territory
from bersinar.territory.models import Office, Village
from bersinar.territory.vocabulary import OfficeKind
from tests.support.people import person

VILLAGES = 393


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path
    settings.BERSINAR_DEMO = False
    return tmp_path


def build(*provinces, years=2, seed=7):
    said = []
    planned = building.plan(provinces=provinces, years=years, seed=seed)
    return building.build(planned, say=said.append)


def every_entry():
    return Entry.objects.unscoped("test").order_by("pk")


def killed_in_year(monkeypatch, year):
    """A kill while the values of that year are written."""
    stored = entries.store

    def dies(source, village_ids, seen, silent):
        stored(source, village_ids, seen, silent)
        if Round.objects.unscoped("test").get(pk=source.round_id).year == year:
            raise KeyboardInterrupt
        return seen.size

    monkeypatch.setattr(entries, "store", dies)


@pytest.mark.django_db
def test_a_dry_run_says_how_much_it_would_make_and_makes_nothing(regions, folder):
    out = StringIO()
    call_command("synthesize", province=["19"], years=5, seed=7, stdout=out)
    assert "393 desa" in out.getvalue() and "25.545 isian" in out.getvalue()
    assert not Office.objects.unscoped("test").exists() and not list(folder.iterdir())


@pytest.mark.django_db
def test_every_village_has_thirteen_values_a_year_in_a_round_of_its_bnnp(regions):
    assert build("19") == VILLAGES * 13 * 2 == every_entry().count()
    office = Office.objects.unscoped("test").get()
    assert (office.kind, office.name) == ("BNNP", "BNNP Kepulauan Bangka Belitung")
    made = Round.objects.unscoped("test").order_by("year")
    assert list(made.values_list("year", flat=True)) == [2022, 2023]
    assert set(made.values_list("office_id", "is_example")) == {(office.pk, True)}


@pytest.mark.django_db
def test_every_value_points_to_its_cell_of_a_kept_file(regions):
    build("19", years=1)
    received = Import.objects.unscoped("test").select_related("file").get()
    text = store.read(received.file.sha256).decode()
    assert text.startswith('"DATA CONTOH')
    cells = list(csv.reader(io.StringIO(text), delimiter=";"))
    codes = dict(Village.objects.unscoped("test").values_list("pk", "code"))
    for entry in every_entry():
        row = cells[entry.row - 1]
        assert row[0] == codes[entry.village_id]
        written = row[ord(entry.column) - ord("A")]
        assert cells[1][ord(entry.column) - ord("A")] == entry.indicator
        if entry.state == State.BELUM:
            assert written == "" and entry.value is None and entry.reason
        else:
            assert written == "nihil" if entry.value == 0 else Decimal(written) == entry.value


@pytest.mark.django_db
def test_an_enforcement_value_is_as_closed_as_one_from_an_office(regions):
    build("19", years=1)
    closed = set(every_entry().filter(is_sensitive=True).values_list("indicator", flat=True))
    assert closed == {"P3", "P4", "P5", "P6", "P7", "P8"}
    received = Import.objects.unscoped("test").select_related("file").get()
    assert received.is_sensitive and received.file.right == Right.VALUES_SEE_ENFORCEMENT


@pytest.mark.django_db
def test_the_stages_read_it_like_any_round(regions):
    build("19", years=1)
    office = Office.objects.unscoped("test").get()
    reader = person("p2m.prov", Role.STAF, Section.P2M, office=office)
    assert len(list(rounds(reader))) == 1
    table = indicator_table(Round.objects.unscoped("test").get().pk, reader)
    assert table.values.shape == (VILLAGES, 13)


@pytest.mark.django_db
def test_the_truth_lies_in_files_of_its_own_with_seed_code_and_kind_of_neighbours(regions, folder):
    build("19")
    about = json.loads((groundtruth.folder_of(7) / "keterangan.json").read_text())
    told = about["provinces"]["19"]
    content = (groundtruth.folder_of(7) / told["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == told["sha256"]
    assert about["seed"] == 7 and told["years"] == [2022, 2023] and told["villages"] == VILLAGES
    assert told["setting"] == {"effect": 2.0, "size": 1.5, "noise": 0.25}
    assert set(told["code"]) == {"bersinar", "numpy", "sources_sha256"}
    assert told["neighbours"]["from_layout"] == VILLAGES and "pohon kode" in told["neighbours"]["layout"]
    assert groundtruth.folder_of(7).parent == folder / "kebenaran"
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert len(rows) == VILLAGES * 2 and {row["class"] for row in rows} == {"0", "1", "2", "3"}


@pytest.mark.django_db
def test_what_the_office_sees_is_the_truth_with_its_fate(regions):
    build("19", years=1)
    content = (groundtruth.folder_of(7) / "desa-19.csv").read_text()
    seen = {(entry.village_id, entry.indicator): entry for entry in every_entry()}
    ids = dict(Village.objects.unscoped("test").values_list("code", "pk"))
    for row in csv.DictReader(io.StringIO(content)):
        for at, name in enumerate(INDICATORS):
            entry, fate = seen[ids[row["code"]], name], row["fate"][at]
            assert (entry.state == State.BELUM) == (fate in "123")
            if fate == "0":
                assert entry.value == Decimal(row[name])


@pytest.mark.django_db
def test_imported_boundaries_make_the_neighbours_and_the_truth_says_which(regions, monkeypatch):
    office = territory.open_office(
        kind=OfficeKind.BNNP, name="BNNP Kepulauan Bangka Belitung", prefixes=("19",)
    )
    guard.mark()
    pairs = list(Village.objects.unscoped("test").order_by("code").values_list("pk", "code")[:3])
    rows = {
        "type": "FeatureCollection",
        "features": [square(at, code) for at, (_pk, code) in enumerate(pairs)],
    }
    by = Actor.system("uji", office_id=office.pk, office_name=office.name)
    kept, _report = territory.import_boundaries(
        json.dumps(rows).encode(), file_name="batas.geojson", name="Batas", attribution="Uji", by=by
    )
    territory.use_boundaries(kept.pk, by=by)
    build("19", years=1)
    told = json.loads((groundtruth.folder_of(7) / "keterangan.json").read_text())["provinces"]["19"][
        "neighbours"
    ]
    assert (told["from_boundaries"], told["from_layout"]) == (3, VILLAGES - 3)
    assert told["boundary_files_sha256"] == [kept.sha256] and told["boundaries"] and told["layout"]


def square(at, code):
    west, east = 106 + at * 0.1, 106 + (at + 1) * 0.1
    ring = [[west, -2], [east, -2], [east, -1.9], [west, -1.9], [west, -2]]
    return {
        "type": "Feature",
        "properties": {"kode": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.mark.django_db
def test_a_province_is_byte_for_byte_the_same_whatever_else_is_made(db, folder, settings):
    territory.load_regions(provinces=("19", "31"))
    build("31", "19", years=1)
    among = {name: (groundtruth.folder_of(7) / name).read_bytes() for name in ("desa-19.csv", "desa-31.csv")}
    files = set(Import.objects.unscoped("test").values_list("file_name", "file__sha256"))
    settings.BERSINAR_DATA = folder / "lain"
    settings.BERSINAR_DATA.mkdir()
    office = Office.objects.unscoped("test").get(areas__prefix="19")
    alone = filling.make("19", office, years=(2022,), seed=7)
    assert (groundtruth.folder_of(7) / "desa-19.csv").read_bytes() == among["desa-19.csv"]
    content = sheet.content([(one.code, one.name) for one in alone.villages], alone.years[2022].seen)
    assert ("contoh-2022-19.csv", hashlib.sha256(content).hexdigest()) in files


@pytest.mark.django_db
def test_several_provinces_have_a_bnn_above_them_and_one_that_is_there_keeps_its_regions(regions):
    guard.mark()
    territory.load_regions(provinces=("31",))
    known = territory.open_office(kind=OfficeKind.BNN, name="BNN Pusat", prefixes=("19",))
    build("19", "31", years=1)
    assert list(known.areas.unscoped("test").values_list("prefix", flat=True)) == ["19"]
    kinds = list(Office.objects.unscoped("test").values_list("kind", flat=True))
    assert sorted(kinds) == ["BNN", "BNNP", "BNNP"]


@pytest.mark.django_db
def test_making_it_again_changes_nothing(regions):
    build("19", years=1)
    before = every_entry().count(), Event.objects.unscoped("test").count()
    assert build("19", years=1) == 0
    assert (every_entry().count(), Event.objects.unscoped("test").count()) == before


@pytest.mark.django_db
def test_more_years_are_added_to_those_that_are_there(regions):
    build("19", years=1)
    assert build("19", years=2) == VILLAGES * 13
    assert Round.objects.unscoped("test").count() == 2


@pytest.mark.django_db
def test_a_kill_leaves_whole_years_and_the_next_run_makes_the_rest(regions, monkeypatch):
    with monkeypatch.context() as patched:
        killed_in_year(patched, 2023)
        with pytest.raises(KeyboardInterrupt):
            build("19")
    assert every_entry().count() == VILLAGES * 13
    assert build("19") == VILLAGES * 13
    assert every_entry().count() == VILLAGES * 13 * 2


@pytest.mark.django_db
def test_the_audit_tells_who_made_what(regions):
    build("19", years=1)
    event = Event.objects.unscoped("test").get(verb="demo.synthesized")
    assert event.facts == {"year": 2022, "seed": 7, "values": VILLAGES * 13}
    assert event.actor_name == "sistem: data contoh"


@pytest.mark.django_db
def test_the_folder_is_marked_before_the_first_row(regions, folder, monkeypatch):
    def dies(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(filling, "make", dies)
    with pytest.raises(KeyboardInterrupt):
        build("19")
    assert (folder / "demo").exists()


@pytest.mark.django_db
def test_a_province_that_does_not_exist_is_refused_before_anything_is_made(regions, folder):
    with pytest.raises(ProvinceUnknown):
        build("19", "20")
    assert not list(folder.iterdir())


def opened_office(belitung):
    audit.record(Actor.system("open-office"), "upkeep.office_opened", about=belitung)


def real_round(belitung):
    fieldwork.open_round(year=2026, title="Sungguhan", by=Actor.system("uji", office_id=belitung.pk))


def only_an_account(belitung):
    person("admin", Role.ADMIN, office=belitung)


@pytest.mark.django_db
@pytest.mark.parametrize("happened", [opened_office, real_round, only_an_account])
def test_it_refuses_a_real_office(belitung, folder, settings, happened):
    # A setting made by mistake does not open it.
    settings.BERSINAR_DEMO = True
    happened(belitung)
    with pytest.raises(RealOffice):
        build("19")
    with pytest.raises(CommandError, match=r"demo\.real_office"):
        call_command("synthesize", province=["19"], seed=7, commit=True)
    assert not every_entry().exists() and not (folder / "demo").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("happened", [opened_office, real_round])
def test_a_mark_set_by_mistake_does_not_open_a_real_office(belitung, happened):
    guard.mark()
    happened(belitung)
    with pytest.raises(RealOffice):
        build("19")


@pytest.mark.django_db
def test_a_demo_folder_takes_it_in_beside_its_story(belitung):
    guard.mark()
    only_an_account(belitung)
    assert build("19", years=1) == VILLAGES * 13


@pytest.mark.django_db
def test_a_folder_without_tables_is_told_what_to_do(monkeypatch):
    from django.db import DatabaseError

    def no_table(*args):
        raise DatabaseError

    monkeypatch.setattr("bersinar.demo.guard.Event.objects.unscoped", no_table)
    with pytest.raises(NotSetUp):
        build("19")
