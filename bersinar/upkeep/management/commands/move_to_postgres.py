"""`bersinar move-to-postgres`: this installation's data to PostgreSQL; a dry run until --commit."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _

from bersinar.access import BersinarError
from bersinar.config import settings_file
from bersinar.upkeep.move import forth


class Command(BaseCommand):
    help = "Memindahkan semua data ke PostgreSQL. Hanya mencoba, sampai --commit ditambahkan."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "address",
            nargs="?",
            default="",
            help="postgresql://pengguna:sandi@komputer/basisdata; tanpa ini ditanyakan, sehingga sandi tidak terlihat",
        )
        parser.add_argument("--commit", action="store_true", help="pindahkan; tanpa ini hanya mencoba")

    def handle(self, *args: Any, address: str, commit: bool, **options: Any) -> None:
        folder = settings.BERSINAR_DATA
        connections.close_all()
        try:
            move = forth.plan(folder, address or _asked())
            copied = move.move(self._say) if commit else move.look()
        except BersinarError as refused:
            raise CommandError(f"{refused} [{refused.code}]") from refused
        rows = sum(one.said.rows for one in copied)
        facts = {"tables": len(copied), "rows": f"{rows:,}".replace(",", ".")}
        if not commit:
            self._say(_("%(tables)s tabel dengan %(rows)s baris dapat dipindahkan.") % facts)
            self._say(_("Belum ada yang dipindahkan. Tambahkan --commit untuk melakukannya."))
            return
        self._say(
            _("%(tables)s tabel dengan %(rows)s baris dipindahkan; setiap baris sudah dibandingkan.") % facts
        )
        self._say(
            _("Alamatnya tertulis di %(file)s. Berkas SQLite yang lama disimpan dengan akhiran .dipindahkan.")
            % {"file": folder / settings_file.NAME}
        )

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return getpass("Alamat PostgreSQL: ").strip()
