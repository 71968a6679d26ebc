"""Take the Word template an office made for its own letters."""

from __future__ import annotations

import json

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Level, Right
from bersinar.documents import errors, queries
from bersinar.documents.actions.files import keep
from bersinar.documents.models import LetterTemplate
from bersinar.documents.vocabulary import DocumentKind
from bersinar.jobs.limited import run_limited
from bersinar.territory.models import Office

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST_MB = 2


def add_template(kind: DocumentKind, *, content: bytes, note: str, by: Actor) -> LetterTemplate:
    """Check and keep a new version; letters already drafted keep the one they were drafted with."""
    by.require(Right.DOCUMENTS_ISSUE)
    if by.office_id is None:
        raise errors.NoOffice
    if len(content) > LARGEST_MB * 1024 * 1024:
        raise errors.FileTooLarge(LARGEST_MB)
    answer = run_limited("bersinar.documents.papers.check_template", stdin=content, arguments=[kind.value])
    if problem := json.loads(answer)["problem"]:
        raise errors.TemplateRefused(problem)
    with transaction.atomic():
        Office.objects.for_actor(by).select_for_update().get(pk=by.office_id)
        newest = queries.template_in_force(kind, by)
        version = newest.version + 1 if newest else 1
        file, _ = keep(
            content,
            name=f"templat-{kind.value.lower()}-{version}.docx",
            content_type=WORD,
            by=by,
            level=Level.L1,
        )
        template = LetterTemplate.objects.create(
            office_id=by.office_id,
            kind=kind.value,
            version=version,
            file=file,
            note=note.strip()[:200],
            created_by_name=by.name,
        )
        audit.record(by, "documents.template_added", about=template, kind=kind.value, version=version)
    return template
