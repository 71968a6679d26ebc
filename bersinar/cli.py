"""`bersinar`: the commands of an installation; each does the same action as the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

HELP = """\
bersinar start         jalankan Bersinar di komputer ini (--demo: contoh Belitung; --rehearsal: latihan)
                       --lan: juga untuk ponsel dan PC di jaringan kantor (https)
bersinar open-office   buka satuan kerja dan administrator pertamanya
bersinar synthesize    isi folder kosong atau contoh dengan angka rekaan satu provinsi atau seluruh Indonesia
bersinar map FILE      petakan satu berkas tanpa layar dan tanpa kantor
bersinar audit         periksa catatan audit (verify) atau segel yang baru (seal)
bersinar backup now    buat cadangan sekarang (list: daftarnya, check: periksa)
bersinar restore       pulihkan dari cadangan dengan kata di kertas; folder lama tidak ditimpa
bersinar upgrade       pasang versi baru; dipakai hanya bila lulus percobaan pada salinan data
bersinar doctor        apa yang salah pada instalasi ini dan apa yang harus dilakukan
bersinar support-bundle   paket bantuan tanpa data pribadi
bersinar second-person   permintaan yang menunggu orang kedua; jalan keluar bila orang kedua tidak ada
bersinar worker        jalankan pekerjaan latar belakang sebagai proses sendiri
bersinar move-to-postgres ALAMAT   pindahkan semua data ke PostgreSQL; kembali: move-to-sqlite

Setiap perintah menjelaskan dirinya dengan --help. Yang mengubah data hanya mencoba dulu; tambahkan --commit
untuk menyimpannya. Folder data lain: BERSINAR_DATA=DIR bersinar ...
Perintah Django seperti `bersinar migrate` dan `bersinar shell` ada juga; daftarnya: bersinar help
"""
# It reads the office and writes beside it, so the office may stay open meanwhile.
READS = ("rehearsal",)
# Commands that write without asking for --commit.
WRITES = ("audit seal", "changepassword", "createsuperuser", "flush", "loaddata", "migrate")
MOVES = ("move_to_postgres", "move_to_sqlite")


def main() -> None:
    """`start` serves; everything else is one of Django's commands, ours among them."""
    arguments = sys.argv[1:]
    if arguments in ([], ["--help"], ["-h"]):
        sys.stdout.write(HELP)
        return
    from bersinar.upkeep import program
    from bersinar.upkeep.platform import keep_new_files_private

    keep_new_files_private()
    program.follow(arguments)
    from django.core.exceptions import ImproperlyConfigured

    try:
        _run(arguments)
    except ImproperlyConfigured as wrong:
        # A setting that says nothing is the office's to correct: a sentence, not a trace.
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)


def _run(arguments: list[str]) -> None:
    if arguments[0] == "start":
        from bersinar.upkeep.start import main as start

        sys.exit(start(arguments[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bersinar.config.settings")
    from django.core.management import execute_from_command_line

    from bersinar.upkeep.platform import FolderRefused

    if arguments[0] == "worker":
        # It lives as long as a server and holds its connections as one.
        os.environ.setdefault("BERSINAR_DATABASE_THREADS", "1")
    # People type a dash; modules have an underscore.
    command = [arguments[0].replace("-", "_"), *arguments[1:]]
    try:
        # A move takes the folder's lock by itself, also on PostgreSQL.
        with _alone() if writes(command) and command[0] not in MOVES else nullcontext():
            execute_from_command_line([sys.argv[0], *command])
    except FolderRefused as refused:
        sys.stderr.write(f"{refused}\n")
        sys.exit(3)


def writes(command: Sequence[str]) -> bool:
    """Whether a command changes data. --commit may be shortened, as every option may."""
    if "--help" in command or "-h" in command:
        return False
    if command[0] in READS:
        return False
    if any(len(word) > 2 and "--commit".startswith(word) for word in command):
        return True
    return command[0] in WRITES or " ".join(command[:2]) in WRITES


def _alone() -> AbstractContextManager[object]:
    """On SQLite one process writes: while the server runs, a command that writes refuses in a sentence."""
    from bersinar.config import environment
    from bersinar.upkeep.platform import InstanceLock

    folder = environment.data_folder()
    return nullcontext() if environment.database_urls(folder) else InstanceLock(folder)
