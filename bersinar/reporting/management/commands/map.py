"""`bersinar map FILE --out DIR`: the main job without a screen and without an office."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bersinar.mapping.sheet import SheetError
from bersinar.methods.categories import RuleError
from bersinar.reporting.mapfile import job


class Command(BaseCommand):
    help = "Hitung kategori desa dari satu berkas xlsx atau csv, dan tulis tabel, peta, dan laporannya."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="berkas desa (xlsx atau csv)")
        parser.add_argument("--out", type=Path, required=True, help="folder untuk hasil")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="P1=JUDUL",
            help="judul kolom di berkas untuk P1-P8, D1-D5, code, name, kecamatan, kabupaten; boleh diulang",
        )
        parser.add_argument(
            "--rule", type=Path, help="berkas aturan TOML; tanpa ini dipakai garis yang terbit"
        )
        parser.add_argument("--boundaries", type=Path, help="batas desa (GeoJSON); tanpa ini peta skematik")
        parser.add_argument(
            "--with-inputs", action="store_true", help="sertakan nilai masukan, juga yang dari penindakan"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        columns = {}
        for pair in options["column"]:
            key, mark, heading = pair.partition("=")
            if not mark or not heading.strip():
                raise CommandError(f"--column {pair} tidak lengkap. Tulis misalnya --column P1=kasus.")
            name = key.strip()
            columns[name.upper() if len(name) == 2 else name.lower()] = heading.strip()
        request = job.Request(
            file=options["file"],
            out=options["out"],
            columns=columns,
            rule=options["rule"],
            outlines=options["boundaries"],
            with_inputs=options["with_inputs"],
        )
        try:
            job.run(request, lambda text: self.stdout.write(text))
        except (SheetError, RuleError) as error:
            raise CommandError(str(error)) from error
