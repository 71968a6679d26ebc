"""`bersinar audit verify` and `bersinar audit seal`."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bersinar.access import BersinarError
from bersinar.audit import actions, queries
from bersinar.audit.rules import Fault, Problem

_SHOWN = 50
_SENTENCES = {
    Fault.CHANGED: gettext_lazy("isinya berbeda dari salinan tersegel; salah satunya diubah."),
    Fault.EVENT_MISSING: gettext_lazy("hilang dari catatan kantor."),
    Fault.SEAL_MISSING: gettext_lazy("hilang dari simpanan tersegel."),
    Fault.BOTH_MISSING: gettext_lazy("hilang dari kedua simpanan."),
    Fault.SEAL_BROKEN: gettext_lazy("segelnya tidak cocok; simpanan tersegel diubah atau tertukar."),
    Fault.COUNTER: gettext_lazy("lebih baru dari penghitung; penghitung diubah."),
    Fault.ANCHOR: gettext_lazy("berbeda dari segel yang Anda catat; rantai pernah diganti atau dipotong."),
}


class Command(BaseCommand):
    help = "Memeriksa catatan audit (verify) atau menyegel yang baru (seal)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        verify = steps.add_parser("verify", help="bandingkan catatan dengan salinan tersegel")
        verify.add_argument("--anchor", type=_anchor, metavar="NOMOR:SEGEL", help="segel yang dicatat dulu")
        steps.add_parser("seal", help="segel peristiwa yang belum tersegel")

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        if step == "seal":
            self._seal()
        else:
            self._verify(options["anchor"])

    def _seal(self) -> None:
        try:
            count = actions.seal()
        except BersinarError as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(_("%(count)s peristiwa baru disegel.") % {"count": count})

    def _verify(self, anchor: tuple[int, str] | None) -> None:
        report = queries.verify(anchor=anchor)
        if report.problems:
            for problem in report.problems[:_SHOWN]:
                self.stdout.write(_sentence(problem))
            raise CommandError(
                _(
                    "Audit TIDAK utuh: %(count)s perbedaan. Jangan ubah apa pun, salin folder data, "
                    "lalu ikuti docs/operate/audit.md."
                )
                % {"count": len(report.problems)},
                returncode=1,
            )
        self.stdout.write(
            _("Audit utuh: %(sealed)s peristiwa tersegel, %(waiting)s menunggu segel.")
            % {"sealed": report.sealed, "waiting": report.waiting}
        )
        if report.sealed:
            self.stdout.write(
                _("Catat di luar komputer ini, untuk --anchor lain kali: %(seq)s:%(digest)s")
                % {"seq": report.sealed, "digest": report.last_digest[:16]}
            )


def _anchor(text: str) -> tuple[int, str]:
    number, _colon, digest = text.partition(":")
    if not number.isdigit() or len(digest) < 12:
        raise ArgumentTypeError(_("Tulis seperti 812:0123456789abcdef."))
    return int(number), digest


def _sentence(problem: Problem) -> str:
    return _("Peristiwa %(seq)s %(what)s") % {"seq": problem.seq, "what": _SENTENCES[problem.fault]}
