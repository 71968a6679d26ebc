"""The one page of this folder; it exists in a rehearsal copy alone."""

from django.urls import path

from bersinar.demo import views

app_name = "demo"
urlpatterns = [path("", views.rehearsal, name="rehearsal")]
