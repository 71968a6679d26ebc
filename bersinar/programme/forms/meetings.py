"""What people type about a meeting, in the order of the papers on their desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bersinar.documents.vocabulary import Signatory
from bersinar.programme.forms.fields import DayInput, HourInput, OnceForm, file_field
from bersinar.programme.present import file_word
from bersinar.programme.queries import MeetingRow, MeetingYear, YearRow
from bersinar.programme.vocabulary import Element, FileKind, MoneySource, Zone

ELEMENTS = [(element.value, element.label) for element in Element]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class PlanForm(OnceForm):
    """The plan of a meeting, in the order of an invitation."""

    title = forms.CharField(label=_("Nama rapat"), max_length=200)
    years = forms.TypedMultipleChoiceField(
        label=_("Desa sasaran"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kosongkan bila desanya baru ditetapkan pada rapat ini."),
    )
    on = forms.DateField(label=_("Tanggal"), widget=DayInput)
    start = forms.TimeField(label=_("Jam mulai"), widget=HourInput, input_formats=["%H:%M", "%H.%M"])
    end = forms.TimeField(
        label=_("Jam selesai"), widget=HourInput, input_formats=["%H:%M", "%H.%M"], required=False
    )
    zone = forms.ChoiceField(label=_("Zona waktu"), choices=[(zone.value, zone.label) for zone in Zone])
    place = forms.CharField(label=_("Tempat"), max_length=200)
    agenda = forms.CharField(
        label=_("Acara"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu acara satu baris."),
    )
    elements = forms.TypedMultipleChoiceField(
        label=_("Unsur yang diundang"),
        coerce=Element,
        choices=ELEMENTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=[element.value for element in Element],
    )
    money_source = forms.ChoiceField(
        label=_("Sumber dana"),
        required=False,
        choices=[("", _("belum ditentukan")), *((one.value, one.label) for one in MoneySource)],
    )
    budget_name = forms.CharField(label=_("Nama anggaran"), max_length=200, required=False)

    def __init__(self, *args: Any, years: Sequence[YearRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.id, f"{row.name}, {row.district} ({row.year})") for row in years]
        self.fields["years"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            self.fields["years"].help_text = gettext(
                "Belum ada desa yang terdaftar tahun ini. Rapat tetap dapat direncanakan."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and end <= start:
            self.add_error("end", gettext("Jam selesai harus sesudah jam mulai."))
        return data

    def plan(self) -> dict[str, Any]:
        """The parts of a plan as the actions take them."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "on": data["on"],
            "start": data["start"],
            "end": data["end"],
            "zone": Zone(data["zone"]),
            "place": data["place"],
            "agenda": _lines(data["agenda"]),
            "year_ids": data["years"],
            "elements": data["elements"],
            "money_source": MoneySource(data["money_source"]) if data["money_source"] else None,
            "budget_name": data["budget_name"],
        }


class MoveForm(PlanForm):
    """The same, once it has been sent out: a change says why."""

    reason = forms.CharField(label=_("Alasan perubahan"), max_length=300)
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("reason",)


class CancelForm(OnceForm):
    """Why a meeting will not be held."""

    reason = forms.CharField(label=_("Alasan pembatalan"), max_length=300)
    based_on = forms.IntegerField(widget=forms.HiddenInput)


class SignatoryForm(forms.Form):
    """Who signs, by office; a name only where the office wants it printed."""

    position = forms.CharField(label=_("Jabatan penanda tangan"), max_length=200)
    name = forms.CharField(
        label=_("Nama penanda tangan"),
        max_length=150,
        required=False,
        help_text=_("Kosong berarti titik-titik yang diisi dengan pena."),
    )

    def signatory(self) -> Signatory:
        return Signatory(self.cleaned_data["position"], self.cleaned_data["name"])


class InvitationForm(SignatoryForm):
    """What the invitation says beside the plan."""

    purpose = forms.CharField(
        label=_("Kalimat pembuka"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kosong berarti kalimat undangan yang biasa."),
    )
    contact = forms.CharField(label=_("Narahubung"), max_length=150, required=False)


class MinutesForm(OnceForm):
    """The minutes; `based_on` is the version the writer saw."""

    text = forms.CharField(
        label=_("Notulen"),
        required=False,
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RecordForm(forms.Form):
    """What the agency's own form asks of a coordination meeting, in its order."""

    warrant = forms.CharField(label=_("Nomor surat perintah"), max_length=150, required=False)
    committee_unit = forms.CharField(label=_("Unit panitia"), max_length=150, required=False)
    committee = forms.CharField(
        label=_("Nama panitia"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu nama satu baris."),
    )
    target = forms.CharField(
        label=_("Sasaran"),
        max_length=150,
        required=False,
        help_text=_("Misalnya: masyarakat, pemerintah, swasta, pendidikan."),
    )
    regency = forms.CharField(label=_("Kabupaten/kota"), max_length=200, required=False)
    chair = forms.CharField(label=_("Pimpinan rapat"), max_length=150, required=False)
    minutes_by = forms.CharField(label=_("Notulis"), max_length=150, required=False)
    speakers = forms.CharField(
        label=_("Narasumber"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu orang satu baris: nama, jabatan."),
    )
    material = forms.CharField(label=_("Materi"), max_length=300, required=False)
    material_summary = forms.CharField(
        label=_("Ringkasan materi"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    results = forms.CharField(
        label=_("Hasil yang dicapai"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu hasil satu baris."),
    )

    def record(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return data | {"committee": _lines(data["committee"]), "speakers": _lines(data["speakers"])}


class FileForm(forms.Form):
    """A photo or a scan."""

    kind = forms.ChoiceField(
        label=_("Jenis berkas"), choices=lambda: [(one.value, file_word(one)) for one in FileKind]
    )
    file = file_field(
        label=_("Berkas"),
        required=True,
        help_text=_(
            "PDF, JPG, PNG, DOCX, atau XLSX, paling besar 20 MB. Foto disimpan tanpa tempat dan waktunya."
        ),
    )
    caption = forms.CharField(label=_("Keterangan"), max_length=200, required=False)


class CloseForm(forms.Form):
    """The end of a meeting, and for which villages the stage is recorded."""

    years = forms.TypedMultipleChoiceField(
        label=_("Catat tahap Rapat koordinasi untuk"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, villages: Sequence[MeetingYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["years"].choices = [(one.year_id, one.name) for one in villages]  # type: ignore[attr-defined]
        self.initial.setdefault("years", [one.year_id for one in villages])
        if not villages:
            del self.fields["years"]


def plan_initial(row: MeetingRow) -> dict[str, Any]:
    """A stored plan as a form shows it."""
    return {
        "title": row.title,
        "years": list(row.year_ids),
        "on": row.on,
        "start": row.start,
        "end": row.end,
        "zone": row.zone.value,
        "place": row.place,
        "agenda": "\n".join(row.agenda),
        "elements": [element.value for element in row.elements],
        "money_source": row.money_source,
        "budget_name": row.budget_name,
        "based_on": row.sequence,
    }
