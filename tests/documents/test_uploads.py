"""It takes the files of the work, known by their content, and keeps of a photograph only the picture."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from bersinar.documents import errors, uploads
from bersinar.documents.papers.word import build_template
from bersinar.documents.vocabulary import DocumentKind
from tests.support.pictures import SECRETS, photo, screenshot


def packed(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "<a/>")
    return out.getvalue()


def huge_png():
    """Thirty thousand pixels square in a hundred kilobytes."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", photo()),
        ("a.JPEG", photo(orientation=6)),
        ("a.png", screenshot()),
        ("b.png", screenshot("P")),
        ("c.png", screenshot("LA")),
    ],
)
def test_it_keeps_only_the_picture_of_a_photograph(name, content):
    assert any(secret in content for secret in SECRETS)
    kept = uploads.checked(content, name)
    assert not [secret for secret in SECRETS if secret in kept.content]
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert not picture.getexif() and not picture.info.keys() & {"comment", "xmp", "exif", "icc_profile"}
        assert f"image/{picture.format.lower()}" == kept.content_type


def test_it_turns_a_photograph_upright():
    kept = uploads.checked(photo((40, 20), orientation=6), "a.jpg")
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert picture.size == (20, 40)
        red, green, blue = picture.convert("RGB").getpixel((10, 20))
        assert red > 240 and green < 15 and blue < 15


def test_it_draws_the_same_photograph_the_same_way():
    assert uploads.checked(photo(), "a.jpg") == uploads.checked(photo(), "a.jpg")


@pytest.mark.parametrize("content", [photo()[:200], huge_png(), b"\xff\xd8\xff\xe0" + b"\0" * 50])
def test_it_refuses_a_picture_it_cannot_draw(content):
    with pytest.raises(errors.PhotoRefused):
        uploads.checked(content, "a.png" if content.startswith(b"\x89") else "a.jpg")


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.docm", "a", "a.jpg.js", "pdf"])
def test_it_refuses_other_kinds(name):
    with pytest.raises(errors.FileKindRefused):
        uploads.checked(b"%PDF-1.7", name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html>"),
        ("a.pdf", photo()),
        ("a.jpg", b"MZ\x90"),
        ("a.png", photo()),
        ("a.docx", b"PK\x03\x04"),
        ("a.docx", packed("xl/workbook.xml")),
        ("a.xlsx", packed("word/document.xml")),
        ("a.docx", packed("word/document.xml", "word/vbaProject.bin")),
    ],
)
def test_it_refuses_a_file_that_is_not_what_its_name_says(name, content):
    with pytest.raises(errors.FileNotItsKind, match="Simpan ulang"):
        uploads.checked(content, name)


def test_it_takes_papers_as_they_are():
    document = build_template(DocumentKind.SURAT)
    for name, content in (
        ("a.pdf", b"%PDF-1.7 isi"),
        ("a.docx", document),
        ("a.xlsx", packed("xl/workbook.xml")),
    ):
        assert uploads.checked(content, name).content == content


def test_it_refuses_an_empty_and_a_huge_file():
    with pytest.raises(errors.FileEmpty):
        uploads.checked(b"", "a.pdf")
    with pytest.raises(errors.FileTooLarge):
        uploads.checked(b"%PDF-" + b"\0" * (20 * 1024 * 1024), "a.pdf")
