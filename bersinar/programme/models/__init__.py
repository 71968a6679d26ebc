"""Tables of forming a Desa Bersinar."""

from bersinar.programme.models.years import Evidence, ProgrammeYear, StageEvent, Withdrawal

__all__ = [
    "Evidence",
    "ProgrammeYear",
    "StageEvent",
    "Withdrawal",
]
