"""Addresses."""

from django.urls import path

from bersinar.mapping import views

app_name = "mapping"
urlpatterns = [
    path("", views.home, name="home"),
    path("hitung/", views.start, name="start"),
    path("aturan/", views.rule_page, name="rules"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/desa/", views.table, name="table"),
    path("<int:pk>/desa/<str:code>/", views.village, name="village"),
    path("<int:pk>/kategori.xlsx", views.table_xlsx, name="table_xlsx"),
    path("<int:pk>/kategori.csv", views.table_csv, name="table_csv"),
    path("<int:pk>/rilis/", views.release, name="release"),
    path("<int:pk>/keberatan/", views.objections, name="objections"),
    path("keberatan/<int:pk>/jawab/", views.answer, name="answer"),
]
