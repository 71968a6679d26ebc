"""One thing the doctor has to say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Mood(IntEnum):
    """How bad it is; the worst decides the exit status of the command."""

    WELL = 0
    NOTE = 1  # worth knowing, nothing to do
    WARN = 2
    BAD = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """A code to quote, a sentence that says what is so, and one that says what to do (empty when nothing is)."""

    code: str
    mood: Mood
    text: str
    todo: str = ""

    @property
    def is_trouble(self) -> bool:
        return self.mood >= Mood.WARN


def well(code: str, text: str) -> Finding:
    return Finding(code, Mood.WELL, text)


def note(code: str, text: str) -> Finding:
    return Finding(code, Mood.NOTE, text)


def warn(code: str, text: str, todo: str) -> Finding:
    return Finding(code, Mood.WARN, text, todo)


def bad(code: str, text: str, todo: str) -> Finding:
    return Finding(code, Mood.BAD, text, todo)
