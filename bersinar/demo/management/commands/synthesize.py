"""`bersinar synthesize`: invented values for a province or the nation, with their truth; a dry run until --commit."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bersinar.access import BersinarError
from bersinar.demo.synthesis import building, filling, groundtruth
from bersinar.ui.writing import number


class Command(BaseCommand):
    help = (
        "Mengisi folder kosong atau folder contoh dengan angka rekaan bertanda DATA CONTOH, untuk satu provinsi "
        "atau seluruh Indonesia. Hanya mencoba, sampai --commit ditambahkan."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument(
            "--province", action="append", default=[], metavar="KODE", help="misalnya 19; boleh diulang"
        )
        where.add_argument("--national", action="store_true", help="semua 38 provinsi")
        parser.add_argument(
            "--years",
            type=int,
            choices=range(1, building.MOST_YEARS + 1),
            default=5,
            help=f"banyaknya tahun sejak {filling.FIRST_YEAR} (5)",
        )
        parser.add_argument("--seed", type=int, required=True, help="benih: angka yang sama, data yang sama")
        parser.add_argument("--commit", action="store_true", help="simpan; tanpa ini hanya disebut")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            planned = building.plan(
                provinces=options["province"], years=options["years"], seed=options["seed"]
            )
            self._show(planned)
            if not options["commit"]:
                self.stdout.write("Belum ada yang disimpan; ulangi dengan --commit.")
                return
            stored = building.build(planned, say=self._say)
        except BersinarError as refused:
            raise CommandError(f"{refused} [{refused.code}]") from refused
        folder = groundtruth.folder_of(planned.seed)
        self.stdout.write(f"Tersimpan: {number(stored)} isian. Kebenarannya terpisah, di {folder}")

    def _show(self, planned: building.Plan) -> None:
        years = f"{planned.years[0]}–{planned.years[-1]}" if len(planned.years) > 1 else f"{planned.years[0]}"
        what = f"{len(planned.provinces)} provinsi, {number(planned.villages)} desa dan kelurahan"
        self.stdout.write(f"{what}, {years}, benih {planned.seed}: {number(planned.values)} isian rekaan.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
