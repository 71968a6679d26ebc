"""Reads over files and letters."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right, get_or_404
from bersinar.documents import errors, store
from bersinar.documents.models import Issue, Letter, LetterTemplate, NumberSeries, StoredFile, Voiding
from bersinar.documents.papers import Paper
from bersinar.documents.papers.docx import render_docx
from bersinar.documents.papers.fill_template import packed
from bersinar.documents.papers.pdf import render_pdf
from bersinar.documents.rules import numbers
from bersinar.documents.vocabulary import DocumentKind, LetterState, Origin
from bersinar.jobs.limited import run_limited
from bersinar.ui.marks import REHEARSAL
from bersinar.ui.queue import Task
from bersinar.ui.writing import day

MOST_TASKS = 20
SHEETS = [kind.value for kind in DocumentKind if kind.is_sheet]


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file with its bytes, proven unchanged."""

    file: StoredFile
    content: bytes


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter with where it stands."""

    letter: Letter
    state: LetterState
    issue: Issue | None
    voided_why: str = ""


def open_file(pk: int, actor: Actor) -> OpenedFile:
    """One stored file; 404 when it is not the actor's to open."""
    file = get_or_404(StoredFile, actor, pk=pk)
    return OpenedFile(file, store.read(file.sha256))


def letters(actor: Actor, *, kind: str = "", about: Model | None = None) -> QuerySet[Letter]:
    """Letters of the actor's offices, newest first; turn a page of them into rows with `rows`."""
    found = Letter.objects.for_actor(actor).select_related("office", "issue__pdf", "voiding")
    if kind:
        found = found.filter(kind=kind)
    if about is not None:
        found = found.filter(about_type=about._meta.label_lower, about_id=str(about.pk))
    return _with_state(found, actor)


def in_state(found: QuerySet[Letter], state: LetterState) -> QuerySet[Letter]:
    """Those of `letters` that stand here; the same rule as for a single row."""
    filters = {
        LetterState.BATAL: Q(is_void=True),
        LetterState.TERBIT: Q(is_void=False, is_issued=True, has_later_issued=False),
        LetterState.RANCANGAN: Q(is_void=False, is_issued=False, has_later=False) & ~Q(kind__in=SHEETS),
        LetterState.SIAP_CETAK: Q(is_void=False, has_later=False, kind__in=SHEETS),
        LetterState.DIGANTIKAN: Q(is_void=False)
        & (Q(is_issued=True, has_later_issued=True) | Q(is_issued=False, has_later=True)),
    }
    return found.filter(filters[state])


def rows(page: list[Letter] | QuerySet[Letter]) -> list[LetterRow]:
    """Some of `letters` with their state and number."""
    # getattr: a letter without its issue or voiding has no such attribute.
    return [
        LetterRow(
            letter,
            _state(letter),
            getattr(letter, "issue", None),
            getattr(getattr(letter, "voiding", None), "reason", ""),
        )
        for letter in page
    ]


def newest_about_each(
    model: type[Model], pks: Collection[int], kind: str, actor: Actor
) -> dict[int, LetterRow]:
    """Of each of these things the newest letter of one kind, in one query."""
    found = letters(actor, kind=kind).filter(
        about_type=model._meta.label_lower, about_id__in=[str(pk) for pk in pks]
    )
    return {int(row.letter.about_id): row for row in reversed(rows(found))}


def letters_about(about: Model, actor: Actor) -> list[LetterRow]:
    """The letters of one decision, meeting or whatever they were drafted for; only its kind and key are used."""
    return rows(letters(actor, about=about))


def letter_row(pk: int, actor: Actor) -> LetterRow:
    """One letter; 404 outside the actor's offices."""
    found = rows(letters(actor).filter(pk=pk))
    if not found:
        raise Http404
    return found[0]


def versions(letter: Letter, actor: Actor) -> list[LetterRow]:
    """All versions of the same letter, newest first."""
    return rows(letters(actor).filter(thread=letter.thread).order_by("-version"))


def state_of(letter: Letter, actor: Actor) -> LetterState:
    return letter_row(letter.pk, actor).state


def work_queue(actor: Actor, *, on: date) -> list[Task]:
    """The office's own drafts that wait for a number, newest first."""
    if not actor.can(Right.DOCUMENTS_ISSUE) or actor.office_id is None:
        return []
    waiting = in_state(letters(actor).filter(office_id=actor.office_id), LetterState.RANCANGAN)
    return [_task(letter, on) for letter in waiting[:MOST_TASKS]]


def _task(letter: Letter, on: date) -> Task:
    since = day(timezone.localtime(letter.created_at).date())
    url = reverse("documents:letter", args=[letter.pk])
    if letter.signed_here:
        return Task(
            title=_("Terbitkan %(title)s") % {"title": _in_sentence(letter)},
            text=_("Rancangan sejak %(since)s. Nomornya diambil dari seri unit.") % {"since": since},
            url=url,
            action=_("Periksa surat"),
            due=_wanted_by(letter, on),
        )
    return Task(
        title=_("Catat nomor %(title)s") % {"title": _in_sentence(letter)},
        text=_("Rancangan sejak %(since)s. Ketik nomor dan tanggal sesudah %(who)s menandatangani.")
        % {"since": since, "who": letter.signatory_position},
        url=url,
        action=_("Catat nomor"),
    )


