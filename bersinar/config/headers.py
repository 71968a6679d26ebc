"""What every answer tells the browser beside its content, files and refusals too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing of Bersinar asks for these, so neither may anything that got into a page.
_DEVICES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join(f"{device}=()" for device in _DEVICES)
# A file somebody handed in is not a page of ours, whatever a browser makes of it.
FILE_POLICY = "default-src 'none'; sandbox"


class HeadersMiddleware:
    """Outermost, so that no refusal leaves without them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        if headers.get("Content-Disposition", "").startswith("attachment"):
            headers["Content-Security-Policy"] = FILE_POLICY
        return response
