"""Everything that changes data of forming a Desa Bersinar."""

from bersinar.documents.uploads import Upload
from bersinar.programme.actions.attendance import (
    SeatAnswer,
    WalkIn,
    record_attendance,
    restore_attendance,
    save_attendance,
    withdraw_attendance,
)
from bersinar.programme.actions.commitments import (
    change_commitment,
    keep_evidence,
    record_commitment,
    record_commitments,
    restore_commitment,
    withdraw_commitment,
)
from bersinar.programme.actions.enrol import enrol_chosen, enrol_village, withdraw_year
from bersinar.programme.actions.letters import (
    draft_attendance_sheet,
    draft_invitation,
    draft_minutes_letter,
)
from bersinar.programme.actions.meetings import add_file, close_meeting, save_record
from bersinar.programme.actions.minutes import write_minutes
from bersinar.programme.actions.plans import cancel_meeting, move_meeting, plan_meeting
from bersinar.programme.actions.stages import (
    Shown,
    add_evidence,
    plan_stage,
    record_stage,
    withdraw_evidence,
    withdraw_stage,
)

__all__ = [
    "SeatAnswer",
    "Shown",
    "Upload",
    "WalkIn",
    "add_evidence",
    "add_file",
    "cancel_meeting",
    "change_commitment",
    "close_meeting",
    "draft_attendance_sheet",
    "draft_invitation",
    "draft_minutes_letter",
    "enrol_chosen",
    "enrol_village",
    "keep_evidence",
    "move_meeting",
    "plan_meeting",
    "plan_stage",
    "record_attendance",
    "record_commitment",
    "record_commitments",
    "record_stage",
    "restore_attendance",
    "restore_commitment",
    "save_attendance",
    "save_record",
    "withdraw_attendance",
    "withdraw_commitment",
    "withdraw_evidence",
    "withdraw_stage",
    "withdraw_year",
    "write_minutes",
]
