"""What a person does to keep the installation; each leaves an event in the audit."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from bersinar import audit, jobs
from bersinar.access import Actor, Right
from bersinar.jobs.models import Job
from bersinar.upkeep import queries
from bersinar.upkeep.backup import drill, keys, places
from bersinar.upkeep.backup.vocabulary import Reason
from bersinar.upkeep.errors import NotTheKeeper

KIND = "upkeep.backup"


def request_copy(by: Actor) -> Job:
    """A copy now; asked twice within a minute it is the same one."""
    _require_keeper(by)
    with transaction.atomic():
        key = f"{Reason.ASKED.value}/{timezone.now():%Y%m%d%H%M}"
        job = jobs.enqueue(KIND, by=by, key=key, reason=Reason.ASKED.value)
        audit.record(by, "upkeep.copy_requested", about=job)
    return job


def confirm_words(typed: Mapping[int, str], by: Actor) -> None:
    """The paper is in somebody's hands: the private half leaves this computer."""
    _require_keeper(by)
    with transaction.atomic():
        audit.record(by, "upkeep.recovery_key_printed", key=keys.recovery().fingerprint)
        keys.confirm(typed)


def renew_key(by: Actor) -> None:
    """The paper is lost: copies from now on are sealed to a new key."""
    _require_keeper(by)
    with transaction.atomic():
        old = keys.recovery().fingerprint
        audit.record(by, "upkeep.recovery_key_renewed", old=old)
        keys.renew()


def choose_second(folder: str, by: Actor) -> None:
    """Where the second copy goes; empty for nowhere."""
    _require_keeper(by)
    with transaction.atomic():
        audit.record(by, "upkeep.second_folder_chosen", chosen=bool(folder.strip()))
        places.choose_second(folder)


def start_drill(words: str, by: Actor) -> None:
    """Test the last copy with the words of the paper."""
    _require_keeper(by)
    with transaction.atomic():
        copy = drill.start(words)
        audit.record(by, "upkeep.restore_tested", copy=copy.name)


def _require_keeper(by: Actor) -> None:
    by.require(Right.INSTALLATION_KEEP)
    if not queries.keeps(by):
        office = queries.keeper()
        raise NotTheKeeper(office.name if office is not None else "")
