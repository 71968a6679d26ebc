"""It maps a file of villages without a screen and without an office."""

import csv
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO, StringIO

import pypdf
import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.sheets import write_template
from bersinar.mapping.rules import shipped_text
from bersinar.mapping.sheet import SheetError
from bersinar.methods.categories import RuleError
from bersinar.reporting.mapfile.job import Request, run

HEADER = "Kode;Desa;Kecamatan;Kabupaten;P1;P2;P3;P4;P5;P6;P7;P8;D1;D2;D3;D4;D5"
ROWS = (
    "99.01.01.2001;Contoh Satu;Utara;Uji;41;42;43;44;45;46;47;48;1;1;12,5;1;4",
    "99.01.01.2002;Contoh Dua;Utara;Uji;1;1;1;1;1;0;0;0;0;1;12;;4",
    ";=HYPERLINK(1);Utara;Uji;nihil;nihil;0;0;0;0;0;0;0;0;3;0;2",
    "99.01.02.2001;Contoh Tiga;Selatan;Uji;1;2 org;0;0;0;0;0;0;0;0;3;0;2",
)


@pytest.fixture
def made(tmp_path):
    """Runs the job on rows and gives what was told and the folder."""

    def make(*rows, header=HEADER, name="desa.csv", encoding="utf-8", **wanted):
        (tmp_path / name).write_bytes("\n".join((header, *(rows or ROWS))).encode(encoding))
        told: list[str] = []
        result = run(Request(tmp_path / name, tmp_path / "hasil", **wanted), told.append)
        return result, told, tmp_path / "hasil"

    return make


