"""The inside of a workbook before anything parses it: sizes, bombs, formulas, hidden and merged cells."""

from __future__ import annotations

import io
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from bersinar.fieldwork.reading import limits
from bersinar.fieldwork.reading.refusal import Refusal

_MAIN = "xl/workbook.xml"
_CHUNK = 1024 * 1024
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REL_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_NS = rb"<(?:[A-Za-z0-9]+:)?"
_HIDDEN = rb"[^>]*\bhidden=[\"'](?:1|true)[\"']"
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ANY_FORMULA = re.compile(_NS + rb"f[\s/>]")
_FORMULA = re.compile(
    _NS + rb"c\b[^>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*>\s*" + _NS + rb"f\b([^>]*)>([^<]{0,200})"
)
_HIDDEN_ROW = re.compile(_NS + rb"row\b(?=" + _HIDDEN + rb")[^>]*?\br=[\"']([0-9]{1,7})[\"']")
_HIDDEN_COLUMNS = re.compile(_NS + rb"col\b(?=" + _HIDDEN + rb")([^>]*)>")
_MERGED = re.compile(
    _NS + rb"mergeCell\b[^>]*?\bref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']"
)
# A filled cell far to the right makes the parser lay out every empty cell before it: millions for one letter.
_FAR_COLUMN = re.compile(
    _NS + rb"c\b[^>]*?\br=[\"'](?:[A-Z]{3}|[L-Z][A-Z]|K[O-Z])[0-9]+[\"'][^>]*(?<!/)>(?!</)"
)
# What a far cell of either kind must contain: looked for first, because most sheets have none.
_FAR = re.compile(rb"r=[\"'](?:[A-Z]{3}|[L-Z][A-Z]|K[O-Z]|[A-Z]{1,2}[0-9]{6})")
_FAR_ROW = re.compile(_NS + rb"c\b[^>]*?\br=[\"'][A-Z]{1,3}([0-9]{6,})[\"'][^>]*(?<!/)>(?!</)")


@dataclass(slots=True)
class Layout:
    """What one sheet's part says beside its values; rows and columns from nought."""

    name: str
    part: str
    is_hidden: bool
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: dict[int, dict[int, str]] = field(default_factory=dict)


def inspect(raw: bytes) -> list[Layout]:
    """Refuse what is not a sound workbook; otherwise tell how its sheets are laid out."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = _sound(packed, len(raw))
            layouts = _sheets(packed, parts)
            if "xl/sharedStrings.xml" in parts:
                with packed.open("xl/sharedStrings.xml") as stream:
                    for _block in _blocks(stream):
                        pass
            for layout in layouts:
                with packed.open(layout.part) as stream:
                    _scan(stream, layout)
            return layouts
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise Refusal("broken") from error


def _sound(packed: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    entries = packed.infolist()
    if len(entries) > limits.MAX_PARTS:
        raise Refusal("too_many_parts")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.MAX_UNPACKED:
        raise Refusal("unpacked_too_large")
    if unpacked > limits.RATIO_FROM and unpacked > limits.MAX_RATIO * size:
        raise Refusal("unpacked_too_large")
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        # Entries that share bytes are how a small file becomes a huge one without nesting.
        if entry.header_offset < end or stat.S_ISLNK(entry.external_attr >> 16):
            raise Refusal("package_unsafe")
        end = entry.header_offset + 30 + entry.compress_size
        if entry.flag_bits & 0x1:
            raise Refusal("password")
    parts = {entry.filename: entry for entry in entries}
    if len(parts) != len(entries):
        raise Refusal("package_unsafe")
    if _MAIN not in parts:
        _refuse_other(packed, parts)
    return parts


def _refuse_other(packed: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> None:
    if "xl/workbook.bin" in parts:
        raise Refusal("binary_excel")
    kind = parts.get("mimetype")
    if kind is not None and kind.file_size < 200 and b"opendocument" in packed.read(kind):
        raise Refusal("open_document")
    raise Refusal("not_a_workbook")


def _sheets(packed: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> list[Layout]:
    targets = {}
    for node in _small(packed, parts, "xl/_rels/workbook.xml.rels").iter():
        if node.tag.endswith("}Relationship") and node.get("TargetMode") != "External":
            target = (node.get("Target") or "").lstrip("/")
            inside = target if target.startswith("xl/") else posixpath.normpath(f"xl/{target}")
            targets[node.get("Id")] = inside
    found = []
    for node in _small(packed, parts, _MAIN).iter():
        if node.tag.rpartition("}")[2] == "sheet":
            part = targets.get(node.get(_REL) or node.get(_REL_STRICT) or "", "")
            if part in parts and "worksheets/" in part:
                hidden = node.get("state", "visible") != "visible"
                found.append(Layout(node.get("name", ""), part, hidden))
    if len(found) > limits.MAX_SHEETS:
        raise Refusal("too_many_sheets", count=len(found), limit=limits.MAX_SHEETS)
    return found


def _small(packed: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> Element:
    if name not in parts or parts[name].file_size > limits.MAX_SMALL_PART:
        raise Refusal("broken")
    try:
        parsed: Element = fromstring(packed.read(name), forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise Refusal("package_unsafe") from error
    return parsed


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Pieces that end where an element begins, checked for what no spreadsheet writes."""
    rest = b""
    first = True
    while chunk := stream.read(_CHUNK):
        if first and not chunk.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            # Another encoding would hide from the search below what the parser then sees.
            raise Refusal("package_unsafe")
        if first and b"\0" in chunk[:200]:
            raise Refusal("package_unsafe")
        first = False
        rest += chunk
        if b"<!" in rest and _DTD.search(rest):
            raise Refusal("package_unsafe")
        cut = _last_cell(rest)
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > 8 * _CHUNK:
            yield rest
            rest = b""
    if rest:
        yield rest


