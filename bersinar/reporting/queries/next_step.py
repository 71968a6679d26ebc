"""What an empty queue says: the next step of the work for this person."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import queries as mapping
from bersinar.targeting import queries as targeting


@dataclass(frozen=True, slots=True)
class Step:
    """A title, why, and the page where it is done; without a page it only explains."""

    title: str
    text: str
    url: str = ""
    action: str = ""


def next_step(actor: Actor) -> Step:
    """The first step of the river that is not done and that this person may do."""
    if actor.village_code is not None:
        return Step(
            _("Tidak ada janji yang menunggu"),
            _("Janji desa Anda dari rapat koordinasi muncul di sini, dengan tanggal paling lambatnya."),
            reverse("reporting:village", args=[actor.village_code]),
            _("Lihat halaman desa"),
        )
    if actor.can(Right.MAP_SEE):
        return _of_the_river(actor)
    if actor.can(Right.VALUES_ENTER):
        return Step(
            _("Tidak ada isian yang menunggu"),
            _("Begitu seksi P2M membuka putaran data, bagian yang Anda isi muncul di sini."),
            reverse("fieldwork:home"),
            _("Buka Data"),
        )
    if actor.can(Right.ACCOUNTS_MANAGE):
        return Step(
            _("Tidak ada yang menunggu Anda"),
            _("Kelola akun pegawai dan orang desa; setiap orang hanya melihat bagiannya sendiri."),
            reverse("accounts:people"),
            _("Buka akun"),
        )
    return Step(
        _("Tidak ada yang menunggu Anda di sini"),
        _("Seksi Anda bekerja di ruangnya sendiri. Yang dapat Anda buka di sini: pencarian desa."),
        reverse("territory:search"),
        _("Cari desa"),
    )


def _of_the_river(actor: Actor) -> Step:
    if not fieldwork.round_choices(actor):
        return Step(
            _("Mulai dari data"),
            _(
                "Buka putaran tahun ini dan unduh templatnya; semua desa unit Anda sudah tertulis di dalamnya."
            ),
            reverse("fieldwork:home"),
            _("Buka Data"),
        )
    office = actor.office_id
    if office is None or targeting.latest_year(office, actor) is None:
        if mapping.runs(actor):
            text = _("Pemetaan masih sementara. Periksa keberatan desa dan jumlahnya, lalu rilis.")
        else:
            text = _(
                "Putaran data sudah ada. Hitung kategorinya; data yang belum lengkap tetap terlihat terbuka."
            )
        return Step(_("Petakan desa"), text, reverse("mapping:home"), _("Buka Peta"))
    if not targeting.decided_years(office, actor):
        return Step(
            _("Pilih sasaran tahun ini"),
            _("Pemetaan sudah dirilis. Lihat calon dengan alasannya, lalu usulkan desa."),
            reverse("targeting:home"),
            _("Lihat calon"),
        )
    return Step(
        _("Semua pekerjaan hari ini selesai"),
        _("Lihat papan Desa Bersinar untuk langkah desa berikutnya."),
        reverse("programme:home"),
        _("Buka papan"),
    )
