"""What people type in the mapping stage."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bersinar.mapping import present
from bersinar.mapping.queries import RuleChoice
from bersinar.mapping.vocabulary import ObjectionOutcome
from bersinar.mapping.words import category_word, status_word
from bersinar.methods.categories import Category, CountRule, Line, Presence, RuleError, Status
from bersinar.methods.categories.rule import Combine

OWN_CATEGORIES = (Category.WASPADA, Category.SIAGA, Category.AMAN)


class StartForm(forms.Form):
    """Which data and which rule."""

    def __init__(
        self, *args: Any, rounds: list[tuple[int, str]], rules: list[RuleChoice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"] = forms.ChoiceField(
            label=_("Data yang dihitung"), choices=[(str(pk), title) for pk, title in rounds]
        )
        self.fields["rule"] = forms.ChoiceField(
            label=_("Aturan"),
            help_text=_("Hanya garis Bahaya yang pernah terbit. Garis lain berasal dari unit Anda."),
            choices=[(one.key, self._words(one)) for one in rules],
            widget=forms.RadioSelect,
        )

    @staticmethod
    def _words(choice: RuleChoice) -> str:
        rule = choice.rule
        return f"{rule.title}, {_('versi')} {rule.version} ({status_word(rule.status)})"


class ReleaseForm(forms.Form):
    """The head's remark, if any."""

    note = forms.CharField(
        label=_("Catatan rilis"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ObjectionForm(forms.Form):
    """What a village says against its category."""

    village = forms.CharField(
        label=_("Desa"), max_length=100, help_text=_("Nama atau kode desa. Contoh: 19.02.04.2005")
    )
    raised_by = forms.CharField(
        label=_("Disampaikan oleh"), max_length=150, help_text=_("Jabatan saja, misalnya kepala desa.")
    )
    raised_on = forms.DateField(
        label=_("Tanggal disampaikan"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = forms.CharField(
        label=_("Isi keberatan"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["raised_on"].initial = timezone.localdate


class AnswerForm(forms.Form):
    """The office's answer."""

    outcome = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[
            (ObjectionOutcome.DITERIMA.value, _("Diterima: data diperbaiki, lalu dihitung lagi")),
            (ObjectionOutcome.DITOLAK.value, _("Ditolak: hasil tetap")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)


class OwnRuleForm(forms.Form):
    """The unit's own lines and thresholds beside the published line. What stays empty stays as it is."""

    title = forms.CharField(label=_("Nama aturan"), max_length=200)
    document = forms.CharField(
        label=_("Diambil dari"),
        max_length=200,
        help_text=_("Buku, surat, atau keputusan tempat garis dan batas ini tertulis."),
    )

    def __init__(
        self, *args: Any, base: CountRule, names: dict[str, str], known: CountRule | None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _initial(known) if known else {})
        super().__init__(*args, **kwargs)
        self.base, self.names, self.known = base, names, known
        for category in OWN_CATEGORIES:
            self._add_line(category)
        for name in base.indicators:
            self._add_limit(name)

    def _add_line(self, category: Category) -> None:
        key = category.value.lower()
        counted = {"inputmode": "numeric"}
        self.fields[f"{key}_main"] = forms.IntegerField(
            label=_("Pokok, minimal"),
            min_value=0,
            max_value=len(self.base.main),
            required=False,
            widget=forms.NumberInput(attrs=counted),
        )
        self.fields[f"{key}_combine"] = forms.ChoiceField(
            label=_("Gabungan"), choices=[("and", _("dan")), ("or", _("atau"))]
        )
        self.fields[f"{key}_supporting"] = forms.IntegerField(
            label=_("Pendukung, minimal"),
            min_value=0,
            max_value=len(self.base.supporting),
            required=False,
            widget=forms.NumberInput(attrs=counted),
        )

    def _add_limit(self, name: str) -> None:
        limit = self.base.presence[name]
        label = f"{name} {self.names.get(name, '')}".strip()
        self.fields[f"op_{name}"] = forms.ChoiceField(
            label=_("%(name)s: tanda") % {"name": label},
            choices=[(">=", _("paling sedikit")), (">", _("lebih dari"))],
            initial=limit.op,
        )
        self.fields[f"limit_{name}"] = forms.DecimalField(
            label=label,
            min_value=0,
            max_digits=12,
            decimal_places=4,
            required=False,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            help_text=_("Kosong: tetap pengganti sementara, %(limit)s.")
            % {"limit": present.limit_text(limit)},
        )

    def line_rows(self) -> list[dict[str, Any]]:
        """Three fields a category."""
        return [
            {
                "mark": present.MARKS[category.value],
                "word": category_word(category.value),
                "fields": [
                    self[f"{category.value.lower()}_{part}"] for part in ("main", "combine", "supporting")
                ],
            }
            for category in OWN_CATEGORIES
        ]

    def limit_rows(self) -> list[dict[str, Any]]:
        """Two fields an indicator."""
        return [
            {
                "label": self.fields[f"limit_{name}"].label,
                "sign": self[f"op_{name}"],
                "value": self[f"limit_{name}"],
            }
            for name in self.base.indicators
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["lines"] = self._lines(data)
        data["presence"] = self._presence(data)
        if not data["lines"] and not data["presence"] and not self.errors:
            raise forms.ValidationError(_("Isi paling sedikit satu garis atau satu batas."))
        return data

    def _lines(self, data: dict[str, Any]) -> list[Line]:
        lines = []
        for category in OWN_CATEGORIES:
            key = category.value.lower()
            main, supporting = data.get(f"{key}_main"), data.get(f"{key}_supporting")
            if main is None and supporting is None:
                continue
            if main is None or supporting is None:
                self.add_error(
                    f"{key}_main",
                    _("Isi kedua jumlah, atau kosongkan keduanya. Tulis 0 bila tidak ada syarat."),
                )
                continue
            same = self._example_line(category)
            combine: Combine = "or" if data.get(f"{key}_combine") == "or" else "and"
            try:
                line = Line(category, main, supporting, combine, Status.OWN, data.get("document", ""))
            except RuleError as error:
                self.add_error(f"{key}_main", str(error))
                continue
            # What was made up stays made up until somebody writes another number.
            kept = same is not None and replace(line, status=same.status, source=same.source) == same
            lines.append(same if same is not None and kept else line)
        return lines

    def _example_line(self, category: Category) -> Line | None:
        lines = self.known.lines if self.known else ()
        return next((one for one in lines if one.category is category and one.status is Status.CONTOH), None)

    def _presence(self, data: dict[str, Any]) -> dict[str, Presence]:
        """Only what was typed: a threshold left empty keeps its stand-in and its label."""
        found = {}
        for name in self.base.indicators:
            limit = data.get(f"limit_{name}")
            if limit is None:
                continue
            op = data.get(f"op_{name}", ">=")
            if op == ">=" and limit == 0:
                self.add_error(
                    f"limit_{name}", _("Dengan paling sedikit 0, nihil pun dianggap ada. Tulis di atas nol.")
                )
                continue
            typed = Presence(
                op=op,
                threshold=float(limit),
                unit=self.base.presence[name].unit,
                status=Status.OWN,
                note=data.get("document", ""),
            )
            same = self.known.presence.get(name) if self.known else None
            kept = same is not None and same.status is Status.CONTOH
            if same is not None and kept and (same.op, same.threshold) == (typed.op, typed.threshold):
                found[name] = same
            else:
                found[name] = typed
        return found


def _initial(known: CountRule) -> dict[str, Any]:
    """The unit's newest version, so that the next one is an edit of it."""
    initial: dict[str, Any] = {"title": known.title, "document": known.document}
    for line in known.lines:
        if line.category in OWN_CATEGORIES:
            key = line.category.value.lower()
            initial |= {
                f"{key}_main": line.min_main,
                f"{key}_supporting": line.min_supporting,
                f"{key}_combine": line.combine,
            }
    for name in known.indicators:
        limit = known.presence[name]
        if limit.status in (Status.OWN, Status.CONTOH):
            whole = limit.threshold.is_integer()
            initial |= {
                f"op_{name}": limit.op,
                f"limit_{name}": int(limit.threshold) if whole else limit.threshold,
            }
    return initial
