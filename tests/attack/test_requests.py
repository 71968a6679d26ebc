"""A real server answers every request of the corpus with a page or a refusal, and does nothing it was not asked."""

import re
import urllib.parse

import pytest

from tests.attack import raw
from tests.attack.target import PERSON

pytestmark = pytest.mark.server
MEGABYTE = 1024 * 1024


@pytest.fixture
def cookies(target):
    """The header line of somebody logged in."""
    return "Cookie: " + "; ".join(f"{one.name}={one.value}" for one in target.web._jar)


@pytest.fixture
def unchanged(target):
    before = target.rows()
    yield
    assert target.rows() == before


PATHS = [
    "/desa/3273010001/../",
    "/desa/%2e%2e%2f%2e%2e%2fetc%2fpasswd/",
    "/static/../secret_key",
    "/static/%2e%2e/secret_key",
    "/static/..%2fsecret_key",
    "/static/..%5csecret_key",
    "/static/%00",
    "/desa/%00/",
    "/desa/19.02.04.2005%00/",
    "/desa/19.02.04.2005;a=b/",
    "/desa/%2525252e/",
    "/" + "a" * 8_000 + "/",
    "/data/putaran/999999999999999999999/",
    "/data/putaran/-1/",
    "/desa/?hal=-1",
    "/wilayah/cari/?q=%25&hal=1000000000",
    "/laporan/?format=xlsx",
    "/surat/berkas/1/",
    "//evil.example/",
    "/%0d%0aSet-Cookie:a=b/",
    "/?next=//evil.example",
]


@pytest.mark.parametrize("path", PATHS, ids=[path[:40] for path in PATHS])
def test_an_odd_address(target, cookies, path):
    """Row 75."""
    answer = raw.get(target.server.url, path, cookies)
    assert answer.status < 500 and "Traceback" not in answer.text
    assert "root:" not in answer.text and "evil" not in answer.headers.get("location", "")
    assert "a=b" not in answer.headers.get("set-cookie", "")


HEADERS = {
    "language": "Accept-Language: " + "x-\xff;q=9," * 500,
    "language cookie": "Cookie: bahasa=../../etc/passwd",
    "cookie of 64 kB": "Cookie: a=" + "x" * 65_000,
    "200 cookies": "Cookie: " + "; ".join(f"a{n}=b" for n in range(200)),
    "many headers": "\r\n".join(f"X-A{n}: b" for n in range(500)),
    "session of nobody": "Cookie: sessionid=" + "'" * 32,
    "range": "Range: bytes=" + "0-1," * 2_000 + "0-1",
    "since": "If-Modified-Since: Thu, 99 Foo 9999 99:99:99 GMT",
    "forwarded": "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nForwarded: host=evil.example",
    "expect": "Expect: 200-ok",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_an_odd_header(target, header):
    """Rows 35 and 77."""
    for path in ("/akun/masuk/", "/static/ui/sun.svg"):
        answer = raw.get(target.server.url, path, header)
        assert answer.status < 500 and "evil.example" not in answer.text


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("both lengths", "Content-Length: 4\r\nTransfer-Encoding: chunked"),
        ("two lengths", "Content-Length: 4\r\nContent-Length: 40"),
        ("negative", "Content-Length: -4"),
        ("hidden coding", "Transfer-Encoding: xchunked"),
        ("compressed", "Content-Encoding: gzip\r\nContent-Length: 4"),
    ],
)
@pytest.mark.usefixtures("unchanged")
def test_a_body_that_lies_about_its_length(target, name, head):
    """Row 44: nothing behind it becomes a request of its own."""
    inner = b"0\r\n\r\nGET /tidak/ada/ HTTP/1.1\r\nHost: a\r\n\r\n"
    start = f"POST /akun/masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{head}\r\n\r\n"
    answer = raw.send(target.server.url, start, inner, seconds=5)
    assert answer.status in (0, 400, 403, 411, 413, 501)


