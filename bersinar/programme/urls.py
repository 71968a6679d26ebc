"""Addresses."""

from django.urls import path

from bersinar.programme.views import attendance, board, commitments, meeting_letters, meetings, minutes, years

app_name = "programme"
urlpatterns = [
    path("desa-bersinar/", board.home, name="home"),
    path("desa-bersinar/daftarkan/", years.enrol, name="enrol"),
    path("desa-bersinar/<int:pk>/", years.year, name="year"),
    path("desa-bersinar/<int:pk>/tarik/", years.withdraw_year, name="withdraw_year"),
    path("desa-bersinar/<int:pk>/<str:stage>/catat/", years.record_stage, name="record_stage"),
    path("desa-bersinar/<int:pk>/<str:stage>/rencana/", years.plan_stage, name="plan_stage"),
    path("desa-bersinar/<int:pk>/<str:stage>/bukti/", years.add_evidence, name="add_evidence"),
    path("desa-bersinar/tahap/<int:pk>/tarik/", years.withdraw_stage, name="withdraw_stage"),
    path("desa-bersinar/tahap/<int:pk>/urungkan/", years.undo_stage, name="undo_stage"),
    path("desa-bersinar/bukti/<int:pk>/tarik/", years.withdraw_evidence, name="withdraw_evidence"),
    path("kegiatan/", meetings.meetings, name="meetings"),
    path("kegiatan/rencana/", meetings.plan_meeting, name="plan_meeting"),
    path("kegiatan/<int:pk>/", meetings.meeting, name="meeting"),
    path("kegiatan/<int:pk>/ubah/", meetings.move_meeting, name="move_meeting"),
    path("kegiatan/<int:pk>/batalkan/", meetings.cancel_meeting, name="cancel_meeting"),
    path("kegiatan/<int:pk>/sahkan/", meetings.close_meeting, name="close_meeting"),
    path("kegiatan/<int:pk>/berkas/", meetings.add_file, name="add_meeting_file"),
    path("kegiatan/<int:pk>/undangan/", meeting_letters.invitation, name="invitation"),
    path("kegiatan/<int:pk>/undangan.ics", meeting_letters.invitation_ics, name="invitation.ics"),
    path("kegiatan/<int:pk>/daftar-hadir/", meeting_letters.attendance_sheet, name="attendance_sheet"),
    path("kegiatan/<int:pk>/laporan/", meeting_letters.report, name="report"),
    path("kegiatan/<int:pk>/hadir/", attendance.attendance, name="attendance"),
    path("kegiatan/<int:pk>/hadir/tempel/", attendance.paste_names, name="paste_names"),
    path("kegiatan/hadir/<int:pk>/tarik/", attendance.withdraw_attendance, name="withdraw_attendance"),
    path("kegiatan/hadir/<int:pk>/pulihkan/", attendance.restore_attendance, name="restore_attendance"),
    path("kegiatan/<int:pk>/notulen/", minutes.minutes, name="minutes"),
    path("kegiatan/<int:pk>/notulen/versi/", minutes.minutes_versions, name="minutes_versions"),
    path("kegiatan/<int:pk>/janji/", commitments.add_commitment, name="add_commitment"),
    path("kegiatan/janji/", commitments.commitments, name="commitments"),
    path("kegiatan/janji/<int:pk>/", commitments.commitment, name="commitment"),
    path("kegiatan/janji/<int:pk>/tarik/", commitments.withdraw_commitment, name="withdraw_commitment"),
    path("kegiatan/janji/<int:pk>/pulihkan/", commitments.restore_commitment, name="restore_commitment"),
]
