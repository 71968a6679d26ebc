"""Addresses."""

from django.urls import path

from bersinar.programme import meeting_urls
from bersinar.programme.views import board, years

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
    *meeting_urls.urlpatterns,
]
