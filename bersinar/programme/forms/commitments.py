"""What people type about promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bersinar.programme.forms.fields import DayInput, OnceForm, file_field
from bersinar.programme.present import status_word
from bersinar.programme.queries import CommitmentRow, MeetingYear
from bersinar.programme.rules.commitments import NEXT
from bersinar.programme.vocabulary import CommitmentStatus, Element

ELEMENTS = [(element.value, element.label) for element in Element]
ALL_VILLAGES = "semua"


class PromiseForm(OnceForm):
    """One promise in one line, as it is said in the room."""

    element = forms.ChoiceField(label=_("Unsur"), choices=ELEMENTS)
    village = forms.ChoiceField(label=_("Desa"))
    promised_by = forms.CharField(label=_("Nama"), max_length=150, required=False)
    what = forms.CharField(label=_("Apa yang dijanjikan"), max_length=300)
    due_date = forms.DateField(label=_("Paling lambat"), required=False, widget=DayInput)
    proof = forms.CharField(label=_("Buktinya nanti"), max_length=200, required=False)

    def __init__(self, *args: Any, villages: Sequence[MeetingYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.villages = {str(one.year_id): one for one in villages}
        choices = [(str(one.year_id), one.name) for one in villages]
        if len(villages) > 1:
            choices.append((ALL_VILLAGES, gettext("Semua desa rapat ini")))
        self.fields["village"].choices = choices  # type: ignore[attr-defined]

    def promise(self) -> dict[str, Any]:
        data = self.cleaned_data
        element = Element(data["element"])
        everywhere = data["village"] == ALL_VILLAGES
        year_ids = [one.year_id for one in self.villages.values()] if everywhere else [int(data["village"])]
        return {
            "year_ids": year_ids,
            "element": element,
            "promised_by": data["promised_by"] or element.label,
            "what": data["what"],
            "due_date": data["due_date"],
            "proof": data["proof"],
            "client_key": data["client_key"],
        }


class StepForm(OnceForm):
    """What became of a promise."""

    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("Tanggal"), widget=DayInput)
    evidence = forms.CharField(
        label=_("Bukti"),
        max_length=300,
        required=False,
        help_text=_("Nomor surat, tautan, atau tempat simpannya."),
    )
    file = file_field(
        label=_("Berkas bukti"), help_text=_("PDF, JPG, PNG, DOCX, atau XLSX, paling besar 20 MB.")
    )
    note = forms.CharField(
        label=_("Catatan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_date = forms.DateField(label=_("Paling lambat"), required=False, widget=DayInput)

    def __init__(self, *args: Any, promise: CommitmentRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(one.value, status_word(one)) for one in NEXT[promise.status]]  # type: ignore[attr-defined]
        self.initial.setdefault("status", promise.status.value)
        self.initial.setdefault("due_date", promise.due_date)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        status = data.get("status")
        said = data.get("evidence") or data.get("note") or data.get("file")
        if status and not CommitmentStatus(status).is_open and not said:
            self.add_error(
                "evidence", gettext("Tulis buktinya atau alasannya, supaya orang lain dapat memeriksa.")
            )
        return data
