"""It accepts exactly what this key signed; anything else is one of the other verdicts, never an error."""

import random
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import cbor2
import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from bersinar.documents.rules.code import PREFIX, Claims, Verdict, _base45, _unbase45, check, key_id, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEYS = {key_id(KEY.public_key()): KEY.public_key()}
CLAIMS = Claims(b"d" * 16, 2, "UNDANGAN", "BNNK Belitung", "1/BNNK/II/2023", date(2023, 2, 7), "ab" * 32)
TEXT = sign(CLAIMS, KEY)
RAW = _unbase45(TEXT.removeprefix(PREFIX))


def test_it_gives_back_what_was_signed():
    answer = check(f" {TEXT}\n", KEYS)
    assert (answer.verdict, answer.claims) == (Verdict.SAH, CLAIMS)


def test_it_is_short_enough_for_a_small_print():
    assert len(RAW) <= 300


def test_it_fits_a_code_that_phones_read_from_paper():
    long = replace(
        CLAIMS,
        office="BNNP Kepulauan Bangka Belitung",
        number="CONTOH-123/BNNP Kepulauan Bangka Belitung/XII/2026",
    )
    assert segno.make(sign(long, KEY), error="m", micro=False).version <= 15


def test_it_reads_the_code_behind_the_sign_of_an_address():
    address = f"https://bersinar.example/surat/periksa/#{quote(TEXT, safe='')}"
    assert check(address, KEYS).claims == CLAIMS
    assert check("https://bersinar.example/surat/periksa/#lain", KEYS).verdict is Verdict.BUKAN_KODE


def test_it_accepts_no_changed_byte():
    for place in range(len(RAW)):
        for bit in range(8):
            changed = bytearray(RAW)
            changed[place] ^= 1 << bit
            assert check(PREFIX + _base45(bytes(changed)), KEYS).verdict is not Verdict.SAH, (place, bit)


def test_it_accepts_no_changed_sign():
    shuffled = random.Random(7)
    for _ in range(2000):
        place = shuffled.randrange(len(PREFIX), len(TEXT))
        sign_there = shuffled.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
        if sign_there != TEXT[place]:
            text = TEXT[:place] + sign_there + TEXT[place + 1 :]
            assert check(text, KEYS).verdict is not Verdict.SAH


def test_it_accepts_nothing_added():
    assert check(PREFIX + _base45(RAW + b"\0\0"), KEYS).verdict is Verdict.BUKAN_KODE
    protected, _empty, payload, signature = cbor2.loads(RAW).value
    beside = cbor2.dumps(cbor2.CBORTag(18, [protected, {9: "x"}, payload, signature]))
    assert check(PREFIX + _base45(beside), KEYS).verdict is Verdict.BUKAN_KODE


def test_it_knows_a_stranger():
    assert check(sign(CLAIMS, OTHER), KEYS).verdict is Verdict.KUNCI_TIDAK_DIKENAL


@pytest.mark.parametrize(
    "text",
    [
        "",
        "javascript:alert(1)",
        "https://bersinar.example/surat/periksa/",
        PREFIX,
        PREFIX + "0",
        PREFIX + "ZZZ",
        PREFIX + "a",
        PREFIX + "0" * 10_000,
        PREFIX + _base45(b"\x9f" * 500),
        PREFIX + _base45(cbor2.dumps(cbor2.CBORTag(18, 3))),
        PREFIX + _base45(cbor2.dumps(cbor2.CBORTag(18, [b"", {}, b"", b""]))),
    ],
    ids=lambda text: text[:30],
)
def test_it_calls_anything_else_no_code_of_ours(text):
    assert check(text, KEYS).verdict is Verdict.BUKAN_KODE


@given(st.text(max_size=300))
def test_it_never_fails(text):
    assert check(PREFIX + text, KEYS).verdict is not Verdict.SAH


@given(st.binary(max_size=200))
def test_it_writes_base45_both_ways(raw):
    assert _unbase45(_base45(raw)) == raw


def test_it_follows_the_published_spelling():
    assert _base45(b"Hello!!") == "%69 VD92EX0"
