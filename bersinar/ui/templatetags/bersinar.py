"""Words, numbers and dates as Indonesians write them, and what the base page needs to know."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BoundField, CheckboxInput
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bersinar.ui.build import is_built
from bersinar.ui.writing import day, number, time_of_day

register = template.Library()

PROJECT = Path(__file__).resolve().parents[3] / "pyproject.toml"
UNDO = "undo:"  # messages.success(request, text, extra_tags="undo:/address/") offers to take the step back


@register.filter
def angka(value: Any, places: int | None = None) -> str:
    """1000 as 1.000 and 9.4 as 9,4; nothing becomes a zero by itself."""
    return number(value, places) if isinstance(value, int | float | Decimal) else str(value or "")


@register.filter
def tanggal(value: date | datetime | None) -> str:
    """26 Oktober 2023, in the zone of the reader."""
    if value is None:
        return ""
    return day(timezone.localtime(value) if isinstance(value, datetime) else value)


@register.filter
def jam(value: datetime | None) -> str:
    """08.15 WIB, in the zone of the reader."""
    return "" if value is None else time_of_day(timezone.localtime(value))


@register.filter
def waktu(value: datetime | None) -> str:
    """26 Oktober 2023 pukul 08.15 WIB."""
    return "" if value is None else _("%(day)s pukul %(time)s") % {"day": tanggal(value), "time": jam(value)}


@register.filter
def undo_address(message: Message) -> str:
    """Where the step this message tells of can be undone; only addresses of this installation."""
    tags = message.extra_tags or ""
    address = tags.removeprefix(UNDO)
    return address if tags.startswith(UNDO + "/") and not address.startswith("//") else ""


@register.simple_tag
def printed_at() -> str:
    return _("dicetak %(when)s") % {"when": waktu(timezone.now())}


@register.simple_tag
@cache
def version() -> str:
    """Of the installed copy; a clone that nobody installed tells it in its pyproject.toml."""
    try:
        return installed_version("bersinar")
    except PackageNotFoundError:
        project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
        return str(project["project"]["version"])


@register.simple_tag
def fonts() -> SafeString:
    """The built font, where it was built; without it the page uses the system's."""
    if not _is_built():
        return SafeString("")
    return format_html(
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>'
        '<link rel="stylesheet" href="{}">',
        staticfiles_storage.url("dist/fonts/plus-jakarta-sans.woff2"),
        staticfiles_storage.url("dist/fonts.css"),
    )


@cache
def _is_built() -> bool:
    return is_built()


@register.simple_tag(takes_context=True)
def address(context: template.Context, key: str, value: object) -> str:
    """This page's address with one value changed; filters in the address stay."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[key] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def is_check(field: BoundField) -> bool:
    """One box to tick: its label stands beside it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Several controls under one question: a fieldset with a legend."""
    return bool(field.field.widget.use_fieldset)
