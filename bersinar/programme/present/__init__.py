"""What is recorded, as pages show it."""

from bersinar.programme.present.commitments import figures, promise, status_word, step
from bersinar.programme.present.marks import origin, undo
from bersinar.programme.present.meetings import file_word, files, letters, meeting, seats, state_word, when

__all__ = [
    "figures",
    "file_word",
    "files",
    "letters",
    "meeting",
    "origin",
    "promise",
    "seats",
    "state_word",
    "status_word",
    "step",
    "undo",
    "when",
]
