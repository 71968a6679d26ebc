"""`bersinar upgrade`: a new version beside the old one, used only after it has passed its checks on a copy."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from bersinar.access import BersinarError
from bersinar.upkeep.upgrade import steps


class Command(BaseCommand):
    help = "Memasang versi baru di samping yang lama dan memakainya hanya bila lulus percobaan pada salinan data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "source", nargs="?", type=Path, help="berkas .whl, atau folder hasil git clone yang baru"
        )
        parser.add_argument("--packages", type=Path, help="folder berisi paket, bila tanpa internet")
        parser.add_argument("--back", action="store_true", help="kembali ke versi sebelumnya")

    def handle(self, *args: Any, **options: Any) -> None:
        source = options["source"]
        if (source is None) is not options["back"]:
            raise CommandError(_("Sebutkan berkas .whl atau folder versi baru; atau --back untuk kembali."))
        try:
            if options["back"]:
                used = steps.go_back()
            else:
                used = steps.upgrade(source, packages=options["packages"], say=self.stdout.write)
        except BersinarError as refused:
            raise CommandError(f"{refused} [{refused.code}]") from refused
        self.stdout.write(
            _("Mulai bersinar start berikutnya dipakai versi %(version)s. Kembali: bersinar upgrade --back")
            % {"version": used.version}
        )
