"""Every address of this installation."""

from django.urls import include, path

urlpatterns = [
    path("", include("bersinar.reporting.urls")),
    path("akun/", include("bersinar.accounts.urls")),
    path("wilayah/", include("bersinar.territory.urls")),
    path("pekerjaan/", include("bersinar.jobs.urls")),
    path("data/", include("bersinar.fieldwork.urls")),
    path("peta/", include("bersinar.mapping.urls")),
    path("sasaran/", include("bersinar.targeting.urls")),
    path("", include("bersinar.programme.urls")),
    path("perawatan/", include("bersinar.upkeep.urls")),
    path("jaringan/", include("bersinar.upkeep.lan.urls")),
    path("surat/", include("bersinar.documents.urls")),
    path("latihan/", include("bersinar.demo.urls")),
]

handler400 = "bersinar.config.errors.bad_request"
handler403 = "bersinar.config.errors.forbidden"
handler404 = "bersinar.config.errors.not_found"
handler500 = "bersinar.config.errors.server_error"
