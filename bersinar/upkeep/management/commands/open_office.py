"""`bersinar open-office`: a real office and its first administrator; a dry run until --commit."""

from __future__ import annotations

import secrets
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from bersinar.access import BersinarError
from bersinar.territory.vocabulary import OfficeKind
from bersinar.upkeep import offices


class Command(BaseCommand):
    help = "Membuka satuan kerja dan administrator pertamanya. Hanya mencoba, sampai --commit ditambahkan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", type=OfficeKind, choices=list(OfficeKind), required=True)
        parser.add_argument("--name", required=True, help="misalnya “BNNK Belitung”")
        parser.add_argument("--seat", default="", help="kota tempat surat ditandatangani")
        parser.add_argument(
            "--prefix",
            action="append",
            default=[],
            help="kode wilayah yang dilayani, misalnya 19.02; boleh diulang",
        )
        parser.add_argument("--admin", required=True, metavar="USER", help="nama pengguna administrator")
        parser.add_argument("--admin-name", default="Administrator", help="nama orangnya")
        parser.add_argument("--commit", action="store_true", help="simpan; tanpa ini hanya mencoba")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            new = offices.plan(
                kind=options["kind"],
                name=options["name"],
                seat=options["seat"],
                prefixes=options["prefix"],
                username=options["admin"],
                person=options["admin_name"],
            )
            self._show(new)
            if not options["commit"]:
                self.stdout.write(_("Belum ada yang disimpan. Tambahkan --commit untuk menyimpannya."))
                return
            self._open(new)
        except BersinarError as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused

    def _show(self, new: offices.NewOffice) -> None:
        self.stdout.write(f"{new.kind.label}: {new.name}" + (f", {new.seat}" if new.seat else ""))
        for code, name in new.areas:
            self.stdout.write(f"  {code}  {name}")
        self.stdout.write(_("Administrator: %(name)s") % {"name": f"{new.username} ({new.person})"})

    def _open(self, new: offices.NewOffice) -> None:
        if sys.stdin.isatty():
            password, drawn = getpass(_("Kata sandi (12 huruf atau lebih): ")), False
        else:
            password, drawn = secrets.token_urlsafe(15), True
        offices.open_office(new, password=password)
        if drawn:
            self.stdout.write(_("Kata sandi, ditunjukkan sekali ini saja: %(it)s") % {"it": password})
        self.stdout.write(_("Tersimpan. Jalankan: bersinar start"))
