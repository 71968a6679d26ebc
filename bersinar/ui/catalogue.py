"""The English texts: `python -m bersinar.ui.catalogue` collects what the code says into the .po files.

The code is written in Indonesian, so every text is its own key. Only the .po files are committed; the .mo files
are made at set-up by Babel, because a plain Debian has no msgfmt.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PRODUCT = Path(__file__).resolve().parents[1]
LOCALE = PRODUCT / "locale"
LANGUAGES = ("en",)
# The functions whose first texts are read, as Django calls them.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def source_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def is_current() -> bool:
    """Whether every compiled catalogue is younger than its source."""
    return all(_is_fresh(source_of(language)) for language in LANGUAGES)


def _is_fresh(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def compile_all() -> None:
    """Write the .mo beside each .po; the same texts give the same bytes."""
    from babel.messages.mofile import write_mo

    for language in LANGUAGES:
        source = source_of(language)
        out = io.BytesIO()
        write_mo(out, read(language))
        beside = source.with_suffix(".mo.baru")
        beside.write_bytes(out.getvalue())
        beside.replace(source.with_suffix(".mo"))


def read(language: str) -> Any:
    """The committed catalogue of one language."""
    from babel.messages.pofile import read_po

    with source_of(language).open("rb") as file:
        return read_po(file, locale=language)


def texts() -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Every text of code and pages with its context, in the order of the files."""
    from babel.messages.extract import extract

    for path in sorted(PRODUCT.rglob("*.py")):
        for _line, message, _comments, context in extract("python", io.BytesIO(path.read_bytes()), KEYWORDS):
            yield message, context
    for path in sorted(PRODUCT.rglob("templates/**/*.html")):
        for _line, message, _comments, context in extract(
            "javascript", io.BytesIO(_as_calls(path)), KEYWORDS
        ):
            yield message, context


def _as_calls(path: Path) -> bytes:
    """Django's own translation of a page into calls of gettext."""
    from django.utils.translation.template import templatize

    return str(templatize(path.read_text(encoding="utf-8"), str(path))).encode()


def update(language: str) -> int:
    """Bring a catalogue to what the code says now; what is no longer said goes. Tells how many texts wait."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    known = read(language) if source_of(language).exists() else Catalog(locale=language)
    new = Catalog(
        locale=language,
        domain="django",
        project="Bersinar",
        header_comment="# English texts of Bersinar. Keys are the Indonesian texts of the code.",
        fuzzy=False,
    )
    for message, context in texts():
        key = message[0] if isinstance(message, tuple) else message
        there = known.get(key, context)
        string = there.string if there and not there.fuzzy else ""
        if isinstance(message, tuple) and not isinstance(string, tuple):
            string = ("",) * 2
        new.add(message, string=string, context=context)
    out = io.BytesIO()
    write_po(out, new, omit_header=False, no_location=True, sort_output=True, width=110)
    source_of(language).parent.mkdir(parents=True, exist_ok=True)
    source_of(language).write_bytes(_without_dates(out.getvalue()))
    return sum(1 for message in new if message.id and not all(_strings(message)))


def _strings(message: Any) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _without_dates(raw: bytes) -> bytes:
    """Dates and tool versions in the head would change the file with every run."""
    dropped = tuple(
        f'"{name}'.encode()
        for name in (
            "POT-Creation-Date",
            "PO-Revision-Date",
            "Generated-By",
            "Last-Translator",
            "Language-Team",
            "Report-Msgid",
        )
    )
    return b"".join(line for line in raw.splitlines(keepends=True) if not line.startswith(dropped))


def main() -> int:
    for language in LANGUAGES:
        sys.stdout.write(f"{language}: {update(language)} teks menunggu terjemahan\n")
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
