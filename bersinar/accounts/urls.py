"""Addresses of accounts."""

from django.urls import path

from bersinar.accounts.views import doors, own, people

app_name = "accounts"
urlpatterns = [
    path("masuk/", doors.sign_in, name="login"),
    path("masuk/langkah-kedua/", doors.second_step, name="second_step"),
    path("masuk/pasang/", doors.enrol, name="enrol"),
    path("keluar/", doors.sign_out, name="logout"),
    path("bahasa/", doors.choose_language, name="language"),
    path("sandi/", own.own_password, name="own_password"),
    path("kode-pemulihan/", own.recovery_codes, name="recovery_codes"),
    path("orang/", people.people, name="people"),
    path("orang/baru/", people.open_account, name="open_account"),
    path("orang/<int:pk>/tutup/", people.close_account, name="close_account"),
    path("orang/<int:pk>/buka-lagi/", people.reopen_account, name="reopen_account"),
    path("orang/<int:pk>/sandi/", people.new_password, name="new_password"),
    path("penindakan/", people.clearance, name="clearance"),
    path("orang/<int:pk>/penindakan/", people.grant_enforcement, name="grant_enforcement"),
]
