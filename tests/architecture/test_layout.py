"""It keeps the river: foreign keys upstream, templates at home, the platform in one place."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

REPOSITORY = Path(__file__).resolve().parents[2]
PRODUCT = REPOSITORY / "bersinar"
CONTRACTS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
# The lowest first, as the contract of imports has them.
LAYERS = [
    name.strip(" ()") for layer in reversed(CONTRACTS[0]["layers"]) for name in layer.split("|")
]  # fmt: skip
UNIX_ONLY = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog"}
FILES = sorted(path for path in PRODUCT.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(PRODUCT.rglob("templates/**/*.html"))


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("bersinar.")]


def layer_of(model):
    return LAYERS.index(model.__module__.split(".")[1])


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_upstream(model):
    for field in model._meta.get_fields():
        if field.concrete and field.is_relation and field.related_model.__module__.startswith("bersinar."):
            assert layer_of(field.related_model) <= layer_of(model), field.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PRODUCT)))
def test_no_template_includes_another_stages_template(path):
    own = path.relative_to(PRODUCT).parts[0]
    for named in re.findall(r"{%-?\s*(?:include|extends)\s+[\"']([^\"']+)", path.read_text(encoding="utf-8")):
        assert named.split("/")[0] in (own, "ui"), named


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PRODUCT)))
def test_nothing_unix_only_is_imported_outside_the_platform_module(path):
    if path == PRODUCT / "upkeep" / "platform.py":
        pytest.skip("this is the one place")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        assert not UNIX_ONLY & {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PRODUCT)))
def test_no_template_needs_a_loosened_content_policy(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"<style|\sstyle=", text), "inline style"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "inline event handler"
    assert not re.search(r"<(?:script|link|img)[^>]*(?:src|href)=[\"'](?:https?:)?//", text), "foreign asset"


def test_every_method_has_its_page():
    methods = PRODUCT / "methods"
    names = {path.stem for path in methods.iterdir()} - {"__init__", "__pycache__"}
    for name in names:
        assert (REPOSITORY / "docs" / "methods" / f"{name}.md").exists(), name


def test_every_folder_has_a_line_in_the_readme():
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    for folder in sorted(path.name for path in PRODUCT.iterdir() if (path / "__init__.py").exists()):
        assert f"`{folder}`" in readme, folder


def test_every_decision_has_a_number_of_its_own():
    records = sorted((REPOSITORY / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for path in records:
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]} "), path.name


def test_links_between_pages_of_the_documentation_lead_somewhere():
    for page in [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]:
        for named in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / named).exists(), f"{page.name}: {named}"


def test_no_package_gives_a_name_of_one_of_its_modules_to_something_else():
    """`from package.queries import meetings` must not be a function here and a module there."""
    for path in PRODUCT.rglob("__init__.py"):
        modules = {one.stem for one in path.parent.iterdir()} - {"__init__", "__pycache__"}
        package = ".".join(path.parent.relative_to(REPOSITORY).parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module != package:
                names = {alias.asname or alias.name for alias in node.names}
                assert not names & modules, f"{package}: {names & modules}"
