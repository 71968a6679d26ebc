"""`bersinar restore`: one command from a copy and the words on paper to a working folder. Nothing is overwritten."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from bersinar.access import BersinarError
from bersinar.upkeep.backup import copies, drill, keys, places, restoring
from bersinar.upkeep.backup.copies import Copy
from bersinar.upkeep.backup.errors import NoCopy
from bersinar.upkeep.platform import InstanceLock
from bersinar.upkeep.present import moment


class Command(BaseCommand):
    help = "Memulihkan folder data dari cadangan. Folder lama dipindahkan ke samping, tidak ditimpa."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "copy", nargs="?", type=Path, help="folder satu cadangan, atau folder tempat cadangan"
        )
        parser.add_argument("--data", type=Path, help="pulihkan ke folder ini")
        parser.add_argument(
            "--test", action="store_true", help="hanya uji: buka semuanya, jangan ganti apa pun"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            copy = self._find(options["copy"] or places.local())
            self.stdout.write(f"{copy.path}, {moment(copy.made_at)}")
            identity = keys.identity_of(self._words())
            drill.check_words(copy, identity)
            if options["test"]:
                self._test(copy, identity)
            else:
                self._restore(copy, identity, options["data"] or places.data())
        except BersinarError as refused:
            raise CommandError(f"{refused} [{refused.code}]") from refused

    def _find(self, path: Path) -> Copy:
        """The copy that was named, or the newest one that counts in the place that was named."""
        found = copies.at(path)
        for place in (path, path / places.SECOND):
            found = found or copies.last_verified(place)
        if found is None:
            raise NoCopy(str(path))
        return found

    def _words(self) -> str:
        if sys.stdin.isatty():
            return getpass(_("Ketik 24 kata pemulihan dari kertas, dipisah spasi (tidak terlihat): "))
        return sys.stdin.read()

    def _test(self, copy: Copy, identity: Any) -> None:
        found = drill.run(copy, identity)
        self._say_lost(found)
        self.stdout.write(
            _("Uji berhasil: %(rows)s baris dan %(files)s berkas terbuka dan cocok. Tidak ada yang diubah.")
            % {"rows": found.rows, "files": found.files}
        )

    def _restore(self, copy: Copy, identity: Any, data: Path) -> None:
        if data.exists():
            with InstanceLock(data):
                pass  # a running server would go on writing into the folder that is moved aside
        found = restoring.restore(copy, identity, data)
        self._say_lost(found)
        if found.aside is not None:
            self.stdout.write(_("Folder lama disimpan di %(where)s") % {"where": found.aside})
        self.stdout.write(
            _("Pulih: %(rows)s baris dan %(files)s berkas di %(where)s. Semua orang harus masuk lagi.")
            % {"rows": found.rows, "files": found.files, "where": found.folder}
        )

    def _say_lost(self, found: restoring.Restored) -> None:
        if found.lost_files:
            self.stdout.write(
                _("%(count)s berkas unggahan tidak dapat dibuka dan tidak ikut pulih.")
                % {"count": len(found.lost_files)}
            )
