"""Requests no library would send: whatever bytes, over one connection, and the status that came back."""

from __future__ import annotations

import contextlib
import http.client
import socket
import urllib.parse
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    status: int
    headers: dict[str, str]
    text: str


def send(url: str, head: str | bytes, body: bytes = b"", *, seconds: float = 30.0) -> Raw:
    """Send these bytes as they are; status 0 where the server closed without an answer."""
    parts = urllib.parse.urlsplit(url)
    head = head.encode("latin-1") if isinstance(head, str) else head
    with socket.create_connection((parts.hostname, parts.port), timeout=seconds) as line:
        # A server that refuses by the length closes before it has read everything; its answer is there all the same.
        with contextlib.suppress(ConnectionError):
            line.sendall(head + body)
        answer = http.client.HTTPResponse(line)
        try:
            answer.begin()
        except (http.client.HTTPException, OSError):
            return Raw(0, {}, "")
        return Raw(answer.status, dict(answer.headers), answer.read().decode("utf-8", "replace"))


def get(url: str, path: str, *headers: str, method: str = "GET") -> Raw:
    """A request for exactly this path, with these header lines."""
    host = urllib.parse.urlsplit(url).netloc
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers]
    return send(url, "\r\n".join([*lines, "", ""]))
