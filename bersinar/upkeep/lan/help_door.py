"""The one thing served in plain http beyond this machine: how to trust this office. Everything else is refused there.

A phone that does not trust yet cannot be told over https without teaching people to click warnings away. This door
hands out what is public anyway (the certificate, the steps) and takes nothing: no cookie, no form, no page of Bersinar.
Whoever sits between could change it, so the fingerprint on paper decides.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bersinar.upkeep.lan import authority, trust

_AT_ONCE = 16
_SECONDS = 10
_ASSET = re.compile(r'(?:href|src)="(/static/[^"#?]+)"')
_IN_STYLES = re.compile(r'url\("?([^")]+)"?\)')
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer."""

    kind: str
    content: bytes
    download: str = ""


def pages(folder: Path, static: Path) -> dict[str, Shown]:
    """Everything this door has, read once: a request reaches neither the disk nor the database."""
    from django.template.loader import render_to_string

    from bersinar.access import ANONYMOUS

    told = trust.told(folder)
    context = {
        "trust": told,
        "certificate": f"/{trust.CERTIFICATE}",
        "actor": ANONYMOUS,
        "can": {},
        "river": [],
    }
    html = render_to_string("upkeep/trust_door.html", context)
    certificate = authority.authority_of(folder / "jaringan")
    found = {
        "/": Shown("text/html; charset=utf-8", html.encode()),
        f"/{trust.CERTIFICATE}": Shown(
            "application/x-x509-ca-cert", authority.as_file(certificate), trust.CERTIFICATE
        ),
    }
    for address in sorted(set(_ASSET.findall(html))):
        _add_asset(found, address, static)
    return found


def refusal(address: str) -> Shown:
    """For every other address: a sentence, and where Bersinar is."""
    text = (
        '<!DOCTYPE html><html lang="id"><meta charset="utf-8"><title>Bersinar</title>'
        f'<p>Bersinar tidak dibuka tanpa sambungan aman. Buka <a href="{address}">{address}</a>.</p>'
        '<p>Ponsel ini belum mengenal kantor? Buka <a href="/">langkahnya</a>. [door.not_secure]</p></html>'
    )
    return Shown("text/html; charset=utf-8", text.encode())


class HelpDoor:
    """Serves the pages from a thread of the start; `close` frees the port."""

    def __init__(self, bind: str, port: int, shown: Mapping[str, Shown], otherwise: Shown) -> None:
        handler = type("Handler", (_Handler,), {"shown": shown, "otherwise": otherwise})
        self._server = _Server((bind, port), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, name="bersinar-help", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, *arguments: Any) -> None:
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        # Whoever opens many connections and says nothing takes places here, never threads without end.
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A phone that walked away is no news."""


class _Handler(BaseHTTPRequestHandler):
    shown: Mapping[str, Shown]
    otherwise: Shown
    timeout = _SECONDS
    server_version = "Bersinar"
    sys_version = ""

    def do_GET(self) -> None:
        found = self.shown.get(self.path)
        self._answer(200 if found else 403, found or self.otherwise)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self._answer(403, self.otherwise)

    def _answer(self, status: int, what: Shown) -> None:
        self.send_response(status)
        self.send_header("Content-Type", what.kind)
        self.send_header("Content-Length", str(len(what.content)))
        if what.download:
            self.send_header("Content-Disposition", f'attachment; filename="{what.download}"')
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        if self.command != "HEAD":
            self.wfile.write(what.content)

    def log_message(self, *_arguments: Any) -> None:
        """Nobody's address is kept."""


def _add_asset(found: dict[str, Shown], address: str, static: Path) -> None:
    path = static / address.removeprefix("/static/")
    kind = _KINDS.get(path.suffix)
    if kind is None or not path.is_file():
        return
    content = path.read_bytes()
    found[address] = Shown(kind, content)
    if path.suffix == ".css":
        for named in _IN_STYLES.findall(content.decode("utf-8")):
            beside = f"{address.rpartition('/')[0]}/{named}"
            if ":" not in named and ".." not in named and beside not in found:
                _add_asset(found, beside, static)
