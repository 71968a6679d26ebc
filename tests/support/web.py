"""A person at a browser without a screen: cookies, forms, files; redirects are followed."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass
from http.cookiejar import CookieJar

import pyotp


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    url: str
    content: bytes
    # Where the server sends the browser next, when that was not followed.
    location: str = ""

    @property
    def text(self) -> str:
        return html.unescape(self.content.decode("utf-8", errors="replace"))

    @property
    def words(self) -> str:
        """What a person reads on the page."""
        bare = re.sub(r"(?s)<head.*?</head>|<svg.*?</svg>|<[^>]+>", " ", self.text)
        return " ".join(bare.split())

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.url).path

    def number(self) -> int:
        """The number in this page's address."""
        return int(re.findall(r"/(\d+)/", self.path)[-1])


class _Stay(urllib.request.HTTPRedirectHandler):
    """Gives back the answer that sends elsewhere, as the acknowledgement it is."""

    def redirect_request(self, *args: object, **more: object) -> None:
        return None


class Web:
    """One person's session with a server."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._jar = CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self._jar)
        self._opener = urllib.request.build_opener(cookies)
        self._staying = urllib.request.build_opener(cookies, _Stay())

    def sign_in(self, username: str, password: str) -> Answer:
        """Both steps; whoever has no second factor yet sets one up, as the page asks."""
        self.get("/akun/masuk/")
        answer = self.post("/akun/masuk/", {"username": username, "password": password})
        if answer.path == "/akun/masuk/pasang/":
            secret = re.findall(r"secret=(\w+)", answer.text)[0]
            answer = self.post(answer.path, {"code": pyotp.TOTP(secret).now()})
        return answer

    def get(self, path: str) -> Answer:
        return self._send(urllib.request.Request(self._base + path))

    def page_token(self, path: str) -> str:
        """What the forms of one page, as it was shown this time, carry."""
        return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).text)[-1]

    def post(
        self,
        path: str,
        fields: dict[str, str],
        *,
        file: tuple[str, str, bytes] | None = None,
        follow: bool = True,
    ) -> Answer:
        """Send a form; `file` is (field, name, content). Without `follow` a redirect is the answer."""
        token = next((cookie.value for cookie in self._jar if cookie.name == "csrftoken"), "") or ""
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {"csrfmiddlewaretoken": token, **fields}.items()
        ]
        if file is not None:
            field, name, content = file
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            parts += [head.encode(), b"Content-Type: application/octet-stream\r\n\r\n", content, b"\r\n"]
        parts.append(f"--{boundary}--\r\n".encode())
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Referer": self._base + path}
        return self._send(urllib.request.Request(self._base + path, b"".join(parts), kind), follow=follow)

    def _send(self, request: urllib.request.Request, *, follow: bool = True) -> Answer:
        try:
            with (self._opener if follow else self._staying).open(request, timeout=60) as answer:
                return Answer(answer.status, answer.url, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, request.full_url, error.read(), error.headers.get("Location", ""))
