"""What people type when they choose the year's targets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bersinar.methods.categories import Category, Status
from bersinar.targeting import present, rules
from bersinar.targeting.actions import Chosen
from bersinar.targeting.queries import Candidate, ReadinessFacts
from bersinar.targeting.rules import ChecklistItem, Policy
from bersinar.targeting.vocabulary import Answer, MoneySource, OpenCategory, Signatory

LONG = 2000


def _answers() -> list[tuple[str, str]]:
    return [(answer.value, present.answer_word(answer)) for answer in Answer]


class WrittenLater(forms.CharField):
    """A text the decision needs and the draft may still lack: no page calls it optional, none refuses it empty."""

    def validate(self, value: Any) -> None:
        """Anything may be kept; the decision asks."""


class ReadinessForm(forms.Form):
    """What is known about one village's readiness."""

    pact_evidence = forms.CharField(
        label=_("Bukti pakta integritas"),
        max_length=200,
        required=False,
        help_text=_("Nomor, tanggal, atau tempat simpan. Wajib bila jawabannya Ya."),
    )
    note = forms.CharField(label=_("Catatan"), max_length=500, required=False)
    field_order: list[str]

    def __init__(self, *args: Any, policy: Policy, known: ReadinessFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy
        self.fields["pact"] = forms.ChoiceField(
            label=_("Pakta integritas pimpinan desa sudah ditandatangani"),
            choices=_answers(),
            widget=forms.RadioSelect,
            initial=known.pact.value,
        )
        for item in policy.checklist:
            answer = (known.answers or {}).get(item.id, Answer.BELUM)
            self.fields[f"item_{item.id}"] = forms.ChoiceField(
                label=item.title, choices=_answers(), widget=forms.RadioSelect, initial=answer.value
            )
        self.initial.setdefault("pact_evidence", known.pact_evidence)
        self.order_fields(["pact", "pact_evidence", *(f"item_{i.id}" for i in policy.checklist), "note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("pact") == Answer.YA.value and not data.get("pact_evidence"):
            self.add_error("pact_evidence", _("Tulis nomor, tanggal, atau tempat simpan paktanya."))
        data["answers"] = {
            item.id: Answer(data[f"item_{item.id}"])
            for item in self.policy.checklist
            if data.get(f"item_{item.id}")
        }
        return data


class ProposalForm(forms.Form):
    """The draft: money, reason and, where the policy says no, the exception of each chosen village."""

    use_required_attribute = False
    run = forms.IntegerField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    passed_over_reason = WrittenLater(
        label=_("Mengapa desa itu tidak dipilih"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, rows: list[Candidate], lines: dict[int, dict[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self._add(row, lines.get(row.village_id, {}))

    def _add(self, row: Candidate, line: dict[str, str]) -> None:
        key = row.village_id
        self.fields[f"money_{key}"] = forms.ChoiceField(
            label=_("Sumber dana"),
            choices=[(source.value, source.label) for source in MoneySource],
            initial=line.get("money_source", MoneySource.DIPA.value),
        )
        self.fields[f"reason_{key}"] = WrittenLater(
            label=_("Alasan memilih %(name)s") % {"name": row.name},
            max_length=LONG,
            initial=line.get("reason", ""),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        if not row.verdict.eligible:
            self.fields[f"override_{key}"] = WrittenLater(
                label=_("Alasan pengecualian untuk %(name)s") % {"name": row.name},
                max_length=LONG,
                initial=line.get("override_reason", ""),
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Desa ini belum memenuhi syarat. Tanpa alasan ini desa tidak dapat ditetapkan."),
            )

    def show_stored(self, lines: dict[int, dict[str, str]], by: str) -> None:
        """Beside each text that differs: what a colleague kept meanwhile."""
        for row in self.rows:
            stored = lines.get(row.village_id, {})
            for part, key in (("reason", "reason"), ("override", "override_reason")):
                field = self.fields.get(f"{part}_{row.village_id}")
                text = stored.get(key, "")
                if field is not None and text and text != self.data.get(f"{part}_{row.village_id}", ""):
                    field.help_text = _("Yang disimpan %(by)s: %(text)s") % {"by": by, "text": text}

    def lines(self) -> list[Chosen]:
        """What was typed, one line a village."""
        data = self.cleaned_data
        return [
            Chosen(
                village_id=row.village_id,
                money_source=MoneySource(data[f"money_{row.village_id}"]),
                reason=data[f"reason_{row.village_id}"],
                override_reason=data.get(f"override_{row.village_id}", ""),
            )
            for row in self.rows
        ]


class DecideForm(forms.Form):
    """The confirmation. The hidden fields say what the head was looking at."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    run = forms.IntegerField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    # The decision that stood when the page was shown; a decision made meanwhile must not be replaced unseen.
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Alasan mengganti putusan yang berlaku"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, replaces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not replaces:
            del self.fields["reason"]


class OwnPolicyForm(forms.Form):
    """The unit's own policy for one year."""

    title = forms.CharField(label=_("Nama kebijakan"), max_length=200)
    document = forms.CharField(
        label=_("Diambil dari"),
        max_length=200,
        help_text=_("Naskah, surat, atau notulen tempat kebijakan ini tertulis."),
    )
    quota_dipa = forms.IntegerField(
        label=_("Kuota DIPA"), min_value=0, max_value=999, required=False, help_text=_("Kosong: tanpa batas.")
    )
    quota_non_dipa = forms.IntegerField(
        label=_("Kuota NON DIPA"),
        min_value=0,
        max_value=999,
        required=False,
        help_text=_("Kosong: tanpa batas."),
    )
    needs_pact = forms.BooleanField(label=_("Pakta integritas wajib"), required=False)
    skips_earlier_targets = forms.BooleanField(
        label=_("Sasaran tahun sebelumnya tidak dipilih lagi"), required=False
    )
    checklist = forms.CharField(
        label=_("Butir kesiapan"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu butir satu baris."),
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self._initial(policy))
        super().__init__(*args, **kwargs)
        self.fields["excluded"] = forms.MultipleChoiceField(
            label=_("Kategori yang tidak dipilih"),
            choices=[(c.value, present.category_word(c)) for c in Category],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["open_category"] = forms.ChoiceField(
            label=_("Desa yang kategorinya belum dapat ditentukan"),
            choices=[(o.value, present.open_category_text(o)) for o in OpenCategory],
            widget=forms.RadioSelect,
        )
        self.fields["signatory"] = forms.ChoiceField(
            label=_("Penanda tangan SK"),
            choices=[(s.value, present.signatory_word(s)) for s in Signatory],
            widget=forms.RadioSelect,
        )

    @staticmethod
    def _initial(policy: Policy) -> dict[str, Any]:
        return {
            "quota_dipa": policy.quota.get(MoneySource.DIPA),
            "quota_non_dipa": policy.quota.get(MoneySource.NON_DIPA),
            "needs_pact": policy.needs_pact,
            "skips_earlier_targets": policy.skips_earlier_targets,
            "checklist": "\n".join(item.title for item in policy.checklist),
            "excluded": [category.value for category in policy.excluded_categories],
            "open_category": policy.open_category.value,
            "signatory": policy.signatory.value,
        }

    def policy(self, *, office_id: int, authority: str) -> Policy:
        """What was typed as a policy of the unit."""
        data = self.cleaned_data
        quota = {
            source: data[key]
            for source, key in ((MoneySource.DIPA, "quota_dipa"), (MoneySource.NON_DIPA, "quota_non_dipa"))
            if data[key] is not None
        }
        return Policy(
            id=f"unit-{office_id}",
            version="1",
            title=data["title"],
            authority=authority,
            document=data["document"],
            status=Status.OWN,
            excluded_categories=frozenset(Category(value) for value in data["excluded"]),
            open_category=OpenCategory(data["open_category"]),
            needs_pact=data["needs_pact"],
            checklist=self._items(data["checklist"]),
            skips_earlier_targets=data["skips_earlier_targets"],
            quota=quota,
            signatory=Signatory(data["signatory"]),
        )

    @staticmethod
    def _items(text: str) -> tuple[ChecklistItem, ...]:
        titles = dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
        return tuple(ChecklistItem(rules.item_id(title), title) for title in titles)
