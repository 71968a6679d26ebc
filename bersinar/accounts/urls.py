"""Addresses of accounts."""

from django.urls import path

from bersinar.accounts.views import doors, own, people, phones, together

app_name = "accounts"
urlpatterns = [
    path("masuk/", doors.sign_in, name="login"),
    path("masuk/langkah-kedua/", doors.second_step, name="second_step"),
    path("masuk/pasang/", doors.enrol, name="enrol"),
    path("desa/", phones.village_door, name="village_door"),
    path("desa/pin/<int:pk>/", phones.pin, name="pin"),
    path("desa/kertas/<slug:code>/", phones.use_paper, name="use_paper"),
    path("keluar/", doors.sign_out, name="logout"),
    path("bahasa/", doors.choose_language, name="language"),
    path("sandi/", own.own_password, name="own_password"),
    path("kode-pemulihan/", own.recovery_codes, name="recovery_codes"),
    path("bukti/", own.prove, name="prove"),
    path("keamanan/", own.security, name="security"),
    path("keamanan/aplikasi/", own.replace_app, name="replace_app"),
    path("keamanan/kunci/", own.add_passkey, name="add_passkey"),
    path("keamanan/kunci/<int:pk>/hapus/", own.remove_passkey, name="remove_passkey"),
    path("keamanan/kode/", own.renew_codes, name="renew_codes"),
    path("keamanan/sesi/lain/keluarkan/", own.end_other_sessions, name="end_other_sessions"),
    path("keamanan/sesi/<slug:key>/keluarkan/", own.end_session, name="end_session"),
    path("berdua/", together.together, name="together"),
    path("berdua/<int:pk>/setuju/", together.confirm, name="confirm"),
    path("berdua/<int:pk>/tolak/", together.refuse, name="refuse"),
    path("berdua/<int:pk>/tarik/", together.take_back, name="take_back"),
    path("orang/", people.people, name="people"),
    path("orang/baru/", people.open_account, name="open_account"),
    path("orang/<int:pk>/tutup/", people.close_account, name="close_account"),
    path("orang/<int:pk>/buka-lagi/", people.reopen_account, name="reopen_account"),
    path("orang/<int:pk>/sandi/", people.new_password, name="new_password"),
    path("orang/<int:pk>/keluarkan/", people.sign_out_person, name="sign_out_person"),
    path("orang/<int:pk>/kertas/", phones.paper, name="paper"),
    path("orang/<int:pk>/kertas/cetak/", phones.print_paper, name="print_paper"),
    path("orang/<int:pk>/langkah-kedua/", together.ask_factor_reset, name="ask_factor_reset"),
    path("orang/<int:pk>/penindakan/minta/", together.ask_clearance, name="ask_clearance"),
    path("penindakan/", people.clearance, name="clearance"),
    path("orang/<int:pk>/penindakan/", people.grant_enforcement, name="grant_enforcement"),
]
