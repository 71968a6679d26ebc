"""`bersinar doctor`: what is wrong with this installation and what to do. Exit status 0 well, 1 to do, 2 broken."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from bersinar.upkeep.doctor import visit
from bersinar.upkeep.doctor.findings import Finding, Mood

_MARKS = {Mood.WELL: "baik  ", Mood.NOTE: "catat ", Mood.WARN: "PERLU ", Mood.BAD: "RUSAK "}


class Command(BaseCommand):
    help = "Memeriksa instalasi ini dan mengatakan apa yang harus dilakukan. Tidak mengubah apa pun."
    # A fault in an address or a model must not keep the doctor away.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--quick", action="store_true", help="tanpa membaca setiap halaman, segel, dan berkas"
        )
        parser.add_argument("--json", action="store_true", help="untuk program lain")

    def handle(self, *args: Any, **options: Any) -> None:
        found = visit.examine(deep=not options["quick"])
        if options["json"]:
            self.stdout.write(
                json.dumps([_plain(finding) for finding in found], ensure_ascii=False, indent=1)
            )
        else:
            for finding in found:
                self._show(finding)
            self._conclude(found)
        sys.exit(visit.status(found))

    def _show(self, finding: Finding) -> None:
        self.stdout.write(f"{_MARKS[finding.mood]} {finding.text} [{finding.code}]")
        if finding.todo:
            self.stdout.write(f"        -> {finding.todo}")

    def _conclude(self, found: list[Finding]) -> None:
        self.stdout.write("")
        count = sum(finding.is_trouble for finding in found)
        if count:
            self.stdout.write(_("%(count)s hal perlu dikerjakan; yang terberat di atas.") % {"count": count})
        else:
            self.stdout.write(_("Tidak ada yang perlu dikerjakan."))


def _plain(finding: Finding) -> dict[str, str]:
    return {"code": finding.code, "mood": finding.mood.name, "text": finding.text, "todo": finding.todo}
