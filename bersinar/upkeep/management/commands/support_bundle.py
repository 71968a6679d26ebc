"""`bersinar support-bundle`: a file for the person who helps, without anything about persons."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.upkeep import support


class Command(BaseCommand):
    help = "Membuat paket bantuan tanpa data pribadi; aman dikirim ke grup percakapan."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=Path(), help="folder tujuan (folder ini)")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["out"] / support.name_of(timezone.localtime())
        path.write_bytes(support.bundle())
        self.stdout.write(
            _("Paket bantuan: %(path)s. Isinya hanya hitungan, versi, dan kode.") % {"path": path}
        )
