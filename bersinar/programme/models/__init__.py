"""Tables of forming a Desa Bersinar."""

from bersinar.programme.models.commitments import Commitment, CommitmentStep
from bersinar.programme.models.meetings import (
    Attendance,
    AttendanceWithdrawal,
    Meeting,
    MeetingClosing,
    MeetingFile,
    MeetingPlan,
    MeetingRecord,
    MeetingVillage,
    Minutes,
)
from bersinar.programme.models.years import Evidence, ProgrammeYear, RecordWithdrawal, StageEvent, StagePlan

__all__ = [
    "Attendance",
    "AttendanceWithdrawal",
    "Commitment",
    "CommitmentStep",
    "Evidence",
    "Meeting",
    "MeetingClosing",
    "MeetingFile",
    "MeetingPlan",
    "MeetingRecord",
    "MeetingVillage",
    "Minutes",
    "ProgrammeYear",
    "RecordWithdrawal",
    "StageEvent",
    "StagePlan",
]
