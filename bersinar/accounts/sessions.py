"""Sessions in a table that opens nothing when it is stolen, and that tells people where they are signed in.

Django's own store with one difference: the row's key is a digest of what the browser holds.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import transaction

from bersinar.accounts import clock
from bersinar.accounts.models import Session
from bersinar.accounts.sealing import digest

# What a session remembers of itself; the row repeats it for the list.
SINCE, SEEN, LABEL, FACTOR, PROVEN = "sejak", "terlihat", "peramban", "faktor", "terbukti"
_WHY = "a session is found before there is a person"


class SessionStore(DatabaseStore):
    """What SESSION_ENGINE names. Pages are not asynchronous here, so only the plain methods are ours."""

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = (
            Session.objects.unscoped(_WHY)
            .filter(session_key=digest(self.session_key or ""), expire_date__gt=clock.now())
            .first()
        )
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str | None = None) -> bool:
        return Session.objects.unscoped(_WHY).filter(session_key=digest(session_key or "")).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:  # type: ignore[override]  # not Django's row
        started, seen = data.get(SINCE), data.get(SEEN)
        return Session(
            session_key=digest(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # private
            session_data=self.encode(data),
            expire_date=clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE),
            user_id=data.get(SESSION_KEY),
            label=data.get(LABEL, ""),
            factor=data.get(FACTOR, ""),
            started_at=started and datetime.fromtimestamp(started, UTC),
            seen_at=seen and datetime.fromtimestamp(seen, UTC),
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.unscoped(_WHY).filter(session_key=digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        with transaction.atomic():
            Session.objects.unscoped(_WHY).filter(expire_date__lt=clock.now()).delete()


def end_of(user_id: int, *, but: str | None = None) -> int:
    """Sign a person out everywhere, or everywhere else; how many sessions that were."""
    rows = Session.objects.unscoped("sessions end whoever asked for it").filter(user_id=user_id)
    if but is not None:
        rows = rows.exclude(session_key=digest(but))
    return int(rows.delete()[0])
