"""What can go wrong with regions and borders, and what to do about it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bersinar.access import BersinarError


class TerritoryError(BersinarError):
    """Anything this part refuses."""

    code = "territory.refused"


class CodeRefused(TerritoryError):
    code = "territory.code_refused"

    def __init__(self, written: str) -> None:
        super().__init__(
            _(
                "Kode %(code)s tidak dapat dipakai: harus sepuluh angka, kecamatannya dikenal, belum dipakai desa "
                "lain, dan tanggalnya sesudah kode sebelumnya. Periksa keputusan kodenya."
            )
            % {"code": written}
        )


class VillageEnded(TerritoryError):
    code = "territory.village_ended"
    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Desa %(name)s, atau penerusnya, sudah tidak berlaku. Pilih desa yang masih berlaku.")
            % {"name": name}
        )


class PointRefused(TerritoryError):
    code = "territory.point_refused"

    def __init__(self, code: str) -> None:
        super().__init__(
            _(
                "Titik desa %(code)s berada di luar Indonesia. Tulis lintang dulu, lalu bujur, dengan titik desimal."
            )
            % {"code": code}
        )


class TooManyForOneMap(TerritoryError):
    code = "territory.too_many_for_one_map"

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            _(
                "Satu peta memuat %(count)d desa, terlalu banyak untuk digambar. Pilih satu provinsi atau kabupaten."
            )
            % {"count": count}
        )


_SENTENCES: dict[str, Promise] = {
    "file_empty": gettext_lazy("Berkas batas kosong. Ekspor ulang dari aplikasi peta, lalu unggah lagi."),
    "file_too_large": gettext_lazy(
        "Berkas batas berukuran {mb} MB; batasnya {limit} MB. Sederhanakan batasnya atau bagi per kabupaten."
    ),
    "not_geojson": gettext_lazy(
        "Berkas ini bukan GeoJSON yang berisi daftar batas (FeatureCollection). Ekspor ulang dari aplikasi peta."
    ),
    "broken_json": gettext_lazy(
        "Berkas GeoJSON ini rusak atau terpotong di sekitar huruf ke-{at}. Ekspor ulang, lalu unggah lagi."
    ),
    "too_deep": gettext_lazy(
        "Susunan berkas ini tidak wajar dan tidak dibaca. Ekspor ulang dari aplikasi peta sebagai GeoJSON."
    ),
    "too_many_shapes": gettext_lazy(
        "Berkas berisi lebih dari {limit} batas. Bagi per provinsi atau kabupaten, lalu unggah satu per satu."
    ),
    "too_many_points": gettext_lazy(
        "Batas dalam berkas ini terlalu rinci (lebih dari {limit} titik). Sederhanakan dulu di aplikasi peta."
    ),
    "wrong_crs": gettext_lazy(
        "Koordinat berkas memakai sistem {crs}. Simpan ulang dalam WGS 84 (EPSG:4326): bujur dan lintang dalam derajat."
    ),
    "metres": gettext_lazy(
        "Koordinat berkas bukan derajat, mungkin meter. Simpan ulang dalam WGS 84 (EPSG:4326), lalu unggah lagi."
    ),
    "swapped": gettext_lazy(
        "Bujur dan lintang di berkas ini tertukar: lintang ditulis dulu. Ekspor ulang, atau unggah lagi dengan "
        "mencentang “Bujur dan lintang tertukar”."
    ),
    "outside": gettext_lazy(
        "Semua batas dalam berkas ini berada di luar Indonesia. Periksa berkas dan sistem koordinatnya."
    ),
    "not_a_number": gettext_lazy(
        "Batas ke-{number} memuat koordinat yang bukan angka. Ekspor ulang dari aplikasi peta, lalu unggah lagi."
    ),
    "no_areas": gettext_lazy(
        "Tidak ada satu pun batas berbentuk bidang di berkas ini. Pilih lapisan batas desa, bukan titik atau garis."
    ),
    "bps_codes": gettext_lazy(
        "Kode di berkas ini tampaknya kode BPS, bukan kode Kemendagri, sehingga bisa menunjuk desa yang salah. "
        "Ganti dengan kode Kemendagri, atau hapus kolom kodenya supaya dicocokkan dengan nama."
    ),
    "none_ours": gettext_lazy(
        "Tidak satu pun batas di berkas ini cocok dengan desa di wilayah kerja Anda. Periksa kolom kode dan namanya."
    ),
    "needs_pyogrio": gettext_lazy(
        'Untuk membaca GeoPackage atau shapefile, pasang bagian tambahan dengan: pip install "bersinar[gis]". '
        "Tanpa itu, ekspor batasnya sebagai GeoJSON."
    ),
    "bad_zip": gettext_lazy(
        "Berkas zip ini tidak berisi satu shapefile utuh (.shp, .shx, .dbf, .prj). Periksa isinya, lalu unggah lagi."
    ),
    "unpacked_too_large": gettext_lazy(
        "Isi berkas ini setelah dibuka terlalu besar, jadi tidak dibaca. Sederhanakan batasnya, lalu unggah lagi."
    ),
    "layers": gettext_lazy(
        "GeoPackage ini berisi {count} lapisan. Simpan lapisan batas desa saja ke berkas baru, lalu unggah lagi."
    ),
    "unknown_kind": gettext_lazy(
        "Jenis berkas ini tidak dikenal. Unggah GeoJSON (.geojson), GeoPackage (.gpkg), atau shapefile dalam .zip."
    ),
    "broken": gettext_lazy("Berkas batas tidak dapat dibaca, mungkin rusak. Ekspor ulang, lalu unggah lagi."),
}


class BordersRefused(TerritoryError):
    """The file was refused as a whole; nothing of it is kept."""

    def __init__(self, code: str, **facts: str | int) -> None:
        known = code if code in _SENTENCES else "broken"
        self.code = f"territory.{known}"
        shown = {"limit": "", "mb": "", "at": "", "crs": "", "number": "", "count": "", **facts}
        super().__init__(str(_SENTENCES[known]).format_map(shown))


class NoOfficeOfOwn(TerritoryError):
    code = "territory.no_office"

    def __init__(self) -> None:
        super().__init__(_("Akun Anda tidak terikat pada satu satuan kerja. Masuk dengan akun satuan kerja."))


class SetNotReady(TerritoryError):
    code = "territory.set_not_ready"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Berkas batas ini belum dapat dipakai. Buka halamannya untuk melihat sebabnya."))


class VillageTaken(TerritoryError):
    code = "territory.village_taken"
    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Desa %(name)s sudah mempunyai batas dari bentuk lain di berkas ini. Lewati salah satunya.")
            % {"name": name}
        )


class NotOurs(TerritoryError):
    code = "territory.not_ours"

    def __init__(self) -> None:
        super().__init__(_("Kode ini bukan desa di wilayah kerja Anda. Periksa sepuluh angkanya."))


class NoSuchOffice(TerritoryError):
    code = "territory.no_such_office"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Tidak ada satuan kerja bernama %(name)s. Tulis namanya persis, misalnya “BNNK Belitung”.")
            % {"name": name}
        )
