"""`bersinar backup`: make a copy, list the copies, check their bytes, choose the second folder."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from bersinar.access import BersinarError
from bersinar.upkeep.backup import copies, making, places
from bersinar.upkeep.backup.vocabulary import Reason
from bersinar.upkeep.present import moment


class Command(BaseCommand):
    help = "Membuat cadangan (now), menampilkan daftarnya (list), memeriksa isinya (check)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        steps.add_parser("now", help="buat cadangan sekarang")
        steps.add_parser("list", help="daftar cadangan di komputer ini dan di folder kedua")
        steps.add_parser("check", help="baca ulang setiap cadangan dan bandingkan sidiknya")
        second = steps.add_parser("second", help="pilih folder kedua, misalnya stik USB")
        second.add_argument("folder", help="folder itu; tulis '' untuk tidak memakainya lagi")

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        try:
            {"now": self._now, "list": self._list, "check": self._check, "second": self._second}[step](
                options
            )
        except BersinarError as refused:
            raise CommandError(f"{refused} [{refused.code}]") from refused

    def _now(self, options: dict[str, Any]) -> None:
        copy = making.make(Reason.ASKED)
        self.stdout.write(
            _("Cadangan %(name)s dibuat dan sudah dibuka kembali: cocok.") % {"name": copy.name}
        )

    def _list(self, options: dict[str, Any]) -> None:
        for place in self._places():
            self.stdout.write(str(place))
            for copy in copies.listing(place):
                state = _("terperiksa") if copy.counts else _("TIDAK DIHITUNG")
                self.stdout.write(f"  {copy.name}  {moment(copy.made_at)}  {state}")

    def _check(self, options: dict[str, Any]) -> None:
        broken = 0
        for place in self._places():
            for copy in copies.listing(place):
                damaged = copies.damage(place, copy)
                broken += bool(damaged)
                said = _("utuh") if not damaged else _("RUSAK: %(what)s") % {"what": ", ".join(damaged[:5])}
                self.stdout.write(f"{copy.path}: {said}")
        if broken:
            raise CommandError(_("%(count)s cadangan tidak utuh.") % {"count": broken}, returncode=1)

    def _second(self, options: dict[str, Any]) -> None:
        chosen = places.choose_second(options["folder"])
        self.stdout.write(chosen.second or _("Tanpa folder kedua."))

    def _places(self) -> list[Any]:
        second = places.second()
        return [places.local()] + ([second] if second is not None else [])
