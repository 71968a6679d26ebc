"""Who did what, when: appended in the action's own transaction, then sealed into a chained store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

    from bersinar.access import Actor
    from bersinar.audit.models import Event

__all__ = ["record"]


def record(by: Actor, verb: str, /, about: Model | None = None, **facts: Any) -> Event:
    """Append one event to the running transaction; facts are ids and counts, never personal data or values."""
    # Here, not above: models exist only once Django's apps are ready.
    from bersinar.audit import actions

    return actions.append(by, verb, about, facts)
