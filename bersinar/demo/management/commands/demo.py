"""`bersinar demo`: tell what of the Belitung story is missing in a demo folder; with --commit it is told."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bersinar.access import BersinarError
from bersinar.demo import actions
from bersinar.jobs.apart import run_apart


class Command(BaseCommand):
    help = "Menyiapkan contoh Belitung di folder contoh; tanpa --commit hanya menyebut yang belum ada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--commit", action="store_true", help="simpan; tanpa ini hanya disebut")
        parser.add_argument("--apart", action="store_true", help="dengan --commit: oleh proses tersendiri")

    def handle(self, *args: Any, commit: bool, apart: bool, **options: Any) -> None:
        try:
            if commit and not apart:
                actions.build_if_absent(say=self._say)
                return
            missing = actions.missing_chapters()
        except BersinarError as refused:
            raise CommandError(str(refused)) from refused
        if commit:
            if missing:
                run_apart("demo", commit=True)
            return
        for chapter in missing:
            self._say(chapter.sentence)
        self._say("Belum disimpan; ulangi dengan --commit." if missing else "Contoh sudah lengkap.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
