"""Forms of the matching. Their fields follow the file, so they are made for each draft."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bersinar.fieldwork.matching.columns import HEADING_WITHIN, PLACES, Profile, Reason, Shape
from bersinar.fieldwork.matching.feeds import MOST_WORDS, Feed, How, number_of
from bersinar.fieldwork.reading import limits
from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.fieldwork.rules.template import letter
from bersinar.fieldwork.vocabulary import SourceType
from bersinar.fieldwork.wizard import words
from bersinar.fieldwork.wizard.state import NO_VILLAGE, Decided, Draft


class FileForm(forms.Form):
    """The file itself."""

    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        help_text=gettext_lazy(
            "Excel (.xlsx) atau CSV, paling besar 20 MB. Templat kami tidak perlu dicocokkan."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.txt,.tsv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > limits.MAX_BYTES:
            raise forms.ValidationError(
                _("Berkas lebih besar dari 20 MB. Bagi per kabupaten, lalu unggah satu per satu.")
            )
        return file


class SheetForm(forms.Form):
    """Which sheet, and in which row its headings stand."""

    sheet = forms.TypedChoiceField(label=gettext_lazy("Lembar"), coerce=int, widget=forms.RadioSelect)
    heading = forms.IntegerField(
        label=gettext_lazy("Baris judul"),
        help_text=gettext_lazy("Nomor baris yang berisi judul kolom, seperti di Excel."),
        min_value=1,
        max_value=HEADING_WITHIN,
    )

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["sheet"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [
                (at, _sheet_label(sheet.name, len(sheet.rows), hidden=sheet.is_hidden))
                for at, sheet in enumerate(draft.sheets)
                if sheet.rows
            ]
        self.fields["sheet"].initial = draft.sheet_at
        self.fields["heading"].initial = draft.heading + 1


def _sheet_label(name: str, rows: int, *, hidden: bool) -> str:
    told = _("%(name)s, %(rows)d baris") % {"name": name or _("Tabel"), "rows": rows}
    return told + (_(" (lembar tersembunyi)") if hidden else "")


class ColumnsForm(forms.Form):
    """Which column is what."""

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        options = [("", _("Tidak ada")), *((str(one.column), _column_label(one)) for one in draft.profiles)]
        labels = {key: str(words.PLACES[key]) for key in PLACES}
        labels |= {one.id: f"{one.id} {one.name} ({one.unit})" for one in draft.allowed}
        for target, label in labels.items():
            at = draft.columns.get(target)
            self.fields[target] = forms.ChoiceField(
                label=label,
                choices=options,
                required=False,
                initial="" if at is None else str(at),
                help_text=_reason(draft, target),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("code") and not data.get("name"):
            self.add_error("name", _("Pilih kolom kode atau kolom nama desa."))
        if not any(data.get(one.id) for one in self.draft.allowed):
            raise forms.ValidationError(_("Pilih kolom untuk paling sedikit satu indikator."))
        used: dict[str, str] = {}
        for target, column in list(data.items()):
            if column and column in used:
                self.add_error(
                    target, _("Kolom ini sudah dipakai untuk %s.") % self.fields[used[column]].label
                )
            elif column:
                used[column] = target
        return data

    def groups(self) -> list[dict[str, Any]]:
        """Where the village stands, and what the columns feed."""
        return [
            {"title": _("Desanya"), "fields": [self[key] for key in PLACES]},
            {"title": _("Indikatornya"), "fields": [self[one.id] for one in self.draft.allowed]},
        ]

    @property
    def chosen(self) -> dict[str, int]:
        return {target: int(column) for target, column in self.cleaned_data.items() if column}


def _column_label(one: Profile) -> str:
    examples = "; ".join(one.examples) or _("kosong")
    return Truncator(f"{letter(one.column)} · {one.heading or _('tanpa judul')} · {examples}").chars(90)


def _reason(draft: Draft, target: str) -> str:
    if draft.remembered is not None and target in draft.remembered.columns:
        return str(words.REASONS[Reason.REMEMBERED]).capitalize()
    found = draft.suggestions.get(target)
    if found is None:
        return ""
    facts = {"column": letter(found.column), "why": words.REASONS[found.reason]}
    return _("Usul: kolom %(column)s, %(why)s.") % facts


class VillagesForm(forms.Form):
    """Doubtful rows of one page: a candidate, another code, or no village."""

    def __init__(self, *args: Any, draft: Draft, page: list[Decided], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.by_code = draft.id_of_code
        for one in page:
            options = [("", _("Belum diputuskan"))]
            taken = {}
            for candidate in one.match.candidates:
                place, row = draft.place_of[candidate.place_id], draft.row_of.get(candidate.place_id)
                where = f"{place.name}, {place.kecamatan}, {place.kabupaten} · {place.code}"
                told = f"{where} · {_('mirip')} {candidate.score} %"
                if row is None or row == one.row.number:
                    options.append((str(place.id), told))
                else:
                    taken[str(place.id)] = told + _(" · sudah di baris %d") % row
            # What another row already leads to is rarely meant, so it comes last.
            options.extend(taken.items())
            options.append((str(NO_VILLAGE), _("Tanpa kode: lewati baris ini")))
            known = {value for value, _label in options}
            chosen = "" if one.choice is None else str(one.choice)
            self.fields[f"row_{one.row.number}"] = forms.ChoiceField(
                label=_("Desa untuk baris %d") % one.row.number,
                choices=options,
                required=False,
                initial=chosen if chosen in known else "",
                widget=forms.RadioSelect,
            )
            self.fields[f"code_{one.row.number}"] = forms.CharField(
                label=_("Kode lain untuk baris %d") % one.row.number,
                required=False,
                max_length=13,
                initial="" if chosen in known else draft.place_of[int(chosen)].code,
                widget=forms.TextInput(attrs={"placeholder": "00.00.00.0000", "inputmode": "decimal"}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for one in self.page:
            code = (data.get(f"code_{one.row.number}") or "").strip()
            if code and code not in self.by_code:
                self.add_error(
                    f"code_{one.row.number}", _("Kode %s tidak ada di wilayah Anda. Periksa angkanya.") % code
                )
        return data

    @property
    def decisions(self) -> dict[int, int | None]:
        """Every row of the page: a village, no village, or not decided."""
        found: dict[int, int | None] = {}
        for one in self.page:
            number = one.row.number
            code = self.cleaned_data.get(f"code_{number}", "").strip()
            chosen = self.cleaned_data.get(f"row_{number}", "")
            found[number] = self.by_code[code] if code else int(chosen) if chosen else None
        return found


class FeedsForm(forms.Form):
    """How each column becomes its indicator, and where the file comes from."""

    source_type = forms.ChoiceField(
        label=gettext_lazy("Jenis sumber"),
        choices=[
            ("", gettext_lazy("Pilih sumber")),
            *((one.value, words.SOURCES[one]) for one in SourceType),
        ],
        help_text=gettext_lazy("Dari mana angka di berkas ini berasal."),
    )

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        source = draft.choices.get("source_type")
        self.fields["source_type"].initial = source if isinstance(source, str) else ""
        for indicator in draft.fed:
            self._add(indicator, draft.feed_of(indicator), draft.profiles[draft.columns[indicator.id]])

    def _add(self, indicator: Indicator, feed: Feed, column: Profile) -> None:
        name = indicator.id
        self.fields[f"{name}_how"] = forms.ChoiceField(
            label=_("Cara membaca"),
            choices=[
                (how.value, words.HOWS[how]) for how in How if how is not How.YA_TIDAK or indicator.takes_yes
            ],
            initial=feed.how.value,
        )
        self.fields[f"{name}_factor"] = forms.CharField(
            label=_("Satu di berkas sama dengan berapa %s") % indicator.unit,
            initial=str(feed.factor.normalize()).replace(".", ","),
            max_length=12,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )
        for at, (word, count) in enumerate(listed_words(column)):
            number = feed.words.get(word)
            self.fields[f"{name}_word_{at}"] = forms.CharField(
                label=_("“%(word)s” (%(count)d baris) menjadi") % {"word": word, "count": count},
                required=False,
                max_length=12,
                initial="" if number is None else str(number).replace(".", ","),
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )

    def groups(self) -> list[dict[str, Any]]:
        """Fields of each indicator together, for the page."""
        found = []
        for indicator in self.draft.fed:
            column = self.draft.profiles[self.draft.columns[indicator.id]]
            found.append(
                {
                    "indicator": indicator,
                    "column": column,
                    "is_yes_no": column.shape is Shape.YES_NO and indicator.takes_yes,
                    "letter": letter(column.column),
                    "fields": [self[f"{indicator.id}_how"], self[f"{indicator.id}_factor"]],
                    "words": [self[f"{indicator.id}_word_{at}"] for at in range(len(listed_words(column)))],
                    "open": self[f"{indicator.id}_how"].value() == How.KATEGORI.value,
                }
            )
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.feeds: dict[str, Feed] = {}
        for indicator in self.draft.fed:
            feed = self._feed(indicator, data)
            if feed is not None:
                self.feeds[indicator.id] = feed
        return data

    def _feed(self, indicator: Indicator, data: dict[str, Any]) -> Feed | None:
        name, at = indicator.id, self.draft.columns[indicator.id]
        how = How(data.get(f"{name}_how") or How.ANGKA)
        factor = self._number(f"{name}_factor", data) or Decimal(0)
        if how is How.ANGKA and not factor:
            self.add_error(f"{name}_factor", _("Tulis angka di atas nol, misalnya 1."))
            return None
        listed = listed_words(self.draft.profiles[at])
        if how is How.KATEGORI and not listed:
            self.add_error(
                f"{name}_how", _("Kolom ini berisi terlalu banyak kata yang berbeda. Pilih cara lain.")
            )
            return None
        numbers = {word: self._number(f"{name}_word_{k}", data) for k, (word, _count) in enumerate(listed)}
        if how is How.KATEGORI and all(number is None for number in numbers.values()):
            self.add_error(f"{name}_how", _("Tulis angka untuk paling sedikit satu kata."))
            return None
        used = numbers if how is How.KATEGORI else {}
        return Feed(name, at, how, factor if how is How.ANGKA else Decimal(1), used)

    def _number(self, field: str, data: dict[str, Any]) -> Decimal | None:
        try:
            return number_of(data.get(field) or "")
        except ValueError:
            self.add_error(field, _("Tulis angka saja, nol atau lebih."))
            return None


def listed_words(column: Profile) -> tuple[tuple[str, int], ...]:
    """The different words of a column, when they are few enough to be given a number one by one."""
    if column.shape is Shape.TEXT or len(column.values) > MOST_WORDS:
        return ()
    return column.values
