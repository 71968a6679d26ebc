"""Sentences for every fault and note of a file: what stands there and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bersinar.fieldwork.rules.cells import Fault
from bersinar.fieldwork.rules.plan import Problem, SheetRefusedError
from bersinar.fieldwork.vocabulary import ImportState, MissingReason, SourceType

REASONS: dict[str, Promise] = {
    MissingReason.BELUM_DITANYAKAN: _("belum ditanyakan"),
    MissingReason.DESA_BELUM_MENJAWAB: _("desa belum menjawab"),
    MissingReason.MENUNGGU_INSTANSI: _("menunggu data instansi lain"),
    MissingReason.TIDAK_BERSEDIA: _("tidak bersedia menjawab"),
    MissingReason.TIDAK_DIKETAHUI: _("tidak diketahui"),
    MissingReason.LAINNYA: _("alasan lain"),
}
SOURCES: dict[str, Promise] = {
    SourceType.PENINDAKAN: _("penindakan"),
    SourceType.KESEHATAN: _("kesehatan"),
    SourceType.SURVEI: _("survei"),
    SourceType.ADMINISTRASI: _("administrasi"),
    SourceType.MASYARAKAT: _("masyarakat"),
}
IMPORT_STATES: dict[str, Promise] = {
    ImportState.MENUNGGU: _("menunggu dibaca"),
    ImportState.TERBACA: _("menunggu keputusan"),
    ImportState.DITOLAK: _("ditolak"),
    ImportState.DITERAPKAN: _("tersimpan"),
}

_CELLS: dict[str, Promise] = {
    "formula": _("Sel ini berisi rumus. Salin, lalu tempel sebagai nilai."),
    "yes_no": _("Terbaca sebagai ya/tidak. Tulis angka, atau nihil."),
    "yes_is_no_amount": _(
        "Ya atau tidak belum menyebut berapa {unit}. Pilih “Kata atau kode menjadi angka”, lalu tulis angkanya."
    ),
    "date": _("Terbaca sebagai tanggal ({shown}). Ubah format sel menjadi Umum, lalu tulis lagi angkanya."),
    "reason_missing": _("Tulis alasannya, misalnya belum: desa belum menjawab."),
    "dash": _("Tanda “{written}” tidak jelas. Tulis nihil bila memang tidak ada, kosongkan bila belum tahu."),
    "two_meanings": _("“{written}” dapat berarti {whole} atau {parts}. Tulis angkanya tanpa titik ribuan."),
    "percent_or_share": _(
        "{written} dapat berarti {percent} % atau {written} %. Tulis {percent} tanpa tanda persen. "
        "Bila memang {written} %, beri sel format Teks, lalu tulis lagi."
    ),
    "unit": _("Tulis angka saja, tanpa “{unit}”."),
    "not_a_number": _("“{written}” bukan angka. Tulis angka, nihil, atau belum dengan alasannya."),
    "negative": _("Jumlah tidak dapat kurang dari nol."),
    "scale_has_no_none": _("Skala {low} sampai {high} tidak mengenal nihil. Kosongkan bila belum dinilai."),
    "too_large": _("{written} terlalu besar untuk satu desa. Periksa angkanya."),
    "too_small": _("{written} terlalu kecil. Tulis nihil bila memang tidak ada."),
    "not_whole": _("{written} bukan bilangan bulat, padahal satuannya {unit}. Periksa angkanya."),
    "out_of_range": _("{written} di luar batas {low} sampai {high}. Periksa angkanya."),
}
_ROWS: dict[str, Promise] = {
    "village_twice": _("{name} sudah ada di baris {first}. Hapus salah satunya."),
    "code_missing": _("Kode desa kosong. Salin kodenya dari templat."),
    "code_number": _("Kode desa berubah menjadi angka. Salin kodenya dari templat, dengan format sel Teks."),
    "code_text": _("Ini bukan kode desa sepuluh angka seperti 19.02.04.2005. Salin kodenya dari templat."),
    "village_unknown": _("Kode ini tidak ada di wilayah satuan kerja Anda. Salin kodenya dari templat."),
    "name_differs": _("Kode {code} milik {name}. Mungkin baris bergeser saat diurutkan; periksa barisnya."),
    "merged": _("Sel {range} digabung. Pisahkan sel itu di Excel, lalu isi tiap sel."),
}
_NOTES: dict[str, Promise] = {
    "column_closed": _("Kolom ini memerlukan hak khusus yang tidak Anda miliki. Isinya tidak dibaca."),
    "rows_hidden": _("{count} baris tersembunyi ikut dibaca: {rows}. Periksa apakah memang dimaksud."),
    "columns_hidden": _("Kolom {columns} tersembunyi dan ikut dibaca. Periksa apakah memang dimaksud."),
    "far_from_others": _("Jauh di atas desa lain (nilai tengah {median}). Periksa apakah angkanya benar."),
    "cells_empty": _("{count} sel kosong dibaca sebagai belum diisi, bukan nol."),
    "presence_only": _(
        "Kolom {column} hanya menjawab ya atau tidak. Angka 1 pada {name} berarti ada, bukan jumlah."
    ),
    "rows_unmatched": _("{count} baris belum menemukan desanya dan tidak ikut disimpan."),
    "rows_left_out": _("{count} baris dilewati menurut pilihan Anda."),
    "villages_absent": _("{count} desa tidak ada dalam berkas. Data desa itu tidak berubah."),
}
_FILES: dict[str, Promise] = {
    "sheet_twice": _("Templat ada di beberapa lembar: {names}. Sisakan satu, lalu unggah lagi."),
    "other_version": _(
        "Berkas ini memakai templat versi {version} yang tidak dikenal. Unduh templat baru, lalu salin isinya."
    ),
    "example": _(
        "Berkas ini bertanda DATA CONTOH, dari peragaan atau latihan, dan tidak masuk ke putaran sungguhan. "
        "Unduh templat putaran ini, lalu isi dengan data kantor."
    ),
    "other_round": _("Templat ini milik putaran lain. Unduh templat putaran ini, lalu salin isinya."),
    "other_instrument": _(
        "Templat ini untuk instrumen {name}. Unduh templat putaran ini, lalu salin isinya."
    ),
    "column_twice": _("{name} ada di dua kolom: {columns}. Hapus salah satunya, lalu unggah lagi."),
    "no_indicator_column": _(
        "Tidak ada kolom indikator yang dapat Anda isi dalam berkas ini. Unduh templat Anda, lalu salin isinya."
    ),
    "no_header": _("Baris judul kolom tidak ditemukan. Unduh templat baru, lalu salin isinya."),
    "no_rows": _("Berkas ini belum berisi baris desa. Unduh templat lagi, lalu isi barisnya."),
}
_ALL = _CELLS | _ROWS | _NOTES


def problem(one: Problem) -> str:
    """The sentence of one problem."""
    return str(_ALL[one.code]).format_map(one.facts)


def fault(one: Fault) -> str:
    """The sentence of one value that cannot be read."""
    return str(_CELLS[one.code]).format_map(one.facts)


def refusal(error: SheetRefusedError) -> str:
    """The sentence of a file that cannot be used."""
    return str(_FILES[error.code]).format_map(error.facts)


def place(one: Problem) -> str:
    """The address of a cell as people say it."""
    return f"{one.column}{one.row}" if one.row else one.indicator or one.column


def reason(code: str, note: str) -> str:
    """Why a value is not there yet, in words."""
    return note if code == MissingReason.LAINNYA and note else str(REASONS.get(code, ""))
