"""What people type for letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bersinar.documents.actions.templates import LARGEST_MB
from bersinar.documents.present import kind_word
from bersinar.documents.vocabulary import DocumentKind


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, kind_word(kind)) for kind in DocumentKind]


def _numbered() -> list[tuple[str, str]]:
    return [(kind.value, kind_word(kind)) for kind in DocumentKind if not kind.is_sheet]


def _day(**fields: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **fields)


class IssueForm(forms.Form):
    """The date the office puts on its own letter."""

    on = _day(label=_("Tanggal surat"), initial=timezone.localdate)


class RecordForm(forms.Form):
    """Number and date as they stand on the signed paper."""

    number = forms.CharField(label=_("Nomor pada naskah"), max_length=120)
    date = _day(label=_("Tanggal pada naskah"))


class VoidForm(forms.Form):
    """Why a letter no longer counts."""

    reason = forms.CharField(
        label=_("Alasan pembatalan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class TemplateForm(forms.Form):
    """An office's own Word template."""

    kind = forms.ChoiceField(label=_("Jenis surat"), choices=_kinds)
    file = forms.FileField(
        label=_("Templat Word (.docx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=_("Mulai dari templat bawaan, ubah di Word, lalu unggah. Paling besar 2 MB."),
    )
    note = forms.CharField(label=_("Catatan"), max_length=200, required=False)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("Templat lebih besar dari 2 MB. Kecilkan gambarnya, lalu unggah lagi.")
            )
        return file


class PatternForm(forms.Form):
    """How the office's own numbers read this year."""

    kind = forms.ChoiceField(label=_("Jenis surat"), choices=_numbered)
    pattern = forms.CharField(
        label=_("Pola nomor"),
        max_length=100,
        help_text=_("Isian: {nomor} atau {nomor3}, {bulan}, {tahun}, {kantor}. Nomor lama tidak berubah."),
    )


class VerifyForm(forms.Form):
    """The text a phone reads from the code."""

    text = forms.CharField(
        label=_("Teks dari kode"),
        max_length=4000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Pindai kode dengan kamera ponsel, salin teksnya, lalu tempel di sini."),
    )
