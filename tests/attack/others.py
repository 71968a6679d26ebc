"""Borders, Word templates and pictures nobody should send: rows 54, 63 to 66 and 69 of the bad-input corpus."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib

from PIL import Image

from bersinar.documents.papers.word import build_template
from bersinar.documents.vocabulary import DocumentKind
from tests.attack.workbooks import LAUGHS, Bad, nested

SQUARE = [[108.0, -3.0], [108.1, -3.0], [108.1, -2.9], [108.0, -2.9], [108.0, -3.0]]


def geojson(ring: object, **more: object) -> bytes:
    """One shape that says it is a village of Belitung."""
    shape = {
        "type": "Feature",
        "properties": {"KODE": "19.02.04.2005", "NAMOBJ": "Tanjung Binga"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [shape], **more}).encode()


BORDERS = [
    Bad("69", "dalam.geojson", lambda: b'{"a":' * 1_000 + b"1" + b"}" * 1_000, ""),
    Bad("69", "sangat-dalam.geojson", lambda: b"[" * 5_000_000, ""),
    Bad("69", "besar.geojson", lambda: geojson([[1e300, 1e300]] * 4).replace(b"1e+300", b"1e400"), ""),
    Bad("69", "tertukar.geojson", lambda: geojson([[y, x] for x, y in SQUARE]), "tertukar"),
    Bad("69", "luar.geojson", lambda: geojson([[x - 100, y + 50] for x, y in SQUARE]), ""),
    Bad(
        "69",
        "alamat.geojson",
        lambda: geojson(SQUARE, crs={"type": "link", "properties": {"href": "http://127.0.0.1:9/"}}),
        "",
    ),
    Bad("69", "bukan.geojson", lambda: geojson([["a", None], {}, 3, []]), ""),
    Bad("69", "panjang.geojson", lambda: b'{"features":' + b"9" * 10_000_000 + b"}", ""),
    Bad("69", "bom.zip", nested, ""),
]


def template_with(**parts: bytes) -> bytes:
    """Our own Word template with parts added or replaced; __ stands for a slash."""
    sound = build_template(DocumentKind.SURAT)
    out = io.BytesIO()
    replaced = {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in replaced:
                new.writestr(entry, old.read(entry))
        for name, content in replaced.items():
            new.writestr(name, content)
    return out.getvalue()


def body(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inside = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return f'<w:document xmlns:w="{space}">{inside}</w:document>'.encode()


TEMPLATES = [
    Bad("26", "hitung.docx", lambda: template_with(word__document=body("{{ 7*7 }}")), "tidak diizinkan"),
    Bad(
        "26",
        "kelas.docx",
        lambda: template_with(word__document=body("{{ kantor.__class__.__mro__ }}")),
        "garis bawah",
    ),
    Bad(
        "26",
        "tanpa-akhir.docx",
        lambda: template_with(word__document=body("{% for a in range(10**9) %}{% endfor %}")),
        "tidak diizinkan",
    ),
    Bad(
        "4",
        "tawa.docx",
        lambda: template_with(
            word__document=f"<!DOCTYPE x [<!ENTITY l0 'ha'>{LAUGHS}]>".encode() + body("&l9;")
        ),
        "tidak dikenal",
    ),
    Bad("1", "bom.docx", lambda: template_with(word__media__a=b"<a/>" + b" " * 60_000_000), "terlalu besar"),
    Bad("2", "bersarang.docx", nested, "bukan dokumen Word"),
]


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (64, 48), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def huge_png(side: int) -> bytes:
    """A picture of many pixels in few bytes: rows of noughts compress to nearly nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    packer = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def many_frames() -> bytes:
    frames = [Image.new("P", (8, 8), n % 255) for n in range(1000)]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def polyglot() -> bytes:
    """A photograph that is an archive with a page in it as well."""
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as packed:
        packed.writestr("index.html", "<script>alert(1)</script>")
    return picture("JPEG") + hidden.getvalue()


# Those that end in a refusal, and those that are stored as nothing but their pixels.
REFUSED_PICTURES = [
    Bad("63", "bom.png", lambda: huge_png(30_000), ""),
    Bad("64", "terpotong.jpg", lambda: picture("JPEG", size=(900, 900))[:-400], ""),
    Bad("66", "halaman.jpg", lambda: b"<html><script>alert(1)</script></html>", ""),
    Bad("66", "gambar.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", ""),
    Bad("66", "gambar.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", ""),
    Bad("66", "data.xml", lambda: b"<?xml version='1.0'?><a/>", ""),
    Bad("65", "foto.jpg.html", lambda: picture("JPEG"), ""),
    Bad("64", "gambar.gif", lambda: picture("GIF", "P"), ""),
]
REDRAWN_PICTURES = [
    Bad("64", "cmyk.jpg", lambda: picture("JPEG", "CMYK"), ""),
    Bad("64", "enambelas.png", lambda: picture("PNG", "I;16"), ""),
    Bad("64", "film.png", many_frames, ""),
    Bad("54", "ganda.jpg", polyglot, ""),
]
