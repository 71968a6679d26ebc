"""The installation's own key for the codes on letters; made once, readable by this account only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from bersinar.documents.rules.code import key_id


def folder() -> Path:
    return Path(settings.BERSINAR_DATA) / "keys"


def private_key() -> Ed25519PrivateKey:
    """The key that signs; two processes that make it at once end with the same one."""
    path = folder() / "letters.pem"
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name} is not an Ed25519 key")
    return key


def trusted() -> dict[bytes, Ed25519PublicKey]:
    """Our own key and the public keys of other offices that were put into keys/trusted/."""
    found = [private_key().public_key()]
    for path in sorted((folder() / "trusted").glob("*.pem")):
        key = load_pem_public_key(path.read_bytes())
        if isinstance(key, Ed25519PublicKey):
            found.append(key)
    return {key_id(key): key for key in found}


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # Written aside, then linked: link() fails when the key is there, so a key in use is never replaced.
    descriptor, beside = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        Path(beside).unlink()
