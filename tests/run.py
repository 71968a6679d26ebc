"""Every check of this repository in order; the last lines name what failed and what was skipped."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import machine, networks, postgresql

REPOSITORY = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
QUICK = ("tests/methods", "tests/architecture")
HELP = """\
./test                 everything: lint, types, contracts, unit, PostgreSQL, journeys in a browser
./test --quick         lint, contracts, methods, rules and architecture only, within a minute
./test --faults        kills, power cuts, full and failing disks and the like at their full number; most of an hour
./test --attack        sqlmap and wapiti against a server of its own, then the corpus of bad input (half an hour)
./test PATH ...        these tests alone, on SQLite
"""


@dataclass
class Report:
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def step(self, name: str, run: Callable[[], int]) -> None:
        """Run one check and keep its outcome; later checks run all the same."""
        sys.stdout.write(f"\n== {name}\n")
        sys.stdout.flush()
        started = time.monotonic()
        code = run()
        self.lines.append(f"{'gagal' if code else 'lulus'}  {name}  ({time.monotonic() - started:.0f} s)")
        if code:
            self.failed.append(name)

    def finish(self) -> int:
        sys.stdout.write("\n" + "\n".join(self.lines) + "\n")
        for part in self.skipped:
            sys.stdout.write(f"dilewati  {part}\n")
        # A person may lack a browser; the machine that guards main may not.
        return 1 if self.failed or (self.skipped and os.environ.get("CI") == "true") else 0


def main() -> int:
    parser = argparse.ArgumentParser(usage=HELP)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--attack", action="store_true")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    os.chdir(REPOSITORY)
    # Tests never touch the data of a real installation, nor see its settings.
    folder = tempfile.mkdtemp(prefix="bersinar-test-")
    for name in [name for name in os.environ if name.startswith("BERSINAR_")]:
        del os.environ[name]
    os.environ["BERSINAR_DATA"] = folder
    try:
        if options.attack:
            return subprocess.call([sys.executable, "-m", "tests.attack.run"])
        if options.paths:
            return pytest(*options.paths)
        report = Report()
        if options.faults:
            faults(report)
            return report.finish()
        quick(report)
        if not options.quick:
            whole(report)
        return report.finish()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def quick(report: Report) -> None:
    report.step("ruff", lambda: tool("ruff", "check", "."))
    report.step("format", lambda: tool("ruff", "format", "--check", "."))
    report.step("kontrak impor", lambda: tool("lint-imports"))
    report.step("metode, aturan, arsitektur", lambda: pytest(*QUICK))


def whole(report: Report) -> None:
    report.step("djlint", lambda: tool("djlint", "bersinar", "--lint", "--quiet"))
    report.step("mypy", lambda: tool("mypy"))
    # What the quick part has shown is not shown twice.
    rest = [f"--ignore={folder}" for folder in QUICK]
    report.step("pengujian (SQLite)", lambda: pytest("-m", "not browser and not server", *rest))
    for version in postgresql.VERSIONS:
        on_postgresql(report, version)
    servers(report)
    browsers(report)


def on_postgresql(report: Report, version: int) -> None:
    with postgresql.server(version) as addresses:
        environment = {**os.environ, **addresses}
        report.step(
            f"pengujian (PostgreSQL {version})",
            lambda: pytest("-m", "not browser and not server", environment=environment),
        )


def servers(report: Report) -> None:
    """Real server processes: killed, on a full disk, traced."""
    with machine.small_disk() as disk:
        environment = dict(os.environ)
        if disk is None:
            report.skipped.append("disk penuh: hanya root yang dapat memasang tmpfs kecil")
        else:
            environment["BERSINAR_SMALL_DISK"] = disk
        if machine.strace() is None:
            report.skipped.append("sinkron sebelum menjawab: strace tidak ada (apt install strace)")
        if machine.compiler() is None:
            report.skipped.append("jam yang melompat: gcc tidak ada (apt install g++)")
        report.step("server sungguhan", lambda: pytest("-m", "server", environment=environment))


def faults(report: Report) -> None:
    """What `./test` does twenty times, as often as docs/develop/faults.md promises."""
    environment = {**os.environ, "BERSINAR_FAULTS": "whole"}
    missing = {"strace": machine.strace(), "gcc": machine.compiler()}
    report.skipped += [
        f"{name} tidak ada (apt install {name})" for name, found in missing.items() if found is None
    ]
    paths = ("tests/faults", "tests/upkeep/backup/test_faults.py")
    report.step("gangguan", lambda: pytest(*paths, environment=environment))


def browsers(report: Report) -> None:
    browser = machine.chromium()
    if browser is None:
        report.skipped.append("perjalanan di peramban: Chromium tidak ada (apt install chromium)")
        return
    environment = {**os.environ, "BERSINAR_CHROMIUM": browser}
    if not networks.possible():
        report.skipped.append(
            "jaringan kantor dari mesin kedua: hanya root yang dapat membuat namespace jaringan"
        )
    elif machine.certutil() is None:
        report.skipped.append(
            "jaringan kantor dari mesin kedua: certutil tidak ada (apt install libnss3-tools)"
        )
    report.step("perjalanan di peramban", lambda: pytest("-m", "browser", environment=environment))


def tool(name: str, *arguments: str) -> int:
    return subprocess.call([str(BIN / name), *arguments])


def pytest(*arguments: str, environment: dict[str, str] | None = None) -> int:
    workers = [] if "-n0" in arguments else ["-n", str(os.cpu_count() or 1)]
    return subprocess.call([sys.executable, "-m", "pytest", "-q", *workers, *arguments], env=environment)


if __name__ == "__main__":
    sys.exit(main())
