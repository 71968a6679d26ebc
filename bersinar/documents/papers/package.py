"""What a Word file may consist of: text, pictures and the words Word itself adds. Nothing that fetches, embeds or runs.

Everything is read as the XML it is, never as text: quotes, prefixes, spaces and encodings make no difference then.
Not on the list means refused, so that what Word learns tomorrow is refused today.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

MOST_MEMBERS = 1000
LARGEST_UNPACKED = 50 * 1024 * 1024
# The last part of a relation's type. External ones are links people click, and nothing else.
RELATIONS = {
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "styles",
    "stylesWithEffects", "settings", "webSettings", "fontTable", "font", "theme", "numbering", "header", "footer",
    "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "image",
    "hyperlink", "customXml", "customXmlProps", "printerSettings",
}  # fmt: skip
LINKS = ("http", "https", "mailto")
FIELDS = {"PAGE", "NUMPAGES", "DATE", "HYPERLINK"}
# Elements that bring in another document, a data source, a program or a remote template.
ELEMENTS = {
    "attachedTemplate",
    "mailMerge",
    "object",
    "OLEObject",
    "altChunk",
    "subDoc",
    "control",
    "frameset",
}
KINDS = ("macroenabled", "vba", "oleobject", "activex", "msword", "rtf", "html")
_PICTURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*", b"\xd7\xcd\xc6\x9a",
    b"\x01\x00\x09\x00",
)  # fmt: skip
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_BLANKS = re.compile(r"{[{%#]")

NOT_WORD = "berkas ini bukan dokumen Word (.docx). Simpan sebagai .docx, lalu unggah lagi."
TOO_LARGE = "isi berkas terlalu besar. Hapus gambar yang tidak perlu, lalu unggah lagi."
CARRIES = "berkas memuat makro atau berkas lain di dalamnya. Simpan tanpa makro sebagai .docx."
UNKNOWN = "berkas memuat bagian yang tidak dikenal. Salin isinya ke dokumen baru, lalu unggah lagi."
FETCHES = "templat mengambil gambar atau templat dari luar berkas. Sisipkan gambarnya ke dalam berkas."
FIELD = "templat memuat bidang Word %s. Yang boleh hanya nomor halaman, tanggal, dan tautan."
ELSEWHERE = "isian {{ }} hanya boleh di isi, kepala, dan kaki surat. Pindahkan dari catatan atau properti."


class Refused(Exception):
    """A sentence."""


def check_package(content: bytes, *, filled: bool = False) -> None:
    """Raise Refused with the first part that has no place in a letter; a filled one may carry curly braces."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        members = package.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        raise Refused(NOT_WORD) from error
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise Refused(TOO_LARGE)
    # Two parts of one name: one program reads the first, another the last.
    names = Counter(member.filename.lower() for member in members)
    if "word/document.xml" not in names:
        raise Refused(NOT_WORD)
    if max(names.values()) > 1:
        raise Refused(UNKNOWN)
    for member in members:
        if not member.is_dir():
            _check_part(member.filename, package.read(member), filled=filled)


def _check_part(name: str, raw: bytes, *, filled: bool) -> None:
    if "vbaproject" in name.lower() or "/embeddings/" in name.lower():
        raise Refused(CARRIES)
    is_text = raw.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    if name.lower().endswith((".xml", ".rels")) or is_text:
        root = _read(raw)
        _check_elements(root)
        _check_fields(root)
        if name.lower().endswith(".rels"):
            _check_relations(root)
        if name == "[Content_Types].xml":
            _check_kinds(root)
        inside = re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)
        if not (inside or filled) and _BLANKS.search("".join(root.itertext())):
            raise Refused(ELSEWHERE)
    elif not _is_harmless(name, raw):
        raise Refused(CARRIES)


def _read(raw: bytes) -> Any:
    """The part as XML. Only UTF-8: in any other encoding two readers may read two things."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    declared = _ENCODING.match(raw.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise Refused(UNKNOWN)
    try:
        raw.decode("utf-8")
        return fromstring(raw, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError) as error:
        raise Refused(UNKNOWN) from error


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _value(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _check_relations(root: Any) -> None:
    for relation in root.iter():
        if _local(relation.tag) != "Relationship":
            continue
        kind = _value(relation, "Type").rpartition("/")[2]
        target, outside = _value(relation, "Target"), _value(relation, "TargetMode").strip().lower()
        if kind == "hyperlink":
            if outside == "external" and urlsplit(target.strip()).scheme.lower() not in LINKS:
                raise Refused(FETCHES)
        elif outside not in ("", "internal") or re.match(r"\s*([a-z][a-z0-9+.-]*:|\\|//)", target, re.I):
            raise Refused(FETCHES)
        if kind not in RELATIONS:
            raise Refused(CARRIES)


def _check_kinds(root: Any) -> None:
    for one in root.iter():
        kind = _value(one, "ContentType").lower()
        if any(word in kind.removeprefix("application/vnd.openxmlformats-") for word in KINDS):
            raise Refused(CARRIES)


def _check_elements(root: Any) -> None:
    for element in root.iter():
        if _local(element.tag) in ELEMENTS:
            raise Refused(CARRIES)
        # Old drawings may name their picture directly, without a relation.
        if _value(element, "src"):
            raise Refused(FETCHES)


def _check_fields(root: Any) -> None:
    """Fields lie in one attribute or are strewn over many runs, one inside the other."""
    open_fields: list[list[str]] = []
    loose: list[str] = []
    for element in root.iter():
        kind = _local(element.tag)
        if kind == "fldSimple":
            _check_field(_value(element, "instr"))
        elif kind == "fldChar":
            mark = _value(element, "fldCharType")
            if mark == "begin":
                open_fields.append([])
            elif mark == "end" and open_fields:
                _check_field("".join(open_fields.pop()))
        elif kind in ("instrText", "delInstrText"):
            (open_fields[-1] if open_fields else loose).append(element.text or "")
    for rest in [*open_fields, loose]:
        if rest:
            _check_field("".join(rest))


def _check_field(words: str) -> None:
    name, _space, rest = words.strip().partition(" ")
    if name.upper() not in FIELDS or "{" in words:
        raise Refused(FIELD % (name[:30] or "tanpa nama"))
    target = rest.strip().strip('"“”').strip()
    if (
        name.upper() == "HYPERLINK"
        and not target.startswith("\\l")
        and urlsplit(target).scheme.lower() not in LINKS
    ):
        raise Refused(FIELD % name[:30])


def _is_harmless(name: str, raw: bytes) -> bool:
    """Pictures, fonts Word wrote itself and the printer's settings; told by their bytes, not by their name."""
    if not raw or raw.startswith(_PICTURES) or raw[40:44] == b" EMF":
        return True
    known = name.lower().endswith(".odttf") or re.fullmatch(r"word/printersettings/?\w*\.bin", name.lower())
    return bool(known) and not raw.startswith((b"\xd0\xcf\x11\xe0", b"PK", b"MZ", b"{\\rtf"))
