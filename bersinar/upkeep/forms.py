"""What people type to keep the installation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# Neither the browser nor the phone's keyboard may keep or change what is typed.
_AS_TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class WordsBackForm(forms.Form):
    """Some words of the paper, by their numbers."""

    def __init__(self, numbers: list[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in numbers:
            self.fields[f"word_{number}"] = forms.CharField(
                label=_("Kata nomor %(number)s") % {"number": number},
                max_length=20,
                widget=forms.TextInput(attrs=_AS_TYPED),
            )

    def typed(self) -> dict[int, str]:
        return {int(name.removeprefix("word_")): value for name, value in self.cleaned_data.items()}


class SecondFolderForm(forms.Form):
    folder = forms.CharField(
        label=_("Folder kedua"),
        required=False,
        max_length=300,
        help_text=_("Misalnya stik USB: /media/usb atau E:/. Kosongkan untuk tidak memakainya lagi."),
    )


class DrillForm(forms.Form):
    words = forms.CharField(
        label=_("24 kata pemulihan"),
        max_length=600,
        help_text=_("Dari kertas, dipisah spasi. Kata-kata ini tidak disimpan."),
        widget=forms.Textarea(
            attrs={"rows": 4, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class RenewForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Kertas kunci pemulihan yang lama hilang atau dilihat orang lain."),
    )
