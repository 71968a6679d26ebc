"""A small office in a folder of its own, served to a browser: `python -m tests.fieldwork.office_server`."""

from __future__ import annotations

import io
import os
import socketserver
import sys
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

if TYPE_CHECKING:
    from bersinar.access import Actor
    from bersinar.fieldwork.models import Round

TITLE = "Pemetaan kawasan"
PASSWORD = "kata sandi untuk uji 1"


class _Threads(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Nothing: standard output carries the port alone."""


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bersinar.config.settings"
    import django

    django.setup()
    _furnish()
    from bersinar.config.wsgi import application

    server = make_server("127.0.0.1", 0, application, server_class=_Threads, handler_class=_Quiet)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


def _furnish() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from openpyxl import load_workbook

    from bersinar.access import Role, Section
    from bersinar.fieldwork import actions
    from bersinar.fieldwork.sheets import write_template
    from bersinar.territory import actions as territory
    from bersinar.territory.vocabulary import OfficeKind
    from tests.support.people import person

    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0)
    territory.load_regions(provinces=("19",))
    office = territory.open_office(
        kind=OfficeKind.BNNK, name="BNNK Belitung", prefixes=("19.02", "19.06"), seat="Tanjungpandan"
    )
    mira = person("mira", Role.STAF, Section.P2M, office=office, sees_enforcement=True)
    person("dodi", Role.STAF, Section.PEMBERANTASAN, office=office, sees_enforcement=True)
    round_ = actions.open_round(year=2023, title=TITLE, by=mira)
    for name, cells, takes_over in (
        ("benar.xlsx", {"E5": 3, "F5": "nihil"}, True),
        ("salah.xlsx", {"E5": 4, "E7": "12 org", "G9": "belum: desa belum menjawab", "H6": 900}, False),
    ):
        book = load_workbook(io.BytesIO(write_template(round_, mira)))
        for place, value in cells.items():
            book["Isian"][place] = value
        stream = io.BytesIO()
        book.save(stream)
        received = actions.receive_file(round_.pk, stream.getvalue(), name=name, by=mira)
        actions.read_import(received.pk, by=mira)
        if takes_over:
            actions.apply_import(received.pk, by=mira)
    _leave_a_foreign_file(round_, mira)


def _leave_a_foreign_file(round_: Round, mira: Actor) -> None:
    """On its way through the matching, with one doubtful village."""
    from bersinar.fieldwork import actions
    from bersinar.fieldwork.matching.feeds import Feed, How
    from bersinar.fieldwork.vocabulary import SourceType
    from bersinar.fieldwork.wizard import actions as wizard

    rows = "Kode;Desa;Kecamatan;Kasus narkoba;Karaoke\n;Dukongg;Tanjungpandan;3;ada\n;Parit;Tanjungpandan;1;tidak\n"
    received = actions.receive_file(round_.pk, rows.encode(), name="lain.csv", by=mira)
    actions.read_import(received.pk, by=mira)
    file = wizard.begin(received.pk, by=mira)
    wizard.choose_sheet(file.pk, sheet=0, heading=0, by=mira)
    wizard.choose_columns(file.pk, columns={"code": 0, "name": 1, "kecamatan": 2, "P1": 3, "D1": 4}, by=mira)
    feeds = {"P1": Feed("P1", 3), "D1": Feed("D1", 4, How.YA_TIDAK)}
    wizard.choose_feeds(file.pk, feeds=feeds, source_type=SourceType.ADMINISTRASI, by=mira)


if __name__ == "__main__":
    main()
