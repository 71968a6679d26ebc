"""What people type about their own ways in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class KeyNameForm(forms.Form):
    name = forms.CharField(
        label=_("Nama kunci"),
        max_length=60,
        help_text=_("Supaya Anda mengenalinya nanti. Contoh: ponsel saya, PC kantor"),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        help_text=_("Yang menyetujui membacanya. Contoh: ponsel hilang tanggal 3, kertas kode ikut hilang."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
