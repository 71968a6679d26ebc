"""`bersinar`: the commands of an installation; each does the same action as the screen."""

from __future__ import annotations

import os
import sys

HELP = """\
bersinar start         jalankan Bersinar di komputer ini (--demo: dengan contoh Belitung)
bersinar open-office   buka satuan kerja dan administrator pertamanya
bersinar map FILE      petakan satu berkas tanpa layar dan tanpa kantor
bersinar audit         periksa catatan audit (verify) atau segel yang baru (seal)
bersinar worker        jalankan pekerjaan latar belakang sebagai proses sendiri

Setiap perintah menjelaskan dirinya dengan --help. Yang mengubah data hanya mencoba dulu; tambahkan --commit
untuk menyimpannya. Folder data lain: BERSINAR_DATA=DIR bersinar ...
Perintah Django seperti `bersinar migrate` dan `bersinar shell` ada juga; daftarnya: bersinar help
"""


def main() -> None:
    """`start` serves; everything else is one of Django's commands, ours among them."""
    arguments = sys.argv[1:]
    if arguments in ([], ["--help"], ["-h"]):
        sys.stdout.write(HELP)
        return
    if arguments[0] == "start":
        from bersinar.upkeep.start import main as start

        sys.exit(start(arguments[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bersinar.config.settings")
    from django.core.management import execute_from_command_line

    # People type a dash; modules have an underscore.
    execute_from_command_line([sys.argv[0], arguments[0].replace("-", "_"), *arguments[1:]])
