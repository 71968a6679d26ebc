"""The rule every address declares; a check stops the server when one does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

from django.core.checks import CheckMessage, Error
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from bersinar.access.errors import ProofNeeded
from bersinar.access.once import answered_once
from bersinar.access.vocabulary import Level, Right

View = Callable[..., HttpResponse]
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class AccessRule:
    """What an address asks of whoever opens it. No right means the page is public, and why."""

    right: Right | None
    level: Level
    why: str = ""
    # Asks for the second factor again when the last proof is older than a while.
    fresh: bool = False


class _Access:
    """`@access(Right.X, level=...)` for pages behind a login, `@access.public(...)` for the few that are not."""

    def __call__(
        self, right: Right, *, level: Level, repeatable: str = "", fresh: bool = False
    ) -> Callable[[View], View]:
        """`repeatable` says why a form may arrive twice at this view; all others are kept from that.

        `fresh` is for what takes data home or gives others power: who sits at the PC must just have proved who it is.
        """

        def declare(view: View) -> View:
            @wraps(view)
            def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
                if not request.actor.is_known:
                    # Here, not above: Django's login module needs the app registry, which is still being filled.
                    from django.contrib.auth.views import redirect_to_login

                    return redirect_to_login(request.get_full_path())
                request.actor.require(right)
                if fresh and not request.actor.is_fresh:
                    raise ProofNeeded
                _check_parts(kwargs)
                answer = partial(view, request, *args, **kwargs)
                response = answer() if repeatable else answered_once(request, answer)
                response.headers.setdefault("Cache-Control", "no-store, private")
                return response

            guarded.access_rule = AccessRule(right, level, fresh=fresh)  # type: ignore[attr-defined]
            return guarded

        return declare

    def public(self, *, level: Level, why: str) -> Callable[[View], View]:
        def declare(view: View) -> View:
            @wraps(view)
            def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
                _check_parts(kwargs)
                return view(request, *args, **kwargs)

            opened.access_rule = AccessRule(None, level, why)  # type: ignore[attr-defined]
            return opened

        return declare


def _check_parts(parts: dict[str, Any]) -> None:
    """What no database holds is not there, whatever the address says."""
    for part in parts.values():
        if (isinstance(part, int) and part > LARGEST) or (isinstance(part, str) and "\0" in part):
            raise Http404


access = _Access()


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern, in the order of the table."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, where)
        else:
            yield where, entry


def check_every_address_declares_access(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Default deny at start: an address without a rule stops the server."""
    return [
        Error(f"Alamat /{where} belum menyatakan siapa yang boleh membukanya.", id="access.E001")
        for where, pattern in patterns()
        if not isinstance(getattr(pattern.callback, "access_rule", None), AccessRule)
    ]
