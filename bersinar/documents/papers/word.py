"""Our own Word templates, written by code: real .docx files an office can download, change and send back.

The placeholders are the names that `compose` gives. An office's template may use the same names and no others.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bersinar.documents.vocabulary import DocumentKind

FONT = "Arial"
INK = RGBColor(0x12, 0x34, 0x3B)
CENTER = WD_ALIGN_PARAGRAPH.CENTER
WIDTH = 16.3


def build_template(kind: DocumentKind) -> bytes:
    """The default template of this kind."""
    document = _blank_document()
    _FORMS[kind](document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _blank_document() -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.1
    properties = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    properties.append(language)
    for level, size in (("Heading 1", 12.5), ("Heading 2", 11.5)):
        style = document.styles[level]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb = INK
        style.element.get_or_add_rPr().rFonts.set(qn("w:asciiTheme"), "")
        _plain_font(style)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(8), Pt(4)
    document.core_properties.author = ""
    document.core_properties.title = ""
    document.core_properties.comments = ""
    document.core_properties.language = "id-ID"
    return document


def _plain_font(style: Any) -> None:
    """Word prefers the theme's font over the named one as long as the theme is mentioned."""
    fonts = style.element.get_or_add_rPr().rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi"):
        fonts.set(qn(f"w:{name}"), FONT)


def _line(where: Any, text: str, *, align: Any = None, bold: bool = False, size: float | None = None) -> Any:
    paragraph = where.add_paragraph()
    return _write(paragraph, text, align=align, bold=bold, size=size)


def _write(
    paragraph: Any, text: str, *, align: Any = None, bold: bool = False, size: float | None = None
) -> Any:
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _rule_below(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "18"), ("space", "4"), ("color", "12343B")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _letterhead(document: Any, text: str, below: str = "") -> None:
    paragraph = _line(document, text, align=CENTER, bold=True, size=15)
    paragraph.runs[0].font.color.rgb = INK
    paragraph.paragraph_format.space_after = Pt(0)
    if below:
        paragraph = _line(document, below, align=CENTER, size=9.5)
    _rule_below(paragraph)
    paragraph.paragraph_format.space_after = Pt(10)


def _grid(where: Any, widths: tuple[float, ...], *, lines: bool = False) -> Any:
    table = where.add_table(rows=0, cols=len(widths))
    if lines:
        table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _row(table: Any, texts: tuple[str, ...], *, bold: bool = False) -> Any:
    row = table.add_row()
    for cell, text, column in zip(row.cells, texts, table.columns, strict=True):
        cell.width = column.width
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        _write(cell.paragraphs[0], text, bold=bold)
    return row


def _repeat(table: Any, over: str, texts: tuple[str, ...]) -> None:
    """A row for each entry; the two rows around it only carry the command and vanish."""
    empty = ("",) * (len(texts) - 1)
    _row(table, (f"{{%tr for baris in {over} %}}", *empty))
    _row(table, texts)
    _row(table, ("{%tr endfor %}", *empty))


def _listing(
    document: Any, widths: tuple[float, ...], heads: tuple[str, ...], over: str, names: tuple[str, ...]
) -> Any:
    table = _grid(document, widths, lines=True)
    head = _row(table, heads, bold=True)
    properties = head._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    properties.append(repeated)
    for cell in head.cells:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "E8F0F0")
        cell._tc.get_or_add_tcPr().append(shade)
    texts = [f"{{{{ baris.{name} }}}}" for name in names]
    _repeat(table, over, (*texts, *[""] * (len(heads) - len(texts))))
    return table


def _signature(document: Any, lines: tuple[str, ...], position: str = "{{ jabatan }}") -> None:
    # With what stands above, so that nobody signs a page with nothing on it.
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = _grid(document, (WIDTH - 7.4, 7.4))
    cell = _row(table, ("", "")).cells[1]
    first = True
    for text in (*lines, f"{position},"):
        _write(cell.paragraphs[0] if first else cell.add_paragraph(), text)
        first = False
    for _ in range(3):
        cell.add_paragraph()
    _write(cell.add_paragraph(), "{{ nama }}", bold=True)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = True


