"""Put a version beside the one in use: a wheel into an environment of its own, or a clone with its own .venv."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

from bersinar.upkeep.program import Program
from bersinar.upkeep.upgrade.errors import NotAProgram, NotInstalled

_TELL = "import bersinar; print(bersinar.__version__)"


def install(source: Path, home: Path, packages: Path | None) -> Program:
    """`home` is a folder of this upgrade alone; `packages` holds wheels where there is no network."""
    if source.suffix == ".whl" and source.is_file():
        return _wheel(source, home, packages)
    if (source / "pyproject.toml").is_file() and (source / "bersinar" / "__init__.py").is_file():
        return _clone(source.resolve())
    raise NotAProgram(str(source))


def _wheel(source: Path, home: Path, packages: Path | None) -> Program:
    try:
        venv.create(home, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotInstalled(type(error).__name__) from error
    python = _python_of(home)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(source)]
    if packages is not None:
        command += ["--no-index", "--find-links", str(packages)]
    _run(command, os.environ.copy(), "pip")
    return _told(Program("", str(python)))


def _clone(source: Path) -> Program:
    """Its own way of preparing itself; nothing to do where it was prepared already."""
    prepare = "from bersinar.upkeep import environment; environment.prepare(for_tests=False)"
    _run([sys.executable, "-P", "-c", prepare], {**os.environ, "PYTHONPATH": str(source)}, "pip")
    return _told(Program("", str(_python_of(source / ".venv")), str(source)))


def _told(found: Program) -> Program:
    """With the version it says of itself."""
    asked = _run([found.python, "-P", "-c", _TELL], found.environment(), "import")
    return Program(asked.strip(), found.python, found.path)


def _python_of(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _run(command: list[str], environment: dict[str, str], step: str) -> str:
    try:
        done = subprocess.run(
            command, env=environment, cwd=Path(command[0]).anchor, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise NotInstalled(f"{step}: {error.strerror}") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise NotInstalled(f"{step}: {lines[-1] if lines else done.returncode}")
    return done.stdout
