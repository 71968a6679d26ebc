"""Tells mypy what ActorMiddleware does: every request carries the actor who asks."""

from __future__ import annotations

from collections.abc import Callable

from mypy.nodes import MDEF, MypyFile, SymbolTableNode, TypeInfo, Var
from mypy.plugin import ClassDefContext, Plugin
from mypy.types import Instance

REQUEST = "django.http.request.HttpRequest"
ACTOR = "bersinar.access.actor"


def add_actor(context: ClassDefContext) -> None:
    """`actor: Actor` as if it stood in the class itself."""
    if "actor" in context.cls.info.names:
        return
    found = context.api.lookup_fully_qualified_or_none(f"{ACTOR}.Actor")
    if found is None or not isinstance(found.node, TypeInfo):
        context.api.defer()
        return
    field = Var("actor", Instance(found.node, []))
    field.info = context.cls.info
    field._fullname = f"{REQUEST}.actor"
    context.cls.info.names["actor"] = SymbolTableNode(MDEF, field, plugin_generated=True)


class ActorPlugin(Plugin):
    """Only the one class of Django."""

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        return [(10, ACTOR, -1)] if file.fullname == "django.http.request" else []

    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        return add_actor if fullname == REQUEST else None


def plugin(version: str) -> type[Plugin]:
    return ActorPlugin
