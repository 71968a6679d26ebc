"""`bersinar move-to-sqlite`: the way back from PostgreSQL; a dry run until --commit."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _

from bersinar.access import BersinarError
from bersinar.upkeep.move import back


class Command(BaseCommand):
    help = "Memindahkan semua data dari PostgreSQL kembali ke SQLite. Hanya mencoba, sampai --commit ditambahkan."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--commit", action="store_true", help="pindahkan; tanpa ini hanya mencoba")

    def handle(self, *args: Any, commit: bool, **options: Any) -> None:
        folder = settings.BERSINAR_DATA
        connections.close_all()
        try:
            move = back.plan(folder)
            elsewhere = back.line_in_environment(folder)
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
        self._say(_("Instalasi ini kembali memakai SQLite. Isi PostgreSQL dibiarkan dan tidak dipakai lagi."))
        if elsewhere:
            self._say(_("Hapus juga BERSINAR_DATABASE_URL dari lingkungan (systemd, compose, atau shell)."))

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