def _head_of_letter(document: Any) -> None:
    _letterhead(document, "{{ kantor_kapital }}", "{{ kedudukan }}")
    table = _grid(document, (2.3, 0.4, 6.6, 7))
    for place, (name, value) in enumerate(
        (("Nomor", "nomor"), ("Sifat", "sifat"), ("Lampiran", "lampiran"), ("Hal", "perihal"))
    ):
        row = _row(
            table, (name, ":", f"{{{{ {value} }}}}", "{{ tempat }}, {{ tanggal }}" if place == 0 else "")
        )
        row.cells[3].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        row.cells[2].paragraphs[0].runs[0].bold = name == "Hal"
    document.add_paragraph()
    _line(document, "Yth.").paragraph_format.space_after = Pt(0)
    _line(document, "{%p for nama_tujuan in kepada %}")
    _line(
        document, "{% if kepada|length > 1 %}{{ loop.index }}. {% endif %}{{ nama_tujuan }}"
    ).paragraph_format.space_after = Pt(0)
    _line(document, "{%p endfor %}")


def _invitation(document: Any) -> None:
    _head_of_letter(document)
    _line(document, "{%p if not daftar_kepada %}")
    _line(document, "di tempat")
    _line(document, "{%p endif %}")
    _line(document, "{{ pembuka }}").paragraph_format.space_before = Pt(10)
    table = _grid(document, (3.4, 0.4, WIDTH - 3.8))
    _repeat(table, "waktu", ("{{ baris.nama }}", ":", "{{ baris.isi }}"))
    last = _row(table, ("Acara", ":", "{%p for mata_acara in acara %}"))
    _write(
        last.cells[2].add_paragraph(),
        "{% if acara|length > 1 %}{{ loop.index }}. {% endif %}{{ mata_acara }}",
    )
    _write(last.cells[2].add_paragraph(), "{%p endfor %}")
    _line(document, "{{ penutup }}").paragraph_format.space_before = Pt(8)
    _line(document, "{%p if kontak %}")
    _line(document, "Konfirmasi kehadiran dan pertanyaan: {{ kontak }}.")
    _line(document, "{%p endif %}")
    _signature(document, ())
    _line(document, "{%p if daftar_kepada %}")
    _line(document, "").add_run().add_break(WD_BREAK.PAGE)
    _line(document, "Lampiran surat nomor {{ nomor }}, tanggal {{ tanggal }}", size=9.5)
    document.add_paragraph("Daftar undangan", style="Heading 1")
    _line(document, "{%p for nama_tujuan in daftar_kepada %}")
    _line(document, "{{ loop.index }}. {{ nama_tujuan }}")
    _line(document, "{%p endfor %}")
    _line(document, "{%p endif %}")


def _plain(document: Any) -> None:
    _head_of_letter(document)
    _line(document, "di tempat").paragraph_format.space_after = Pt(10)
    _line(document, "{%p for isi_alinea in alinea %}")
    _line(document, "{{ isi_alinea }}")
    _line(document, "{%p endfor %}")
    _signature(document, ())


def _minutes(document: Any) -> None:
    _letterhead(document, "{{ kantor_kapital }}", "{{ kedudukan }}")
    title = document.add_paragraph("{{ naskah }}", style="Heading 1")
    title.alignment = CENTER
    _line(document, "{{ rapat }}", align=CENTER, bold=True).paragraph_format.space_after = Pt(0)
    _line(document, "Nomor {{ nomor }}", align=CENTER, size=9.5)
    table = _grid(document, (3.6, 0.4, WIDTH - 4))
    _repeat(table, "waktu", ("{{ baris.nama }}", ":", "{{ baris.isi }}"))
    _row(table, ("Pimpinan rapat", ":", "{{ pimpinan }}"))
    _row(table, ("Notulis", ":", "{{ notulis }}"))
    document.add_paragraph("Yang hadir", style="Heading 2")
    _listing(
        document,
        (1.2, 3.9, 4.1, 4.4, 2.7),
        ("No.", "Unsur", "Nama", "Jabatan, instansi", "Kehadiran"),
        "hadir",
        ("no", "unsur", "nama", "jabatan", "keterangan"),
    )
    document.add_paragraph("Pokok pembahasan", style="Heading 2")
    _line(document, "{%p for pembahasan in pokok %}")
    _line(document, "{{ loop.index }}. {{ pembahasan }}")
    _line(document, "{%p endfor %}")
    document.add_paragraph("Komitmen", style="Heading 2")
    _listing(
        document,
        (1.2, 3.9, 3.3, 4.9, 3),
        ("No.", "Unsur", "Siapa", "Akan melakukan", "Paling lambat"),
        "komitmen",
        ("no", "unsur", "siapa", "apa", "tenggat"),
    )
    _line(document, "{%p if laporan %}")
    document.add_paragraph("Laporan kegiatan", style="Heading 2")
    table = _grid(document, (4.4, 0.4, WIDTH - 4.8))
    _repeat(table, "laporan", ("{{ baris.nama }}", ":", "{{ baris.isi }}"))
    for cell in table.rows[1].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    _line(document, "{%p endif %}")
    _signature(document, ("{{ tempat }}, {{ tanggal }}",))


