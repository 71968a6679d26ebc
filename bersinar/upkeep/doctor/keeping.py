"""Copies, the paper, and the second place."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.upkeep.backup import copies, places, standing
from bersinar.upkeep.doctor.findings import Finding, bad, warn, well
from bersinar.upkeep.present import moment


def backup() -> Iterator[Finding]:
    """How old the last copy is that was opened and found whole."""
    found = standing.look()
    todo = _("Buat sekarang: tombol Buat cadangan di halaman Perawatan, atau bersinar backup now")
    if found.mood == standing.RED:
        yield bad("doctor.backup_old", found.sentence, todo)
    elif found.mood == standing.AMBER:
        yield warn("doctor.backup_old", found.sentence, todo)
    else:
        yield well("doctor.backup", found.sentence)


def paper() -> Iterator[Finding]:
    """Whether somebody holds the words without which no copy can be opened elsewhere."""
    found = standing.look()
    if found.printed:
        yield well(
            "doctor.recovery_key",
            _("Kunci pemulihan ada di kertas (%(mark)s).") % {"mark": found.fingerprint},
        )
    else:
        yield warn(
            "doctor.recovery_key",
            _("Kunci pemulihan belum dicetak. Bila komputer ini hilang, cadangan tidak dapat dibuka."),
            _("Buka Perawatan, lalu Cetak kunci pemulihan; simpan kertasnya di tempat terkunci."),
        )


def second_place() -> Iterator[Finding]:
    """A copy that outlives this computer."""
    todo = _("Pilih folder kedua di halaman Perawatan, misalnya stik USB yang disimpan di ruang lain.")
    place = places.second()
    if place is None:
        yield warn("doctor.no_second_copy", _("Cadangan hanya ada di komputer ini."), todo)
        return
    last = copies.last_verified(place)
    if not places.second_is_there():
        text = _("Folder kedua tidak terpasang.")
        yield warn("doctor.second_absent", text, _("Pasang stik USB itu, lalu buat cadangan."))
    elif places.same_disk():
        yield warn("doctor.second_same_disk", _("Folder kedua ada di disk yang sama dengan data."), todo)
    elif places.chosen().failed:
        yield warn(
            "doctor.second_failed",
            _("Salinan ke folder kedua gagal (%(code)s).") % {"code": places.chosen().failed},
            _("Periksa stik USB: ruangnya, atau ganti dengan yang baru; lalu buat cadangan."),
        )
    elif last is None or timezone.now() - last.made_at > standing.RED_AFTER:
        yield warn(
            "doctor.second_old",
            _("Salinan di folder kedua lebih dari 7 hari."),
            _("Pasang dan buat cadangan."),
        )
    else:
        yield well("doctor.second_copy", _("Salinan kedua: %(when)s.") % {"when": moment(last.made_at)})