def _in_sentence(letter: Letter) -> str:
    """The title behind a verb: undangan and notulen without their capital, a decree as SK."""
    if letter.kind == DocumentKind.SK_PENETAPAN:
        return f"SK {letter.title}"
    if letter.kind == DocumentKind.SURAT:
        return _("surat %(title)s") % {"title": letter.title}
    return letter.title[:1].lower() + letter.title[1:]


def _wanted_by(letter: Letter, on: date) -> date | None:
    """An invitation presses until its meeting; afterwards, like any other draft, it only waits."""
    if letter.kind != DocumentKind.UNDANGAN:
        return None
    meeting = date.fromisoformat(letter.facts["date"])
    return meeting if meeting >= on else None


def has_later_version(letter: Letter, actor: Actor) -> bool:
    later = Letter.objects.for_actor(actor).filter(thread=letter.thread, version__gt=letter.version)
    return bool(later.exists())


def template_in_force(kind: DocumentKind, actor: Actor) -> LetterTemplate | None:
    """The office's own Word template of this kind, or None where it uses ours."""
    if actor.office_id is None:
        return None
    own = LetterTemplate.objects.for_actor(actor).select_related("file")
    return own.filter(kind=kind.value, office_id=actor.office_id).order_by("-version").first()


def number_series(actor: Actor) -> QuerySet[NumberSeries]:
    """The series of the actor's own office."""
    own = NumberSeries.objects.for_actor(actor)
    return own.none() if actor.office_id is None else own.filter(office_id=actor.office_id)


def next_number(kind: DocumentKind, year: int, actor: Actor) -> str:
    """How the next number of the office's own series will read if the letter is issued today; nothing is drawn."""
    series = number_series(actor).filter(kind=kind.value, year__lte=year).order_by("-year").first()
    pattern = series.pattern if series else numbers.usual(example=settings.BERSINAR_DEMO)
    sequence = series.next if series and series.year == year else 1
    return numbers.number_text(pattern, sequence=sequence, office=actor.office_name, on=timezone.localdate())


def pdf(letter: Letter, actor: Actor) -> bytes:
    """The PDF: of an issued letter the very bytes that were handed out, otherwise printed now with its mark."""
    row = letter_row(letter.pk, actor)
    if row.state is LetterState.TERBIT and row.issue is not None:
        return store.read(row.issue.pdf.sha256)
    return render_pdf(paper_of_row(row))


def docx(letter: Letter, actor: Actor) -> bytes:
    """The letter for Word, from the template that was in force when it was drafted."""
    row = letter_row(letter.pk, actor)
    if row.letter.template_id is None:
        return render_docx(paper_of_row(row))
    version = get_or_404(LetterTemplate, actor, pk=row.letter.template_id)
    given = packed(paper_of_row(row), open_file(version.file_id, actor).content)
    filled = run_limited("bersinar.documents.papers.fill_template", stdin=given)
    if not filled:
        raise errors.TemplateRefused(_("isinya tidak lagi diizinkan. Unggah templat yang baru."))
    return filled


def paper_of_row(row: LetterRow) -> Paper:
    if row.issue is None:
        return paper_of(row.letter, state=row.state)
    return paper_of(
        row.letter,
        state=row.state,
        number=row.issue.number,
        on=row.issue.date,
        origin=Origin(row.issue.origin),
    )


def paper_of(
    letter: Letter,
    *,
    state: LetterState,
    number: str = "",
    on: date | None = None,
    origin: Origin | None = None,
    code: str = "",
) -> Paper:
    """The plain values a letter is printed from."""
    return Paper(
        kind=DocumentKind(letter.kind),
        title=letter.title,
        facts=letter.facts,
        office_name=letter.office_name,
        office_seat=letter.office_seat,
        signatory=letter.signatory,
        state=state,
        number=number,
        date=on,
        origin=origin,
        example=letter.example,
        example_word=REHEARSAL if settings.BERSINAR_REHEARSAL else "CONTOH",
        code=code,
    )


def file_name(letter: Letter, ending: str) -> str:
    """A name people recognise in their downloads; never a category."""
    words = re.sub(r"[^\w]+", "-", letter.title.lower()).strip("-")[:60]
    return f"{words}-v{letter.version}.{ending}"


def _with_state(found: Any, actor: Actor) -> QuerySet[Letter]:
    issued = Issue.objects.for_actor(actor).filter(letter=OuterRef("pk"))
    later = Letter.objects.for_actor(actor).filter(thread=OuterRef("thread"), version__gt=OuterRef("version"))
    later_issued = Issue.objects.for_actor(actor).filter(
        letter__thread=OuterRef("thread"), letter__version__gt=OuterRef("version")
    )
    annotated: QuerySet[Letter] = found.annotate(
        is_issued=Exists(issued),
        has_later=Exists(later),
        has_later_issued=Exists(later_issued),
        is_void=Exists(Voiding.objects.for_actor(actor).filter(letter=OuterRef("pk"))),
    )
    return annotated


def _state(letter: Any) -> LetterState:
    """A draft gives way to any later version; an issued letter only to a later issued one."""
    if letter.is_void:
        return LetterState.BATAL
    if letter.is_issued:
        return LetterState.DIGANTIKAN if letter.has_later_issued else LetterState.TERBIT
    if letter.has_later:
        return LetterState.DIGANTIKAN
    return LetterState.SIAP_CETAK if letter.kind in SHEETS else LetterState.RANCANGAN
