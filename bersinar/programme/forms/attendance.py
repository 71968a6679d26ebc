"""The attendance list as one form, and a list of names pasted from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bersinar.programme.actions import SeatAnswer, WalkIn
from bersinar.programme.forms.fields import OnceForm
from bersinar.programme.rules.meetings import NamedLine, SeatPlan, part_of
from bersinar.programme.vocabulary import Element
from bersinar.ui import address

ELEMENTS = [(element.value, element.label) for element in Element]
FEW_GUESTS = 3
MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the attendance list: a seat, and the person who is known to sit there."""

    key: str
    title: str
    element: Element
    place_code: str
    known: int | None
    present: BoundField
    name: BoundField
    position: BoundField


class AttendanceForm(OnceForm):
    """The whole attendance list: one line a seat, then lines for people nobody expected."""

    def __init__(
        self,
        *args: Any,
        plan: SeatPlan,
        pasted: Sequence[NamedLine] = (),
        part: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.key: seat for seat in plan.seats}
        for_seat = {f"{line.element}:{line.place_code}": line for line in pasted if line.place_code}
        self.lines = self._lines_of(plan, part, set(for_seat) if pasted else None)
        for key, known in self.lines:
            person = next((one for one in self.seats[key].people if one.id == known), None)
            line = None if person else for_seat.get(key)
            row = f"{key}:{known or 0}"
            title = self.seats[key].title
            shown = person or line
            self.fields[f"hadir:{row}"] = forms.BooleanField(
                label=gettext("Hadir: %(who)s") % {"who": title}, required=False, initial=shown is not None
            )
            self._text(
                f"nama:{row}",
                gettext("Nama %(who)s") % {"who": title},
                shown.name if shown else "",
                gettext("Nama"),
            )
            self._text(
                f"jabatan:{row}",
                gettext("Jabatan %(who)s") % {"who": title},
                shown.position if shown else "",
                gettext("Jabatan"),
            )
        guests = [line for line in pasted if not line.place_code]
        self.n_guests = self._guest_count(len(guests))
        for number in range(self.n_guests):
            guest = guests[number] if number < len(guests) else NamedLine("")
            self._text(f"tamu-nama:{number}", gettext("Nama tamu %(n)d") % {"n": number + 1}, guest.name)
            self._text(
                f"tamu-jabatan:{number}", gettext("Jabatan tamu %(n)d") % {"n": number + 1}, guest.position
            )
            self._text(f"tamu-instansi:{number}", gettext("Instansi tamu %(n)d") % {"n": number + 1}, "")
            self.fields[f"tamu-unsur:{number}"] = forms.ChoiceField(
                label=gettext("Unsur tamu %(n)d") % {"n": number + 1},
                choices=[("", gettext("bukan unsur")), *ELEMENTS],
                required=False,
                initial=guest.element.value if guest.element else "",
            )

    def rows(self) -> Iterator[SheetRow]:
        """The lines of the list as the page shows them."""
        for key, known in self.lines:
            seat, row = self.seats[key], f"{key}:{known or 0}"
            yield SheetRow(
                key=row,
                title=seat.title,
                element=seat.element,
                place_code=seat.place_code,
                known=known,
                present=self[f"hadir:{row}"],
                name=self[f"nama:{row}"],
                position=self[f"jabatan:{row}"],
            )

    def guests(self) -> list[list[BoundField]]:
        parts = ("nama", "jabatan", "instansi", "unsur")
        return [[self[f"tamu-{part}:{number}"] for part in parts] for number in range(self.n_guests)]

    def answers(self) -> list[SeatAnswer]:
        data = self.cleaned_data
        return [
            SeatAnswer(
                element=self.seats[key].element,
                place_code=self.seats[key].place_code,
                present=data[f"hadir:{key}:{known or 0}"],
                name=data[f"nama:{key}:{known or 0}"],
                position=data[f"jabatan:{key}:{known or 0}"],
                known=known,
                title=self.seats[key].title,
            )
            for key, known in self.lines
        ]

    def walk_ins(self) -> list[WalkIn]:
        data = self.cleaned_data
        found = []
        for number in range(self.n_guests):
            name, position, institution = (
                data[f"tamu-{part}:{number}"] for part in ("nama", "jabatan", "instansi")
            )
            element = data[f"tamu-unsur:{number}"]
            if name or position or institution:
                found.append(WalkIn(name, position, institution, Element(element) if element else None))
        return found

    def _text(self, name: str, label: str, initial: str, hint: str = "") -> None:
        self.fields[name] = forms.CharField(
            label=label,
            max_length=150,
            required=False,
            initial=initial,
            widget=forms.TextInput(attrs={"autocomplete": "off"} | ({"placeholder": hint} if hint else {})),
        )

    def _lines_of(self, plan: SeatPlan, part: str, named: set[str] | None) -> list[tuple[str, int | None]]:
        """The lines as they were when the page was opened, so that a late answer is read as it was meant."""
        if not self.is_bound:
            # Of a long list one part is shown, or just what was pasted: the rest has its own pages.
            shown = plan.seats
            if part and named is not None:
                shown = tuple(seat for seat in plan.seats if seat.key in named)
            elif part:
                shown = tuple(seat for seat in plan.seats if part_of(seat) == part)
            return [
                (seat.key, person.id if person else None)
                for seat in shown
                for person in (seat.people or (None,))
            ]
        lines = []
        for sent in cast(QueryDict, self.data).getlist("baris")[:MOST_ROWS]:
            key, _sign, known = sent.rpartition(":")
            number = address.whole_number(known)
            if key in self.seats and number is not None:
                lines.append((key, number or None))
        return list(dict.fromkeys(lines))

    def _guest_count(self, pasted: int) -> int:
        if self.is_bound:
            sent = self.data.get("tamu", "")
            return min(address.whole_number(sent) or 0, MOST_ROWS)
        return pasted + FEW_GUESTS


class PasteForm(forms.Form):
    """A list of names from wherever it was typed."""

    names = forms.CharField(
        label=_("Daftar nama"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Satu orang satu baris: nama, jabatan. Yang dikenali langsung mengisi kursinya."),
    )
