"""What people type about villages, stages and evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, BersinarError
from bersinar.documents.uploads import LARGEST_MB, kind_of
from bersinar.programme.actions import Shown, Upload
from bersinar.programme.actions.common import FIRST_YEAR
from bersinar.programme.forms.fields import day_field, file_field
from bersinar.programme.rules.template import EvidenceRule
from bersinar.programme.vocabulary import MoneySource, Origin, Precision
from bersinar.territory.models import Village
from bersinar.territory.queries import villages_of_office

PRECISIONS = [
    (Precision.HARI.value, _("tepat pada hari itu")),
    (Precision.SEKITAR.value, _("sekitar hari itu")),
    (Precision.PALING_LAMBAT.value, _("paling lambat hari itu")),
    (Precision.BULAN.value, _("hanya bulannya")),
    (Precision.TAHUN.value, _("hanya tahunnya")),
]
CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")
REASON = 500


def upload_of(file: UploadedFile | None) -> Upload | None:
    """The file as an action takes it; one whose content is not what its name says is refused."""
    if file is None:
        return None
    name, content = file.name or "", file.read(LARGEST_MB * 1024 * 1024 + 1)
    try:
        return Upload(name, kind_of(content, name), content)
    except BersinarError as refused:
        raise forms.ValidationError(str(refused)) from refused


class ChosenForm(forms.Form):
    """When the villages of a decision were named."""

    decided_on = day_field(
        label=_("Ditetapkan pada"),
        required=False,
        help_text=_("Tanggal desa ditetapkan. Kosongkan bila belum pasti; dapat dicatat nanti."),
    )


class VillageForm(forms.Form):
    """A village that was fixed before this system knew it."""

    village = forms.CharField(
        label=_("Desa atau kelurahan"),
        max_length=120,
        help_text=_("Nama, atau kode desanya dari Kemendagri."),
        widget=forms.TextInput(attrs={"list": "desa-satuan-kerja", "autocomplete": "off"}),
    )
    year = forms.IntegerField(
        label=_("Tahun dibentuk"), min_value=FIRST_YEAR, max_value=2100, help_text=_("Contoh: 2022")
    )
    money_source = forms.ChoiceField(
        label=_("Sumber dana"),
        choices=[(source.value, source.label) for source in MoneySource],
        widget=forms.RadioSelect,
        initial=MoneySource.DIPA.value,
    )
    origin = forms.ChoiceField(
        label=_("Asal keterangan"),
        choices=[(one.value, one.label) for one in (Origin.UNIT, Origin.PERS)],
        widget=forms.RadioSelect,
        initial=Origin.UNIT.value,
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=500,
        help_text=_("Nomor surat, laporan, atau nama media dan tanggalnya."),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=REASON,
        help_text=_("Mengapa didaftarkan tanpa putusan yang dibuat di sini."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_village(self) -> Village:
        """One village of the office; several of the same name are told apart by kecamatan and code."""
        typed = " ".join(self.cleaned_data["village"].split())
        served = villages_of_office(self.by.office_id) if self.by.office_id is not None else None
        if served is None:
            raise forms.ValidationError(gettext("Akun Anda tidak terikat pada satu satuan kerja."))
        if (code := CODE.search(typed)) is not None:
            found = list(served.filter(code=code[0])[:1])
        else:
            found = list(served.filter(name__iexact=typed)[:6])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                gettext("Tidak ada “%(typed)s” di wilayah kerja Anda. Periksa ejaannya, atau tulis kodenya.")
                % {"typed": typed}
            )
        listed = "; ".join(f"{one.name}, {one.district.name} ({one.code})" for one in found)
        raise forms.ValidationError(
            gettext("Ada beberapa: %(listed)s. Tulis kode desanya.") % {"listed": listed}
        )


class DatedForm(forms.Form):
    """A day as exactly as it is known, and who says so."""

    on = day_field(
        label=_("Tanggal"),
        help_text=_("Bila hanya bulan atau tahunnya diketahui, pilih tanggal mana saja di dalamnya."),
    )
    precision = forms.ChoiceField(
        label=_("Ketepatan tanggal"),
        choices=PRECISIONS,
        initial=Precision.HARI.value,
    )
    origin = forms.ChoiceField(
        label=_("Asal keterangan"),
        choices=[(one.value, one.label) for one in (Origin.UNIT, Origin.PERS)],
        widget=forms.RadioSelect,
        initial=Origin.UNIT.value,
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=500,
        required=False,
        help_text=_("Wajib untuk data pers: nama media dan tanggal, atau alamat beritanya."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("origin") == Origin.PERS.value and not data.get("source"):
            self.add_error("source", _("Tulis sumbernya: nama media dan tanggal, atau alamat beritanya."))
        return data

    @property
    def dated(self) -> dict[str, Any]:
        """The four answers as actions take them."""
        data = self.cleaned_data
        return {
            "on": data["on"],
            "precision": Precision(data["precision"]),
            "origin": Origin(data["origin"]),
            "source": data["source"],
        }


class StageForm(DatedForm):
    """A stage that happened, with the evidence at hand."""

    note = forms.CharField(
        label=_("Catatan"), max_length=500, required=False, help_text=_("Contoh: 19 dari 24 undangan hadir.")
    )
    field_order = ("on", "precision", "note", "origin", "source")

    def __init__(
        self, *args: Any, asked: Sequence[EvidenceRule], exception: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for item in asked:
            self.fields[f"rujukan_{item.id}"] = forms.CharField(
                label=item.title,
                max_length=500,
                required=False,
                help_text=_("Nomor, alamat, atau tempat simpan.")
                if item.later
                else _("Wajib ada sebelum tahap diterima. Nomor, alamat, atau tempat simpan."),
            )
            self.fields[f"berkas_{item.id}"] = file_field(
                label=_("Berkas: %(title)s") % {"title": item.title}
            )
        if exception:
            self.fields["exception"] = forms.CharField(
                label=_("Alasan pengecualian"),
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Mengapa tahap ini tetap diterima. Alasan tersimpan bersama tahapnya."),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        shown = []
        for item in self.asked:
            reference, file = data.get(f"rujukan_{item.id}", ""), data.get(f"berkas_{item.id}")
            try:
                upload = upload_of(file)
            except forms.ValidationError as error:
                self.add_error(f"berkas_{item.id}", error)
                continue
            if reference or upload:
                shown.append(Shown(item=item.id, reference=reference, upload=upload))
        data["evidence"] = tuple(shown)
        return data

    @property
    def evidence_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Reference and file of each item, side by side."""
        return [(self[f"rujukan_{item.id}"], self[f"berkas_{item.id}"]) for item in self.asked]


