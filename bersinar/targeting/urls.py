"""Addresses."""

from django.urls import path

from bersinar.targeting import views

app_name = "targeting"
urlpatterns = [
    path("", views.home, name="home"),
    path("kebijakan/<int:year>/", views.policy, name="policy"),
    path("<int:year>/pilih/", views.pick, name="pick"),
    path("<int:year>/usulan/", views.proposal, name="proposal"),
    path("<int:year>/tetapkan/", views.decide, name="decide"),
    path("<int:year>/desa/<str:code>/kesiapan/", views.readiness, name="readiness"),
    path("putusan/<int:pk>/", views.decision, name="decision"),
    path("putusan/<int:pk>/sk/", views.draft_decree, name="draft_decree"),
]
