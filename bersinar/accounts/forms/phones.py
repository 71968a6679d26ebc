"""What people of villages type on a phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bersinar.accounts.rules.pins import LENGTH, is_pin, is_weak

_PIN = {"inputmode": "numeric", "autocomplete": "off", "maxlength": str(LENGTH)}


class CodeOnPaperForm(forms.Form):
    code = forms.CharField(
        label=_("Kode di kertas"),
        max_length=40,
        help_text=_("Sepuluh huruf dan angka, seperti abcde-fghjk."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class PinForm(forms.Form):
    pin = forms.CharField(label=_("PIN enam angka"), max_length=20, widget=forms.PasswordInput(attrs=_PIN))


class NewPinForm(forms.Form):
    pin = forms.CharField(
        label=_("PIN enam angka pilihan Anda"),
        max_length=20,
        help_text=_(
            "Jangan tanggal lahir. Ponsel ini boleh dipakai beberapa orang; masing-masing dengan PIN sendiri."
        ),
        widget=forms.PasswordInput(attrs=_PIN),
    )
    again = forms.CharField(
        label=_("Ketik PIN sekali lagi"), max_length=20, widget=forms.PasswordInput(attrs=_PIN)
    )

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        if not is_pin(pin):
            raise ValidationError(_("PIN terdiri dari tepat enam angka."))
        if is_weak(pin):
            raise ValidationError(
                _("PIN ini paling dulu ditebak orang. Pilih enam angka yang tidak berurutan.")
            )
        return pin

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("pin") and values.get("again") and values["pin"] != values["again"]:
            self.add_error("again", _("Kedua PIN berbeda. Ketik lagi."))
        return values
