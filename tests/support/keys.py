"""A key as a phone or a stick holds it (WebAuthn, ES256), made of arithmetic alone."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.utils import websafe_encode

_PRESENT, _HAS_KEY = 0x01, 0x40


@dataclass
class SoftKey:
    """One key pair for one name of a site."""

    site: str = "testserver"
    origin: str = "https://testserver"
    count: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: dict) -> str:
        point = self._key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        attested = b"\0" * 16 + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        data = self._data(_PRESENT | _HAS_KEY) + attested
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._told("webauthn.create", options, {"attestationObject": websafe_encode(made)})

    def get(self, options: dict, *, count: int | None = None) -> str:
        self.count = self.count + 1 if count is None else count
        data, client = self._data(_PRESENT), self._client("webauthn.get", options)
        signed = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signed)}
        return self._told("webauthn.get", options, parts)

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: dict) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _told(self, kind: str, options: dict, parts: dict[str, str]) -> str:
        response = {"clientDataJSON": websafe_encode(self._client(kind, options)), **parts}
        name = websafe_encode(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
