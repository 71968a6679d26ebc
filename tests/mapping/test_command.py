"""It does what the page does, and keeps nothing until told to."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bersinar.mapping import queries
from bersinar.mapping.models import MappingRun, Objection, StoredRule
from bersinar.mapping.rules import parse_rule, shipped_text
from bersinar.methods.categories import Status

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
OWN = '\n[[lines]]\ncategory = "SIAGA"\nmin_main = 1\nmin_supporting = 1\nstatus = "confirmed"\n'


def mapping(*arguments):
    out = StringIO()
    call_command("mapping", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_it_calculates_and_keeps_nothing_without_commit(round_, officer):
    told = mapping("run", round_.pk)
    assert "88 desa dihitung" in told and "Bahaya 1," in told and "--commit" in told
    assert not MappingRun.objects.for_actor(officer).exists()
    assert "--commit" not in mapping("run", round_.pk, "--commit")
    assert MappingRun.objects.for_actor(officer).get().computed_by_name == "sistem: bersinar mapping"


def test_it_goes_from_objection_to_release(run, officer):
    said = (
        "object",
        run.pk,
        "19.02.01.1001",
        "--text",
        "Salah",
        "--raised-by",
        "lurah",
        "--on",
        "2023-01-20",
    )
    assert "dicatat" in mapping(*said, "--commit")
    with pytest.raises(CommandError, match="belum dijawab"):
        mapping("release", run.pk, "--commit")
    objection = Objection.objects.for_actor(officer).get()
    mapping("answer", objection.pk, "ditolak", "--text", "Sudah benar", "--commit")
    assert "--commit" in mapping("release", run.pk)
    assert not queries.is_released(run.pk, officer)
    mapping("release", run.pk, "--commit")
    assert "dirilis" in mapping("list")


def test_it_writes_only_a_released_table(run, officer, tmp_path):
    out = tmp_path / "kategori.csv"
    with pytest.raises(CommandError, match="sementara"):
        mapping("export", run.pk, out)
    assert not out.exists()
    mapping("release", run.pk, "--commit")
    mapping("export", run.pk, out)
    assert out.read_bytes().count(b"\r\n") == 89
    with pytest.raises(CommandError, match=".xlsx atau .csv"):
        mapping("export", run.pk, tmp_path / "kategori.pdf")


def test_it_takes_a_rule_file_as_the_units_own_whatever_it_calls_itself(officer, tmp_path):
    file = tmp_path / "aturan.toml"
    file.write_text(shipped_text() + OWN, encoding="utf-8")
    assert "--commit" in mapping("add-rule", file)
    assert not StoredRule.objects.for_actor(officer).exists()
    mapping("add-rule", file, "--commit")
    stored = StoredRule.objects.for_actor(officer).get()
    assert [line.status for line in parse_rule(stored.text).lines] == [Status.REPORTED, Status.OWN]
    assert f"unit:{stored.pk}" in mapping("rules")
    assert parse_rule(mapping("rule", f"unit:{stored.pk}")) == parse_rule(stored.text)


@pytest.mark.parametrize("content", [b"id = ", b"\xff\xfe", None])
def test_it_tells_a_bad_rule_file_in_a_sentence(officer, tmp_path, content):
    file = tmp_path / "aturan.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        mapping("add-rule", file, "--commit")


def test_it_asks_which_office_where_there_are_several(run, elsewhere):
    with pytest.raises(CommandError, match="--office.*BNNK Bangka, BNNK Belitung"):
        mapping("list")
    assert "pemetaan 2023" in mapping("list", "--office", "bnnk belitung")
    with pytest.raises(CommandError, match="tidak ada pada unit ini"):
        mapping("release", run.pk, "--office", "BNNK Bangka", "--commit")


def test_it_takes_every_threshold_of_a_rule_file_that_is_not_the_shipped_one(officer, tmp_path):
    changed = shipped_text().replace("threshold = 1\n", "threshold = 3\n", 1)
    changed = changed.replace(
        'op = ">="\nthreshold = 1\nunit = "kejadian"\nstatus = "placeholder"', 'op = ">"\nthreshold = 2', 1
    )
    changed = changed.replace(
        'unit = "orang"\nstatus = "placeholder"', 'unit = "orang"\nstatus = "confirmed"', 1
    )
    file = tmp_path / "aturan.toml"
    file.write_text(changed, encoding="utf-8")
    assert "0 garis dan 3 batas milik unit" in mapping("add-rule", file, "--commit")
    rule = parse_rule(StoredRule.objects.for_actor(officer).get().text)
    own = {
        name: (limit.op, limit.threshold)
        for name, limit in rule.presence.items()
        if limit.status is Status.OWN
    }
    assert own == {"P1": (">=", 3), "P2": (">", 2), "P3": (">=", 1)}


def test_it_refuses_another_line_for_bahaya_in_a_sentence(officer, tmp_path):
    file = tmp_path / "aturan.toml"
    file.write_text(shipped_text().replace("min_main = 5", "min_main = 2") + OWN, encoding="utf-8")
    with pytest.raises(CommandError, match="Garis Bahaya sudah ditetapkan"):
        mapping("add-rule", file, "--commit")