def test_two_hundred_megabytes_are_refused_in_a_sentence_and_not_read(target, cookies):
    """Row 69 and R-61, before a byte of it is kept."""
    target.forget_memory()
    before = target.memory_mb()
    for who, limit in ((cookies, "41 MB"), ("X-Nobody: 1", "1 MB")):
        head = "\r\n".join(
            ["POST /wilayah/batas/ HTTP/1.1", "Host: 127.0.0.1", who, f"Content-Length: {200 * MEGABYTE}",
             "Content-Type: multipart/form-data; boundary=x", "Connection: close", "", ""]
        )  # fmt: skip
        answer = raw.send(target.server.url, head, b"--x\r\n" + b"a" * 65_536)
        assert answer.status == 413 and limit in answer.text and "body_too_large" in answer.text
    assert target.memory_mb() - before < 20


FORMS = {
    "a text of 10 MB": {"text": "a" * (10 * MEGABYTE)},
    "100,000 fields": {f"f{n}": "1" for n in range(100_000)},
}


@pytest.mark.parametrize("fields", FORMS.values(), ids=FORMS)
@pytest.mark.usefixtures("unchanged")
def test_a_form_that_is_too_large(target, fields):
    """Row 27."""
    answer = post(target, f"/data/putaran/{target.round}/sel/", fields)
    assert answer.status in (400, 403, 413) and "Kode " in answer.text


def post(target, path, fields):
    """A plain form, as a browser sends it, in whatever size."""
    token = next(one.value for one in target.web._jar if one.name == "csrftoken")
    content = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
    cookies = "; ".join(f"{one.name}={one.value}" for one in target.web._jar)
    head = "\r\n".join(
        [f"POST {path} HTTP/1.1", f"Host: {urllib.parse.urlsplit(target.server.url).netloc}", f"Cookie: {cookies}",
         "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(content)}",
         f"Referer: {target.server.url}/", "Connection: close", "", ""]
    )  # fmt: skip
    return raw.send(target.server.url, head, content)


@pytest.mark.parametrize(
    "text",
    ["NaN", "Infinity", "-Infinity", "1e309", "-0", "٣", str(2**63), "1" * 400, "0x10", "=1+1", "−1"],
)
@pytest.mark.usefixtures("unchanged")
def test_a_number_that_is_none(target, text):
    """Row 29: refused with the cell named, never stored."""
    grid = target.web.get(f"/data/putaran/{target.round}/isi/").text
    box = re.search(r'name="(v-\d+-P1-\d+)"', grid)
    fields = {"box": box[1] if box else "v-1-P1-0", "text": text, "key": "a" * 32}
    answer = post(target, f"/data/putaran/{target.round}/sel/", fields)
    assert 400 <= answer.status < 500


@pytest.mark.parametrize(
    "more",
    [
        {"Origin": "https://evil.example"},
        {"Referer": "https://evil.example/"},
        {"Origin": "null"},
    ],
    ids=["origin", "referer", "null"],
)
@pytest.mark.usefixtures("unchanged")
def test_a_form_from_another_site(target, cookies, more):
    """Row 32."""
    lines = [f"{name}: {value}" for name, value in more.items()]
    content = b"title=Uji&year=2024"
    head = "\r\n".join(
        ["POST /data/putaran/buka/ HTTP/1.1", f"Host: {urllib.parse.urlsplit(target.server.url).netloc}", cookies,
         "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(content)}", *lines,
         "Connection: close", "", ""]
    )  # fmt: skip
    answer = raw.send(target.server.url, head, content)
    assert answer.status == 403 and "csrf" in answer.text


NEXT = [
    "//evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "/\t/evil.example",
    "/%0d%0aSet-Cookie:a=b",
    "javascript:alert(1)",
    "data:text/html,a",
    "https://evil.example@127.0.0.1",
    "kata",
    "reporting:tidak-ada",
    "'",
]


@pytest.mark.parametrize("target_of", NEXT)
def test_a_door_that_would_lead_elsewhere(target, target_of):
    """Row 33."""
    answer = post(target, "/akun/bahasa/", {"language": "id", "next": target_of})
    assert answer.status == 302
    where = urllib.parse.urlsplit(answer.headers["location"])
    assert not where.netloc and not where.scheme and "a=b" not in answer.headers["set-cookie"]


