"""Addresses."""

from django.urls import path

from bersinar.reporting.views import home, listing, maps, overview, village, year

app_name = "reporting"
urlpatterns = [
    path("", home.home, name="home"),
    path("tahun/<int:year>/", year.year_at_a_glance, name="year"),
    path("desa/<str:code>/", village.village, name="village"),
    # Below the step "Peta", so that the river shows where the reader is.
    path("peta/<int:run_pk>/gambar/", maps.map_page, name="map"),
    path("peta/<int:run_pk>/gambar/peta.svg", maps.map_svg, name="map_svg"),
    path("laporan/wilayah/", overview.overview, name="overview"),
    path("laporan/wilayah/<str:code>/", overview.overview, name="overview"),
    path("laporan/", listing.report_list, name="list"),
    path("laporan/desa-bersinar.xlsx", listing.report_list_xlsx, name="list_xlsx"),
]