def table(folder):
    with (folder / "kategori.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_its_report_puts_the_map_of_a_few_villages_on_the_first_page(made):
    first = pypdf.PdfReader(made()[2] / "laporan.pdf").pages[0].extract_text()
    assert "Jumlah desa" in first and "Peta\n" in first and "Aturan\n" in first


def test_it_writes_categories_with_reasons(made):
    result, told, folder = made()
    rows = table(folder)
    assert [row["kategori"] for row in rows] == ["Bahaya"] + ["Belum dapat ditentukan"] * 3
    assert "paling sedikit 5 pokok dan 4 pendukung (dilaporkan)" in rows[0]["alasan"]
    assert rows[2]["kode"] == "tanpa kode"
    assert result.counts["BAHAYA"] == 1 and sum(result.counts.values()) == 4
    assert any("Baris 5, kolom F (P2): Tulis angka saja, tanpa “org”" in text for text in told)


def test_it_says_that_an_open_village_may_reach_no_line(made):
    rows = table(made()[2])
    open_ends = {row["kemungkinan"] for row in rows[1:]}
    assert open_ends == {"tidak mencapai garis mana pun atau Bahaya", "tidak mencapai garis mana pun"}
    assert rows[0]["kemungkinan"] == "Bahaya"


def test_it_tells_what_would_settle_an_open_village(made):
    rows = table(made("99.01.01.2002;A;U;Uji;1;1;1;1;1;0;0;0;1;1;12;0;")[2])
    assert rows[0]["perlu_diisi"] == "D5"
    assert rows[0]["alasan"] == "mungkin tidak mencapai garis mana pun atau Bahaya"


def test_it_shows_inputs_only_when_asked(made):
    _, _, folder = made()
    assert not {"P3", "n_pokok"} & set(table(folder)[0])
    everything = "".join((folder / name).read_text() for name in ("kategori.csv", "peta.svg", "asal.json"))
    everything += "".join(page.extract_text() for page in pypdf.PdfReader(folder / "laporan.pdf").pages)
    with zipfile.ZipFile(folder / "kategori.xlsx") as book:
        everything += "".join(
            book.read(name).decode() for name in book.namelist() if "sheet" in name.casefold()
        )
    assert "8 pokok" not in everything
    _, _, folder = made(with_inputs=True)
    assert table(folder)[0]["P3"] == "43.0" and "8 pokok dan 5 pendukung ada" in table(folder)[0]["alasan"]


def test_it_never_writes_a_formula_a_village_name_could_start(made):
    _, _, folder = made()
    assert table(folder)[2]["desa"].startswith("'=")
    with zipfile.ZipFile(folder / "kategori.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    cells = CalamineWorkbook.from_path(folder / "kategori.xlsx").get_sheet_by_index(0).to_python()
    assert cells[3][3] == "=HYPERLINK(1)"


def test_it_draws_every_village_once_and_counts_them(made):
    _, _, folder = made()
    root = ET.fromstring((folder / "peta.svg").read_text())
    titles = [node.text for node in root.iter("{http://www.w3.org/2000/svg}title")][1:]
    assert len(titles) == 4 and any(title.startswith("Contoh Satu, Utara: Bahaya") for title in titles)
    assert "Peta skematik" in "".join(root.itertext())


def test_it_draws_outlines_and_keeps_villages_without_one(made, tmp_path):
    square = [[[107.0, -2.0], [107.1, -2.0], [107.1, -2.1], [107.0, -2.0]]]
    geometry = {"type": "Polygon", "coordinates": square}
    features = [{"properties": {"kode": 9901012001}, "geometry": geometry}]
    (tmp_path / "batas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    _, told, folder = made(outlines=tmp_path / "batas.geojson")
    text = (folder / "peta.svg").read_text()
    assert "Tanpa batas desa: 3 desa" in text
    assert text.count('stroke-linejoin="round"><title>') == 4, "each village is drawn once"
    assert "Batas ditemukan untuk 1 dari 4 desa." in told


def test_it_refuses_outlines_with_swapped_axes(made, tmp_path):
    ring = [[[-2.0, 107.0], [-2.0, 107.1], [-2.1, 107.1], [-2.0, 107.0]]]
    feature = {"properties": {"code": "99.01.01.2001"}, "geometry": {"type": "Polygon", "coordinates": ring}}
    (tmp_path / "batas.geojson").write_text(json.dumps({"features": [feature]}))
    with pytest.raises(SheetError, match="tertukar"):
        made(outlines=tmp_path / "batas.geojson")


def test_it_writes_a_tagged_report_in_indonesian(made):
    root = pypdf.PdfReader(made()[2] / "laporan.pdf").trailer["/Root"]
    assert "/StructTreeRoot" in root and root["/Lang"] == "id-ID"


def test_it_gives_the_same_bytes_for_the_same_file(made):
    names = ("kategori.csv", "peta.svg", "asal.json")
    first = [(made()[2] / name).read_bytes() for name in names]
    assert first == [(made()[2] / name).read_bytes() for name in names]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_it_reads_text_as_offices_save_it(made, encoding):
    assert made("99.01.01.2001;Désa;U;Uji;1", encoding=encoding)[0].sheet.villages[0].name == "Désa"


def test_it_uses_a_rule_of_ones_own_and_says_so(made, tmp_path):
    own = '[[lines]]\ncategory = "AMAN"\nmin_main = 0\nmin_supporting = 0\nstatus = "contoh"\n\n[presence.P1]'
    (tmp_path / "aturan.toml").write_text(shipped_text().replace("[presence.P1]", own, 1))
    result, _, folder = made(rule=tmp_path / "aturan.toml")
    assert result.counts["AMAN"] == 2
    assert "ATURAN CONTOH" in (folder / "peta.svg").read_text()
    assert "(contoh)" in table(folder)[2]["alasan"]


def test_it_writes_nothing_when_nothing_can_be_used(made, tmp_path):
    with pytest.raises(SheetError, match="Tidak ada satu desa pun"):
        made(";;;;1")
    with pytest.raises(SheetError, match="judul tidak ditemukan"):
        made("1;2", header="a;b")
    with pytest.raises(SheetError, match=".xlsx, atau .csv"):
        made(name="desa.docx")
    with pytest.raises(SheetError, match="tidak ada"):
        run(Request(tmp_path / "hilang.csv", tmp_path / "hasil"), print)
    (tmp_path / "aturan.toml").write_text("id = ")
    with pytest.raises(RuleError, match="TOML"):
        made(rule=tmp_path / "aturan.toml")
    assert not (tmp_path / "hasil").exists()


def test_it_refuses_a_workbook_that_unpacks_to_far_more_than_its_size(tmp_path):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    (tmp_path / "bom.xlsx").write_bytes(packed.getvalue())
    with pytest.raises(SheetError, match="jauh lebih besar"):
        run(Request(tmp_path / "bom.xlsx", tmp_path / "hasil"), print)
    (tmp_path / "rusak.xlsx").write_bytes(b"bukan zip")
    with pytest.raises(SheetError, match="simpan ulang sebagai .xlsx"):
        run(Request(tmp_path / "rusak.xlsx", tmp_path / "hasil"), print)


def test_it_finds_the_code_of_a_village_that_is_named_without_one(made):
    rows = (
        "19.02.04.2005;Tanjung Binga;Sijuk;Belitung;1",
        ";Terong;Sijuk;Belitung;1",
        ";Antah;Sijuk;Belitung;1",
    )
    _, told, folder = made(*rows)
    assert [row["asal_kode"] for row in table(folder)] == ["berkas", "nama", ""]
    assert table(folder)[1]["kode"].startswith("19.02.04.") and table(folder)[2]["kode"] == "tanpa kode"
    assert "Kode menurut nama: 1 baris. Tetap tanpa kode: 1 baris." in told


def test_it_gives_no_village_two_rows(made):
    _, _, folder = made("19.02.04.2005;Tanjung Binga;Sijuk;Belitung;1", ";Tanjung Binga;Sijuk;Belitung;1")
    assert [row["kode"] for row in table(folder)] == ["19.02.04.2005", "tanpa kode"]


def test_it_keeps_a_row_whose_code_cannot_be_read_and_says_which(made):
    _, told, folder = made("1902;Contoh;U;Uji;1")
    assert table(folder)[0]["kode"] == "tanpa kode"
    assert any("Baris 2, kolom A: kode “1902” bukan kode desa" in text for text in told)


def test_it_carries_the_mark_of_invented_values_into_every_output(made):
    header = "DATA CONTOH: bukan data sebenarnya\n" + HEADER
    _, _, folder = made("99.01.01.2001;Contoh;U;Uji;1", header=header)
    assert "DATA CONTOH" in (folder / "peta.svg").read_text()
    assert table(folder)[0]["tanda"] == "DATA CONTOH"
    assert "DATA CONTOH" in pypdf.PdfReader(folder / "laporan.pdf").pages[0].extract_text()
    first = CalamineWorkbook.from_path(folder / "kategori.xlsx").get_sheet_by_index(0).to_python()[0]
    assert first[0] == "DATA CONTOH"


def test_it_draws_a_province_without_borders_on_one_sheet(made):
    rows = [
        f"99.{k:02}.{d:02}.{n:04};Desa {n};Kecamatan {d};Kabupaten {k};1"
        for k in range(1, 9)
        for d in range(1, 12)
        for n in range(2001, 2015)
    ]
    _, _, folder = made(*rows)
    root = ET.fromstring((folder / "peta.svg").read_text())
    _x, _y, width, height = map(float, root.get("viewBox").split())
    assert height / width < 1.6


@pytest.mark.django_db
def test_it_recognises_our_own_template(actor_p2m_cleared, belitung, tmp_path):
    round_ = fieldwork.open_round(year=2023, title="Pemetaan kawasan", by=actor_p2m_cleared, is_example=True)
    book = load_workbook(BytesIO(write_template(round_, actor_p2m_cleared)))
    sheet = book["Isian"]
    sheet.protection.sheet = False
    first = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("19."))
    for cell, value in zip(first[4:17], [3] * 12 + [5], strict=True):
        cell.value = value
    sheet.cell(row=first[0].row + 1, column=5).value = "belum: desa belum menjawab"
    book.save(tmp_path / "isian.xlsx")
    told: list[str] = []
    result = run(Request(tmp_path / "isian.xlsx", tmp_path / "hasil"), told.append)
    assert result.counts["BAHAYA"] == 1 and sum(result.counts.values()) == 88
    assert result.mark == "DATA CONTOH" and not result.sheet.problems
    assert any("Petunjuk" not in text for text in told)


def test_the_command_ends_with_an_error_when_nothing_could_be_used(tmp_path):
    (tmp_path / "kosong.csv").write_text(f"{HEADER}\n;;;;1\n")
    with pytest.raises(CommandError, match="Tidak ada satu desa pun"):
        call_command("map", tmp_path / "kosong.csv", out=tmp_path / "hasil", stdout=StringIO())
    with pytest.raises(CommandError, match="--column P1= tidak lengkap"):
        call_command("map", tmp_path / "kosong.csv", out=tmp_path / "hasil", column=["P1="])


def test_the_command_says_how_far_it_is_and_where_the_results_are(tmp_path):
    (tmp_path / "desa.csv").write_text("\n".join((HEADER, *ROWS)), encoding="utf-8")
    out = StringIO()
    call_command("map", tmp_path / "desa.csv", out=tmp_path / "hasil", column=["P1=P1"], stdout=out)
    told = out.getvalue()
    assert told.index("Membaca") < told.index("Menghitung") < told.index("Menyusun laporan")
    assert str(tmp_path / "hasil") in told
    assert {path.name for path in (tmp_path / "hasil").iterdir()} == {
        "asal.json",
        "kategori.csv",
        "kategori.xlsx",
        "laporan.pdf",
        "peta.svg",
    }


def test_a_folder_that_cannot_be_written_is_a_sentence(made, tmp_path):
    (tmp_path / "hasil").write_text("ini berkas")
    with pytest.raises(SheetError, match="tidak dapat ditulis"):
        made()


def test_a_hidden_sheet_is_not_read_and_named(tmp_path):
    book = Workbook()
    book.active.append(HEADER.split(";"))
    book.active.append(ROWS[0].replace(",", ".").split(";"))
    hidden = book.create_sheet("Rahasia")
    hidden.append(HEADER.split(";"))
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "dua.xlsx")
    told: list[str] = []
    result = run(Request(tmp_path / "dua.xlsx", tmp_path / "hasil"), told.append)
    assert len(result.outcomes) == 1
    assert any("Lembar Rahasia tersembunyi" in text for text in told)


def test_a_formula_is_reported_and_never_calculated(tmp_path):
    book = Workbook()
    book.active.append(["Kode", "Desa", "P1"])
    book.active.append(["19.02.04.2005", "Tanjung Binga", "=1+1"])
    book.save(tmp_path / "rumus.xlsx")
    told: list[str] = []
    result = run(Request(tmp_path / "rumus.xlsx", tmp_path / "hasil"), told.append)
    assert result.sheet.states[0, 0] == -1
    assert any("Baris 2, kolom C (P1)" in text for text in told)


def everything(folder) -> str:
    told = "".join(
        (folder / name).read_text(encoding="utf-8") for name in ("kategori.csv", "peta.svg", "asal.json")
    )
    told += "".join(page.extract_text() for page in pypdf.PdfReader(folder / "laporan.pdf").pages)
    for sheet in load_workbook(folder / "kategori.xlsx"):
        told += "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    return told


def test_it_repeats_nothing_that_stands_in_a_cell_of_enforcement(made):
    _, told, folder = made(
        "99.01.01.2002;A;U;Uji;31 org;1;91827 kurir;-91828;91.829;91827a;-9;9,183;0;1;12;0;4"
    )
    for text in ("\n".join(told), everything(folder)):
        assert not re.search(r"918|kurir|-9\b|9,183", text)
        assert "Baris 2, kolom G (P3): isinya bukan angka" in text
        assert "kolom I (P5): angkanya dapat dibaca dengan dua cara" in text
        assert "Tulis angka saja, tanpa “org”" in text


def test_it_names_no_closed_indicator_that_would_settle_a_village(made):
    row = "99.01.01.2002;A;U;Uji;1;1;;;1;1;0;0;1;1;12;0;"
    assert table(made(row)[2])[0]["perlu_diisi"] == "D5 dan indikator tertutup"
    assert table(made("99.01.01.2002;A;U;Uji;1;1;;;1;1;0;0;1;1;12;1;1")[2])[0]["perlu_diisi"] == (
        "indikator tertutup"
    )
    assert table(made(row, with_inputs=True)[2])[0]["perlu_diisi"] == "P3 P4 D5"


def test_what_it_writes_of_its_origin_tells_no_closed_value(made):
    """Two files that differ only in closed values and give the same categories: every output is alike."""
    rows = ("99.01.01.2002;A;U;Uji;1;1;{};{};0;0;0;0;1;0;0;0;1",)
    made_of = [made(*(row.format(*values) for row in rows)) for values in ((1, 0), (91827, 3))]
    # The second run has overwritten the first, so the first is made again.
    names = ("kategori.csv", "peta.svg", "asal.json")
    second = [(made_of[1][2] / name).read_bytes() for name in names]
    folder = made(*(row.format(1, 0) for row in rows))[2]
    assert [(folder / name).read_bytes() for name in names] == second
    origin = json.loads((made(*rows[:1], with_inputs=True)[2] / "asal.json").read_text(encoding="utf-8"))
    assert len(origin["sha256"]) == 64


def test_it_writes_the_report_though_a_name_has_a_sign_no_font_has(made):
    _, told, folder = made("99.01.01.2002;Desa 村里;U;Uji;1", "99.01.01.2003;Ćikini;U;Uji;1")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(folder / "laporan.pdf").pages)
    assert "Desa ??" in text
    assert "  Baris 2: huruf laporan tidak punya 村 里, jadi ditulis ? dalam PDF." in told
    assert "村里" in table(folder)[0]["desa"] and "村里" in (folder / "peta.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("sign", "=＝+＋-－@＠")
def test_no_sign_that_starts_a_formula_stands_first_in_the_csv(made, sign):
    text = (made(f"99.01.01.2002;{sign}1;U;Uji;1")[2] / "kategori.csv").read_text(encoding="utf-8-sig")
    assert f",'{sign}1," in text


def test_a_file_of_borders_that_breaks_its_reader_is_a_sentence(made, tmp_path):
    (tmp_path / "batas.geojson").write_text("[" * 200_000)
    with pytest.raises(SheetError):
        made(outlines=tmp_path / "batas.geojson")


def test_it_says_beside_every_category_how_many_thresholds_are_stand_ins(made):
    _, _, folder = made()
    assert {row["batas_ada"] for row in table(folder)} == {"batas “ada” sementara: 13 dari 13"}
    assert "Batas “ada” sementara: 13 dari 13." in (folder / "peta.svg").read_text()


def test_it_marks_a_rule_of_which_only_a_threshold_was_made_up(made, tmp_path):
    text = shipped_text().replace('status = "placeholder"', 'status = "contoh"', 1)
    (tmp_path / "aturan.toml").write_text(text)
    _, _, folder = made(rule=tmp_path / "aturan.toml")
    assert "ATURAN CONTOH" in (folder / "peta.svg").read_text()