LOGINS = {
    "SQL": ("p2m' OR '1'='1' --", "x"),
    "NUL": ("p2m\0khusus", "x\0"),
    "long name": ("p" * 10_000, "x"),
    "a password of 400 kB": (PERSON, "x" * 400_000),
    "letters that look alike": ("ｐ２ｍ.khusus", "x"),
    "a template": ("{{7*7}}", "{% load x %}"),
    "a surrogate": ("\udcff", "x"),
    "markup": ("<script>alert(1)</script>", "x"),
}


@pytest.mark.parametrize(("username", "password"), LOGINS.values(), ids=LOGINS)
def test_a_sign_in_that_guesses(target, username, password):
    """Row 73: refused alike, in a sentence."""
    page = raw.get(target.server.url, "/akun/masuk/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    cookie = page.headers["set-cookie"].split(";")[0]
    fields = {"username": username, "password": password, "csrfmiddlewaretoken": token}
    content = urllib.parse.urlencode(fields, errors="surrogateescape").encode()
    head = "\r\n".join(
        ["POST /akun/masuk/ HTTP/1.1", f"Host: {urllib.parse.urlsplit(target.server.url).netloc}", f"Cookie: {cookie}",
         "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(content)}", "Connection: close",
         "", ""]
    )  # fmt: skip
    answer = raw.send(target.server.url, head, content)
    assert answer.status < 500 and answer.headers.get("location") is None
    assert "<script>alert" not in answer.text and "Keluar" not in answer.text


EXTRA = {
    "is_staff": "1",
    "is_superuser": "1",
    "role": "ADMIN",
    "office": "1",
    "id": "1",
    "sees_enforcement": "1",
}


def test_more_fields_than_the_form_has_change_nothing(target):
    """Row 28: the own password page with fields of an account beside it."""
    before = whoami(target)
    fields = {"old": "salah", "new": "salah sekali 12", "again": "salah sekali 12", **EXTRA}
    answer = post(target, "/akun/sandi/", fields)
    assert answer.status in (200, 400, 302, 404)
    assert whoami(target) == before


def whoami(target):
    import contextlib
    import sqlite3

    with contextlib.closing(sqlite3.connect(target.server.folder / "main.sqlite3")) as database:
        return database.execute("SELECT * FROM accounts_user ORDER BY id").fetchall()


@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "TRACE", "PATCH", "CONNECT", "OPTIONS", "PROPFIND", "FOO"]
)
@pytest.mark.usefixtures("unchanged")
def test_another_verb(target, cookies, method):
    """Row 49."""
    answer = raw.get(target.server.url, f"/data/putaran/{target.round}/", cookies, method=method)
    assert answer.status in (0, 400, 403, 405, 501)


NAMES = [
    "isian.xlsx.html",
    "..\\..\\x.csv",
    "CON.csv",
    "a" * 300 + ".csv",
    "\u202egnp.csv",
    "a\r\nX-A: b.csv",
    '"; rm.csv',
]


@pytest.mark.parametrize("name", NAMES, ids=[repr(name)[:20] for name in NAMES])
def test_a_file_with_a_name_that_would_be_a_path_or_a_header(target, name):
    """Row 65: it comes back as a download, under a name that is only a name."""
    answer = target.send(
        f"/data/putaran/{target.round}/unggah/", b"kode;P1\n", name.replace("\r\n", "%0D%0A")
    )
    assert answer.status < 500
    found = re.search(r'href="(/data/berkas/\d+/asli/)"', answer.text)
    if found is None:
        return
    cookies = "Cookie: " + "; ".join(f"{one.name}={one.value}" for one in target.web._jar)
    file = raw.get(target.server.url, found[1], cookies)
    told = file.headers["content-disposition"]
    assert told.startswith("attachment") and "\\" not in told and "/" not in told and len(told) < 700
    assert "sandbox" in file.headers["content-security-policy"]
    assert file.headers["x-content-type-options"] == "nosniff" and "x-a" not in file.headers
