"""It has a migration for every model as it stands, and every migration has a way back."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_model_is_ahead_of_its_migrations():
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


@pytest.mark.django_db
def test_every_operation_can_be_undone():
    loader = MigrationLoader(connection)
    for key, migration in loader.disk_migrations.items():
        if migration.__module__.startswith("bersinar."):
            assert all(operation.reversible for operation in migration.operations), key