def _last_cell(block: bytes) -> int:
    """Where the last cell begins: a piece ends before it, so that no cell is cut in two."""
    plain = block.rfind(b"<c ")
    if plain > 0:
        return plain
    prefixed = block.rfind(b":c ")
    return block.rfind(b"<", 0, prefixed) if prefixed > 0 else -1


def _scan(stream: IO[bytes], layout: Layout) -> None:
    told = placed = 0
    for block in _blocks(stream):
        _refuse_far(block, layout.name)
        # Each search is slow beside asking for the bytes it cannot do without.
        if b"<f" in block or b":f" in block:
            told += len(_ANY_FORMULA.findall(block))
            for column, row, _how, text in _FORMULA.findall(block):
                placed += 1
                shown = text.decode("utf-8", "replace")[:60]
                layout.formulas.setdefault(int(row) - 1, {})[number(column)] = shown
        if b"hidden=" in block:
            layout.hidden_rows += [int(row) - 1 for row in _HIDDEN_ROW.findall(block)]
            for attributes in _HIDDEN_COLUMNS.findall(block):
                layout.hidden_columns += _between(attributes)
        if b"mergeCell" in block:
            for left, top, right, bottom in _MERGED.findall(block):
                layout.merged.append((int(top) - 1, number(left), int(bottom) - 1, number(right)))
    if told != placed:
        # A formula that cannot be placed would be read as if somebody had typed its result.
        raise Refusal("formula_unplaced", sheet=layout.name)


def _refuse_far(block: bytes, name: str) -> None:
    if _FAR.search(block) is None:
        return
    if _FAR_COLUMN.search(block) is not None:
        raise Refusal("too_many_columns", sheet=name, limit=limits.MAX_COLUMNS)
    for far in _FAR_ROW.finditer(block):
        if int(far[1]) > limits.MAX_ROWS:
            raise Refusal("too_many_rows", sheet=name, limit=limits.MAX_ROWS)


def _between(attributes: bytes) -> list[int]:
    ends = [re.search(rb"\b" + name + rb"=[\"']([0-9]{1,5})[\"']", attributes) for name in (b"min", b"max")]
    if ends[0] is None or ends[1] is None:
        return []
    return list(range(int(ends[0][1]) - 1, min(int(ends[1][1]), limits.MAX_COLUMNS)))


def number(letters: bytes) -> int:
    """The column of its letters, from nought.

    >>> number(b"A"), number(b"AA")
    (0, 26)
    """
    total = 0
    for letter in letters:
        total = total * 26 + letter - 64
    return total - 1
