"""Pages of letters and files."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from bersinar.access import Level, Right, access
from bersinar.documents import queries


@access(Right.DOCUMENTS_SEE, level=Level.L2)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a stored file: always as a download, never shown inside our pages."""
    opened = queries.open_file(pk, request.actor)
    return download(opened.content, opened.file.name, opened.file.content_type)


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store, private"
    return response
