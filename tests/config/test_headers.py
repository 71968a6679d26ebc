"""Every answer, refusals and files too, tells the browser what it may do with it."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from bersinar.config.headers import FILE_POLICY, HeadersMiddleware

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/akun/masuk/", {}),
        ("/tidak/ada/", {}),
        ("/akun/masuk/", {"HTTP_HOST": "evil.example"}),
        ("/surat/periksa/", {}),
    ],
)
def test_every_page_carries_them(path, more):
    answer = Client().get(path, **more)
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "camera=()" in answer.headers["Permissions-Policy"]
    policy = answer.headers["Content-Security-Policy"]
    for part in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
    ):
        assert re.search(rf"(^|; ){re.escape(part)}(;|$)", policy), part
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy


@pytest.mark.django_db
def test_a_refused_form_carries_them():
    """Corpus 32: a form from elsewhere is refused, with the same headers."""
    answer = Client(enforce_csrf_checks=True).post("/akun/masuk/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


def test_a_file_is_never_a_page_of_ours():
    def view(_request):
        return HttpResponse("<script>", headers={"Content-Disposition": 'attachment; filename="a.html"'})

    answer = HeadersMiddleware(view)(RequestFactory().get("/"))
    assert answer.headers["Content-Security-Policy"] == FILE_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["put", "delete", "trace", "patch"])
@pytest.mark.django_db
def test_other_verbs_are_refused(method):
    """Corpus 49."""
    answer = getattr(Client(), method)("/akun/masuk/")
    assert answer.status_code == 405
    assert Client().post("/akun/keluar/", HTTP_X_HTTP_METHOD_OVERRIDE="DELETE").status_code == 302
