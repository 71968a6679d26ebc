"""Who may see and do what: data levels, scoped models, rights, and the rule every address declares."""

from typing import TYPE_CHECKING

from bersinar.access.actor import ANONYMOUS, Actor
from bersinar.access.errors import BersinarError, NotAllowed, UnscopedQuery
from bersinar.access.urls import access
from bersinar.access.vocabulary import Level, Retention, Right, Role, Section

if TYPE_CHECKING:
    from bersinar.access.scoped import ScopedModel, get_or_404

__all__ = [
    "ANONYMOUS",
    "Actor",
    "BersinarError",
    "Level",
    "NotAllowed",
    "Retention",
    "Right",
    "Role",
    "ScopedModel",
    "Section",
    "UnscopedQuery",
    "access",
    "get_or_404",
]


def __getattr__(name: str) -> object:
    # Models can only be imported once Django's apps are ready; rules and tests of pure code need none.
    if name in ("ScopedModel", "get_or_404"):
        from bersinar.access import scoped

        return getattr(scoped, name)
    raise AttributeError(name)
