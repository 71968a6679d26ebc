"""A second version of the program beside this one, the way an office would have it."""

from __future__ import annotations

import hashlib
import os
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

from bersinar import __version__
from tests.support.server import REPOSITORY, environment

NEWER = "0.9.9"
MIGRATION = """from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("territory", "{last}")]
    operations = [{operation}]
"""
ADDS = (
    'migrations.RunSQL("CREATE TABLE territory_later (id integer primary key)", "DROP TABLE territory_later")'
)
LOSES = 'migrations.RunSQL("DELETE FROM fieldwork_entry WHERE id % 7 = 0", migrations.RunSQL.noop)'
BREAKS = 'migrations.RunSQL("UPDATE nothing_like_this SET x = 1", migrations.RunSQL.noop)'


def bersinar(
    folder: Path, *words: str, cwd: Path | None = None, given: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """A command as a person types it in the office's own version."""
    env = {**environment(), "BERSINAR_DATA": str(folder), "PYTHONPATH": str(REPOSITORY), **more}
    command = [sys.executable, "-m", "bersinar", *words]
    return subprocess.run(
        command,
        cwd=cwd or folder.parent,
        env=env,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def newer_code(folder: Path, operation: str = ADDS) -> Path:
    """This code under a later version number, with one migration more."""
    shutil.copytree(
        REPOSITORY / "bersinar", folder / "bersinar", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(REPOSITORY / "requirements", folder / "requirements")
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    init = folder / "bersinar" / "__init__.py"
    init.write_text(init.read_text().replace(f'"{__version__}"', f'"{NEWER}"'))
    migrations = folder / "bersinar" / "territory" / "migrations"
    last = sorted(path.stem for path in migrations.glob("0*.py"))[-1]
    (migrations / "0900_later.py").write_text(MIGRATION.format(last=last, operation=operation))
    return folder


def prepared_clone(folder: Path, operation: str = ADDS) -> Path:
    """A clone whose environment is there already: the packages are those of the tests."""
    newer_code(folder, operation)
    home = folder / ".venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    packages = next(home.glob("lib/python*/site-packages"))
    (packages / "tests.pth").write_text("\n".join(site.getsitepackages()))
    (home / "bersinar-venv.sha256").touch()
    for lock in ("run", "build"):
        digest = hashlib.sha256((folder / "requirements" / f"{lock}.txt").read_bytes()).hexdigest()
        (home / f"bersinar-{lock}.sha256").write_text(digest)
    return folder


def wheel(folder: Path, operation: str = ADDS) -> Path:
    """A wheel of that code; its packages are those of the tests, so that nothing is downloaded."""
    code = newer_code(folder / "kode", operation)
    path = folder / f"bersinar-{NEWER}-py3-none-any.whl"
    info = f"bersinar-{NEWER}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted((code / "bersinar").rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(code).as_posix())
        archive.writestr("zz-tests.pth", "\n".join(site.getsitepackages()))
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: bersinar\nVersion: {NEWER}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path
