"""Words of the matching: what columns are called, why something is suggested, why a person has to look."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bersinar.fieldwork.matching.codes import Kind
from bersinar.fieldwork.matching.columns import CODE, KABUPATEN, KECAMATAN, NAME, Reason
from bersinar.fieldwork.matching.feeds import How
from bersinar.fieldwork.vocabulary import SourceType
from bersinar.territory.matching.villages import Why

PLACES: dict[str, Promise] = {
    CODE: _("Kode desa"),
    NAME: _("Nama desa/kelurahan"),
    KECAMATAN: _("Kecamatan"),
    KABUPATEN: _("Kabupaten/kota"),
}
REASONS: dict[Reason, Promise] = {
    Reason.MARK: _("judulnya memuat nomor indikator"),
    Reason.HEADING: _("judulnya sama"),
    Reason.HEADING_SIMILAR: _("judulnya mirip"),
    Reason.CODES: _("isinya kode desa di wilayah Anda"),
    Reason.BPS_CODES: _("isinya kode BPS"),
    Reason.REMEMBERED: _("seperti berkas Anda yang dulu"),
}
WHY: dict[Why, Promise] = {
    Why.SURE: _("Sudah pasti."),
    Why.NAME_CONTRADICTS_CODE: _("Kodenya milik desa lain daripada namanya."),
    Why.CODE_UNKNOWN: _("Kodenya tidak ada di wilayah Anda."),
    Why.SEVERAL: _("Ada lebih dari satu desa dengan nama ini."),
    Why.SIMILAR: _("Namanya mirip, tidak sama."),
    Why.OTHER_KECAMATAN: _("Nama ini ada di kecamatan lain."),
    Why.NO_KECAMATAN: _("Berkas tidak menyebut kecamatannya."),
    Why.TWO_ROWS: _("Dua baris menuju desa yang sama."),
    Why.NOT_FOUND: _("Tidak ada desa yang mirip."),
    Why.NO_NAME: _("Baris ini tidak menyebut desa."),
}
CODE_KINDS: dict[Kind, Promise] = {
    Kind.KEMENDAGRI: _("Kode Kemendagri."),
    Kind.BPS: _(
        "Ini kode BPS, bukan kode Kemendagri; angkanya sama panjang, desanya berbeda. "
        "Kolom ini tidak dipakai. Desa dicocokkan dengan nama."
    ),
    Kind.NONE: _("Kolom ini bukan kode desa. Desa dicocokkan dengan nama."),
}
HOWS: dict[How, Promise] = {
    How.ANGKA: _("Angka apa adanya"),
    How.YA_TIDAK: _("Ya atau tidak (ya = 1, tidak = nihil)"),
    How.KATEGORI: _("Kata atau kode menjadi angka"),
}
SOURCES: dict[SourceType, Promise] = {
    SourceType.PENINDAKAN: _("Penindakan"),
    SourceType.KESEHATAN: _("Kesehatan"),
    SourceType.SURVEI: _("Survei"),
    SourceType.ADMINISTRASI: _("Administrasi"),
    SourceType.MASYARAKAT: _("Masyarakat"),
}
STEPS: tuple[tuple[str, Promise], ...] = (
    ("wizard_sheet", _("Lembar")),
    ("wizard_columns", _("Kolom")),
    ("wizard_villages", _("Desa")),
    ("wizard_feeds", _("Arti angka")),
    ("wizard_check", _("Periksa")),
)
