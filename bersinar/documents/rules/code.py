"""The text inside the QR of a letter: a COSE signature (RFC 9052) over a few facts, written in base45 (RFC 9285).

It is checked without any database and without a network. No personal name, category, score or value is inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from urllib.parse import quote, unquote

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PREFIX = "BERSINAR:1:"
VERSION = 1
LONGEST = 2000
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_EDDSA = -8
_COSE_SIGN1 = 18


class Verdict(StrEnum):
    """What a check can say. Only SAH means that this installation wrote it and nothing was changed."""

    SAH = "SAH"
    DIUBAH = "DIUBAH"
    KUNCI_TIDAK_DIKENAL = "KUNCI_TIDAK_DIKENAL"
    BUKAN_KODE = "BUKAN_KODE"


@dataclass(frozen=True, slots=True)
class Claims:
    """What the signature stands for."""

    document_id: bytes
    version: int
    kind: str
    office: str
    number: str
    date: date
    content_sha256: str
    example: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer, with the facts to compare with the paper when the signature holds."""

    verdict: Verdict
    claims: Claims | None = None


def key_id(public: Ed25519PublicKey) -> bytes:
    return sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).digest()[:8]


def sign(claims: Claims, key: Ed25519PrivateKey) -> str:
    """The text for the QR."""
    protected = cbor2.dumps({1: _EDDSA, 4: key_id(key.public_key())}, canonical=True)
    payload = cbor2.dumps(
        [
            VERSION,
            claims.document_id,
            claims.version,
            claims.kind,
            claims.office,
            claims.number,
            claims.date.isoformat(),
            bytes.fromhex(claims.content_sha256),
            claims.example,
        ],
        canonical=True,
    )
    signature = key.sign(_to_sign(protected, payload))
    return PREFIX + _base45(
        cbor2.dumps(cbor2.CBORTag(_COSE_SIGN1, [protected, {}, payload, signature]), canonical=True)
    )


def behind(address: str, text: str) -> str:
    """The code behind the # of the page that checks it: browsers never send that part to anybody."""
    return f"{address}#{quote(text, safe='$*+-./:')}"


def check(text: str, keys: Mapping[bytes, Ed25519PublicKey]) -> Checked:
    """Whether one of these keys signed this text. Whatever it is given, it answers with a verdict."""
    text = _bare(text)
    if not text.startswith(PREFIX) or len(text) > LONGEST:
        return Checked(Verdict.BUKAN_KODE)
    try:
        protected, payload, signature = _parts(_unbase45(text.removeprefix(PREFIX)))
        header = cbor2.loads(protected)
        if not isinstance(header, dict) or header.get(1) != _EDDSA:
            return Checked(Verdict.BUKAN_KODE)
        public = keys.get(header.get(4, b""))
    except (ValueError, TypeError, OverflowError, cbor2.CBORError, RecursionError):
        return Checked(Verdict.BUKAN_KODE)
    if public is None:
        return Checked(Verdict.KUNCI_TIDAK_DIKENAL)
    try:
        public.verify(signature, _to_sign(protected, payload))
    except InvalidSignature:
        return Checked(Verdict.DIUBAH)
    # Only now, because only our own key could have written what is read here.
    return Checked(Verdict.SAH, _claims(payload))


def _bare(text: str) -> str:
    """The code alone; behind the # of an address it is written with per cent signs."""
    text = text.strip("\r\n\t ")
    if text.startswith(("http://", "https://")) and "#" in text:
        return unquote(text.partition("#")[2])
    return text


def _parts(raw: bytes) -> tuple[bytes, bytes, bytes]:
    tag = cbor2.loads(raw)
    if not isinstance(tag, cbor2.CBORTag) or tag.tag != _COSE_SIGN1:
        raise ValueError("not a COSE signature")
    protected, unprotected, payload, signature = tag.value
    # One spelling only: bytes after the end or beside the signature would be carried along unsigned.
    if unprotected != {} or cbor2.dumps(tag, canonical=True) != raw:
        raise ValueError("unsigned parts")
    if not all(isinstance(part, bytes) for part in (protected, payload, signature)):
        raise ValueError("not bytes")
    return protected, payload, signature


def _claims(payload: bytes) -> Claims:
    _version, document_id, version, kind, office, number, day, digest, example = cbor2.loads(payload)
    return Claims(
        document_id, version, kind, office, number, date.fromisoformat(day), digest.hex(), example=example
    )


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)


def _base45(raw: bytes) -> str:
    signs = []
    for place in range(0, len(raw), 2):
        pair = raw[place : place + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, rest = divmod(value, 45)
            signs.append(_ALPHABET[rest])
    return "".join(signs)


def _unbase45(text: str) -> bytes:
    values = [_ALPHABET.index(sign) for sign in text]
    raw = bytearray()
    for place in range(0, len(values), 3):
        group = values[place : place + 3]
        number = sum(value * 45**power for power, value in enumerate(group))
        raw += number.to_bytes(len(group) - 1, "big") if len(group) > 1 else _odd()
    return bytes(raw)


def _odd() -> bytes:
    raise ValueError("one sign too many")
