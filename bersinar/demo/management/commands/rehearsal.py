"""`bersinar rehearsal`: begin the rehearsal copy of this office; a dry run until --commit."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bersinar.access import BersinarError
from bersinar.config import rehearsal
from bersinar.demo.errors import AlreadyARehearsal
from bersinar.demo.rehearsal import building, making, structure


class Command(BaseCommand):
    help = (
        "Menyiapkan salinan latihan kantor ini: wilayah dan jenis akunnya, dengan orang dan angka rekaan. "
        "Hanya mencoba, sampai --commit ditambahkan. Cara biasa: bersinar start --rehearsal"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--commit", action="store_true", help="simpan; tanpa ini hanya disebut")
        # What `start` calls inside the copy itself.
        parser.add_argument(
            "--build", action="store_true", help="lengkapi isi salinan ini (dipakai oleh start)"
        )

    def handle(self, *args: Any, commit: bool, build: bool, **options: Any) -> None:
        try:
            if build:
                building.build_if_absent(say=self._say)
            else:
                self._begin(commit=commit)
        except BersinarError as refused:
            raise CommandError(f"{refused} [{refused.code}]") from refused

    def _begin(self, *, commit: bool) -> None:
        """In the real folder: only what stands in these lines goes across."""
        if settings.BERSINAR_REHEARSAL:
            raise AlreadyARehearsal
        offices = structure.of_this_installation()
        for office in offices:
            self._say(f"{office.name}, wilayah {', '.join(office.prefixes) or 'Indonesia'}")
            for one in office.positions:
                where = f" {one.section.value}" if one.section else ""
                right = ", melihat nilai penindakan" if one.sees_enforcement else ""
                self._say(f"  {one.count} akun {one.role.value}{where}{right}")
        folder = rehearsal.folder_of(Path(settings.BERSINAR_DATA))
        if not commit:
            self._say(f"Belum ada yang disimpan. Dengan --commit salinan latihan dimulai di {folder}.")
            return
        making.begin(offices)
        self._say("Salinan latihan siap dimulai: bersinar start --rehearsal")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
