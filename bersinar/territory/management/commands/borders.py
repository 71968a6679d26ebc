"""`bersinar borders FILE --office NAME`: what a file of borders would give; with --commit it is stored and used."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bersinar.access import Actor, BersinarError
from bersinar.territory import actions, queries
from bersinar.territory.borders import limits
from bersinar.territory.errors import BordersRefused
from bersinar.territory.vocabulary import BoundaryMatch
from bersinar.ui.writing import number

_SHOWN = 30


class Command(BaseCommand):
    help = "Memeriksa berkas batas desa terhadap wilayah kerja satu unit; dengan --commit menyimpan dan memakainya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON, GeoPackage, atau shapefile dalam .zip")
        parser.add_argument("--office", required=True, metavar="NAMA", help="misalnya “BNNK Belitung”")
        parser.add_argument(
            "--source", metavar="TEKS", help="sumber batas, ditulis di bawah peta (perlu untuk --commit)"
        )
        parser.add_argument("--swap-axes", action="store_true", help="lintang ditulis sebelum bujur")
        parser.add_argument(
            "--commit", action="store_true", help="simpan dan pakai; tanpa ini hanya diperiksa"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._work(**options)
        except BersinarError as refused:
            raise CommandError(str(refused), returncode=1) from refused

    def _work(
        self, *, file: Path, office: str, source: str | None, swap_axes: bool, commit: bool, **options: Any
    ) -> None:
        scope = queries.office_named(office)
        if commit and not source:
            raise CommandError("Tulis sumber batasnya dengan --source, misalnya --source “BIG, 2023”.")
        content = _content(file)
        reading, matched = actions.match_content(
            content, file_name=file.name, office_id=scope.id, swap_axes=swap_axes
        )
        counts = Counter(one.match for one in matched.kept)
        sure = sum(count for match, count in counts.items() if match.is_matched)
        villages = queries.villages_of_office(scope.id).count()
        self.stdout.write(f"{number(len(reading.features))} bentuk terbaca dari {file.name}.")
        self.stdout.write(f"{number(sure)} dari {number(villages)} desa {scope.name} mendapat batas.")
        for text, count in (
            ("bentuk perlu diputuskan orang", counts[BoundaryMatch.RAGU]),
            ("bentuk tidak dikenali", counts[BoundaryMatch.TIDAK_ADA]),
            ("bentuk di luar wilayah kerja", matched.elsewhere),
            ("bentuk di luar Indonesia", len(reading.outside)),
            ("bentuk tanpa bidang", len(reading.empty)),
        ):
            if count:
                self.stdout.write(f"  {number(count)} {text}")
        for one in [one for one in matched.kept if not one.match.is_matched][:_SHOWN]:
            named = ", ".join(
                part for part in (one.feature.name, one.feature.district, one.feature.code) if part
            )
            self.stdout.write(f"  bentuk {one.feature.number}: {named or 'tanpa nama'}")
        if not commit:
            self.stdout.write("Belum disimpan; ulangi dengan --commit.")
            return
        by = Actor.system("bersinar borders", office_id=scope.id, office_name=scope.name)
        received, report = actions.import_boundaries(
            content, file_name=file.name, name=file.name, attribution=source or "", swap_axes=swap_axes, by=by
        )
        if not report.matched:
            raise CommandError(received.refused_why or "Tidak ada desa yang mendapat batas.", returncode=1)
        actions.use_boundaries(received.pk, by=by)
        self.stdout.write(f"Disimpan dan dipakai: {number(report.matched)} batas.")


def _content(file: Path) -> bytes:
    if not file.is_file():
        raise CommandError(f"Berkas {file} tidak ada. Periksa nama dan foldernya.")
    size = file.stat().st_size
    if size > limits.MAX_BYTES:
        megabyte = 1024 * 1024
        raise BordersRefused("file_too_large", mb=-(-size // megabyte), limit=limits.MAX_BYTES // megabyte)
    return file.read_bytes()
