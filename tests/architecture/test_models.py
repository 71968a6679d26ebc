"""It knows of every table how bad a leak is, how long rows stay, whose they are, and its Indonesian name."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from bersinar.access import ANONYMOUS, Level, Retention, ScopedModel, UnscopedQuery
from bersinar.accounts.models import User

REPOSITORY = Path(__file__).resolve().parents[2]
MODELS = [model for model in apps.get_models() if model.__module__.startswith("bersinar.")]
# Ground tables that are read on behalf of the system itself, with the reason.
NOT_SCOPED = {
    User: "the person is found before there is an actor; accounts.queries scopes the lists",
}
# Modules that may read everything, with the reason that stands beside the call.
MAY_READ_EVERYTHING = {
    "audit",
    "jobs",
    "demo",
    "upkeep",
    "documents/standing.py",
    "accounts/brake.py",
    "accounts/devices.py",
    "accounts/phones.py",
    "accounts/sessions.py",
    "accounts/actions/together.py",
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_table_names_its_level_and_retention(model):
    assert isinstance(model.level, Level)
    assert isinstance(model.retention, Retention)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_table_is_scoped(model):
    if model in NOT_SCOPED:
        return
    assert issubclass(model, ScopedModel)
    assert "scope" in {name for parent in model.__mro__ if parent is not ScopedModel for name in vars(parent)}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_reading_without_an_actor_raises(model):
    if model in NOT_SCOPED:
        return
    with pytest.raises(UnscopedQuery):
        list(model.objects.all())
    with pytest.raises(UnscopedQuery):
        model.objects.count()


@pytest.mark.django_db(databases=["default", "audit"])
@pytest.mark.parametrize("model", [model for model in MODELS if model.level > Level.L0], ids=str)
def test_nobody_sees_nothing(model):
    if model in NOT_SCOPED:
        return
    assert not model.objects.for_actor(ANONYMOUS).exists()


@pytest.mark.parametrize("path", sorted((REPOSITORY / "bersinar").rglob("*.py")), ids=lambda path: str(path))
def test_only_listed_folders_read_everything(path):
    where = path.relative_to(REPOSITORY / "bersinar")
    if {where.parts[0], where.as_posix()} & MAY_READ_EVERYTHING or path.name == "scoped.py":
        return
    assert ".unscoped(" not in path.read_text(encoding="utf-8")


def test_every_table_stands_in_the_glossary_with_its_indonesian_name():
    text = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8")
    lines = dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", text, re.MULTILINE))
    wrong = {
        model.__name__: str(model._meta.verbose_name)
        for model in MODELS
        if lines.get(model.__name__) != str(model._meta.verbose_name)
    }
    assert not wrong
