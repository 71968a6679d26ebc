"""One line of a work queue: what is due, why, and where to do it. Every stage offers its own lines; home shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bersinar.ui.writing import day

Mood = Literal["late", "soon", ""]


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence that starts with a verb, one line why, and the one page where it is done.

    `due` is None when nothing but the work itself presses; such lines come last.
    """

    title: str
    text: str
    url: str
    action: str
    due: date | None = None
    weight: int = 0

    def mood(self, on: date) -> Mood:
        """How the day of the queue sees the line."""
        if self.due is None:
            return ""
        if self.due < on:
            return "late"
        return "soon" if (self.due - on).days <= 1 else ""

    def when(self, on: date) -> str:
        """The words in front of the line."""
        if self.due is None:
            return _("tanpa tenggat")
        days = (self.due - on).days
        if days < 0:
            return ngettext("lewat %(n)s hari", "lewat %(n)s hari", -days) % {"n": -days}
        return {0: _("hari ini"), 1: _("besok")}.get(days) or day(self.due)


def in_order(tasks: list[Task]) -> list[Task]:
    """Overdue first, then by day, then without a day; heavier lines first within a day."""
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max, -task.weight, task.title))