def _attendance_sheet(document: Any) -> None:
    _letterhead(document, "{{ kantor_kapital }}", "{{ kedudukan }}")
    document.add_paragraph("Daftar hadir", style="Heading 1").alignment = CENTER
    _line(document, "{{ rapat }}", align=CENTER, bold=True)
    table = _grid(document, (3.6, 0.4, WIDTH - 4))
    _repeat(table, "waktu", ("{{ baris.nama }}", ":", "{{ baris.isi }}"))
    _line(document, "")
    listing = _listing(
        document,
        (1.2, 3.9, 3.8, 4.1, 3.3),
        ("No.", "Unsur", "Nama", "Jabatan, instansi", "Tanda tangan"),
        "daftar",
        ("no", "unsur", "nama", "jabatan"),
    )
    # Tall rows: people sign here with a pen.
    listing.rows[2].height = Cm(1.1)
    _signature(document, ("Mengetahui,",))


def _decree(document: Any) -> None:
    _letterhead(document, "{{ jabatan_kapital }}")
    for text, bold in (
        ("{{ keputusan_kapital }}", True),
        ("NOMOR {{ nomor }}", False),
        ("TENTANG", False),
        ("{{ perihal_kapital }}", True),
        ("{{ jabatan_kapital }},", False),
    ):
        _line(document, text, align=CENTER, bold=bold)
    table = _grid(document, (2.9, 0.4, 0.9, WIDTH - 4.2))
    for name in ("Menimbang", "Mengingat"):
        first = f"{{% if loop.first %}}{name}{{% endif %}}"
        colon = "{% if loop.first %}:{% endif %}"
        _repeat(table, name.lower(), (first, colon, "{{ baris.nomor }}", "{{ baris.isi }}"))
    decided = _line(document, "MEMUTUSKAN:", align=CENTER, bold=True)
    decided.paragraph_format.space_before = Pt(8)
    table = _grid(document, (2.9, 0.4, WIDTH - 3.3))
    _row(table, ("Menetapkan", ":", "{{ keputusan_kapital }} TENTANG {{ perihal_kapital }}."))
    _repeat(table, "diktum", ("{{ baris.nomor }}", ":", "{{ baris.isi }}"))
    _signature(
        document, ("Ditetapkan di {{ tempat }}", "pada tanggal {{ tanggal }}"), "{{ jabatan_kapital }}"
    )
    _line(document, "").add_run().add_break(WD_BREAK.PAGE)
    for text in (
        "LAMPIRAN {{ keputusan_kapital }}",
        "NOMOR {{ nomor }}, TANGGAL {{ tanggal }}",
        "TENTANG {{ perihal_kapital }}",
    ):
        _line(document, text, size=9.5).paragraph_format.space_after = Pt(0)
    title = document.add_paragraph("DAFTAR DESA BERSINAR TAHUN {{ tahun }}", style="Heading 1")
    title.alignment = CENTER
    _listing(
        document,
        (1.3, 5.5, 5.5, 4),
        ("No.", "Desa atau kelurahan", "Kecamatan", "Sumber dana"),
        "lampiran_desa",
        ("no", "desa", "kecamatan", "sumber_dana"),
    )
    _signature(document, (), "{{ jabatan_kapital }}")


_FORMS: dict[DocumentKind, Any] = {
    DocumentKind.SK_PENETAPAN: _decree,
    DocumentKind.UNDANGAN: _invitation,
    DocumentKind.NOTULEN: _minutes,
    DocumentKind.DAFTAR_HADIR: _attendance_sheet,
    DocumentKind.SURAT: _plain,
}
