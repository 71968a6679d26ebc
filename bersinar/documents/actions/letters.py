"""Draft, issue, record what others signed, void. Nothing written here is edited afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor, Level, Right, get_or_404
from bersinar.accounts.errors import NeedsSecondPerson
from bersinar.config.shape import Shape
from bersinar.documents import errors, keys, queries
from bersinar.documents.actions.files import keep
from bersinar.documents.models import Issue, IssuedNumber, Letter, NumberSeries, Voiding
from bersinar.documents.papers.pdf import render_pdf, source_fingerprint
from bersinar.documents.papers.signs import first_unprintable
from bersinar.documents.rules import code, facts, numbers
from bersinar.documents.vocabulary import DocumentKind, LetterState, Origin, Signatory
from bersinar.territory.models import Office


def draft_letter(
    kind: DocumentKind,
    *,
    about: Model | None = None,
    facts: Mapping[str, Any],
    signatory: Signatory,
    by: Actor,
    title: str = "",
    replaces: Letter | None = None,
) -> Letter:
    """Freeze the facts as a draft, or as the next version of the letter it replaces. No number is drawn."""
    by.require(Right.DOCUMENTS_SEE)
    tidy = _checked(kind, facts, signatory)
    with transaction.atomic():
        office = _lock(by)
        earlier = _newest_of(replaces, kind, by)
        template = queries.template_in_force(kind, by)
        letter = Letter(
            office=office,
            created_by_name=by.name,
            kind=kind.value,
            about_type=about._meta.label_lower if about is not None else "",
            about_id=str(about.pk) if about is not None else "",
            title=title.strip()[:300] or _title(kind, tidy),
            facts=tidy,
            office_name=office.name,
            office_seat=office.seat,
            signatory_position=signatory.position.strip(),
            signatory_name=signatory.name.strip(),
            signed_here=signatory.own,
            example=bool(settings.BERSINAR_DEMO or tidy.get("example")),
            template=template,
            template_fingerprint=template.file.sha256 if template else source_fingerprint(kind),
        )
        if earlier is not None:
            letter.thread, letter.version = earlier.thread, earlier.version + 1
        letter.save()
        audit.record(by, "documents.drafted", about=letter, kind=kind.value, version=letter.version)
    return letter


def issue_letter(letter: Letter, *, by: Actor, on: date | None = None) -> Issue:
    """Give the office's own letter the next number of its series. Number, PDF and audit live or die together."""
    by.require(Right.DOCUMENTS_ISSUE)
    day = _not_future(on)
    with transaction.atomic():
        office = _lock(by)
        letter = _to_issue(letter, by)
        if not letter.signed_here:
            raise errors.SignedElsewhere
        drawn = _draw_number(letter, office, day, by)
        issue = _issue(letter, Origin.SERI_UNIT, drawn.text, day, by)
        audit.record(by, "documents.issued", about=letter, number=drawn.text, sequence=drawn.sequence)
    return issue


def record_signed(letter: Letter, *, number: str, date: date, by: Actor) -> Issue:
    """Type the number and date from the paper that somebody else signed."""
    by.require(Right.DOCUMENTS_ISSUE)
    day = _not_future(date)
    number = " ".join(number.split())
    if not number:
        raise errors.NumberMissing
    with transaction.atomic():
        _lock(by)
        letter = _to_issue(letter, by)
        if letter.signed_here:
            raise errors.SignedHere
        same = Issue.objects.for_actor(by).filter(
            office_id=letter.office_id, number=number, letter__kind=letter.kind, date__year=day.year
        )
        # A later version of the same paper (a typing error put right) keeps the paper's number.
        if same.exclude(letter__thread=letter.thread).exists():
            raise errors.NumberTaken(number)
        issue = _issue(letter, Origin.NASKAH_BERTANDA_TANGAN, number[:120], day, by)
        audit.record(by, "documents.signed_recorded", about=letter, number=number[:120])
    return issue


def void_letter(letter: Letter, *, reason: str, by: Actor, agreed: bool = False) -> Voiding:
    """Declare an issued letter void. Its number stays taken. An SK needs a second person: see documents.joint."""
    by.require(Right.DOCUMENTS_ISSUE)
    reason = reason.strip()
    if not reason:
        raise errors.ReasonMissing
    with transaction.atomic():
        _lock(by)
        letter = _own(letter, by)
        state = queries.state_of(letter, by)
        if state not in (LetterState.TERBIT, LetterState.DIGANTIKAN):
            raise errors.NotIssued
        if letter.kind == DocumentKind.SK_PENETAPAN and by.is_known and not agreed:
            raise NeedsSecondPerson
        voiding = Voiding.objects.create(
            office_id=letter.office_id, letter=letter, reason=reason[:500], created_by_name=by.name
        )
        audit.record(by, "documents.voided", about=letter)
    return voiding


def set_number_pattern(kind: DocumentKind, *, year: int, pattern: str, by: Actor) -> NumberSeries:
    """How the numbers from now on read; numbers already drawn stay as they are."""
    by.require(Right.DOCUMENTS_ISSUE)
    if kind.is_sheet:
        raise errors.SheetHasNoNumber
    try:
        numbers.check_pattern(pattern, example=settings.BERSINAR_DEMO)
    except numbers.PatternError as error:
        raise errors.PatternRefused(str(error)) from error
    with transaction.atomic():
        series = _series(kind.value, _lock(by), year, by)
        series.pattern = pattern
        series.save(update_fields=["pattern"])
        audit.record(by, "documents.pattern_set", about=series, kind=kind.value, year=year)
    return series


