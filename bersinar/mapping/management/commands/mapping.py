"""`bersinar mapping …`: the actions of the page Peta without a screen."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from bersinar.access import ANONYMOUS, Actor, BersinarError
from bersinar.mapping import actions, present, queries, rules
from bersinar.mapping.table import FileKind
from bersinar.mapping.vocabulary import ObjectionOutcome
from bersinar.methods.categories import CountRule, Line, Presence, RuleError, Status
from bersinar.territory.models import Office

_Part = TypeVar("_Part", Line, Presence)


class Command(BaseCommand):
    help = (
        "Menghitung, merilis, dan membaca pemetaan. Yang mengubah data hanya mencoba sampai diberi --commit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        self._step(steps, "list", "daftar pemetaan unit")
        self._step(steps, "rules", "aturan yang dapat dipakai, dengan kuncinya")
        show = self._step(
            steps, "rule", "naskah satu aturan, untuk disimpan atau dipakai `bersinar map --rule`"
        )
        show.add_argument("key", help="kunci aturan, misalnya terbit atau unit:3")
        add = self._step(steps, "add-rule", "simpan garis dan batas unit dari berkas TOML", changes=True)
        add.add_argument("file", type=Path)
        run = self._step(steps, "run", "hitung pemetaan satu putaran data", changes=True)
        run.add_argument("round", type=int, help="nomor putaran data")
        run.add_argument("--rule", default=queries.PUBLISHED_KEY, help="kunci aturan; bawaan: terbit")
        release = self._step(steps, "release", "rilis satu pemetaan sesudah pemeriksaan", changes=True)
        release.add_argument("run", type=int)
        release.add_argument("--note", default="", help="catatan rilis")
        said = self._step(steps, "object", "catat keberatan desa", changes=True)
        said.add_argument("run", type=int)
        said.add_argument("village", help="kode atau nama desa")
        said.add_argument("--text", required=True, help="isi keberatan")
        said.add_argument("--raised-by", required=True, help="jabatan yang menyampaikan")
        said.add_argument("--on", type=date.fromisoformat, required=True, metavar="2023-01-20")
        answer = self._step(steps, "answer", "jawab satu keberatan", changes=True)
        answer.add_argument("objection", type=int)
        answer.add_argument("outcome", type=str.upper, choices=[one.value for one in ObjectionOutcome])
        answer.add_argument("--text", required=True, help="alasan")
        export = self._step(steps, "export", "tulis tabel yang sudah dirilis ke berkas")
        export.add_argument("run", type=int)
        export.add_argument("out", type=Path, help="berkas .xlsx atau .csv")

    def _step(self, steps: Any, name: str, words: str, *, changes: bool = False) -> ArgumentParser:
        parser: ArgumentParser = steps.add_parser(name, help=words)
        parser.add_argument("--office", help="nama unit; boleh ditiadakan bila hanya ada satu")
        if changes:
            parser.add_argument("--commit", action="store_true", help="simpan; tanpa ini hanya mencoba")
        return parser

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        actor = _actor(options["office"])
        work: Callable[..., str] = getattr(self, f"_{step.replace('-', '_')}")
        try:
            if "commit" in options:
                self._try_or_keep(work, actor, options)
            else:
                self.stdout.write(work(actor, **options))
        except Http404 as error:
            raise CommandError(_("Nomor itu tidak ada pada unit ini.")) from error
        except (BersinarError, RuleError) as error:
            raise CommandError(str(error)) from error

    def _try_or_keep(self, work: Callable[..., str], actor: Actor, options: dict[str, Any]) -> None:
        """Do all of it either way; without --commit nothing of it stays."""
        with transaction.atomic():
            told = work(actor, **options)
            if not options["commit"]:
                transaction.set_rollback(True)
        self.stdout.write(told)
        if not options["commit"]:
            self.stdout.write(_("Belum disimpan; ulangi dengan --commit."))

    def _list(self, actor: Actor, **options: Any) -> str:
        lines = []
        for run in queries.runs(actor):
            state = _("dirilis") if run.released_at else _("sementara")
            if run.withdrawn:
                state += ", " + _("dibuat dari data yang ditarik")
            told = {"id": run.id, "year": run.year, "rule": run.rule_id, "version": run.rule_version}
            words = _("%(id)d: pemetaan %(year)d, aturan %(rule)s versi %(version)s") % told
            lines.append(f"{words}, {state}. {_counts(run.counts)}")
        return "\n".join(lines) or _("Belum ada pemetaan.")

    def _rules(self, actor: Actor, **options: Any) -> str:
        return "\n".join(
            f"{one.key}: {one.title}, {_('versi')} {one.rule.version} ({present.status_word(one.rule.status)})"
            for one in queries.rule_choices(actor)
        )

    def _rule(self, actor: Actor, *, key: str, **options: Any) -> str:
        return queries.rule_text(key, actor)

    def _add_rule(self, actor: Actor, *, file: Path, **options: Any) -> str:
        try:
            given = rules.parse_rule(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(_("Berkas %(file)s tidak dapat dibaca.") % {"file": file}) from error
        published = rules.published_rule()
        lines = [_own(line) for line in given.lines if not _is_published(line, published)]
        presence = {
            name: _own(limit)
            for name, limit in given.presence.items()
            if not _is_stand_in(limit, published.presence.get(name))
        }
        stored = actions.add_own_rule(
            title=given.title,
            document=given.document,
            lines=lines,
            presence=presence,
            status=Status.CONTOH if given.status is Status.CONTOH else Status.OWN,
            by=actor,
        )
        told = _(
            "Aturan unit versi %(version)s, kunci unit:%(key)d: %(lines)d garis dan %(limits)d batas milik unit."
        )
        return told % {
            "version": stored.version,
            "key": stored.pk,
            "lines": len(lines),
            "limits": len(presence),
        }

    def _run(self, actor: Actor, *, round: int, rule: str, **options: Any) -> str:
        made = actions.run_mapping(round, rule_key=rule, by=actor, progress=self._progress)
        return _("Pemetaan %(id)d: %(n)d desa dihitung. %(counts)s") % {
            "id": made.pk,
            "n": made.n_villages,
            "counts": _counts(made.counts),
        }

    def _release(self, actor: Actor, *, run: int, note: str, **options: Any) -> str:
        actions.release_run(run, by=actor, note=note)
        return _("Pemetaan %(id)d dirilis.") % {"id": run}

    def _object(
        self, actor: Actor, *, run: int, village: str, text: str, raised_by: str, on: date, **options: Any
    ) -> str:
        found = queries.village_in_run(run, village, actor)
        if found is None:
            raise CommandError(_("Desa itu tidak ada dalam pemetaan ini, atau ada beberapa yang senama."))
        made = actions.record_objection(
            run, village_id=found, text=text, raised_by=raised_by, raised_on=on, by=actor
        )
        return _("Keberatan %(id)d dicatat.") % {"id": made.pk}

    def _answer(self, actor: Actor, *, objection: int, outcome: str, text: str, **options: Any) -> str:
        actions.answer_objection(objection, outcome=ObjectionOutcome(outcome), text=text, by=actor)
        return _("Keberatan %(id)d dijawab.") % {"id": objection}

    def _export(self, actor: Actor, *, run: int, out: Path, **options: Any) -> str:
        try:
            kind = FileKind(out.suffix.lstrip(".").lower())
        except ValueError as error:
            raise CommandError(_("Akhiran berkas harus .xlsx atau .csv.")) from error
        made = actions.export_table(run, kind=kind, by=actor)
        try:
            out.write_bytes(made.content)
        except OSError as error:
            raise CommandError(_("Berkas %(file)s tidak dapat ditulis.") % {"file": out}) from error
        return _("%(n)d desa ditulis ke %(file)s.") % {"n": made.villages, "file": out}

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(_("%(done)d dari %(total)d desa") % {"done": done, "total": total})


def _actor(name: str | None) -> Actor:
    """A command of the installation acts for one office."""
    offices = Office.objects.for_actor(ANONYMOUS)
    found = list(offices.filter(name__iexact=name) if name else offices[:2])
    if len(found) != 1:
        known = ", ".join(offices.values_list("name", flat=True)[:10])
        raise CommandError(_("Sebutkan unitnya dengan --office. Yang ada: %(names)s.") % {"names": known})
    return Actor.system("bersinar mapping", office_id=found[0].pk, office_name=found[0].name)


def _own(part: _Part) -> _Part:
    """Whatever a file says of itself: what a unit brings is the unit's own, or an example."""
    return part if part.status in (Status.OWN, Status.CONTOH) else replace(part, status=Status.OWN)


def _is_published(line: Line, published: CountRule) -> bool:
    """The published line itself; another one for its category is refused, not left out."""
    return any(replace(line, status=one.status, source=one.source) == one for one in published.lines)


def _is_stand_in(limit: Presence, published: Presence | None) -> bool:
    """The stand-in as it ships; with another number or another status it is what the unit means."""
    return (
        published is not None
        and limit.status is published.status
        and (limit.op, limit.threshold) == (published.op, published.threshold)
    )


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{present.category_word(value)} {count}" for value, count in counts.items()) + "."
