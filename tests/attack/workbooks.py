"""Workbooks and text tables nobody should send, made by script: rows 1 to 24 of the bad-input corpus."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Isian" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = b"</sheetData></worksheet>"
ROW = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>19.02.04.2005</t></is></c><c r="B%d"><v>3</v></c></row>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHTER = f"<!DOCTYPE x [<!ENTITY l0 'ha'>{LAUGHS}]><sst><si><t>&l9;</t></si></sst>"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True, slots=True)
class Bad:
    """One file of the corpus: its row, its name, how it is made, and what the page must say of it."""

    row: str
    name: str
    make: Callable[[], bytes]
    told: str


def book(sheet: bytes, **parts: bytes | str) -> bytes:
    """A small workbook around one sheet; more parts by their path, with __ for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("xl/_rels/workbook.xml.rels", RELS)
        if "xl__workbook" not in parts:
            packed.writestr("xl/workbook.xml", BOOK)
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def rows(count: int) -> bytes:
    return HEAD + b"".join(ROW % (n, n, n) for n in range(1, count + 1)) + FOOT


def blown_up(megabytes: int) -> bytes:
    """Small as a file, many megabytes once opened."""
    return book(HEAD + b" " * (megabytes * 1024 * 1024) + FOOT)


def nested() -> bytes:
    """42.zip in small: archives of archives, named like a workbook."""
    inner = b"\0" * (4 * 1024 * 1024)
    for level in range(5):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for n in range(8):
                packed.writestr(f"{level}-{n}.zip", inner)
        inner = out.getvalue()
    return inner


def overlapping() -> bytes:
    """Entries that share their bytes: twice the same member in the list of parts."""
    sound = book(rows(3))
    end = sound.rfind(b"PK\x05\x06")
    count, size, start = struct.unpack("<HLL", sound[end + 10 : end + 20])
    listing = sound[start : start + size]
    doubled = sound[:start] + listing * 30
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count * 30, count * 30, size * 30, start, 0)
    return doubled + tail


def with_symlink() -> bytes:
    out = io.BytesIO(book(rows(3)))
    with zipfile.ZipFile(out, "a") as packed:
        link = zipfile.ZipInfo("xl/media/tautan")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    return out.getvalue()


def endless_line() -> Iterator[bytes]:
    while True:
        yield b"19.02.04.2005;3;"


def deep() -> bytes:
    """A sheet of elements in elements in elements."""
    return book(HEAD + b"<row><c>" * 400_000 + b"</c></row>" * 400_000 + FOOT)


def many_parts() -> bytes:
    out = io.BytesIO(book(rows(3)))
    with zipfile.ZipFile(out, "a") as packed:
        for n in range(30_000):
            packed.writestr(f"xl/media/{n}", b"")
    return out.getvalue()


WORKBOOKS = [
    Bad("1", "besar.xlsx", lambda: book(rows(350_000)), "300.000 baris"),
    Bad("1", "bom.xlsx", lambda: blown_up(210), "Salin tabelnya ke buku kerja baru"),
    Bad("1", "bom-kecil.xlsx", lambda: blown_up(90), "Salin tabelnya ke buku kerja baru"),
    Bad("2", "bersarang.xlsx", nested, "bukan"),
    Bad("3", "tumpang.xlsx", overlapping, "Salin tabelnya ke buku kerja baru"),
    Bad(
        "4",
        "tawa.xlsx",
        lambda: book(
            rows(3),
            xl__sharedStrings=f"<!DOCTYPE x [<!ENTITY l0 'ha'>{LAUGHS}]><sst><si><t>&l9;</t></si></sst>",
        ),
        "Salin tabelnya ke buku kerja baru",
    ),
    Bad(
        "5",
        "entitas.xlsx",
        lambda: book(
            rows(3),
            xl__workbook='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            + BOOK.replace("Isian", "&a;"),
        ),
        "Salin tabelnya ke buku kerja baru",
    ),
    Bad("8", "tautan.xlsx", with_symlink, "Salin tabelnya ke buku kerja baru"),
    Bad("10", "sejuta.xlsx", lambda: million(), "300.000 baris"),
    Bad("10", "dalam.xlsx", deep, ""),
    Bad("1", "bagian.xlsx", many_parts, ""),
    Bad("19", "sandi.xlsx", lambda: OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
    Bad("19", "lama.xlsx", lambda: OLE + b"\0" * 600, "Excel lama"),
    Bad("19", "biner.xlsx", lambda: _only({"xl/workbook.bin": b"\0" * 50}), ".xlsx"),
    Bad(
        "19",
        "ods.xlsx",
        lambda: _only({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        ".xlsx",
    ),
    Bad("24", "terpotong.xlsx", lambda: book(rows(2000))[:-900], "simpan ulang"),
]
TEXTS = [
    Bad("21", "baris.csv", lambda: b"".join(islice(endless_line(), 1_200_000)), ""),
    Bad("21", "kutip.csv", lambda: b'a;b\n"19.02;1\n' * 3, "Tanda petik"),
    Bad("21", "nol.csv", lambda: b"kode;P1\n19.02.04.2005;\0\n", ""),
    Bad("21", "bom-tengah.csv", lambda: "kode;P1\n19.02.04.2005;\ufeff3\r\r\n".encode(), ""),
    Bad("21", "biner.csv", lambda: bytes(range(256)) * 400, ""),
    Bad("21", "utf16-ganjil.csv", lambda: "\ufeffkode;P1\n19;3\n".encode("utf-16-le")[:-1], ""),
    Bad("21", "banyak.csv", lambda: b"19.02.04.2005;3\n" * 400_000, "300.000 baris"),
    Bad("21", "lebar.csv", lambda: b";".join([b"3"] * 5000) + b"\n", "300 kolom"),
]


def million() -> bytes:
    """The last row Excel has, and one cell in it."""
    return book(HEAD + ROW % (1, 1, 1) + ROW % (1_048_576, 1_048_576, 1_048_576) + FOOT)


def _only(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()