def _checked(kind: DocumentKind, given: Mapping[str, Any], signatory: Signatory) -> dict[str, Any]:
    if not signatory.position.strip():
        raise errors.FactsRefused("jabatan penanda tangan belum diisi.")
    try:
        tidy = facts.checked(kind, given)
    except facts.FactsError as error:
        raise errors.FactsRefused(str(error)) from error
    signed = {"jabatan": signatory.position, "nama": signatory.name}
    for what, where in ((tidy, "Isi surat"), (signed, "Penanda tangan")):
        if found := first_unprintable(what, where):
            sign, place = found
            raise errors.FactsRefused(
                f"{place} memuat tanda “{sign}”, yang tidak ada di huruf surat. Hapus tandanya."
            )
    return tidy


def _title(kind: DocumentKind, tidy: dict[str, Any]) -> str:
    return facts.title_of(kind, tidy)


def _lock(by: Actor) -> Office:
    """Hold the office until the transaction ends: letters and numbers come one after the other."""
    if by.office_id is None:
        raise errors.NoOffice
    return Office.objects.for_actor(by).select_for_update().get(pk=by.office_id)


def _own(letter: Letter, by: Actor) -> Letter:
    """Read again under the lock; only the office itself writes its letters, not the offices above it."""
    return get_or_404(Letter, by, pk=letter.pk, office_id=by.office_id)


def _newest_of(replaces: Letter | None, kind: DocumentKind, by: Actor) -> Letter | None:
    if replaces is None:
        return None
    earlier = get_or_404(Letter, by, pk=replaces.pk, office_id=by.office_id, kind=kind.value)
    if queries.has_later_version(earlier, by):
        raise errors.NotTheNewest
    return earlier


def _to_issue(letter: Letter, by: Actor) -> Letter:
    letter = _own(letter, by)
    if DocumentKind(letter.kind).is_sheet:
        raise errors.SheetHasNoNumber
    if Issue.objects.for_actor(by).filter(letter=letter).exists():
        raise errors.AlreadyIssued
    if queries.has_later_version(letter, by):
        raise errors.NotTheNewest
    return letter


def _not_future(day: date | None) -> date:
    today = timezone.localdate()
    if day is not None and day > today:
        raise errors.DateInFuture
    return day or today


def _series(kind: str, office: Office, year: int, by: Actor) -> NumberSeries:
    found = NumberSeries.objects.for_actor(by).select_for_update()
    series = found.filter(office=office, kind=kind, year=year).first()
    if series is None:
        last = found.filter(office=office, kind=kind, year__lt=year).order_by("-year").first()
        usual = numbers.usual(example=settings.BERSINAR_DEMO)
        series = NumberSeries.objects.create(
            office=office, kind=kind, year=year, pattern=last.pattern if last else usual
        )
    return series


def _draw_number(letter: Letter, office: Office, day: date, by: Actor) -> IssuedNumber:
    series = _series(letter.kind, office, day.year, by)
    # A letter marked as an example in a real office must not look real either.
    pattern = series.pattern
    if letter.example and "CONTOH" not in pattern:
        pattern = f"CONTOH-{pattern}"
    text = numbers.number_text(pattern, sequence=series.next, office=office.name, on=day)
    drawn = IssuedNumber.objects.create(
        office=office,
        series=series,
        sequence=series.next,
        text=text,
        letter=letter,
        created_by_name=by.name,
    )
    series.next += 1
    series.save(update_fields=["next"])
    return drawn


def _with_address(text: str) -> str:
    """A server's public name stays; an office's own network does not reach whoever holds the letter."""
    standing = settings.BERSINAR_STANDING
    if standing.shape is not Shape.SERVER:
        return text
    return code.behind(standing.address + reverse("documents:verify"), text)


def _issue(letter: Letter, origin: Origin, number: str, day: date, by: Actor) -> Issue:
    """Print the letter as it is handed out, with its code, and keep exactly those bytes."""
    unsigned = queries.paper_of(letter, state=LetterState.TERBIT, number=number, on=day, origin=origin)
    claims = code.Claims(
        document_id=letter.thread.bytes,
        version=letter.version,
        kind=letter.kind,
        office=letter.office_name,
        number=number,
        date=day,
        content_sha256=unsigned.content_sha256,
        example=letter.example,
    )
    text = _with_address(code.sign(claims, keys.private_key()))
    printed = queries.paper_of(
        letter, state=LetterState.TERBIT, number=number, on=day, origin=origin, code=text
    )
    pdf, _ = keep(
        render_pdf(printed),
        name=queries.file_name(letter, "pdf"),
        content_type="application/pdf",
        by=by,
        level=Level.L2,
    )
    return Issue.objects.create(
        office_id=letter.office_id,
        letter=letter,
        origin=origin.value,
        number=number,
        date=day,
        content_sha256=printed.content_sha256,
        pdf=pdf,
        created_by_name=by.name,
    )
