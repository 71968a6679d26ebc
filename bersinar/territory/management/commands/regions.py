"""`bersinar regions`: store the published provinces, regencies, districts and villages."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from bersinar.territory import actions, codebook
from bersinar.ui.writing import number


class Command(BaseCommand):
    help = "Menyimpan provinsi, kabupaten/kota, kecamatan, dan desa/kelurahan yang belum ada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--province",
            action="append",
            metavar="KODE",
            help="hanya provinsi ini, misalnya 19; boleh diulang",
        )
        parser.add_argument("--commit", action="store_true", help="simpan; tanpa ini hanya dihitung")

    def handle(self, *args: Any, province: list[str] | None, commit: bool, **options: Any) -> None:
        with transaction.atomic():
            count = actions.load_regions(provinces=tuple(province) if province else None)
            if not commit:
                transaction.set_rollback(True)
        what = f"{number(count)} desa baru ({codebook.SOURCE})."
        self.stdout.write(
            f"{what} Disimpan." if commit else f"{what} Belum disimpan; ulangi dengan --commit."
        )
