"""It refuses what is too large before reading it, and writes nothing of what people hand in to a temporary file."""

import io

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from bersinar.config.bodies import LARGEST, LARGEST_OF_STRANGERS, BodyLimitMiddleware


class Unread(io.RawIOBase):
    """A body that must not be touched."""

    def read(self, *_size):
        raise AssertionError("the body was read")


def through(*, length, cookie=True, view=None, body=None):
    request = RequestFactory().post("/data/", content_type="application/octet-stream")
    request.META["CONTENT_LENGTH"] = length
    request.META["wsgi.input"] = request._stream = body or Unread()
    if cookie:
        request.COOKIES["sessionid"] = "a" * 32
    return BodyLimitMiddleware(view or (lambda _request: HttpResponse("ok")))(request)


@pytest.mark.parametrize(
    ("length", "cookie"),
    [
        (str(LARGEST + 1), True),
        (str(LARGEST_OF_STRANGERS + 1), False),
        ("9" * 30, True),
        ("-1", True),
        ("1e9", True),
        ("0" * 20 + "9" * 12, True),
        ("٣", True),
    ],
)
def test_it_refuses_by_the_announced_length(length, cookie):
    answer = through(length=length, cookie=cookie)
    assert answer.status_code == 413
    assert (
        "body_too_large" in answer.content.decode() and "tidak ada yang tersimpan" in answer.content.decode()
    )


@pytest.mark.parametrize(
    ("length", "cookie"), [(str(LARGEST), True), (str(LARGEST_OF_STRANGERS), False), ("", False)]
)
def test_it_lets_the_usual_pass(length, cookie):
    assert through(length=length, cookie=cookie).status_code == 200


def test_a_large_file_stays_in_memory(settings):
    """Django's own way would write it to a folder everybody on the computer shares."""
    kinds = []
    content = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    content += b"a" * (8 * 1024 * 1024) + b"\r\n--x--\r\n"

    def view(request):
        kinds.append(type(request.FILES["file"]))
        return HttpResponse("ok")

    request = RequestFactory().post("/", content, content_type="multipart/form-data; boundary=x")
    request.COOKIES["sessionid"] = "a"
    assert BodyLimitMiddleware(view)(request).status_code == 200
    assert kinds == [InMemoryUploadedFile]
