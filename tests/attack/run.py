"""./test --attack: well-known attack tools against a demo server of its own, as somebody who is logged in.

sqlmap tries every parameter the pages offer, wapiti walks and tries what it knows, the corpus follows. Everything goes
to the loopback address and is bounded in count and time. The closing lines are figures: tried, findings, failures.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.attack.survey import Ask, survey
from tests.attack.target import Target
from tests.support import machine

MOST_ASKS = 70
SQLMAP_SECONDS = 60
WAPITI_SECONDS = 300
# Wapiti's own tests; those that ask a server elsewhere in the world are left out.
MODULES = (
    "sql,xss,permanentxss,exec,file,crlf,redirect,xxe,backup,htaccess,methods,csp,http_headers,cookieflags"
)
# Debian's wapiti writes a pattern that Python 3.11 no longer takes; told rightly, it leaves the sign-out alone.
_WAPITI = (
    "import re, sys, wapitiCore.net.crawler as crawler\n"
    "def told(pattern): return re.compile('(?ms)' + '.*'.join(map(re.escape, pattern.split('*'))) + r'\\Z')\n"
    "crawler.wildcard_translate = told\n"
    "from wapitiCore.main.wapiti import wapiti_main\n"
    "sys.argv[0] = 'wapiti'\n"
    "wapiti_main()"
)
# What follows from the shape under attack (one PC, http on the loopback address), and a header browsers dropped.
_EXPECTED = ("X-XSS-Protection is not set", "Strict-Transport-Security is not set", "Secure flag is not set")
# Wapiti looks for a list of its own in the world; a closed door of this machine answers it at once.
_NOWHERE = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.1"}
_FOUND = re.compile(r"identified the following injection|is vulnerable|appears to be .*injectable")
_FAILED = re.compile(r"\b(5\d\d) \(")


@dataclass(slots=True)
class Figures:
    """What one tool tried and found."""

    tool: str
    tried: str
    requests: int = 0
    findings: list[str] = field(default_factory=list)
    failures: int = 0
    seconds: float = 0.0

    def line(self) -> str:
        return (
            f"| {self.tool} | {self.tried} | {self.requests} | {len(self.findings)} | {self.failures} "
            f"| {self.seconds:.0f} s |"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description="Attack a server of our own.")
    parser.add_argument("--most", type=int, default=MOST_ASKS, help="how many requests sqlmap tries at most")
    most = parser.parse_args().most
    found: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="bersinar-attack-") as folder:
        data, notes = Path(folder, "data"), Path(folder, "notes")
        data.mkdir()
        notes.mkdir()
        target = Target(data)
        try:
            asks = survey(target.web, most=most)
            found.append(_sqlmap(target, asks, notes))
            found.append(_wapiti(target, notes))
            alive = target.web.get("/").status == 200
            errors = [line for line in target.server.log().splitlines() if '"status": 5' in line]
        finally:
            target.server.kill()
    corpus = subprocess.call([sys.executable, "-m", "pytest", "-q", "-n0", "tests/attack"])
    return _report(found, alive=alive, errors=errors, corpus=corpus)


def _report(found: list[Figures], *, alive: bool, errors: list[str], corpus: int) -> int:
    say = sys.stdout.write
    say("\n| alat | dicoba | permintaan | temuan | jawaban 5xx | waktu |\n|---|---|---|---|---|---|\n")
    for one in found:
        say(one.line() + "\n")
        for finding in one.findings:
            say(f"  temuan {one.tool}: {finding}\n")
    say("schemathesis: tidak ada API untuk dicoba\n")
    for line in errors[:20]:
        say(f"  galat server: {line[:400]}\n")
    say(
        f"server masih menjawab: {'ya' if alive else 'TIDAK'}; korpus: {'lulus' if not corpus else 'GAGAL'}\n"
    )
    bad = not alive or corpus or errors or any(one.findings or one.failures for one in found)
    return 1 if bad else 0


def _sqlmap(target: Target, asks: list[Ask], notes: Path) -> Figures:
    tool = machine.tool("sqlmap")
    figures = Figures("sqlmap", f"{len(asks)} alamat, {sum(len(ask.fields) for ask in asks)} parameter")
    started = time.monotonic()
    for number, ask in enumerate(asks):
        traffic = notes / f"{number}.txt"
        # No payloads that wait: on a busy machine every slow answer would look like one.
        command = [
            tool, "--batch", "--flush-session", "--disable-coloring", "--technique", "BEU", "--level", "1",
            "--risk", "1", "--threads", "4", "--timeout", "10", "--retries", "0", "--ignore-code", "*",
            "--output-dir", str(notes / "sqlmap"), "--cookie", target.cookies(), "-t", str(traffic),
            "--url", target.server.url + ask.path,
        ]  # fmt: skip
        if ask.method == "post":
            command += ["--data", ask.data(), "--csrf-token", "csrfmiddlewaretoken"]
            command += ["--csrf-url", target.server.url + ask.page]
            command += ["--referer", target.server.url + ask.page]
        said = _within(command, SQLMAP_SECONDS)
        figures.requests += _count(traffic)
        if _FOUND.search(said):
            figures.findings.append(f"{ask.method} {ask.path}: {_FOUND.search(said)[0]}")
        figures.failures += len(_FAILED.findall(said))
        sys.stdout.write(f"sqlmap {number + 1}/{len(asks)} {ask.method} {ask.path}\n")
        sys.stdout.flush()
    figures.seconds = time.monotonic() - started
    return figures


def _count(traffic: Path) -> int:
    """Requests in sqlmap's own record of them."""
    if not traffic.exists():
        return 0
    return traffic.read_bytes().count(b"HTTP request [#")


def _wapiti(target: Target, notes: Path) -> Figures:
    machine.tool("wapiti")
    report = notes / "wapiti.json"
    command = [
        "/usr/bin/python3", "-c", _WAPITI, "-u", target.server.url + "/", "--scope", "domain", "-m", MODULES, "-d", "4",
        "--max-links-per-page", "60", "--max-files-per-dir", "30", "--max-scan-time", str(WAPITI_SECONDS // 60),
        "--max-attack-time", "40", "-t", "10", "-S", "polite", "--no-bugreport", "-v", "2", "--color",
        "-H", f"Cookie: {target.cookies()}", "-x", target.server.url + "/akun/keluar/",
        "-x", target.server.url + "/akun/sandi/", "-f", "json", "-o", str(report),
        "--store-session", str(notes / "wapiti"),
    ]  # fmt: skip
    started = time.monotonic()
    said = _within(command, WAPITI_SECONDS * 2, **_NOWHERE)
    figures = Figures("wapiti", MODULES.replace(",", " "), seconds=time.monotonic() - started)
    if not report.exists():
        figures.findings.append(f"wapiti gave no report: {said[-300:]}")
        return figures
    told = json.loads(report.read_text())
    figures.requests = said.count("[+] ") + said.count("[¨] ")
    for kind in ("vulnerabilities", "anomalies"):
        for name, ones in told[kind].items():
            found = [f"{name}: {one['method']} {one['path']} {one.get('info', '')}" for one in ones]
            figures.findings += [one for one in found if not any(word in one for word in _EXPECTED)]
    return figures


def _within(command: list[str], seconds: int, **more: str) -> str:
    """What a tool said, ended when it takes too long."""
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=seconds, check=False,
            env={**os.environ, **more, "PYTHONWARNINGS": "ignore"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
        return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return ended.stdout + ended.stderr


if __name__ == "__main__":
    sys.exit(main())
