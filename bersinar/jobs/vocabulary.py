"""The states of a job."""

from __future__ import annotations

from enum import StrEnum


class JobState(StrEnum):
    ANTRE = "ANTRE"
    BERJALAN = "BERJALAN"
    SELESAI = "SELESAI"
    GAGAL = "GAGAL"


OPEN = (JobState.ANTRE, JobState.BERJALAN)
