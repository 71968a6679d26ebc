"""`bersinar worker`: run background work in a process of its own, beside a server on PostgreSQL."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from bersinar.jobs import worker


class Command(BaseCommand):
    help = "Menjalankan pekerjaan latar dalam proses tersendiri (PostgreSQL)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="kerjakan yang menunggu, lalu selesai")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor == "sqlite":
            # SQLite has one writing process, and that is the server.
            raise CommandError(
                "Pada satu komputer (SQLite) pekerjaan latar berjalan di dalam server. "
                "Jalankan: bersinar start"
            )
        worker.run_process(once=options["once"])
