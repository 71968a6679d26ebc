"""What people type in the collecting stage."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bersinar.fieldwork import sentences
from bersinar.fieldwork.reading import limits

FIRST_YEAR, LAST_YEAR = 2015, 2100


class RoundForm(forms.Form):
    """Which year is collected, and what for."""

    year = forms.IntegerField(
        label=_("Tahun"), min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text=_("Contoh: 2026")
    )
    title = forms.CharField(
        label=_("Judul"), max_length=120, help_text=_("Contoh: Pemetaan kawasan rawan narkoba")
    )


class UploadForm(forms.Form):
    """A file, and where its values come from."""

    file = forms.FileField(
        label=_("Berkas"),
        help_text=_("Berkas .xlsx atau .csv, paling besar 20 MB."),
        error_messages={"required": _("Pilih berkasnya dulu."), "empty": _("Berkas ini kosong.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    source_type = forms.ChoiceField(
        label=_("Sumber angka"),
        required=False,
        choices=[("", _("menurut indikator masing-masing")), *sentences.SOURCES.items()],
        help_text=_("Pilih bila semua angka dalam berkas ini berasal dari satu sumber."),
    )

    def clean_file(self) -> UploadedFile:
        """Refused before a byte of it is kept."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > limits.MAX_BYTES:
            raise forms.ValidationError(
                gettext("Berkas lebih besar dari 20 MB. Bagi per kabupaten, lalu unggah satu per satu.")
            )
        return file


class WithdrawForm(forms.Form):
    """Why data no longer count."""

    reason = forms.CharField(
        label=_("Alasan penarikan"), max_length=300, help_text=_("Contoh: berkas tahun lalu terunggah.")
    )
