"""Sentences for files that cannot be read: what happened and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bersinar.access.errors import BersinarError
from bersinar.fieldwork.reading import limits
from bersinar.ui.writing import number

_SENTENCES: dict[str, Promise] = {
    "file_gone": _("Berkas tidak ditemukan lagi. Unggah sekali lagi."),
    "file_empty": _("Berkas kosong. Periksa berkasnya, lalu unggah lagi."),
    "file_too_large": _(
        "Berkas berukuran {mb} MB; batasnya {limit} MB. Bagi per kabupaten, lalu unggah satu per satu."
    ),
    "unpacked_too_large": _(
        "Isi berkas ini setelah dibuka jauh lebih besar daripada berkasnya, jadi tidak dibaca. "
        "Salin tabelnya ke buku kerja baru di Excel, simpan sebagai .xlsx, lalu unggah lagi."
    ),
    "too_many_parts": _(
        "Berkas ini berisi terlalu banyak bagian. Salin tabelnya ke buku kerja baru, lalu unggah lagi."
    ),
    "package_unsafe": _(
        "Susunan berkas ini tidak wajar dan tidak dibaca. Salin tabelnya ke buku kerja baru, lalu unggah lagi."
    ),
    "not_a_workbook": _("Ini berkas zip, bukan buku kerja Excel. Unggah berkas .xlsx atau .csv di dalamnya."),
    "broken": _(
        "Berkas tidak dapat dibuka, mungkin terpotong. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
    ),
    "password": _(
        "Berkas ini dikunci kata sandi. Buka di Excel, hapus kata sandinya, simpan, lalu unggah lagi."
    ),
    "old_excel": _("Ini berkas Excel lama (.xls). Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."),
    "binary_excel": _("Ini buku kerja biner (.xlsb). Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."),
    "open_document": _(
        "Ini berkas LibreOffice (.ods). Simpan sebagai Excel 2007-365 (.xlsx), lalu unggah lagi."
    ),
    "web_page": _(
        "Ini halaman web yang bernama Excel. Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."
    ),
    "pdf": _("Ini berkas PDF. Minta tabel aslinya sebagai .xlsx atau .csv, lalu unggah berkas itu."),
    "not_a_table": _("Berkas ini bukan tabel. Unggah berkas .xlsx, atau .csv yang disimpan dari Excel."),
    "too_many_sheets": _(
        "Buku kerja ini berisi {count} lembar; batasnya {limit}. Simpan lembar yang Anda perlukan saja."
    ),
    "too_many_rows": _(
        "Lembar {sheet} berisi lebih dari {limit} baris. Bagi per provinsi atau kabupaten, lalu unggah satu per satu."
    ),
    "too_many_columns": _(
        "Lembar {sheet} berisi lebih dari {limit} kolom. Hapus kolom yang tidak Anda perlukan, lalu unggah lagi."
    ),
    "text_too_long": _(
        "Isi sel {cell} di lembar {sheet} lebih panjang dari {limit} huruf. "
        "Pendekkan atau hapus kolom itu, lalu unggah lagi."
    ),
    "line_too_long": _(
        "Baris {row} berkas CSV terlalu panjang. Simpan ulang dari Excel sebagai CSV UTF-8, lalu unggah lagi."
    ),
    "quotes": _(
        "Tanda petik di berkas CSV tidak berpasangan, mulai sekitar baris {row}. "
        "Simpan ulang dari Excel sebagai .xlsx, lalu unggah lagi."
    ),
    "formula_unplaced": _(
        "Lembar {sheet} berisi rumus yang tidak dapat kami tandai. Tempel isinya sebagai nilai, lalu unggah lagi."
    ),
    "too_slow": _(
        "Berkas ini terlalu rumit untuk dibaca. Salin tabelnya saja ke buku kerja baru, lalu unggah lagi."
    ),
    "nothing_in_it": _("Tidak ada isi di berkas ini. Periksa lembarnya, lalu unggah lagi."),
}


class UnreadableFile(BersinarError):
    """The file was refused as a whole; nothing of it is kept."""

    def __init__(self, code: str, **facts: str | int) -> None:
        known = code if code in _SENTENCES else "broken"
        self.code = f"fieldwork.{known}"
        shown = {"limit": limits.MAX_ROWS, "sheet": "", "cell": "", "row": "", "count": "", "mb": "", **facts}
        written = {
            name: number(fact) if name in ("limit", "count") and isinstance(fact, int) else fact
            for name, fact in shown.items()
        }
        super().__init__(str(_SENTENCES[known]).format_map(written))
