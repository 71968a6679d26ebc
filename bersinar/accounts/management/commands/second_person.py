"""`bersinar second-person`: what waits for a second person, and the way out where an office has no second person.

Whoever types here holds the PC itself and could read its files anyway; the audit says that it was done here.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor, BersinarError
from bersinar.accounts.actions import joint_kinds
from bersinar.accounts.actions import together as joint
from bersinar.accounts.models import User
from bersinar.accounts.queries import joint_acts
from bersinar.accounts.queries.together import JointRow
from bersinar.accounts.vocabulary import JointState
from bersinar.territory.queries import all_offices


class Command(BaseCommand):
    help = (
        "Menunjukkan permintaan yang menunggu orang kedua. Di kantor tanpa orang kedua, menyetujuinya dari komputer "
        "server. Hanya mencoba, sampai --commit ditambahkan."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--confirm", type=int, metavar="NOMOR", help="setujui permintaan dengan nomor ini")
        what.add_argument("--reset-factor", metavar="USER", help="hapus langkah kedua orang ini")
        parser.add_argument("--commit", action="store_true", help="lakukan; tanpa ini hanya mencoba")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["reset_factor"]:
                done = self._reset(options["reset_factor"], commit=options["commit"])
            elif options["confirm"] is not None:
                done = self._confirm(options["confirm"], commit=options["commit"])
            else:
                self._list()
                return
        except (BersinarError, Http404) as refused:
            raise CommandError(str(refused) or _("Tidak ada permintaan dengan nomor itu.")) from refused
        self.stdout.write(done)
        if not options["commit"]:
            self.stdout.write(_("Belum ada yang berubah. Tambahkan --commit untuk melakukannya."))

    def _list(self) -> None:
        rows = [row for row in _waiting() if row.state is JointState.MENUNGGU]
        for row in rows:
            until = timezone.localtime(row.act.expires_at).strftime("%d-%m-%Y %H.%M")
            self.stdout.write(f"{row.act.pk}  {row.title} · {row.act.asked_by.name} · {until}")
            self.stdout.write(f"    {row.sentence} ({row.act.reason})")
        if not rows:
            self.stdout.write(_("Tidak ada yang menunggu."))

    def _confirm(self, number: int, *, commit: bool) -> str:
        found = next((row for row in _waiting() if row.act.pk == number), None)
        if found is None:
            raise Http404
        with transaction.atomic():
            joint.confirm(number, by=_here(found.act.office_id))
            transaction.set_rollback(not commit)
        return f"{found.title}: {found.sentence}"

    def _reset(self, username: str, *, commit: bool) -> str:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise Http404(_("Tidak ada akun dengan nama itu."))
        with transaction.atomic():
            joint_kinds.reset_factor_here(user, by=_here(user.office_id))
            transaction.set_rollback(not commit)
        return _("Langkah kedua %(name)s dihapus; ia memasang yang baru saat masuk.") % {"name": user.name}


def _here(office_id: int | None) -> Actor:
    return Actor.system("second-person", office_id=office_id)


def _waiting() -> list[JointRow]:
    return [row for office in all_offices() for row in joint_acts(_here(office.id))]
