"""What people type in the mapping stage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor
from bersinar.mapping import queries
from bersinar.mapping.vocabulary import ObjectionOutcome
from bersinar.methods.categories import Category, Line, RuleError, Status

OWN_CATEGORIES = (Category.WASPADA, Category.SIAGA, Category.AMAN)


class StartForm(forms.Form):
    """Which data and which rule."""

    round = forms.ChoiceField(label=_("Data yang dihitung"))
    rule = forms.ChoiceField(
        label=_("Aturan"), help_text=_("Hanya garis Bahaya yang terbit. Garis lain berasal dari unit Anda.")
    )

    def __init__(self, *args: Any, actor: Actor, rounds: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"] = forms.ChoiceField(
            label=_("Data yang dihitung"), choices=[(str(pk), title) for pk, title in rounds]
        )
        self.fields["rule"] = forms.ChoiceField(
            label=_("Aturan"),
            help_text=_("Hanya garis Bahaya yang terbit. Garis lain berasal dari unit Anda."),
            choices=[(choice.key, choice.title) for choice in queries.rule_choices(actor)],
        )


class ReleaseForm(forms.Form):
    """The head's remark, if any."""

    note = forms.CharField(label=_("Catatan rilis (boleh kosong)"), max_length=500, required=False)


class ObjectionForm(forms.Form):
    """What a village says against its category."""

    village = forms.CharField(
        label=_("Kode desa"), max_length=13, help_text=_("Contoh: 19.02.04.2005. Salin dari tabel desa.")
    )
    raised_by = forms.CharField(
        label=_("Disampaikan oleh"), max_length=150, help_text=_("Jabatan saja, misalnya kepala desa.")
    )
    raised_on = forms.DateField(label=_("Tanggal disampaikan"), help_text=_("Contoh: 2026-04-30"))
    text = forms.CharField(
        label=_("Isi keberatan"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )


class AnswerForm(forms.Form):
    """The office's answer."""

    outcome = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[
            (ObjectionOutcome.DITERIMA.value, _("Diterima: data diperbaiki lalu dihitung lagi")),
            (ObjectionOutcome.DITOLAK.value, _("Ditolak: hasil tetap")),
        ],
    )
    text = forms.CharField(label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)


class OwnRuleForm(forms.Form):
    """The unit's own lines below the published one; an empty pair means no line."""

    title = forms.CharField(label=_("Nama aturan"), max_length=200)
    document = forms.CharField(
        label=_("Diambil dari"),
        max_length=200,
        help_text=_("Buku, surat, atau keputusan tempat garis ini tertulis."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for category in OWN_CATEGORIES:
            key, word = category.value.lower(), category.value.capitalize()
            self.fields[f"{key}_main"] = forms.IntegerField(
                label=_("%(word)s: paling sedikit pokok") % {"word": word}, min_value=0, required=False
            )
            self.fields[f"{key}_combine"] = forms.ChoiceField(
                label=_("%(word)s: gabungan") % {"word": word}, choices=[("and", _("dan")), ("or", _("atau"))]
            )
            self.fields[f"{key}_supporting"] = forms.IntegerField(
                label=_("%(word)s: paling sedikit pendukung") % {"word": word}, min_value=0, required=False
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines = []
        for category in OWN_CATEGORIES:
            key = category.value.lower()
            least = (data.get(f"{key}_main"), data.get(f"{key}_supporting"))
            if least == (None, None):
                continue
            if None in least:
                self.add_error(
                    f"{key}_main",
                    _("Isi kedua jumlah, atau kosongkan keduanya. Tulis 0 bila tidak ada syarat."),
                )
                continue
            try:
                lines.append(
                    Line(
                        category,
                        least[0],
                        least[1],
                        data.get(f"{key}_combine", "and"),
                        Status.OWN,
                        data.get("document", ""),
                    )
                )
            except RuleError as error:
                self.add_error(f"{key}_main", str(error))
        if not lines and not self.errors:
            raise forms.ValidationError(_("Isi paling sedikit satu garis."))
        data["lines"] = lines
        return data
