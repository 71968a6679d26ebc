"""Addresses of accounts."""

from django.urls import path

from bersinar.accounts import views

app_name = "accounts"
urlpatterns = [
    path("masuk/", views.sign_in, name="login"),
    path("keluar/", views.sign_out, name="logout"),
    path("bahasa/", views.choose_language, name="language"),
    path("sandi/", views.own_password, name="own_password"),
    path("orang/", views.people, name="people"),
    path("orang/baru/", views.open_account, name="open_account"),
    path("orang/<int:pk>/tutup/", views.close_account, name="close_account"),
    path("orang/<int:pk>/buka-lagi/", views.reopen_account, name="reopen_account"),
    path("orang/<int:pk>/sandi/", views.new_password, name="new_password"),
    path("penindakan/", views.clearance, name="clearance"),
    path("orang/<int:pk>/penindakan/", views.grant_enforcement, name="grant_enforcement"),
]
