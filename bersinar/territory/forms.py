"""What people type about borders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bersinar.territory.borders import limits
from bersinar.territory.errors import BordersRefused

LEFT_OUT, BY_CODE = "lewati", "kode"


class BordersForm(forms.Form):
    """A file, and where its borders come from."""

    file = forms.FileField(
        label=_("Berkas batas"),
        help_text=_(
            "GeoJSON (.geojson), GeoPackage (.gpkg), atau shapefile dalam .zip, paling besar 40 MB. "
            "Bujur dan lintang dalam derajat (WGS 84)."
        ),
        error_messages={"required": _("Pilih berkasnya dulu."), "empty": _("Berkas ini kosong.")},
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,.gpkg,.zip"}),
    )
    attribution = forms.CharField(
        label=_("Sumber batas"),
        max_length=300,
        help_text=_("Ditulis di bawah setiap peta. Contoh: Badan Informasi Geospasial, 2023"),
    )
    swap_axes = forms.BooleanField(
        label=_("Bujur dan lintang tertukar"),
        required=False,
        help_text=_("Centang hanya bila diminta setelah berkas ditolak."),
    )

    def clean_file(self) -> UploadedFile:
        """Refused before a byte of it is kept."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > limits.MAX_BYTES:
            megabyte = 1024 * 1024
            raise forms.ValidationError(
                str(
                    BordersRefused(
                        "file_too_large",
                        mb=-(-(file.size or 0) // megabyte),
                        limit=limits.MAX_BYTES // megabyte,
                    )
                )
            )
        return file


class DecideForm(forms.Form):
    """Which village a shape is."""

    village = forms.ChoiceField(label=_("Desa yang dimaksud"), widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("Kode desa lain"), required=False, max_length=20, help_text=_("Contoh: 19.02.04.2005")
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"] = forms.ChoiceField(
            label=_("Desa yang dimaksud"),
            widget=forms.RadioSelect,
            choices=[
                *choices,
                (BY_CODE, _("Desa lain, kodenya di bawah")),
                (LEFT_OUT, _("Bukan salah satu desa kami; lewati bentuk ini")),
            ],
            error_messages={"required": _("Pilih satu desa, atau lewati bentuk ini.")},
        )

    def clean(self) -> dict[str, Any]:
        """The code is asked for only when it is needed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("village") == BY_CODE and not (cleaned.get("code") or "").strip():
            self.add_error("code", gettext("Tulis kode desanya, atau pilih salah satu calon."))
        return cleaned