class EvidenceForm(DatedForm):
    """One paper or picture."""

    title = forms.CharField(
        label=_("Judul"),
        max_length=200,
        required=False,
        help_text=_("Kosongkan untuk memakai judul permintaan."),
    )
    reference = forms.CharField(label=_("Nomor, alamat, atau tempat simpan"), max_length=500, required=False)
    file = file_field(label=_("Berkas"), help_text=_("PDF, JPG, PNG, DOCX, atau XLSX, paling besar 20 MB."))
    field_order = ("item", "title", "reference", "file", "on", "precision", "origin", "source")

    def __init__(self, *args: Any, asked: Sequence[EvidenceRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*((one.id, one.title) for one in asked), ("", gettext("bukti lain"))]
        self.fields["item"] = forms.ChoiceField(
            label=_("Menjawab permintaan"), required=False, choices=choices
        )
        self.order_fields(self.field_order)
        self.initial.setdefault("on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        try:
            data["upload"] = upload_of(data.get("file"))
        except forms.ValidationError as error:
            self.add_error("file", error)
            return data
        if not data.get("reference") and data["upload"] is None and "file" not in self.errors:
            self.add_error(
                "reference", _("Unggah berkasnya, atau tulis nomor, alamat, atau tempat simpannya.")
            )
        return data


class PlanForm(forms.Form):
    """When a stage is meant to happen."""

    on = day_field(
        label=_("Rencana tanggal"), required=False, help_text=_("Kosongkan untuk menarik rencana.")
    )
    note = forms.CharField(
        label=_("Catatan"), max_length=500, required=False, help_text=_("Contoh: bersama hari jadi desa.")
    )


class WithdrawForm(forms.Form):
    """Why a record no longer counts."""

    reason = forms.CharField(
        label=_("Alasan penarikan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
