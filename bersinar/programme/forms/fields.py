"""Parts that the forms of this stage share: days and hours of the device, and forms that may arrive twice."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bersinar.documents.uploads import KINDS


class DayInput(forms.DateInput):
    """A day with the calendar of the device."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(**more: Any) -> forms.DateField:
    """A day from the calendar of the browser, or typed as Indonesians write it."""
    return forms.DateField(
        widget=DayInput,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"],
        error_messages={"invalid": _("Tulis tanggal seperti 26-10-2023.")},
        **more,
    )


class HourInput(forms.TimeInput):
    """An hour with the clock of the device."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class OnceForm(forms.Form):
    """A form that changes something and may arrive twice: its key makes both copies one."""

    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("client_key", uuid.uuid4().hex)


def file_field(**more: Any) -> forms.FileField:
    """A file of a kind that is taken; the device offers only those."""
    more.setdefault("required", False)
    return forms.FileField(
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        error_messages={"empty": _("Berkas ini kosong. Pilih berkas lain.")},
        **more,
    )
