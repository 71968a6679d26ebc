"""The person (or command) on whose behalf something is read or changed."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.access.errors import NotAllowed
from bersinar.access.vocabulary import Right, Role, Section


@dataclass(frozen=True, slots=True)
class Actor:
    """Plain facts about who is asking; every scoped query and every action takes one."""

    name: str
    user_id: int | None = None
    role: Role | None = None
    section: Section | None = None
    office_id: int | None = None
    office_name: str = ""
    office_ids: tuple[int, ...] = ()
    prefixes: tuple[str, ...] = ()
    village_code: str | None = None
    rights: frozenset[Right] = frozenset()
    # Proved a moment ago who they are: what takes data home or gives others power asks for it.
    is_fresh: bool = False

    @property
    def is_known(self) -> bool:
        return self.user_id is not None

    def can(self, right: Right) -> bool:
        return right in self.rights

    def require(self, right: Right) -> None:
        """Raise when the right is missing: actions guard themselves, whoever calls them."""
        if right not in self.rights:
            raise NotAllowed(right)

    @classmethod
    def system(cls, name: str, *, office_id: int | None = None, office_name: str = "") -> Actor:
        """A command of the installation itself, acting for one office."""
        offices = () if office_id is None else (office_id,)
        return cls(
            name=f"sistem: {name}",
            office_id=office_id,
            office_name=office_name,
            office_ids=offices,
            rights=frozenset(Right),
        )


ANONYMOUS = Actor(name="tanpa masuk")
