"""Why a shape waits for a person, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHY: dict[str, Promise] = {
    "NAME_CONTRADICTS_CODE": _("Kodenya menunjuk satu desa, namanya desa lain."),
    "CODE_UNKNOWN": _("Kodenya tidak dikenal di wilayah kerja Anda."),
    "SEVERAL": _("Beberapa desa bernama sama."),
    "SIMILAR": _("Namanya mirip, tetapi tidak sama."),
    "OTHER_KECAMATAN": _("Namanya ada, tetapi di kecamatan lain."),
    "NO_KECAMATAN": _("Berkas tidak menyebut kecamatannya."),
    "TWO_ROWS": _("Dua bentuk mengaku desa yang sama."),
    "NOT_FOUND": _("Tidak ada desa yang namanya mirip."),
    "NO_NAME": _("Berkas tidak menyebut kode maupun namanya."),
}
