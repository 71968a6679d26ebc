"""Tell the Belitung story in a demo folder, chapter by chapter, through the same actions as the screen."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from bersinar import audit
from bersinar.access import Actor
from bersinar.audit.models import Event
from bersinar.demo.errors import NotADemoFolder
from bersinar.demo.story import CHAPTERS, Chapter, Stage

_TOLD = "demo.chapter_told"
_WHY = "the demo looks up which of its own chapters are there"


def build_if_absent(*, say: Callable[[str], None]) -> int:
    """Tell the chapters that are not there yet; returns how many were. Safe to repeat and to kill."""
    missing = missing_chapters()
    if not missing:
        return 0
    stage = Stage.set_up()
    for number, chapter in enumerate(missing, start=1):
        say(f"Menyiapkan contoh {number}/{len(missing)}: {chapter.sentence} …")
        # The chapter and the note that it was told live or die together, so a kill leaves whole chapters only.
        with transaction.atomic():
            chapter.tell(stage)
            audit.record(Actor.system("contoh"), _TOLD, chapter=chapter.key)
    return len(missing)


def missing_chapters() -> list[Chapter]:
    """What of the story this folder does not hold yet."""
    if not settings.BERSINAR_DEMO:
        raise NotADemoFolder
    told = _told()
    return [chapter for chapter in CHAPTERS if chapter.key not in told]


def _told() -> set[str]:
    events = Event.objects.unscoped(_WHY).filter(verb=_TOLD)
    return {str(event.facts["chapter"]) for event in events}
